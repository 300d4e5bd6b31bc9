// Parses a layout and its included parts into one tree, and its parameters.
#define _XOPEN_SOURCE 700 // realpath
#include "layout-imp.h"
#include <limits.h>
#include <stdlib.h>

#define XINCLUDE_NS  "http://www.w3.org/2001/XInclude"
#define INCLUDES_MAX 1000
#define NESTING_MAX  16 // includes within includes
#define DEPTH_MAX    160

typedef struct Open {
  Str path;
  const struct Open *up;
  int depth;
} Open; // files being included, for circles

typedef struct {
  Arena *arena;
  Diags *diags;
  Layout *layout;
  size_t includes;
  bool failed;
} Loader;

static void add_children(Loader *l, Node *parent, XmlNode *from,
                         const Open *open, int depth);
static void add_child(Loader *l, Node *parent, XmlNode *x, const Open *open,
                      int depth);

// Whether the path goes down only: relative, no "..", inside after links.
static bool inside(Loader *l, Str href) {
  if (!href.len || href.data[0] == '/' || str_has(href, STR("://")) ||
      str_has(href, STR("\\")))
    return false;
  for (size_t from = 0; from <= href.len;) {
    size_t to = str_find(href, STR("/"), from);
    if (to == SIZE_MAX)
      to = href.len;
    if (str_is(str_slice(href, from, to), ".."))
      return false;
    from = to + 1;
  }
  char root[PATH_MAX], file[PATH_MAX];
  Str whole =
      str_fmt(l->arena, "%.*s/%.*s", STR_ARG(l->layout->folder), STR_ARG(href));
  if (!realpath(str_z(l->arena, l->layout->folder), root) ||
      !realpath(str_z(l->arena, whole), file))
    return true; // missing: reported by file_load
  size_t n = strlen(root);
  return strncmp(root, file, n) == 0 && (file[n] == '/' || n == 1);
}

static void refuse(Loader *l, DiagId id, Span at, Str what) {
  diag(l->diags, id, at, what);
  l->failed = true;
}

static bool circular(const Open *open, Str path) {
  for (; open; open = open->up)
    if (str_eq(open->path, path))
      return true;
  return false;
}

static void include(Loader *l, Node *parent, XmlNode *x, const Open *open,
                    int depth) {
  Str href = xml_attr(x, "href");
  Span at = xml_attr_span(x, "href");
  if (++l->includes > INCLUDES_MAX) {
    if (l->includes == INCLUDES_MAX + 1)
      refuse(l, D_LAYOUT_INCLUDES, at, str_int(l->arena, INCLUDES_MAX));
    return;
  }
  if (!inside(l, href)) {
    refuse(l, D_LAYOUT_JAIL, at, href);
    return;
  }
  Str path = href;
  if (!str_is(l->layout->folder, "."))
    path = str_fmt(l->arena, "%.*s/%.*s", STR_ARG(l->layout->folder),
                   STR_ARG(href));
  if (circular(open, path) || open->depth >= NESTING_MAX) {
    refuse(l, D_LAYOUT_CIRCLE, at, href);
    return;
  }
  File *f = file_load(l->arena, l->diags, path);
  XmlNode *root = f ? xml_parse(l->arena, l->diags, f) : NULL;
  if (!root) {
    refuse(l, D_LAYOUT_INCLUDE, at, href);
    return;
  }
  Open next = {path, open, open->depth + 1};
  if (str_is(xml_name(root), "briefing"))
    add_children(l, parent, root, &next, depth);
  else
    add_child(l, parent, root, &next, depth);
}

static void append(Node *parent, Node *n) {
  n->parent = parent;
  n->prev = parent->last;
  if (parent->last)
    parent->last->next = n;
  else
    parent->first = n;
  parent->last = n;
}

static bool blank(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (!strchr(" \t\r\n", s.data[i]))
      return false;
  return true;
}

