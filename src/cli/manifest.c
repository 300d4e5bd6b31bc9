// The manifest of a run: which briefings, from which pages, to which files.
#include "manifest.h"

#define MANIFEST_NS "urn:jianbao:manifest"

typedef struct {
  Run *run;
  Str folder; // paths in the manifest are seen from here
} Reader;

static Str beside(Reader *r, Str path) {
  bool absolute = str_starts(path, STR("/")) || !r->folder.len;
  return absolute ? path
                  : str_fmt(r->run->arena, "%.*s/%.*s", STR_ARG(r->folder),
                            STR_ARG(path));
}

// Attributes that are options of `build`, the first of them for all items too.
static const struct {
  const char *name;
  size_t field;
  enum { A_TEXT, A_PATH, A_FLAG } kind;
} attributes[] = {
    {"params", offsetof(Options, params), A_PATH},
    {"corrections", offsetof(Options, corrections), A_PATH},
    {"ledger", offsetof(Options, ledger), A_PATH},
    {"period", offsetof(Options, period), A_TEXT},
    {"date", offsetof(Options, date), A_TEXT},
    {"encoding", offsetof(Options, encoding), A_TEXT},
    {"copies", offsetof(Options, copies), A_TEXT},
    {"booklet", offsetof(Options, booklet), A_TEXT},
    {"final", offsetof(Options, final), A_FLAG},
    {"print", offsetof(Options, print), A_FLAG},
    {"archive", offsetof(Options, archive), A_FLAG},
    {"keep-going", offsetof(Options, keep_going), A_FLAG},
    {"dossier", offsetof(Options, dossier), A_PATH},
    {"html", offsetof(Options, html), A_PATH},
    {"map", offsetof(Options, map), A_PATH},
    {"report", offsetof(Options, report), A_PATH},
};
enum { N_ATTRIBUTES = sizeof attributes / sizeof *attributes, N_COMMON = 12 };

static void check_names(Reader *r, XmlNode *n, const char *known,
                        size_t options) {
  for (size_t i = 0; i < xml_attrs(n); i++) {
    XmlAttr t = xml_attr_at(n, i);
    Str word = str_fmt(r->run->arena, " %.*s ", STR_ARG(t.name));
    bool fine = str_has(str_of(known), word);
    for (size_t k = 0; k < options && !fine; k++)
      fine = str_is(t.name, attributes[k].name);
    if (!fine)
      diag(r->run->diags, D_RUN_ATTRIBUTE, t.name_at, t.name, xml_name(n));
  }
}

static Str need(Reader *r, XmlNode *n, const char *name) {
  Str value = xml_attr(n, name);
  if (!value.len)
    diag(r->run->diags, D_RUN_NEEDS, xml_span(n), xml_name(n), str_of(name));
  return value;
}

static void read_child(Reader *r, XmlNode *n, Options *o) {
  if (str_is(xml_name(n), "set")) {
    check_names(r, n, " name value ", 0);
    Param *p = vec_push(r->run->arena, &o->set);
    *p = (Param){need(r, n, "name"), xml_attr(n, "value"),
                 xml_attr_span(n, "value")};
  } else if (str_is(xml_name(n), "pages")) {
    check_names(r, n, " path ", 0);
    *vec_push(r->run->arena, &o->inputs) = beside(r, need(r, n, "path"));
  } else if (str_is(xml_name(n), "previous")) {
    check_names(r, n, " path ", 0);
    *vec_push(r->run->arena, &o->previous) = beside(r, need(r, n, "path"));
  } else {
    diag(r->run->diags, D_RUN_ELEMENT, xml_span(n), xml_name(n),
         xml_name(xml_parent(n)));
  }
}

static void read_attribute(Reader *r, XmlNode *n, size_t i, Options *o) {
  const char *name = attributes[i].name;
  char *field = (char *)o + attributes[i].field;
  Str value = xml_attr(n, name);
  if (!value.data)
    return;
  const char *wanted = value_wanted(str_of(name), value);
  if (attributes[i].kind == A_FLAG && !str_is(value, "yes") &&
      !str_is(value, "no"))
    wanted = "yes no";
  if (wanted)
    diag(r->run->diags, D_RUN_VALUE, xml_attr_span(n, name), str_of(name),
         value, str_of(wanted));
  else if (attributes[i].kind == A_FLAG)
    *(bool *)field = str_is(value, "yes");
  else if (value.len)
    *(Str *)field = attributes[i].kind == A_PATH ? beside(r, value) : value;
}

// What `n` says, on top of what is said for all items.
static void read_options(Reader *r, XmlNode *n, Options *o) {
  for (size_t i = 0; i < N_ATTRIBUTES; i++)
    read_attribute(r, n, i, o);
  for (XmlNode *c = xml_elem(xml_first(n)); c; c = xml_elem(xml_next(c)))
    if (!str_is(xml_name(c), "item"))
      read_child(r, c, o);
}

