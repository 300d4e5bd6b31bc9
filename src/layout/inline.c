// Running text: templates, inline elements, figures bound to their source.
#include "layout-imp.h"

void run_add(Binder *b, Runs *r, InlineKind k, Str text, const Style *s,
             Span at) {
  *vec_push(b->arena, r) =
      (Inline){.kind = k, .text = text, .style = s, .at = at};
}

void run_text(Binder *b, Runs *r, Str text, const Style *s, Span at) {
  if (text.len)
    run_add(b, r, INLINE_TEXT, text, s, at);
}

Para para_of(Binder *b, const Runs *r, const Style *s) {
  size_t bytes = 0;
  for (size_t i = 0; i < r->len; i++)
    bytes += r->data[i].text.len;
  if (bytes > PARA_MAX && !b->stop) {
    diag(b->diags, D_PARA_LONG, r->data[0].at,
         str_int(b->arena, PARA_MAX >> 20));
    b->stop = b->failed = true;
  }
  return (Para){s, r->data, r->len};
}

Para para_text(Binder *b, Str text, const char *style, Span at) {
  Runs r = {0};
  const Style *s = stock(b, style);
  run_text(b, &r, text, s, at);
  return para_of(b, &r, s);
}

// Raised by two fifths of the text, but not so far that readers of the file
// take a small mark for a line of its own (mutool, from 0.8 of its size).
static Len mark_shift(Len text, Len mark) {
  Len most = mark * 18 / 25;
  return text * 2 / 5 < most ? text * 2 / 5 : most;
}

static const Style *mark_style(Binder *b, const Style *around) {
  Str key = str_fmt(b->arena, "note-mark@%d", around->size);
  const Style *s = style_lookup(b->styles, key);
  if (s)
    return s;
  Style *c = style_copy(b->styles, key, stock(b, "note-mark"));
  c->shift = mark_shift(around->size, c->size);
  return c;
}

// NOLINTNEXTLINE(readability-function-size): what a run is made of
void run_figure(Binder *b, Runs *r, const Figure *f, Str text, const Style *s,
                Span at, bool note) {
  if (str_is(b->trace, "none")) {
    figure_printed(b, f);
    run_add(b, r, INLINE_TEXT, text, s, at);
    r->data[r->len - 1].figure = f->id;
    return;
  }
  note = note && str_is(b->trace, "note");
  const Use *u = figure_use(b, f, note);
  Str link = str_cat(b->arena, STR("#"), u->anchor);
  run_add(b, r, INLINE_TEXT, text, s, at);
  r->data[r->len - 1].figure = u->figure->id;
  r->data[r->len - 1].link = link;
  if (!note)
    return;
  run_text(b, r, str_int(b->arena, u->number), mark_style(b, s), at);
  r->data[r->len - 1].link = link;
}

void run_revised(Binder *b, Runs *r, const Figure *f, const Style *s, Span at) {
  if (query_holds(b->query, f) &&
      str_is(figure_status(b->dossier, f), "revised"))
    run_text(b, r, STR("修订"), mark_style(b, s), at);
}

const Style *trend_style(Binder *b, const Figure *f, Str base, const Style *s) {
  if (figure_trend(b->arena, b->dossier, &b->layout->dict, f, base) >= 0)
    return s;
  const Style *worse = stock(b, "worse");
  Style *c = style_copy(b->styles, STR(""), s);
  c->face = worse->face;
  c->colour = worse->colour;
  return c;
}

// White space with a line end in it stands for nothing beside Chinese text.
static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Str fold_blanks(Arena *a, Str s) {
  if (!memchr(s.data, '\n', s.len))
    return s;
  Buf b = buf_new(a);
  for (size_t i = 0; i < s.len;) {
    if (!is_blank(s.data[i])) {
      buf_byte(&b, s.data[i++]);
      continue;
    }
    size_t from = i;
    bool line = false;
    for (; i < s.len && is_blank(s.data[i]); i++)
      line |= s.data[i] == '\n';
    bool ascii = b.len && i < s.len && !(b.data[b.len - 1] & 0x80) &&
                 !(s.data[i] & 0x80);
    if (!line || ascii)
      buf_add(&b, line ? STR(" ") : str_slice(s, from, i));
  }
  return buf_str(&b);
}

