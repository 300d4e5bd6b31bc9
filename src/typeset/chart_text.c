// Labels of charts: set, measured, and placed so that none hits another.
#include "chart-imp.h"
#include <math.h>
#include <stdio.h>

enum { MANY_LABELS = 512 }; // collisions are looked for among these

Len text_height(const ChartRun *r) {
  return r->style.size * 5 / 4;
}

static Lines text_in(ChartRun *r, Str text, Style style, Len width) {
  Style *st = NEW(r->s->arena, Style);
  *st = style;
  Inline *run = NEW(r->s->arena, Inline);
  *run = (Inline){
      .kind = INLINE_TEXT, .text = text, .style = st, .at = r->block->at};
  uint32_t elements = r->s->elements;
  Lines l = para_set(r->s, &(Para){st, run, 1}, width, TAG_FIGURE, 0);
  r->s->elements = elements;
  return l;
}

static Lines text_set(ChartRun *r, Str text, Colour colour) {
  Style st = r->style;
  st.colour = colour;
  return text_in(r, text, st, PT(10000));
}

// Where the text of a line begins and ends.
static void line_span(const Line *l, Len *left, Len *right) {
  *left = *right = 0;
  bool any = false;
  for (size_t i = 0; i < l->n_marks; i++) {
    const Mark *m = &l->marks[i];
    if (m->kind != MARK_TEXT)
      continue;
    *left = !any || m->x < *left ? m->x : *left;
    *right = !any || m->x + m->w > *right ? m->x + m->w : *right;
    any = true;
  }
}

Len line_width(const Line *l) {
  Len left, right;
  line_span(l, &left, &right);
  return right - left;
}

Len text_width(ChartRun *r, Str text) {
  if (!text.len)
    return 0;
  Lines l = text_set(r, text, 0);
  return l.n ? line_width(&l.lines[0]) : 0;
}

static Rect line_put(ChartRun *r, Line *l, Len x, Len y, TextAt at) {
  Len left, right;
  line_span(l, &left, &right);
  Rect box = {x, y, right - left, text_height(r)};
  box.x -= at == TEXT_CENTRE ? box.w / 2 : at == TEXT_RIGHT ? box.w : 0;
  Len base = y + (box.h - r->style.size) / 2 + r->style.size * 88 / 100;
  marks_move(l->marks, l->n_marks, box.x - left, base);
  for (size_t i = 0; i < l->n_marks; i++) {
    Mark *m = vec_push(r->s->arena, &r->marks);
    *m = l->marks[i];
    m->tag = TAG_FIGURE, m->element = r->element;
  }
  return box;
}

Rect line_draw(ChartRun *r, Line *l, Len x, Len y, TextAt at) {
  Rect box = line_put(r, l, x, y, at);
  *vec_push(r->s->arena, &r->labels) = box;
  return box;
}

Rect text_draw_in(ChartRun *r, Str text, Len x, Len y, TextAt at, Colour c) {
  Lines l = {0};
  if (text.len)
    l = text_set(r, text, c);
  return l.n ? line_put(r, &l.lines[0], x, y, at)
             : (Rect){x, y, 0, text_height(r)};
}

Rect text_draw(ChartRun *r, Str text, Len x, Len y, TextAt at) {
  Rect box = text_draw_in(r, text, x, y, at, r->style.colour);
  if (text.len)
    *vec_push(r->s->arena, &r->labels) = box;
  return box;
}

// As a title is broken: evenly, unwillingly inside a word (P5). Three
// characters part nowhere well: they stand under each other.
Lines name_set(ChartRun *r, Str name, Len width, size_t most) {
  Style st = r->style;
  st.align = ALIGN_CENTRE;
  bool three = utf8_count(name) == 3 && text_width(r, name) > width;
  if (width < st.size || three)
    width = st.size;
  Lines l = text_in(r, name, st, width);
  for (size_t n = utf8_count(name); l.n > most && n > 1;) {
    size_t end = 0, fits = n * most / l.n;
    n = fits < n ? fits : n - 1;
    for (size_t i = 0; i + 1 < n; i++)
      utf8_next(name, &end);
    Str cut = str_cat(r->s->arena, str_slice(name, 0, end), STR("…"));
    l = text_in(r, cut, st, width);
  }
  return l;
}

static bool hits(const Rect *a, const Rect *b) {
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h &&
         b->y < a->y + a->h;
}

static double side_of(const Segment *s, Len x, Len y) {
  return ((double)s->x2 - s->x) * ((double)y - s->y) -
         ((double)s->y2 - s->y) * ((double)x - s->x);
}

// The segment crosses the box: their boxes meet and the corners lie on both
// sides of it.
static bool crosses(const Segment *s, const Rect *b) {
  Len left = s->x < s->x2 ? s->x : s->x2, right = s->x + s->x2 - left;
  Len top = s->y < s->y2 ? s->y : s->y2, low = s->y + s->y2 - top;
  if (left > b->x + b->w || right < b->x || top > b->y + b->h || low < b->y)
    return false;
  int above = 0;
  for (int i = 0; i < 4; i++)
    above +=
        side_of(s, b->x + (i & 1 ? b->w : 0), b->y + (i & 2 ? b->h : 0)) > 0;
  return above > 0 && above < 4;
}