// An unknown element is reported and kept out of the tree.
static Node *element_node(Loader *l, const Node *parent, XmlNode *x) {
  Str name = xml_name(x);
  ElementId el = element_lookup(name);
  Span at = xml_span(x);
  if (el == EL_COUNT || !str_is(xml_ns(x), LAYOUT_NS)) {
    Str near = element_nearest(name);
    Str in = element_row(parent->el)->name;
    if (el != EL_COUNT)
      diag(l->diags, D_LAYOUT_NAMESPACE, at, name, STR(LAYOUT_NS));
    else if (near.data)
      diag(l->diags, D_ELEM_NEAREST, at, name, in, near);
    else
      diag(l->diags, D_ELEM_UNKNOWN, at, name, in);
    diag_fix(l->diags, el == EL_COUNT ? near : STR_NONE);
    l->failed = true;
    return NULL;
  }
  Node *n = NEW(l->arena, Node);
  *n = (Node){.el = el, .xml = x, .at = at};
  return n;
}

static void add_child(Loader *l, Node *parent, XmlNode *x, const Open *open,
                      int depth) {
  if (depth > DEPTH_MAX) {
    refuse(l, D_XML_DEPTH, xml_span(x), str_int(l->arena, DEPTH_MAX));
    return;
  }
  Node *n = element_node(l, parent, x);
  if (!n)
    return;
  append(parent, n);
  add_children(l, n, x, open, depth + 1);
}

static void add_text(Loader *l, Node *parent, XmlNode *x) {
  Str text = xml_text(x);
  if (blank(text) && !element_allows(parent->el, EL_TEXT))
    return;
  Node *n = NEW(l->arena, Node);
  *n = (Node){.el = EL_TEXT, .xml = x, .text = text, .at = xml_span(x)};
  append(parent, n);
}

static void add_children(Loader *l, Node *parent, XmlNode *from,
                         const Open *open, int depth) {
  for (XmlNode *x = xml_first(from); x; x = xml_next(x)) {
    if (xml_is_text(x))
      add_text(l, parent, x);
    else if (str_is(xml_ns(x), XINCLUDE_NS))
      include(l, parent, x, open, depth);
    else
      add_child(l, parent, x, open, depth);
  }
}

Str node_attr(const Node *n, const char *name) {
  return n->xml ? xml_attr(n->xml, name) : STR_NONE;
}

Span node_attr_at(const Node *n, const char *name) {
  return xml_attr_span(n->xml, name);
}

bool node_bool(const Node *n, const char *name, bool usual) {
  bool v = usual;
  Str s = node_attr(n, name);
  if (s.data)
    parse_bool(s, &v);
  return v;
}

long node_int(const Node *n, const char *name, long usual) {
  long v = usual;
  Str s = node_attr(n, name);
  if (s.data)
    parse_int(s, &v);
  return v;
}

// ---- parameters -------------------------------------------------------------

static const Param *given(const LayoutOptions *o, Str name) {
  const Param *found = NULL; // the last one wins
  for (size_t i = 0; o && i < o->n_params; i++)
    if (str_eq(o->params[i].name, name))
      found = &o->params[i];
  return found;
}

static bool digits_and(Str s, const char *others) {
  for (size_t i = 0; i < s.len; i++)
    if ((s.data[i] < '0' || s.data[i] > '9') && !strchr(others, s.data[i]))
      return false;
  return true;
}

static bool type_fits(Str type, Str v) {
  bool b;
  long n;
  double x;
  if (!v.len)
    return true;
  if (str_is(type, "integer"))
    return parse_int(v, &n);
  if (str_is(type, "number"))
    return parse_decimal(v, &x);
  if (str_is(type, "boolean"))
    return parse_bool(v, &b);
  if (str_is(type, "date"))
    return v.len == 10 && v.data[4] == '-' && v.data[7] == '-' &&
           digits_and(v, "-");
  if (str_is(type, "period"))
    return v.len >= 4 && digits_and(v, "-/.");
  return true;
}

// The first of a name stands.
static void add_param(Loader *l, Param p) {
  Param *kept = NEW(l->arena, Param);
  *kept = p;
  *vec_push(l->arena, &l->layout->params) = p;
  if (!map_lookup(l->layout->param_of, p.name))
    map_put(l->layout->param_of, p.name, kept);
}

