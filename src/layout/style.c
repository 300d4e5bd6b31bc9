// Styles: the stock ones, those of the layout, and copies made of them.
#include "layout-imp.h"

struct Styles {
  Arena *arena;
  Map *of; // name → Style
  Len line;
};

static const struct {
  Str name, base, css;
} rows[] = {
#define STOCK(name, base, css) {ROW(name), ROW(base), ROW(css)},
#include "stock.def"
#undef STOCK
};

enum { N_ROWS = sizeof rows / sizeof *rows };

// What profile="house" changes; styles based on these follow.
static const struct {
  Str name, css;
} house[] = {
    {ROW("body"), ROW("font-family:song;font-size:小四;line-height:1lh")},
    {ROW("h1"), ROW("font-size:三号;text-indent:0;margin-top:12pt;"
                    "margin-bottom:4pt")},
    {ROW("h2"), ROW("font-family:hei;font-size:小四;text-indent:0;"
                    "margin-top:6pt")},
    {ROW("credit"), ROW("font-size:五号;color:grey")},
};

bool style_known(Str name) {
  for (size_t i = 0; i < N_ROWS; i++)
    if (str_eq(rows[i].name, name))
      return true;
  return false;
}

size_t style_names(Str *out, size_t most) {
  size_t n = N_ROWS < most ? N_ROWS : most;
  for (size_t i = 0; i < n; i++)
    out[i] = rows[i].name;
  return n;
}

const Style *style_lookup(const Styles *s, Str name) {
  return map_lookup(s->of, name);
}

Style *style_copy(Styles *s, Str name, const Style *from) {
  Style *c = NEW(s->arena, Style);
  *c = *from;
  if (name.len)
    map_put(s->of, name, c);
  return c;
}

static Align align_of(Str v) {
  return str_is(v, "left")     ? ALIGN_LEFT
         : str_is(v, "center") ? ALIGN_CENTRE
         : str_is(v, "right")  ? ALIGN_RIGHT
                               : ALIGN_JUSTIFY;
}

static bool set_length(const Styles *s, Style *t, Str name, Str v) {
  struct {
    Str name;
    Len *field;
  } lengths[] = {
      {STR("line-height"), &t->pitch},       {STR("text-indent"), &t->indent},
      {STR("margin-left"), &t->left},        {STR("margin-right"), &t->right},
      {STR("margin-top"), &t->before},       {STR("margin-bottom"), &t->after},
      {STR("letter-spacing"), &t->tracking}, {STR("text-spread"), &t->spread},
  };
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
    if (str_eq(lengths[i].name, name)) {
      parse_length(v, t->size, s->line, lengths[i].field);
      return true;
    }
  return false;
}

// The size is set first by the caller, since em is measured in it.
static void set_property(const Styles *s, Style *t, Str name, Str v) {
  long n;
  if (set_length(s, t, name, v))
    return;
  if (str_is(name, "font-family"))
    t->face = v;
  else if (str_is(name, "font-weight"))
    t->bold = str_is(v, "bold");
  else if (str_is(name, "color"))
    parse_colour(v, &t->colour);
  else if (str_is(name, "text-align"))
    t->align = align_of(v);
  else if (str_is(name, "keep-with-next"))
    parse_bool(v, &t->keep_next);
  else if (str_is(name, "keep-together"))
    parse_bool(v, &t->keep);
  else if (str_is(name, "text-decoration"))
    t->underline = str_is(v, "underline");
  else if (str_is(name, "widows") && parse_int(v, &n))
    t->widows = (int)n;
  else if (str_is(name, "orphans") && parse_int(v, &n))
    t->orphans = (int)n;
}

// em-measured lengths follow the size when only the size is changed.
static void set_size(const Styles *s, Style *t, Str v) {
  Len old = t->size, size = t->size;
  parse_length(v, t->size, s->line, &size);
  t->size = size > 0 ? size : old;
  if (old > 0 && t->size != old)
    t->indent = (Len)((int64_t)t->indent * t->size / old);
}

static Str css_value(Str css, const char *name) {
  Str want = str_of(name);
  for (size_t from = 0; from < css.len;) {
    size_t to = str_find(css, STR(";"), from);
    if (to == SIZE_MAX)
      to = css.len;
    Str item = str_slice(css, from, to);
    size_t colon = str_find(item, STR(":"), 0);
    if (colon != SIZE_MAX && str_eq(str_slice(item, 0, colon), want))
      return str_slice(item, colon + 1, item.len);
    from = to + 1;
  }
  return STR_NONE;
}