// A list of its own that begins with what is common: growing it must not
// touch that.
static StrList grown(Arena *a, const StrList *common) {
  StrList list = {0};
  for (size_t i = 0; i < common->len; i++)
    *vec_push(a, &list) = common->data[i];
  return list;
}

static void read_item(Reader *r, XmlNode *n, const Options *common, Item *it) {
  Arena *a = r->run->arena;
  check_names(r, n, " name layout output ", N_ATTRIBUTES);
  Options *o = &it->options;
  *o = *common;
  o->previous = grown(a, &common->previous);
  o->set.data = NULL;
  o->set.len = o->set.cap = 0;
  o->inputs.data = NULL;
  o->inputs.len = o->inputs.cap = 0;
  Str layout = xml_attr(n, "layout").len ? xml_attr(n, "layout")
                                         : xml_attr(xml_parent(n), "layout");
  if (!layout.len)
    need(r, n, "layout");
  *vec_push(a, &o->inputs) = beside(r, layout);
  for (size_t i = 0; i < common->set.len; i++)
    *vec_push(a, &o->set) = common->set.data[i];
  for (size_t i = 0; i < common->inputs.len; i++)
    *vec_push(a, &o->inputs) = common->inputs.data[i];
  read_options(r, n, o);
  it->output = need(r, n, "output");
  it->name = xml_attr(n, "name").len ? xml_attr(n, "name") : it->output;
  o->output = beside(r, it->output);
  if (o->inputs.len < 2)
    diag(r->run->diags, D_RUN_NEEDS, xml_span(n), STR("item"), STR("pages"));
}

static Str folder_of(Str path) {
  while (path.len && path.data[path.len - 1] != '/')
    path.len--;
  return path.len > 1 ? str_slice(path, 0, path.len - 1) : path;
}

static void check_output(Run *r, Map *seen, XmlNode *n, const char *name,
                         Str path) {
  if (!path.len)
    return;
  if (map_lookup(seen, path))
    diag(r->diags, D_RUN_TWICE, xml_attr_span(n, name), path);
  map_put(seen, path, n);
}

// No two items may write one file, nor enter their month in one ledger.
static void check_outputs(Run *r, XmlNode *root, Manifest *m) {
  Map *seen = map_new(r->arena);
  XmlNode *n = xml_elem(xml_first(root));
  for (size_t i = 0; i < m->n && n; n = xml_elem(xml_next(n))) {
    if (!str_is(xml_name(n), "item"))
      continue;
    const Options *o = &m->items[i++].options;
    check_output(r, seen, n, "output", o->output);
    check_output(r, seen, n, "dossier", o->dossier);
    check_output(r, seen, n, "html", o->html);
    check_output(r, seen, n, "map", o->map);
    check_output(r, seen, n, "report", o->report);
    if (o->final)
      check_output(r, seen, n, "ledger", o->ledger);
  }
}

Manifest *manifest_read(Run *r, const File *f) {
  size_t errors = diags_errors(r->diags);
  XmlNode *root = xml_parse(r->arena, r->diags, f);
  if (!root)
    return NULL;
  if (!str_is(xml_name(root), "manifest") ||
      !str_is(xml_ns(root), MANIFEST_NS)) {
    diag(r->diags, D_RUN_ROOT, xml_span(root), xml_name(root));
    return NULL;
  }
  Reader reader = {r, folder_of(f->path)};
  check_names(&reader, root, " layout ", N_COMMON);
  Options common = {.command = CMD_BUILD, .fonts = r->options.fonts};
  common.keep_going = r->options.keep_going;
  common.print = r->options.print;
  common.archive = r->options.archive;
  common.period = r->options.period;
  common.date = r->options.date;
  common.encoding = r->options.encoding;
  read_options(&reader, root, &common);
  VEC(Item) items = {0};
  for (XmlNode *n = xml_elem(xml_first(root)); n; n = xml_elem(xml_next(n)))
    if (str_is(xml_name(n), "item"))
      read_item(&reader, n, &common, vec_push(r->arena, &items));
  Manifest *m = NEW(r->arena, Manifest);
  *m = (Manifest){items.data, items.len};
  if (!m->n)
    diag(r->diags, D_RUN_NEEDS, xml_span(root), STR("manifest"), STR("item"));
  check_outputs(r, root, m);
  return diags_errors(r->diags) == errors ? m : NULL;
}

Manifest *manifest_load(Run *r, Str path) {
  File *f = file_load(r->arena, r->diags, path);
  return f ? manifest_read(r, f) : NULL;
}