static bool only_blanks(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (!is_blank(s.data[i]))
      return false;
  return str_has(s, STR("\n"));
}

static void run_expr(Binder *b, Runs *r, Piece p, Span at, const Style *s) {
  Value v;
  if (!query_value(b->query, p.text, at, &b->ctx, &v)) {
    b->failed = true;
    b->stop |= query_exhausted(b->query);
    return;
  }
  XmlNode *first = v.kind == VALUE_NODES && v.n ? v.nodes[0] : NULL;
  const Figure *f = first ? query_number(first) : NULL;
  if (f && !figure_doubtful(f) && !figure_blank(f)) {
    bool whole = xml_name(first).len > 0;
    run_figure(b, r, f,
               whole ? figure_whole(b->arena, f, STR(""), STR("")) : v.text, s,
               at, whole);
    return;
  }
  if (v.is_number && !v.text.len) {
    v.text = STR("未见数");
    diag(b->diags, D_VALUE_NAN, at, v.text);
  }
  value_printed(b, &v);
  run_text(b, r, v.text, s, at);
}

static void run_literal(Binder *b, Runs *r, Str text, Span at, const Style *s) {
  if (!only_blanks(text))
    run_text(b, r, fold_blanks(b->arena, text), s, at);
}

void run_template(Binder *b, Runs *r, Str text, Span at, const Style *s) {
  Pieces pieces = {0};
  size_t bad;
  if (!memchr(text.data, '{', text.len) && !memchr(text.data, '}', text.len)) {
    run_literal(b, r, text, at, s);
    return;
  }
  if (!template_parse(b->arena, text, &pieces, &bad))
    return; // reported by the check
  for (size_t i = 0; i < pieces.len; i++) {
    Piece p = pieces.data[i];
    if (p.expr)
      run_expr(b, r, p, span_inside(at, text, p.at, p.at + p.text.len), s);
    else
      run_literal(b, r, p.text, at, s);
  }
}

// ---- inline elements --------------------------------------------------------

static const Style *changed(Binder *b, const Style *s, ElementId el) {
  Str key = str_fmt(b->arena, "%p+%d", (const void *)s, (int)el);
  const Style *known = style_lookup(b->styles, key);
  if (known)
    return known;
  Style *c = style_copy(b->styles, key, s);
  if (el == EL_EM)
    c->face = STR("kai");
  else if (el == EL_STRONG)
    c->face = STR("hei");
  else if (el == EL_DOT)
    c->dots = true;
  else if (el == EL_NOBR)
    c->nobreak = true;
  else {
    c->size = s->size * 6 / 10;
    c->shift = el == EL_SUP ? s->size * 2 / 5 : -s->size / 6;
  }
  return c;
}

// All numbers are as wide as the first, which stands for them here.
void run_copy(Binder *b, Runs *r, const Style *s, Span at) {
  if (!b->doc->copy_first)
    return;
  b->copy_places++;
  run_add(b, r, INLINE_COPY, str_fmt(b->arena, "%06d", b->doc->copy_first), s,
          at);
}

typedef struct {
  Runs *runs;
  const Style *style;
} InlineState;

static void inline_link(Binder *b, const Node *n, InlineState *st) {
  size_t from = st->runs->len;
  runs_of(b, st->runs, n, st->style);
  Str href = bind_text(b, n, "href");
  for (size_t i = from; i < st->runs->len; i++)
    if (!st->runs->data[i].link.len)
      st->runs->data[i].link = href;
}

