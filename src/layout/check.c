// Checks the tree of a layout: containment, attributes, types, expressions.
// After it no later file reports a fault of vocabulary.
#include "layout-imp.h"

typedef struct {
  Arena *arena;
  Diags *diags;
  const Layout *layout;
  Map *ids;      // literal ids → Node
  bool open_ids; // some are templates: any name may be an id
  bool failed;
} Checker;

// NOLINTNEXTLINE(readability-function-size): one message, six things to say
static void fault(Checker *c, DiagId id, Span at, Str x, Str y, Str z) {
  diag(c->diags, id, at, x, y, z);
  c->failed = true;
}

static void check_template(Checker *c, Str v, Span at) {
  Pieces pieces = {0};
  size_t bad = 0;
  if (!memchr(v.data, '{', v.len))
    return;
  if (!template_parse(c->arena, v, &pieces, &bad)) {
    fault(c, D_TEMPLATE_OPEN, span_inside(at, v, bad, v.len), v, STR(""),
          STR(""));
    return;
  }
  for (size_t i = 0; i < pieces.len; i++) {
    Piece p = pieces.data[i];
    if (p.expr && !query_check(c->arena, c->diags, c->layout, p.text,
                               span_inside(at, v, p.at, p.at + p.text.len)))
      c->failed = true;
  }
}

static bool style_exists(const Checker *c, Str name) {
  return style_known(name) || map_lookup(c->layout->style_of, name);
}

// 2*: a share of what is left.
static bool share_right(Str v) {
  long n;
  Str digits = str_slice(v, 0, v.len ? v.len - 1 : 0);
  return str_ends(v, STR("*")) && (!digits.len || parse_int(digits, &n));
}

static Str format_words(ElementId el) {
  return el == EL_COLUMN   ? STR("amount unit source change status")
         : el == EL_CHANGE ? STR("words amount percent")
                           : STR("");
}

// A picture of a number (,##0.0 0.0%) or a date (YYYY年M月D日).
static bool format_right(ElementId el, Str v) {
  bool picture = false;
  if (!v.len || word_in(format_words(el), v))
    return true;
  for (size_t i = 0; i < v.len; i++) {
    char c = v.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && !strchr("YMD", c))
      return false;
    picture |= strchr("0#YMD", c) != NULL;
  }
  return picture && el != EL_CHANGE;
}

static bool type_right(const Checker *c, ElementId el, const AttrRow *row,
                       Str v) {
  bool b;
  double number;
  long n;
  Len len;
  Colour colour;
  switch (row->type) {
  case TYPE_ENUM:
    return word_in(row->values, v);
  case TYPE_BOOL:
    return parse_bool(v, &b);
  case TYPE_INT:
    return parse_int(v, &n) && n >= 0 && n <= 100000;
  case TYPE_LENGTH:
    return parse_length(v, PT(16), PT(29), &len) ||
           (el == EL_COLUMN && share_right(v));
  case TYPE_COLOUR:
    return parse_colour(v, &colour);
  case TYPE_STYLE:
    return style_exists(c, v);
  case TYPE_NUMBER:
    return !v.len || parse_decimal(v, &number);
  case TYPE_FORMAT:
    return format_right(el, v);
  case TYPE_TEXT:
  case TYPE_PLAIN:
  case TYPE_XPATH:
    break;
  }
  return true;
}

static Str expected(Arena *a, ElementId el, const AttrRow *row) {
  switch (row->type) {
  case TYPE_ENUM:
    return row->values;
  case TYPE_BOOL:
    return STR("yes no");
  case TYPE_INT:
    return STR("0, 1, 2 …");
  case TYPE_LENGTH:
    return el == EL_COLUMN ? STR("12pt 5mm 2em 1*") : STR("12pt 5mm 2em 三号");
  case TYPE_NUMBER:
    return STR("0.5, 100 …");
  case TYPE_FORMAT:
    return str_trim(str_fmt(a, "%.*s%s", STR_ARG(format_words(el)),
                            el == EL_CHANGE ? "" : " ,##0.0 YYYY年M月D日"));
  case TYPE_COLOUR:
    return STR("#rgb #rrggbb red black");
  case TYPE_STYLE:
  case TYPE_TEXT:
  case TYPE_PLAIN:
  case TYPE_XPATH:
    break;
  }
  return STR("");
}

static void check_style_name(Checker *c, Str v, Span at) {
  enum { NAMES = 500 };
  const Layout *l = c->layout;
  Str names[NAMES];
  size_t n = style_names(names, NAMES);
  for (size_t i = 0; i < l->styles.len && n < NAMES; i++)
    names[n++] = l->styles.data[i];
  Str near = str_nearest(v, names, n);
  fault(c, near.data ? D_STYLE_NEAREST : D_STYLE_UNKNOWN, at, v, near, STR(""));
}