static void set_css(const Styles *s, Style *t, Str css) {
  Str size = css_value(css, "font-size");
  if (size.data)
    set_size(s, t, size);
  for (size_t from = 0; from < css.len;) {
    size_t to = str_find(css, STR(";"), from);
    if (to == SIZE_MAX)
      to = css.len;
    Str item = str_slice(css, from, to);
    size_t colon = str_find(item, STR(":"), 0);
    if (colon != SIZE_MAX)
      set_property(s, t, str_slice(item, 0, colon),
                   str_slice(item, colon + 1, item.len));
    from = to + 1;
  }
}

// What makes a style: the stock row and the layout's elements of its name.
typedef struct Rule {
  Str name, base;
  Str css, own_css; // of the stock row, and what the profile changes
  VEC(const Node *) nodes;
  bool open, settled;
  struct Rule *derived; // waits for this one
} Rule;

typedef struct {
  Styles *styles;
  Map *of; // name → Rule
  VEC(Rule *) all;
} Rules;

static Rule *rule_of(Rules *r, Str name) {
  Rule *known = map_lookup(r->of, name);
  if (known)
    return known;
  known = NEW(r->styles->arena, Rule);
  *known = (Rule){.name = name, .base = STR("body")};
  map_put(r->of, name, known);
  *vec_push(r->styles->arena, &r->all) = known;
  return known;
}

static void stock_rules(Rules *r, bool freer) {
  for (size_t i = 0; i < N_ROWS; i++) {
    Rule *rule = rule_of(r, rows[i].name);
    rule->base = rows[i].base;
    rule->css = rows[i].css;
    for (size_t k = 0; freer && k < sizeof house / sizeof *house; k++)
      if (str_eq(house[k].name, rows[i].name))
        rule->own_css = house[k].css;
  }
}

// based-on takes the place of all that the name stood for before.
static void layout_rules(Rules *r, const Node *root) {
  for (const Node *n = root->first; n; n = n->next) {
    if (n->el != EL_STYLE)
      continue;
    Rule *rule = rule_of(r, node_attr(n, "name"));
    Str based = node_attr(n, "based-on");
    if (based.len && !str_eq(based, rule->name)) {
      rule->base = based;
      rule->css = rule->own_css = STR("");
      rule->nodes.len = 0;
    }
    *vec_push(r->styles->arena, &rule->nodes) = n;
  }
}

static void rule_settle(Styles *s, Rule *rule) {
  static const Style plain = {
      .face = ROW("body"), .size = 15750, .widows = 2, .orphans = 2};
  const Style *base = style_lookup(s, rule->base);
  Style *t = style_copy(s, rule->name, base ? base : &plain);
  set_css(s, t, rule->css);
  set_css(s, t, rule->own_css);
  for (size_t k = 0; k < rule->nodes.len; k++) {
    const Node *n = rule->nodes.data[k];
    Str size = node_attr(n, "font-size");
    if (size.data)
      set_size(s, t, size);
    for (size_t i = 0; i < n->n_attrs; i++)
      set_property(s, t, n->attrs[i].name, n->attrs[i].value);
  }
  rule->settled = true;
}

// Each style behind the one it is based on, wherever that one stands; a loop,
// which the check reports, is cut.
static void settle_all(Rules *r) {
  for (size_t i = 0; i < r->all.len; i++) {
    Rule *rule = r->all.data[i], *derived = NULL;
    while (rule && !rule->settled && !rule->open) {
      rule->open = true;
      rule->derived = derived;
      derived = rule;
      rule = rule->base.len ? map_lookup(r->of, rule->base) : NULL;
    }
    for (; derived; derived = derived->derived)
      rule_settle(r->styles, derived);
  }
}

Styles *styles_new(Arena *a, const Profile *p, const Node *root) {
  Styles *s = NEW(a, Styles);
  *s = (Styles){a, map_new(a), p->pitch};
  Rules r = {.styles = s, .of = map_new(a)};
  stock_rules(&r, p->house);
  layout_rules(&r, root);
  settle_all(&r);
  return s;
}
