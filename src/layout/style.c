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

Styles *styles_new(Arena *a, const Profile *p) {
  Styles *s = NEW(a, Styles);
  *s = (Styles){a, map_new(a), p->pitch};
  Style plain = {.face = STR("body"), .size = 15750, .widows = 2, .orphans = 2};
  for (size_t i = 0; i < N_ROWS; i++) {
    const Style *base = style_lookup(s, rows[i].base);
    Style *t = style_copy(s, rows[i].name, base ? base : &plain);
    set_css(s, t, rows[i].css);
    for (size_t k = 0; p->house && k < sizeof house / sizeof *house; k++)
      if (str_eq(house[k].name, rows[i].name))
        set_css(s, t, house[k].css);
  }
  return s;
}

void style_element(Arena *a, Diags *d, Styles *s, const Node *n,
                   const Profile *p) {
  (void)a, (void)d, (void)p;
  Str name = node_attr(n, "name"), based = node_attr(n, "based-on");
  const Style *base = style_lookup(s, based.len ? based : name);
  Style *t = map_lookup(s->of, name);
  if (!base)
    base = style_lookup(s, STR("body"));
  if (!t)
    t = style_copy(s, name, base);
  else
    *t = *base; // changed in place: the layout restyles a stock style
  Str size = node_attr(n, "font-size");
  if (size.data)
    set_size(s, t, size);
  for (size_t i = 0; i < n->n_attrs; i++)
    set_property(s, t, n->attrs[i].name, n->attrs[i].value);
}