static void declare_param(Loader *l, const Node *n, const LayoutOptions *o) {
  Str name = node_attr(n, "name");
  const Param *set = given(o, name);
  Param p = {name, node_attr(n, "default"), node_attr_at(n, "default")};
  if (set)
    p.value = set->value, p.at = set->at;
  Str type = node_attr(n, "type");
  if (type.data && !type_fits(type, p.value)) {
    diag(l->diags, D_PARAM_TYPE, set ? set->at : p.at, p.value, name, type);
    l->failed = true;
  }
  if (!p.value.len && node_bool(n, "required", false)) {
    diag(l->diags, D_PARAM_MISSING, n->at, name);
    l->failed = true;
  }
  if (!p.value.data)
    p.value = STR("");
  add_param(l, p);
}

static bool declared(const Layout *l, Str name) {
  return layout_param(l, name).data != NULL;
}

// --set of an undeclared name is an error; an office's file may hold constants
// for several layouts. `period` and `date` are known to every layout.
static void other_params(Loader *l, const LayoutOptions *o) {
  Layout *y = l->layout;
  for (size_t i = 0; o && i < o->n_params; i++) {
    Param p = o->params[i];
    bool common = str_is(p.name, "period") || str_is(p.name, "date");
    if (declared(y, p.name))
      continue;
    if (!p.at.file && !common) {
      Str *names = NEW_ARRAY(l->arena, Str, y->params.len);
      for (size_t k = 0; k < y->params.len; k++)
        names[k] = y->params.data[k].name;
      Str near = str_nearest(p.name, names, y->params.len);
      diag(l->diags, near.data ? D_PARAM_NEAREST : D_PARAM_UNKNOWN, y->root->at,
           p.name, near.data ? near : STR(""));
      l->failed = true;
    }
    add_param(l, p);
  }
  if (!declared(y, STR("period")))
    add_param(l, (Param){STR("period"), STR(""), SPAN_NONE});
}

Str layout_param(const Layout *layout, Str name) {
  const Param *p = map_lookup(layout->param_of, name);
  return p ? p->value : STR_NONE;
}

bool layout_params_load(Arena *a, Diags *d, Str path, LayoutOptions *options) {
  File *f = file_load(a, d, path);
  XmlNode *root = f ? xml_parse(a, d, f) : NULL;
  if (!root)
    return false;
  VEC(Param) all = {0};
  for (XmlNode *n = xml_first(root); n; n = xml_next(n)) {
    if (xml_is_text(n))
      continue;
    Str name = xml_attr(n, "name");
    if (!str_is(xml_name(n), "param") || !name.len) {
      diag(d, D_PARAM_FILE, xml_span(n), xml_name(n));
      return false;
    }
    XmlNode *t = xml_first(n);
    Str value = t && xml_is_text(t) ? str_trim(xml_text(t)) : STR("");
    *vec_push(a, &all) = (Param){name, value, xml_span(n)};
  }
  for (size_t i = 0; i < options->n_params; i++) // --set wins over the file
    *vec_push(a, &all) = options->params[i];
  options->params = all.data;
  options->n_params = all.len;
  return true;
}

// ---- dictionaries -----------------------------------------------------------

static const Str *split_words(Arena *a, Str list, size_t *n) {
  VEC(Str) words = {0};
  size_t from = 0;
  for (size_t i = 0; i <= list.len; i++) {
    if (i < list.len && !strchr(" |\t\n", list.data[i]))
      continue;
    if (i > from)
      *vec_push(a, &words) = str_slice(list, from, i);
    from = i + 1;
  }
  *n = words.len;
  return words.data;
}

static size_t count_of(const Node *root, ElementId group, ElementId id) {
  size_t k = 0;
  for (const Node *n = root->first; n; n = n->next)
    for (const Node *c = n->el == group ? n->first : NULL; c; c = c->next)
      k += c->el == id;
  return k;
}

static void read_indicator(Arena *a, Indicator *out, const Node *c) {
  out->canon = node_attr(c, "name");
  out->aliases = split_words(a, node_attr(c, "aliases"), &out->n_aliases);
  out->unit = node_attr(c, "unit");
  out->direction = node_attr(c, "direction");
  out->low = node_attr(c, "low");
  out->high = node_attr(c, "high");
}

