// Checks the tree of a layout: containment, attributes, types, expressions.
// After it no later file reports a fault of vocabulary.
#include "layout-imp.h"

typedef struct {
  Arena *arena;
  Diags *diags;
  const Layout *layout;
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

static bool type_right(const Checker *c, const AttrRow *row, Str v) {
  bool b;
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
    return parse_length(v, PT(16), PT(29), &len) || str_ends(v, STR("*"));
  case TYPE_COLOUR:
    return parse_colour(v, &colour);
  case TYPE_STYLE:
    return style_exists(c, v);
  case TYPE_TEXT:
  case TYPE_PLAIN:
  case TYPE_XPATH:
    break;
  }
  return true;
}

static Str expected(const AttrRow *row) {
  switch (row->type) {
  case TYPE_ENUM:
    return row->values;
  case TYPE_BOOL:
    return STR("yes no");
  case TYPE_INT:
    return STR("0, 1, 2 …");
  case TYPE_LENGTH:
    return STR("12pt 5mm 2em 三号");
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
  const Layout *l = c->layout;
  size_t n = l->styles.len < 500 ? l->styles.len : 500;
  Str near = str_nearest(v, l->styles.data, n);
  fault(c, near.data ? D_STYLE_NEAREST : D_STYLE_UNKNOWN, at, v, near, STR(""));
}

static void check_value(Checker *c, const Node *n, const AttrRow *row,
                        XmlAttr t) {
  bool open = row->type == TYPE_INT && str_has(t.value, STR("{"));
  if (n->el == EL_DATA && str_is(row->name, "role")) {
    if (!word_in(STR(DATA_ROLES), t.value))
      fault(c, D_ATTR_VALUE, t.value_at, t.value, row->name, STR(DATA_ROLES));
  } else if (row->type == TYPE_TEXT || open) {
    check_template(c, t.value, t.value_at);
  } else if (row->type == TYPE_XPATH) {
    if (!query_check(c->arena, c->diags, c->layout, t.value, t.value_at))
      c->failed = true;
  } else if (row->type == TYPE_STYLE && !style_exists(c, t.value)) {
    check_style_name(c, t.value, t.value_at);
  } else if (!type_right(c, row, t.value)) {
    fault(c, D_ATTR_VALUE, t.value_at, t.value, row->name, expected(row));
  }
}

static void check_unknown(Checker *c, const Node *n, XmlAttr t) {
  Str list = element_row(n->el)->attrs;
  Str names[64];
  size_t k = 0;
  for (Str w = word_next(&list); w.len && k < 64; w = word_next(&list))
    names[k++] = str_ends(w, STR("!")) ? str_slice(w, 0, w.len - 1) : w;
  Str near = str_nearest(t.name, names, k);
  fault(c, near.data ? D_ATTR_NEAREST : D_ATTR_UNKNOWN, t.name_at, t.name,
        element_row(n->el)->name, near);
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

bool layout_check(Arena *a, Diags *d, Layout *l) {
  Checker c = {.arena = a, .diags = d, .layout = l};
  check_attrs(&c, l->root);
  for (const Node *n = l->root->first; n; n = n->next)
    check_node(&c, n);
  check_loops(&c);
  return !c.failed;
}
