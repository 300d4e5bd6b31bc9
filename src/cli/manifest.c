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

static void check_names(Reader *r, XmlNode *n, const char *known) {
  for (size_t i = 0; i < xml_attrs(n); i++) {
    XmlAttr t = xml_attr_at(n, i);
    Str word = str_fmt(r->run->arena, " %.*s ", STR_ARG(t.name));
    if (!str_has(str_of(known), word))
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
    check_names(r, n, " name value ");
    Param *p = vec_push(r->run->arena, &o->set);
    *p = (Param){need(r, n, "name"), xml_attr(n, "value"),
                 xml_attr_span(n, "value")};
  } else if (str_is(xml_name(n), "pages")) {
    check_names(r, n, " path ");
    *vec_push(r->run->arena, &o->inputs) = beside(r, need(r, n, "path"));
  } else {
    diag(r->run->diags, D_RUN_ELEMENT, xml_span(n), xml_name(n),
         xml_name(xml_parent(n)));
  }
}

// What `n` says, on top of what is said for all items.
static void read_options(Reader *r, XmlNode *n, Options *o) {
  static const struct {
    const char *name;
    size_t field;
    bool path;
  } fields[] = {
      {"params", offsetof(Options, params), true},
      {"corrections", offsetof(Options, corrections), true},
      {"period", offsetof(Options, period), false},
      {"date", offsetof(Options, date), false},
      {"encoding", offsetof(Options, encoding), false},
  };
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    Str value = xml_attr(n, fields[i].name);
    if (value.len)
      *(Str *)((char *)o + fields[i].field) =
          fields[i].path ? beside(r, value) : value;
  }
  for (XmlNode *c = xml_elem(xml_first(n)); c; c = xml_elem(xml_next(c)))
    if (!str_is(xml_name(c), "item"))
      read_child(r, c, o);
}

static void read_item(Reader *r, XmlNode *n, const Options *common, Item *it) {
  Arena *a = r->run->arena;
  check_names(r, n,
              " name layout output params corrections period date "
              "encoding ");
  Options *o = &it->options;
  *o = *common;
  o->set.data = NULL; // growing must not touch what is common
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

static void check_outputs(Run *r, XmlNode *root, Manifest *m) {
  Map *seen = map_new(r->arena);
  XmlNode *n = xml_child(root, "item");
  for (size_t i = 0; i < m->n && n; i++, n = xml_elem(xml_next(n))) {
    while (n && !str_is(xml_name(n), "item"))
      n = xml_elem(xml_next(n));
    if (n && map_lookup(seen, m->items[i].options.output))
      diag(r->diags, D_RUN_TWICE, xml_attr_span(n, "output"),
           m->items[i].output);
    map_put(seen, m->items[i].options.output, &m->items[i]);
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
  check_names(&reader, root,
              " layout params corrections period date "
              "encoding ");
  Options common = {.command = CMD_BUILD, .fonts = r->options.fonts};
  common.keep_going = r->options.keep_going;
  common.print = r->options.print;
  common.archive = r->options.archive;
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