// Labels stay over the names of the categories.
static Len lowest(const ChartRun *r) {
  bool plain = r->c->kind == CHART_BAR || chart_is_round(r->c);
  return plain ? r->area.y + r->area.h : r->plot.y + r->plot.h;
}

// And between the tick labels, which are drawn later.
static Len rightmost(const ChartRun *r) {
  return r->two_scales ? r->plot.x + r->plot.w : r->area.x + r->area.w;
}

static bool is_free(const ChartRun *r, const Rect *box, bool inside) {
  size_t from = r->labels.len > MANY_LABELS ? r->labels.len - MANY_LABELS : 0;
  for (size_t i = from; i < r->labels.len; i++)
    if (hits(box, &r->labels.data[i]))
      return false;
  for (size_t i = 0; !inside && i < r->solids.len; i++)
    if (hits(box, &r->solids.data[i]))
      return false;
  for (size_t i = 0; i < r->segments.len; i++)
    if (crosses(&r->segments.data[i], box))
      return false;
  return box->x >= r->plot.x && box->x + box->w <= rightmost(r) &&
         box->y >= r->area.y && box->y + box->h <= lowest(r);
}

void figure_mark(ChartRun *r, const Rect *box, Str figure) {
  if (!figure.len)
    return;
  *vec_push(r->s->arena, &r->marks) = (Mark){.kind = MARK_FIGURE,
                                             .x = box->x,
                                             .y = box->y,
                                             .w = box->w,
                                             .h = box->h,
                                             .tag = TAG_FIGURE,
                                             .element = r->element,
                                             .target = figure};
}

bool label_place(ChartRun *r, const Label *l) {
  Len w = text_width(r, l->text), gap = r->style.size / 8;
  if (!w)
    return false;
  Rect box = {l->x - w / 2 - gap, l->y, w + 2 * gap, text_height(r)};
  // A label that would leave the picture is pushed back in.
  if (box.x + box.w > rightmost(r))
    box.x = rightmost(r) - box.w;
  if (box.x < r->plot.x)
    box.x = r->plot.x;
  for (int i = 0; i < l->tries; i++, box.y += l->dy) {
    if (!is_free(r, &box, l->inside))
      continue;
    text_draw_in(r, l->text, box.x + gap, box.y, TEXT_LEFT,
                 l->inside ? l->colour : r->style.colour);
    *vec_push(r->s->arena, &r->labels) = box;
    figure_mark(r, &box, l->figure);
    return true;
  }
  return false;
}

Str number_text(ChartRun *r, double v, int decimals) {
  char buf[400];
  int n = snprintf(buf, sizeof buf, "%.*f", decimals, v == 0 ? 0.0 : v);
  Str s = {buf, n > 0 && n < (int)sizeof buf ? (size_t)n : 0};
  Buf out = buf_new(r->s->arena); // the true minus is as wide as a digit
  size_t from = s.len && s.data[0] == '-';
  size_t dot = str_find(s, STR("."), 0), whole = dot < s.len ? dot : s.len;
  if (from)
    buf_add(&out, STR("\u2212"));
  for (size_t i = from; i < s.len; i++) {
    if (i > from && i < whole && whole - from > 4 && (whole - i) % 3 == 0)
      buf_byte(&out, ','); // R2, as values are grouped
    buf_byte(&out, s.data[i]);
  }
  return buf_str(&out);
}

Str plain_number(ChartRun *r, double v) {
  for (int decimals = 0; decimals < 6; decimals++) {
    double scaled = v * pow(10, decimals);
    if (fabs(scaled - round(scaled)) < 1e-6)
      return number_text(r, v, decimals);
  }
  return number_text(r, v, 6);
}

// Reckoned values have digits that nobody wrote: 67.310000000000002.
static bool is_endless(Str label) {
  size_t dot = str_find(label, STR("."), 0), n = 0;
  for (size_t i = dot + 1; i < label.len; i++, n++)
    if (label.data[i] < '0' || label.data[i] > '9')
      break;
  return dot < label.len && n > 6;
}

Str value_label(ChartRun *r, const ChartSeries *s, size_t i) {
  Str label = s->labels ? s->labels[i] : STR_NONE;
  if (is_endless(label) && value_is(s->values[i]))
    return plain_number(r, s->values[i]);
  bool minus = label.len > 1 && label.data[0] == '-' && label.data[1] >= '0' &&
               label.data[1] <= '9';
  if (minus) // as the scale prints it
    return str_cat(r->s->arena, STR("\u2212"), str_slice(label, 1, label.len));
  if (label.len)
    return label;
  return value_is(s->values[i]) ? plain_number(r, s->values[i]) : STR_NONE;
}
