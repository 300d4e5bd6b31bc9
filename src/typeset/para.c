// A paragraph: clusters, breaks, lines.
#include "line-imp.h"

// Two em of the page's grid, when a style says nothing.
static Len pitch_of(const Setter *s, const Style *style, Len em) {
  if (style->pitch > 0)
    return style->pitch;
  if (s->doc->profile.pitch > 0)
    return s->doc->profile.pitch;
  return em * 15 / 8;
}

static Fit fit_of(const Setter *s, const Style *style, Len measure) {
  Fit fit = {.em = style->size > 0 ? style->size : PT(10.5),
             .align = style->align,
             .hang = s->doc->profile.hang,
             .loose = s->doc->profile.loose_permille};
  fit.rest = measure - style->left - style->right;
  fit.first = fit.rest - style->indent;
  return fit;
}

// End of the segment that begins at i: its forced break, or the end.
static size_t segment_end(const LineWork *w, size_t i) {
  while (i < w->n && w->cl[i].ch->cls != CL_BREAK)
    i++;
  return i;
}

// Whether no line need be ended but where the text says so.
static bool lines_suffice(const LineWork *w, const Fit *fit) {
  Len room = fit->first;
  for (size_t i = 0; i < w->n;) {
    size_t end = segment_end(w, i);
    if (fit_width(w, fit, i, end) > room)
      return false;
    room = fit->rest;
    i = end + 1;
  }
  return true;
}

// Without a fit no line is ended: the words of a title are not looked for.
static void flatten(Setter *s, LineWork *w, const Para *p, const Fit *fit) {
  w->cuts.len = 0;
  w->too_long = 0;
  inline_flatten(s, w, p);
  space_set(&s->doc->profile, w);
  label_set(w, -p->style->indent);
  bool head = fit && (fit->align == ALIGN_CENTRE ||
                      (fit->align != ALIGN_JUSTIFY && p->style->keep_next));
  break_set(s, w, head && !lines_suffice(w, fit));
}

static void too_long_say(Setter *s, const LineWork *w, const Fit *fit) {
  if (!w->too_long)
    return;
  const Cluster *cl = &w->cl[w->too_long - 1];
  const Run *r = &w->runs.data[cl->run];
  if (fit->rest < fit->em)
    diag(s->diags, D_LINE_NARROW, r->in->at, STR(""));
  else
    diag(s->diags, D_LINE_LONG, r->in->at,
         str_head(str_slice(r->text, cl->text, r->text.len), 60));
}

// K5, K6: more marks in a row than the standard writes, and two ellipses that
// should have a line of their own (GB/T 15834). Said once a paragraph each.
static void marks_check(Setter *s, const LineWork *w) {
  size_t row = 0, most[2] = {0}, at = 0;
  for (size_t i = 0; i < w->n; i++) {
    uint8_t cls = w->cl[i].ch->cls;
    bool counted = cls == CL_EXCLAIM || cls == CL_ELLIPSIS;
    row = !counted ? 0 : i && w->cl[i - 1].ch->cls == cls ? row + 1 : 1;
    if (counted && row > most[cls == CL_ELLIPSIS]) {
      most[cls == CL_ELLIPSIS] = row;
      at = w->cl[i].run;
    }
  }
  Span where = w->n ? w->runs.data[at].in->at : SPAN_NONE;
  if (most[0] > 3)
    diag(s->diags, D_MARKS_MANY, where, str_int(s->arena, (long long)most[0]));
  if (most[1] >= 4 && w->n > most[1])
    diag(s->diags, D_ELLIPSES_IN_LINE, where, STR(""));
}

Lines para_set(Setter *s, const Para *p, Len measure, Tag tag, int tag_level) {
  LineWork *w = line_work(s->fonts);
  Fit fit = fit_of(s, p->style, measure);
  flatten(s, w, p, &fit);
  if (w->marked)
    marks_check(s, w);
  s->elements++;
  Fit segment = fit;
  size_t first_cut = 0;
  for (size_t i = 0; i < w->n || i == 0;) {
    size_t end = segment_end(w, i);
    fit_lines(w, s->fonts->arena, &segment, i, end);
    segment.first = fit.rest; // only the first is indented
    i = end + 1;
    if (w->n == 0)
      break;
  }
  too_long_say(s, w, &fit);
  Lines lines = {.n = w->cuts.len - first_cut,
                 .pitch = pitch_of(s, p->style, fit.em)};
  lines.lines = NEW_ARRAY(s->arena, Line, lines.n);
  LineSet ls = {s, w, tag, tag_level};
  for (size_t i = 0; i < lines.n; i++) {
    const Style *st = p->style;
    Len x = st->left + (i == 0 ? st->indent : 0);
    lines.lines[i] =
        line_set(&ls, &w->cuts.data[i], x, i == 0 ? fit.first : fit.rest, &fit);
  }
  return lines;
}

static Len widest(Setter *s, const Para *p, bool pieces) {
  LineWork *w = line_work(s->fonts);
  flatten(s, w, p, NULL);
  Fit fit = fit_of(s, p->style, 0);
  Len most = 0;
  for (size_t i = 0; i < w->n;) {
    size_t end = segment_end(w, i);
    Len width =
        pieces ? fit_widest(w, &fit, i, end) : fit_width(w, &fit, i, end);
    Len indent = i == 0 && p->style->indent > 0 ? p->style->indent : 0;
    most = width + indent > most ? width + indent : most;
    i = end + 1;
  }
  return most + p->style->left + p->style->right;
}

Len para_width(Setter *s, const Para *p) {
  return widest(s, p, false);
}

Len para_min_width(Setter *s, const Para *p) {
  return widest(s, p, true);
}