static void read_dictionary(Arena *a, Layout *l) {
  size_t ni = count_of(l->root, EL_INDICATORS, EL_INDICATOR), i = 0;
  size_t nt = count_of(l->root, EL_TOPICS, EL_TOPIC), t = 0;
  Indicator *is = NEW_ARRAY(a, Indicator, ni);
  Topic *ts = NEW_ARRAY(a, Topic, nt);
  for (const Node *n = l->root->first; n; n = n->next) {
    if (n->el != EL_TOPICS && n->el != EL_INDICATORS)
      continue;
    for (const Node *c = n->first; c; c = c->next) {
      if (c->el == EL_TOPIC && n->el == EL_TOPICS) {
        ts[t].name = node_attr(c, "name");
        ts[t].keywords =
            split_words(a, node_attr(c, "keywords"), &ts[t].n_keywords);
        t++;
      } else if (c->el == EL_INDICATOR && n->el == EL_INDICATORS) {
        read_indicator(a, &is[i++], c);
      }
    }
  }
  l->dict = (Dictionary){is, i, ts, t};
}

const struct Dictionary *layout_dictionary(const Layout *layout) {
  return &layout->dict;
}

// ---- the way ----------------------------------------------------------------

static Str folder_of(Arena *a, Str path) {
  size_t i = path.len;
  while (i > 0 && path.data[i - 1] != '/')
    i--;
  return i ? str_copy(a, str_slice(path, 0, i > 1 ? i - 1 : 1)) : STR(".");
}

static void add_name(Arena *a, Layout *l, Str name) {
  if (map_lookup(l->name_of, name))
    return;
  map_put(l->name_of, name, l);
  *vec_push(a, &l->names) = name;
}

static void collect_names(Arena *a, Layout *l, const Node *n) {
  for (; n; n = n->next) {
    if (n->el == EL_PARAM || n->el == EL_LET)
      add_name(a, l, node_attr(n, "name"));
    if (n->el == EL_FOR_EACH && node_attr(n, "as").len)
      add_name(a, l, node_attr(n, "as"));
    if (n->el == EL_STYLE) {
      *vec_push(a, &l->styles) = node_attr(n, "name");
      map_put(l->style_of, node_attr(n, "name"), (void *)n);
    }
    collect_names(a, l, n->first);
  }
}

static void read_params(Loader *l, const LayoutOptions *options) {
  for (const Node *n = l->layout->root->first; n; n = n->next)
    if (n->el == EL_PARAM)
      declare_param(l, n, options);
  other_params(l, options);
}

Layout *layout_parse(Arena *a, Diags *d, const File *f,
                     const LayoutOptions *options) {
  XmlNode *x = xml_parse(a, d, f);
  if (!x)
    return NULL;
  if (!str_is(xml_name(x), "briefing") || !str_is(xml_ns(x), LAYOUT_NS)) {
    diag(d, D_LAYOUT_ROOT, xml_span(x), xml_name(x), STR(LAYOUT_NS));
    return NULL;
  }
  Layout *l = NEW(a, Layout);
  l->arena = a;
  l->path = f->path;
  l->folder =
      options && options->folder.len ? options->folder : folder_of(a, f->path);
  l->root = NEW(a, Node);
  *l->root = (Node){.el = EL_BRIEFING, .xml = x, .at = xml_span(x)};
  Loader loader = {.arena = a, .diags = d, .layout = l};
  Open open = {f->path, NULL, 0};
  add_children(&loader, l->root, x, &open, 0);
  l->name_of = map_new(a);
  l->param_of = map_new(a);
  l->style_of = map_new(a);
  add_name(a, l, STR("period"));
  add_name(a, l, STR("date"));
  collect_names(a, l, l->root->first);
  read_params(&loader, options);
  read_dictionary(a, l);
  bool ok = layout_check(a, d, l);
  return ok && !loader.failed ? l : NULL;
}

Layout *layout_load(Arena *a, Diags *d, Str path,
                    const LayoutOptions *options) {
  File *f = file_load(a, d, path);
  return f ? layout_parse(a, d, f, options) : NULL;
}