static void inline_node(Binder *b, const Node *n, void *data) {
  InlineState *st = data;
  Runs *r = st->runs;
  const Style *s = st->style;
  switch (n->el) {
  case EL_TEXT:
    run_template(b, r, n->text, n->at, s);
    break;
  case EL_EM:
  case EL_STRONG:
  case EL_DOT:
  case EL_NOBR:
  case EL_SUP:
  case EL_SUB:
    runs_of(b, r, n, changed(b, s, n->el));
    break;
  case EL_SPAN:
    runs_of(b, r, n, bind_style(b, n, "body"));
    break;
  case EL_A:
    inline_link(b, n, st);
    break;
  case EL_BR:
    run_add(b, r, INLINE_BREAK, STR(""), s, n->at);
    break;
  case EL_FILL:
    run_add(b, r, INLINE_LEADER, bind_text(b, n, "leader"), s, n->at);
    break;
  case EL_PAGE:
    run_add(b, r, INLINE_PAGE, STR(""), s, n->at);
    break;
  case EL_PAGES:
    run_add(b, r, INLINE_PAGES, STR(""), s, n->at);
    break;
  case EL_RUNNING:
    run_add(b, r, INLINE_RUNNING, STR(""), s, n->at);
    break;
  case EL_REF:
    run_add(b, r, INLINE_PAGE_REF, bind_text(b, n, "to"), s, n->at);
    break;
  case EL_COPY:
    run_copy(b, r, s, n->at);
    break;
  case EL_NOTE:
    run_note(b, r, n, s);
    break;
  case EL_VALUE:
    run_value(b, r, n, s);
    break;
  case EL_CHANGE:
    run_change(b, r, n, s);
    break;
  default:
    bind_control(b, n, inline_node, data);
  }
}

void runs_of(Binder *b, Runs *r, const Node *parent, const Style *s) {
  InlineState st = {r, s};
  const Scope *outer = b->ctx.scope;
  for (const Node *c = parent->first; c && !b->stop; c = c->next)
    inline_node(b, c, &st);
  b->ctx.scope = outer;
}

// ---- value, change ----------------------------------------------------------

// The name in figures('入会率'), where the expression begins so.
static Str asked_name(Str e) {
  e = str_trim(e);
  if (!str_starts(e, STR("figures(")) || e.len < 10)
    return STR("");
  Str quote = str_slice(e, 8, 9);
  size_t end = str_find(e, quote, 9);
  bool quoted = str_is(quote, "'") || str_is(quote, "\"");
  return quoted && end != SIZE_MAX ? str_slice(e, 9, end) : STR("");
}

#define NAMES_MAX 2000

// The indicator that a name which no figure has may stand for; empty: none, or
// the name is there and something else was asked in vain.
static Str nearest_indicator(Binder *b, Str name) {
  Str *names = NEW_ARRAY(b->arena, Str, NAMES_MAX), part = STR("");
  size_t n = 0;
  for (size_t p = 0; p < b->dossier->pages.len; p++)
    for (size_t t = 0; t < b->dossier->pages.data[p].articles.len; t++) {
      const Article *own = &b->dossier->pages.data[p].articles.data[t];
      for (size_t i = 0; i < own->figures.len && n + 2 < NAMES_MAX; i++) {
        const Figure *f = &own->figures.data[i];
        names[n++] = f->indicator;
        names[n++] = f->canon;
        if (str_eq(f->indicator, name) || str_eq(f->canon, name))
          return STR("");
        if (!part.len && str_has(f->indicator, name))
          part = f->indicator;
        if (!part.len && str_has(f->canon, name))
          part = f->canon;
      }
    }
  Str near = str_nearest(name, names, n);
  return near.len ? near : part;
}

// What is printed instead of the figure, or the fault where it is required.
static void tell_unknown(Binder *b, const Node *n, Str text) {
  bool must = node_bool(n, "required", false);
  Str name = asked_name(node_attr(n, "select"));
  Str near = name.len ? nearest_indicator(b, name) : STR("");
  diag(b->diags, must ? D_VALUE_REQUIRED : D_VALUE_UNKNOWN, n->at, text);
  if (near.len)
    diag_note(b->diags, D_VALUE_NAME, node_attr_at(n, "select"), name, near);
  b->failed |= must;
}