static void check_value(Checker *c, const Node *n, const AttrRow *row,
                        XmlAttr t) {
  bool open = row->type == TYPE_INT && str_has(t.value, STR("{"));
  Str values = attr_values(n->el, row);
  if (values.len) {
    if (!word_in(values, t.value))
      fault(c, D_ATTR_VALUE, t.value_at, t.value, row->name, values);
  } else if (row->type == TYPE_TEXT || open) {
    check_template(c, t.value, t.value_at);
  } else if (row->type == TYPE_XPATH) {
    if (!query_check(c->arena, c->diags, c->layout, t.value, t.value_at))
      c->failed = true;
  } else if (row->type == TYPE_STYLE && !style_exists(c, t.value)) {
    check_style_name(c, t.value, t.value_at);
  } else if (!type_right(c, n->el, row, t.value)) {
    fault(c, D_ATTR_VALUE, t.value_at, t.value, row->name,
          expected(c->arena, n->el, row));
  }
}

static void check_unknown(Checker *c, const Node *n, XmlAttr t) {
  Str near = attr_nearest(n->el, t.name);
  Str owners = near.data ? STR("") : attr_owners(c->arena, t.name);
  fault(c,
        near.data    ? D_ATTR_NEAREST
        : owners.len ? D_ATTR_OWNERS
                     : D_ATTR_UNKNOWN,
        t.name_at, t.name, element_row(n->el)->name, near.data ? near : owners);
  diag_fix(c->diags, near);
}

static void check_attrs(Checker *c, const Node *n) {
  for (size_t i = 0; i < n->n_attrs; i++) {
    XmlAttr t = n->attrs[i];
    bool must;
    if (str_starts(t.name, STR("xml:")))
      continue;
    if (element_has_attr(n->el, t.name, &must))
      check_value(c, n, attr_lookup(t.name), t);
    else
      check_unknown(c, n, t);
  }
  Str list = element_requires(n->el) ? element_row(n->el)->attrs : STR("");
  for (Str w = word_next(&list); w.len; w = word_next(&list)) {
    if (!str_ends(w, STR("!")))
      continue;
    w.len--;
    if (!node_attr(n, str_z(c->arena, w)).data)
      fault(c, D_ATTR_MISSING, n->at, element_row(n->el)->name, w, STR(""));
  }
}

// for-each, if and else are transparent: what they hold must fit around them.
static ElementId container(const Node *n) {
  const Node *p = n->parent;
  while (p->parent &&
         (p->el == EL_FOR_EACH || p->el == EL_IF || p->el == EL_ELSE))
    p = p->parent;
  return p->el;
}

static bool fits(const Node *n) {
  ElementId in = container(n);
  if (element_allows(in, n->el))
    return true;
  if (n->el == EL_TEXT)
    return false;
  // let and the controls may stand wherever they hold something that fits
  return n->el == EL_LET || n->el == EL_ASSERT || n->el == EL_FOR_EACH ||
         n->el == EL_IF || n->el == EL_ELSE;
}

static bool blank(Str s) {
  return !str_trim(s).len;
}

static void check_place(Checker *c, const Node *n) {
  if (n->el == EL_TEXT && blank(n->text))
    return;
  ElementId in = container(n);
  if (!fits(n))
    fault(c, n->el == EL_TEXT ? D_TEXT_PLACE : D_ELEM_PLACE, n->at,
          n->el == EL_TEXT ? STR("") : element_row(n->el)->name,
          element_row(in)->name, STR(""));
}

// A chart without series needs a value of its own.
static void check_chart(Checker *c, const Node *n) {
  for (const Node *k = n->first; k; k = k->next)
    if (k->el == EL_SERIES)
      return;
  if (!node_attr(n, "value").data)
    fault(c, D_ATTR_MISSING, n->at, element_row(n->el)->name, STR("value"),
          STR(""));
}

// The first column too many, and how many there are before it.
static const Node *too_many(const Node *n, size_t *count) {
  const Node *found = NULL;
  for (const Node *k = n->first; k && !found; k = k->next)
    if (k->el == EL_COLUMNS)
      found = too_many(k, count);
    else if (k->el == EL_COLUMN && (*count)++ == COLUMNS_MAX)
      found = k;
  return found;
}

