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

static void settle_one(Loader *l, Node *parent, Node *n, const Open *open,
                       int depth);

// Whether the path goes down only: relative, no "..", inside after links.
static bool inside(const Layout *l, Str href) {
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
  Str whole = str_fmt(l->arena, "%.*s/%.*s", STR_ARG(l->folder), STR_ARG(href));
  if (!realpath(str_z(l->arena, l->folder), root) ||
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

// ---- a file as nodes --------------------------------------------------------

typedef struct {
  Arena *tree;
  Node *root, *open; // the element under way
  Str ns;            // of the root
  bool included;
  bool odd; // there are includes or unknown elements
} Builder;

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

static ElementId kind_of(const XmlElement *e) {
  ElementId el = EL_COUNT;
  if (str_is(e->ns, LAYOUT_NS))
    el = element_lookup(e->name);
  else if (str_is(e->ns, XINCLUDE_NS))
    el = EL_INCLUDE;
  return el == EL_COUNT ? EL_UNKNOWN : el;
}

static void element_begin(void *ctx, const XmlElement *e) {
  Builder *b = ctx;
  Node *n = NEW(b->tree, Node);
  *n = (Node){.el = kind_of(e), .at = e->at, .n_attrs = (uint32_t)e->n_attrs};
  b->odd |= n->el > EL_TEXT;
  if (e->n_attrs) {
    XmlAttr *own = NEW_ARRAY(b->tree, XmlAttr, e->n_attrs);
    memcpy(own, e->attrs, e->n_attrs * sizeof *own);
    n->attrs = own;
  }
  if (b->open)
    append(b->open, n);
  else
    b->root = n;
  b->open = n;
}

static void element_text(void *ctx, Str text, Span at) {
  Builder *b = ctx;
  ElementId in = b->open->el;
  bool settled = !b->included || b->open != b->root;
  if (in > EL_TEXT)
    return;
  if (settled && blank(text) && !element_allows(in, EL_TEXT))
    return;
  Node *n = NEW(b->tree, Node);
  *n = (Node){.el = EL_TEXT, .text = text, .at = at};
  append(b->open, n);
}

static void element_end(void *ctx) {
  Builder *b = ctx;
  b->open = b->open->parent;
}

// False: reported.
static bool build(Loader *l, const File *f, Builder *b) {
  XmlReader reader = {b, element_begin, element_text, element_end};
  return xml_scan(l->arena, l->diags, f, &reader);
}

static Str local_name(Span at) {
  Str s = str_slice(at.file->text, at.begin, at.end);
  size_t colon = str_find(s, STR(":"), 0);
  return colon == SIZE_MAX ? s : str_slice(s, colon + 1, s.len);
}

// ---- includes and unknown elements ------------------------------------------

static void settle_list(Loader *l, Node *parent, Node *first, const Open *open,
                        int depth) {
  for (Node *n = first, *next; n; n = next) {
    next = n->next;
    settle_one(l, parent, n, open, depth);
  }
}

static void include(Loader *l, Node *parent, const Node *x, const Open *open,
                    int depth) {
  Str href = node_attr(x, "href");
  Span at = node_attr_at(x, "href");
  if (++l->includes > INCLUDES_MAX) {
    if (l->includes == INCLUDES_MAX + 1)
      refuse(l, D_LAYOUT_INCLUDES, at, str_int(l->arena, INCLUDES_MAX));
    return;
  }
  if (!inside(l->layout, href)) {
    refuse(l, D_LAYOUT_JAIL, at, href);
    return;
  }
  Str path = href;
  if (!str_is(l->layout->folder, "."))
    path = str_fmt(l->arena, "%.*s/%.*s", STR_ARG(l->layout->folder),
                   STR_ARG(href));
  if (circular(open, path)) {
    refuse(l, D_LAYOUT_CIRCLE, at, href);
    return;
  }
  if (open->depth >= NESTING_MAX) {
    diag(l->diags, D_LAYOUT_CHAIN, at, href, str_int(l->arena, NESTING_MAX));
    l->failed = true;
    return;
  }
  File *f = file_load(l->arena, l->diags, path);
  Builder b = {.tree = l->layout->tree, .included = true};
  if (!f || !build(l, f, &b)) {
    refuse(l, D_LAYOUT_INCLUDE, at, href);
    return;
  }
  Open next = {path, open, open->depth + 1};
  settle_list(l, parent,
              str_is(local_name(b.root->at), "briefing") ? b.root->first
                                                         : b.root,
              &next, depth);
}

// An unknown element is reported and kept out of the tree.
static void unknown(Loader *l, const Node *parent, const Node *n) {
  Str name = local_name(n->at);
  ElementId el = element_lookup(name);
  Str near = element_nearest(parent->el, name);
  Str in = element_row(parent->el)->name;
  if (el != EL_COUNT)
    diag(l->diags, D_LAYOUT_NAMESPACE, n->at, name, STR(LAYOUT_NS));
  else if (near.data)
    diag(l->diags, D_ELEM_NEAREST, n->at, name, in, near);
  else
    diag(l->diags, D_ELEM_UNKNOWN, n->at, name, in);
  diag_fix(l->diags, el == EL_COUNT ? near : STR_NONE);
  l->failed = true;
}

static void settle_one(Loader *l, Node *parent, Node *n, const Open *open,
                       int depth) {
  if (n->el == EL_INCLUDE) {
    include(l, parent, n, open, depth);
    return;
  }
  if (n->el == EL_TEXT && blank(n->text) &&
      !element_allows(parent->el, EL_TEXT))
    return;
  if (n->el != EL_TEXT && depth > DEPTH_MAX) {
    refuse(l, D_XML_DEPTH, n->at, str_int(l->arena, DEPTH_MAX));
    return;
  }
  if (n->el == EL_UNKNOWN) {
    parent->torn = true;
    unknown(l, parent, n);
    return;
  }
  Node *first = n->first;
  n->first = n->last = n->next = NULL;
  append(parent, n);
  settle_list(l, n, first, open, depth + 1);
}

// ---- attributes -------------------------------------------------------------

static const XmlAttr *attr_of(const Node *n, const char *name) {
  for (uint32_t i = 0; i < n->n_attrs; i++)
    if (str_is(n->attrs[i].name, name))
      return &n->attrs[i];
  return NULL;
}

Str node_attr(const Node *n, const char *name) {
  const XmlAttr *t = attr_of(n, name);
  return t ? t->value : STR_NONE;
}

Span node_attr_at(const Node *n, const char *name) {
  const XmlAttr *t = attr_of(n, name);
  return t ? t->value_at : n->at;
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
    return v.len == 10 && date_right(v);
  if (str_is(type, "period"))
    return date_right(v);
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
  if (map_lookup(l->layout->param_of, name))
    diag(l->diags, D_PARAM_TWICE, node_attr_at(n, "name"), name);
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
  return f && layout_params_read(a, d, f, options);
}

bool layout_params_read(Arena *a, Diags *d, const File *f,
                        LayoutOptions *options) {
  XmlNode *root = xml_parse(a, d, f);
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

bool node_file(Diags *d, const Layout *l, const Node *n, Str *path) {
  Str src = node_attr(n, "src");
  *path = str_is(l->folder, ".") ? src
                                 : str_fmt(l->arena, "%.*s/%.*s",
                                           STR_ARG(l->folder), STR_ARG(src));
  if (inside(l, src))
    return true;
  diag(d, D_LAYOUT_JAIL, node_attr_at(n, "src"), src);
  return false;
}

// False: a path leads out of the folder, reported.
static bool read_data(Diags *d, Layout *l) {
  bool ok = true;
  for (const Node *n = l->root->first; n; n = n->next) {
    Str path;
    if (n->el != EL_DATA || !node_attr(n, "src").len)
      continue;
    if (node_file(d, l, n, &path))
      *vec_push(l->arena, &l->data) =
          (LayoutData){node_attr(n, "role"), path, node_attr_at(n, "src")};
    else
      ok = false;
  }
  return ok;
}

const LayoutData *layout_data(const Layout *layout, size_t *n) {
  *n = layout->data.len;
  return layout->data.data;
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

static void tree_free(void *layout) {
  layout_close(layout);
}

void layout_close(Layout *l) {
  arena_free(l->tree);
  l->tree = NULL;
  l->root = NULL;
}

static Layout *layout_new(Arena *a, const File *f,
                          const LayoutOptions *options) {
  Layout *l = NEW(a, Layout);
  l->arena = a;
  l->tree = arena_new();
  arena_defer(a, tree_free, l);
  l->path = f->path;
  l->folder =
      options && options->folder.len ? options->folder : folder_of(a, f->path);
  l->copy_first = options ? options->copy_first : 0;
  l->copy_last = options ? options->copy_last : 0;
  l->name_of = map_new(a);
  l->param_of = map_new(a);
  l->style_of = map_new(a);
  l->bad = map_new(a);
  l->lost = map_new(a);
  return l;
}

// False: reported.
static bool tree_load(Loader *loader, const File *f) {
  Layout *l = loader->layout;
  Builder b = {.tree = l->tree};
  if (!build(loader, f, &b))
    return false;
  l->root = b.root;
  if (b.root->el != EL_BRIEFING) {
    diag(loader->diags, D_LAYOUT_ROOT, b.root->at, local_name(b.root->at),
         STR(LAYOUT_NS));
    return false;
  }
  if (b.odd) {
    Open open = {f->path, NULL, 0};
    Node *first = b.root->first;
    b.root->first = b.root->last = NULL;
    settle_list(loader, b.root, first, &open, 0);
  }
  return true;
}

Layout *layout_parse(Arena *a, Diags *d, const File *f,
                     const LayoutOptions *options) {
  Layout *l = layout_new(a, f, options);
  Loader loader = {.arena = a, .diags = d, .layout = l};
  if (!tree_load(&loader, f))
    return NULL;
  add_name(a, l, STR("period"));
  add_name(a, l, STR("date"));
  collect_names(a, l, l->root->first);
  read_params(&loader, options);
  read_dictionary(a, l);
  bool ok = layout_check(a, d, l);
  ok = read_data(d, l) && ok;
  l->faulty = !ok || loader.failed;
  return !l->faulty || (options && options->go_on) ? l : NULL;
}

bool layout_faulty(const Layout *layout) {
  return layout->faulty;
}

Layout *layout_load(Arena *a, Diags *d, Str path,
                    const LayoutOptions *options) {
  File *f = file_load(a, d, path);
  return f ? layout_parse(a, d, f, options) : NULL;
}