static void run_unknown(Binder *b, Runs *r, const Node *n, const Style *s) {
  Str text = bind_text(b, n, "unknown");
  if (!text.len)
    text = STR("未见数");
  tell_unknown(b, n, text);
  run_text(b, r, text, s, n->at);
}

// Figures of the same fact are one.
static bool many_facts(Binder *b, const Value *v) {
  const Figure *first = query_figure(b->query, v->nodes[0]);
  for (size_t i = 1; first && i < v->n; i++) {
    const Figure *f = query_figure(b->query, v->nodes[i]);
    if (f && !(f->fact.len && str_eq(f->fact, first->fact)))
      return true;
  }
  return false;
}

Str value_format(Arena *a, const Value *v, Str format) {
  double x = v->number;
  bool number = v->is_number ? x == x : parse_decimal(v->text, &x);
  bool wanted = str_has(format, STR("Y")) || str_has(format, STR("M")) ||
                str_has(format, STR("D"));
  bool time = wanted && !v->is_number && date_right(v->text);
  if (!format.len)
    return v->text;
  if (number && !time)
    return format_number(a, x, format);
  if (time && str_has(v->text, STR("/")))
    return format_period(a, v->text, STR(""));
  return format_date(a, v->text, format);
}

void run_value(Binder *b, Runs *r, const Node *n, const Style *s) {
  Value v;
  if (!bind_value(b, n, "select", &v))
    return;
  const Figure *f = NULL;
  if (v.kind == VALUE_NODES && v.n)
    f = query_figure(b->query, v.nodes[0]);
  if (f && v.n > 1 && many_facts(b, &v))
    diag(b->diags, D_VALUE_MANY, n->at, str_int(b->arena, (long)v.n));
  if (f && !figure_doubtful(f) && !figure_blank(f)) {
    FigureText w =
        figure_text(b->arena, f, node_attr(n, "scale"), node_attr(n, "format"));
    if (node_attr(n, "unit").data)
      w.unit = bind_text(b, n, "unit"); // empty: the text says it
    Str text = str_fmt(b->arena, "%.*s%.*s%.*s", STR_ARG(w.before),
                       STR_ARG(w.number), STR_ARG(w.unit));
    Str trace = node_attr(n, "trace"), outer = b->trace;
    if (trace.len)
      b->trace = trace;
    run_figure(b, r, f, text, s, n->at, true);
    b->trace = outer;
    run_revised(b, r, f, s, n->at);
    return;
  }
  Str format = node_attr(n, "format");
  value_printed(b, &v);
  if (v.is_number && v.number == v.number)
    run_text(
        b, r,
        format_number(b->arena, v.number, format.len ? format : STR(",##0.##")),
        s, n->at);
  else if (v.text.len && !v.is_number)
    run_text(b, r, value_format(b->arena, &v, format), s, n->at);
  else
    run_unknown(b, r, n, s);
}

void run_change(Binder *b, Runs *r, const Node *n, const Style *s) {
  Value v;
  if (!bind_value(b, n, "select", &v))
    return;
  const Figure *f =
      v.kind == VALUE_NODES && v.n ? query_figure(b->query, v.nodes[0]) : NULL;
  Change c = {0};
  if (f && !figure_doubtful(f))
    c = figure_change(b->arena, b->dossier, f, node_attr(n, "base"));
  Str format = node_attr(n, "format");
  Str text = str_is(format, "amount")    ? c.amount
             : str_is(format, "percent") ? c.percent
                                         : c.words;
  if (!c.known || !text.len) {
    run_unknown(b, r, n, s);
    return;
  }
  run_add(b, r, INLINE_TEXT, text, trend_style(b, f, node_attr(n, "base"), s),
          n->at);
  r->data[r->len - 1].figure = figure_use(b, f, false)->figure->id;
}