static void check_table(Checker *c, const Node *n) {
  size_t groups = 0, columns = 0;
  const Node *more = too_many(n, &columns);
  if (more)
    fault(c, D_TABLE_MANY, more->at, str_int(c->arena, COLUMNS_MAX), STR(""),
          STR(""));
  for (const Node *k = n->first; k; k = k->next)
    if (k->el == EL_GROUP && ++groups == TABLE_GROUPS_MAX + 1)
      fault(c, D_TABLE_GROUPS, k->at, str_int(c->arena, TABLE_GROUPS_MAX),
            STR(""), STR(""));
}

static const Node *before(const Node *n) {
  const Node *p = n->prev;
  while (p && p->el == EL_TEXT && blank(p->text))
    p = p->prev;
  return p;
}

static void check_node(Checker *c, const Node *n) {
  check_place(c, n);
  if (n->el == EL_TEXT) {
    if (element_allows(container(n), EL_TEXT))
      check_template(c, n->text, n->at);
    return;
  }
  check_attrs(c, n);
  if (n->el == EL_CHART)
    check_chart(c, n);
  if (n->el == EL_TABLE)
    check_table(c, n);
  if (n->el == EL_ELSE) {
    const Node *p = before(n);
    if (!p || p->el != EL_IF)
      fault(c, D_ELSE_ALONE, n->at, STR(""), STR(""), STR(""));
  }
  for (const Node *k = n->first; k; k = k->next)
    check_node(c, k);
}

// based-on must not lead back. A style whose chain was walked to its end once
// is known to be good.
static bool loops(Checker *c, Map *good, const Node *n) {
  size_t steps = 0;
  const Node *s = n;
  while (s && !map_lookup(good, node_attr(s, "name"))) {
    Str base = node_attr(s, "based-on");
    const Node *next = base.len ? map_lookup(c->layout->style_of, base) : NULL;
    if (next == s && style_known(base))
      next = NULL; // it changes the stock style of that name
    if (steps++ > c->layout->styles.len)
      return true;
    s = next;
  }
  for (s = n; s && !map_lookup(good, node_attr(s, "name"));) {
    Str base = node_attr(s, "based-on");
    map_put(good, node_attr(s, "name"), c);
    s = base.len ? map_lookup(c->layout->style_of, base) : NULL;
  }
  return false;
}

#define LOOPS_MAX 20 // are told of

static void check_loops(Checker *c) {
  Map *good = map_new(c->arena);
  size_t found = 0;
  for (const Node *n = c->layout->root->first; n; n = n->next)
    if (n->el == EL_STYLE && found < LOOPS_MAX && loops(c, good, n)) {
      fault(c, D_STYLE_LOOP, n->at, node_attr(n, "name"), STR(""), STR(""));
      found++;
    }
}

// ---- ids and what refers to them
// ---------------------------------------------

static bool conditional(const Node *n) {
  for (; n; n = n->parent)
    if (n->el == EL_FOR_EACH || n->el == EL_IF || n->el == EL_ELSE)
      return true;
  return false;
}

static void collect_ids(Checker *c, const Node *first) {
  for (const Node *n = first; n; n = n->next) {
    Str id = n->el == EL_TEXT ? STR("") : node_attr(n, "id");
    c->open_ids |= str_has(id, STR("{"));
    if (id.len && map_lookup(c->ids, id) && !conditional(n))
      fault(c, D_ID_TWICE, node_attr_at(n, "id"), id, STR(""), STR(""));
    else if (id.len)
      map_put(c->ids, id, (void *)n);
    collect_ids(c, n->first);
  }
}

static void check_refs(Checker *c, const Node *first) {
  for (const Node *n = first; n; n = n->next) {
    const char *name = n->el == EL_REF ? "to" : n->el == EL_A ? "href" : NULL;
    Str to = name ? node_attr(n, name) : STR("");
    bool local = n->el == EL_REF || str_starts(to, STR("#"));
    if (n->el == EL_A)
      to = str_slice(to, 1, to.len);
    if (local && to.len && !c->open_ids && !str_has(to, STR("{")) &&
        !map_lookup(c->ids, to))
      fault(c, D_REF_UNKNOWN, node_attr_at(n, name), to, STR(""), STR(""));
    check_refs(c, n->first);
  }
}

bool layout_check(Arena *a, Diags *d, Layout *l) {
  Checker c = {.arena = a, .diags = d, .layout = l, .ids = map_new(a)};
  check_attrs(&c, l->root);
  for (const Node *n = l->root->first; n; n = n->next)
    check_node(&c, n);
  check_loops(&c);
  collect_ids(&c, l->root->first);
  check_refs(&c, l->root->first);
  return !c.failed;
}
