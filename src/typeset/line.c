// One line: its edges trimmed, justified, then set as marks.
#include "line-imp.h"

#define ASCENT_PERMILLE  880 // of the em box above the baseline
#define DESCENT_PERMILLE 120

// ---- edges -----------------------------------------------------------------

// W4, W5, W6: marks at the edges lose their blank half, gaps vanish. Returns
// what hangs out.
static Len edges_trim(LineWork *w, size_t begin, size_t end, bool hang) {
  Cluster *first = &w->cl[begin], *last = &w->cl[end - 1];
  Len hung = 0;
  if (line_hangs(w, end - 1, hang)) {
    hung = last->adv - last->right;
    last->adv -= last->right;
    last->right = 0;
  } else {
    last->adv -= end_trim(w, end - 1, hang);
    if (last->ch->cls != CL_OPEN)
      last->right = 0;
  }
  first->lead = first->lead_less = first->lead_more = 0;
  first->gap = 0;
  if (first->ch->cls == CL_OPEN) {
    first->x -= first->left;
    first->adv -= first->left;
    first->left = 0;
  }
  return hung;
}

static Len line_width(const LineWork *w, size_t begin, size_t end) {
  Len width = 0;
  for (size_t i = begin; i < end; i++)
    width += w->cl[i].lead + w->cl[i].adv;
  return width;
}

// ---- messages --------------------------------------------------------------

static Str line_excerpt(Arena *a, const LineWork *w, size_t begin, size_t end) {
  Buf b = buf_new(a);
  for (size_t i = begin; i < end && i < begin + 12; i++)
    if (w->cl[i].ch->cls < CL_NONE)
      buf_char(&b, w->cl[i].ch->c);
  return buf_str(&b);
}

static void loose_say(const LineSet *ls, const Cut *cut, Len each,
                      const Fit *fit, Line *line) {
  LineWork *w = ls->work;
  line->loose = (Len)((int64_t)each * 1000 / fit->em);
  if (!fit->loose || line->loose <= fit->loose)
    return;
  Arena *a = ls->setter->arena;
  diag(ls->setter->diags, D_LINE_LOOSE, line->at,
       str_fmt(a, "%d.%02d", (int)line->loose / 1000,
               (int)line->loose % 1000 / 10),
       line_excerpt(a, w, cut->begin, cut->end));
}

// ---- marks -----------------------------------------------------------------

typedef struct {
  const LineSet *ls;
  Glyph *glyphs; // of the line
  size_t n;
  size_t mark;      // index + 1 of the mark under way, 0: none
  size_t last;      // and of the last closed one
  bool unseen;      // text from `text` of `run` waits for the next mark
  size_t text;      // offset of its text in the run
  int16_t embolden; // of its characters, 1/1000 em
  uint32_t run;
} Pen;

static Len permille(Len size, int v) {
  int64_t p = (int64_t)size * v;
  return (Len)((p + (p < 0 ? -500 : 500)) / 1000);
}

static Mark *pen_mark(const Pen *pen) {
  return pen->mark ? &pen->ls->work->marks.data[pen->mark - 1] : NULL;
}

static void mark_begin(Pen *pen, const Cluster *cl, Len x) {
  LineWork *w = pen->ls->work;
  const Run *r = &w->runs.data[cl->run];
  *vec_push(pen->ls->setter->fonts->arena, &w->marks) =
      (Mark){.kind = MARK_TEXT,
             .x = x,
             .h = r->size,
             .colour = r->style->colour,
             .face = cl->ch->face,
             .size = r->size,
             .embolden = permille(r->size, cl->ch->embolden),
             .glyphs = pen->glyphs + pen->n,
             .tag = pen->ls->tag,
             .tag_level = (uint8_t)pen->ls->tag_level,
             .copy = r->in->kind == INLINE_COPY,
             .element = pen->ls->setter->elements};
  pen->mark = w->marks.len;
  pen->embolden = cl->ch->embolden;
  if (!pen->unseen || pen->run != cl->run)
    pen->text = cl->text;
  pen->unseen = false;
  pen->run = cl->run;
}

// Closes the mark under way: its text ends at `end` of the run.
static void mark_end(Pen *pen, size_t end, Len x) {
  Mark *m = pen_mark(pen);
  if (!m)
    return;
  const Run *r = &pen->ls->work->runs.data[pen->run];
  m->text = str_slice(r->text, pen->text, end);
  m->n_glyphs = (uint32_t)(pen->glyphs + pen->n - m->glyphs);
  m->w = x - m->x;
  pen->last = pen->mark;
  pen->mark = 0;
}

// A character that draws nothing outside of a mark: its text goes to the mark
// before it, or else to the one after it.
static void unseen_put(Pen *pen, const Cluster *cl) {
  LineWork *w = pen->ls->work;
  Mark *m = pen->last ? &w->marks.data[pen->last - 1] : NULL;
  Str run = w->runs.data[cl->run].text;
  if (m && pen->run == cl->run &&
      m->text.data + m->text.len == run.data + cl->text) {
    m->text.len += cl->len;
  } else if (!pen->unseen || pen->run != cl->run) {
    pen->unseen = true;
    pen->run = cl->run;
    pen->text = cl->text;
  }
}

static bool mark_goes_on(const Pen *pen, const Cluster *cl) {
  const Mark *m = pen_mark(pen);
  if (!m || pen->run != cl->run)
    return false;
  if (!cl->ch->face)
    return true;
  return m->face == cl->ch->face && pen->embolden == cl->ch->embolden;
}

static void glyph_put(Pen *pen, const Cluster *cl, Len x) {
  const Run *r = &pen->ls->work->runs.data[cl->run];
  pen->glyphs[pen->n++] = (Glyph){
      .glyph = cl->ch->glyph,
      .x = x + cl->x - pen_mark(pen)->x,
      .dy = r->shift + (cl->ch->dy ? permille(r->size, cl->ch->dy) : 0),
      .text = (uint32_t)(cl->text - pen->text),
  };
}

// ---- leaders ---------------------------------------------------------------

// The pattern repeated over [x, x + width), a quarter em clear on both sides,
// its pieces in one grid for all lines of the same right edge.
static void leader_put(Pen *pen, const Cluster *cl, Len x, Len width) {
  LineWork *w = pen->ls->work;
  Arena *a = pen->ls->setter->arena;
  const Run *r = &w->runs.data[cl->run];
  Str pattern = r->in->text;
  size_t at = 0;
  uint32_t c = pattern.len ? utf8_next(pattern, &at) : 0;
  const CharInfo *ch = c ? role_char(r->role, c, false) : NULL;
  if (!ch || !ch->face || ch->adv <= 0)
    return;
  Len adv = (Len)((int64_t)ch->adv * r->size / EM);
  if (adv < r->size / 8)
    adv = r->size / 8;
  Len right = x + width - r->size / 4;
  int n = (int)((right - x - r->size / 4) / adv);
  if (n <= 0 || n > 2000)
    return;
  Glyph *g = NEW_ARRAY(a, Glyph, (size_t)n);
  Buf text = buf_new(a);
  Len dx = (Len)((int64_t)ch->dx * r->size / EM);
  for (int i = 0; i < n; i++) {
    g[i] = (Glyph){ch->glyph, i * adv + dx, permille(r->size, ch->dy),
                   (uint32_t)text.len};
    buf_char(&text, c);
  }
  *vec_push(pen->ls->setter->fonts->arena, &w->marks) =
      (Mark){.kind = MARK_TEXT,
             .x = right - n * adv,
             .w = n * adv,
             .h = r->size,
             .colour = r->style->colour,
             .face = ch->face,
             .size = r->size,
             .glyphs = g,
             .n_glyphs = (uint32_t)n,
             .text = buf_str(&text),
             .tag = TAG_ARTIFACT};
}

// ---- what lies under or over the text ---------------------------------------

typedef struct {
  uint32_t run;
  Len from, to; // seen extent of the run on this line
} Stretch;

static void box_put(Pen *pen, const Stretch *st, MarkKind kind, Str target) {
  const Run *r = &pen->ls->work->runs.data[st->run];
  *vec_push(pen->ls->setter->fonts->arena, &pen->ls->work->marks) = (Mark){
      .kind = kind,
      .x = st->from,
      .y = -permille(r->size, ASCENT_PERMILLE) - r->shift,
      .w = st->to - st->from,
      .h = r->size,
      .target = target,
      .tag = pen->ls->tag,
      .tag_level = (uint8_t)pen->ls->tag_level,
      .element = pen->ls->setter->elements,
  };
}

// The line under a name (E1) stops short on both sides, so that two
// neighbours keep two lines.
static void underline_put(Pen *pen, const Stretch *st) {
  const Run *r = &pen->ls->work->runs.data[st->run];
  Len clear = r->size / 16;
  *vec_push(pen->ls->setter->fonts->arena, &pen->ls->work->marks) = (Mark){
      .kind = MARK_RECT,
      .x = st->from + clear,
      .y = permille(r->size, 150),
      .w = st->to - st->from - 2 * clear,
      .h = permille(r->size, 40),
      .colour = r->style->colour,
      .tag = TAG_ARTIFACT,
  };
}

// Emphasis dot (E1): a filled octagon under the middle of the character, drawn,
// so that it is never copied.
static void dot_put(Pen *pen, const Cluster *cl, Len x) {
  static const int16_t round[16] = {60,  25,  25,  60,  -25, 60,  -60, 25,
                                    -60, -25, -25, -60, 25,  -60, 60,  -25};
  const Run *r = &pen->ls->work->runs.data[cl->run];
  Len *points = NEW_ARRAY(pen->ls->setter->arena, Len, 16);
  Len cx = x + cl->x + (Len)((int64_t)cl->ch->adv * r->size / EM / 2);
  Len cy = permille(r->size, r->style->underline ? 340 : 300);
  for (int i = 0; i < 16; i++)
    points[i] = (i % 2 ? cy : cx) + permille(r->size, round[i]);
  *vec_push(pen->ls->setter->fonts->arena, &pen->ls->work->marks) =
      (Mark){.kind = MARK_PATH,
             .colour = r->style->colour,
             .points = points,
             .n_points = 8,
             .tag = TAG_ARTIFACT};
}

static void stretch_end(Pen *pen, const Stretch *st) {
  if (st->to <= st->from)
    return;
  const Run *r = &pen->ls->work->runs.data[st->run];
  if (r->style->underline)
    underline_put(pen, st);
  if (r->in->link.len)
    box_put(pen, st, MARK_LINK, r->in->link);
  if (r->in->figure.len)
    box_put(pen, st, MARK_FIGURE, r->in->figure);
}

// ---- the line --------------------------------------------------------------

static void cluster_put(Pen *pen, const Cluster *cl, Len x) {
  const Run *r = &pen->ls->work->runs.data[cl->run];
  if (cl->ch->cls == CL_LEADER) {
    leader_put(pen, cl, x, cl->adv);
    return;
  }
  if (!pen->mark)
    mark_begin(pen, cl, x);
  if (cl->ch->face)
    glyph_put(pen, cl, x);
  if (r->style->dots && (cl->ch->cls == CL_HAN || cl->ch->cls == CL_LATIN))
    dot_put(pen, cl, x);
}

static Len clusters_put(Pen *pen, size_t begin, size_t end, Len x) {
  LineWork *w = pen->ls->work;
  Stretch st = {.run = UINT32_MAX};
  Len ends = x;    // of the last mark
  size_t text = 0; // end of its text in its run
  for (size_t i = begin; i < end; i++) {
    const Cluster *cl = &w->cl[i];
    x += cl->lead;
    if (st.run != cl->run) {
      if (st.run != UINT32_MAX)
        stretch_end(pen, &st);
      st = (Stretch){cl->run, x, x};
    }
    if (pen->mark && (cl->ch->cls >= CL_LEADER || !mark_goes_on(pen, cl)))
      mark_end(pen, text, ends);
    if (cl->ch->cls == CL_BREAK)
      continue;
    if (pen->mark || cl->ch->face || cl->ch->cls == CL_LEADER)
      cluster_put(pen, cl, x);
    else
      unseen_put(pen, cl);
    x += cl->adv;
    ends = st.to = x;
    text = cl->text + cl->len;
  }
  if (pen->mark)
    mark_end(pen, text, ends);
  if (st.run != UINT32_MAX)
    stretch_end(pen, &st);
  return x;
}

// Spaces at the line's end are swallowed: the last is said in space_after,
// so that it can be copied; more than one stay, without width.
static void spaces_swallow(Pen *pen, size_t end, size_t to, Len x) {
  LineWork *w = pen->ls->work;
  bool said = to > end && w->cl[to - 1].ch->cls == CL_SPACE;
  size_t n = w->marks.len;
  for (size_t i = end; i < to; i++)
    w->cl[i].adv = w->cl[i].lead = w->cl[i].x = 0;
  clusters_put(pen, end, said ? to - 1 : to, x);
  n = w->marks.len > n ? w->marks.len : n;
  while (said && n-- > 0)
    if (w->marks.data[n].kind == MARK_TEXT) {
      w->marks.data[n].space_after = true;
      return;
    }
}

static void line_height(const LineWork *w, size_t begin, size_t end,
                        Line *line) {
  for (size_t i = begin; i < end; i++) {
    const Run *r = &w->runs.data[w->cl[i].run];
    Len above = permille(r->size, ASCENT_PERMILLE) + r->shift;
    Len below = permille(r->size, DESCENT_PERMILLE) - r->shift;
    line->above = above > line->above ? above : line->above;
    line->below = below > line->below ? below : line->below;
  }
}

static Len line_justify(const LineSet *ls, const Cut *cut, size_t end,
                        Len avail, const Fit *fit, Line *line) {
  LineWork *w = ls->work;
  Cluster *cl = &w->cl[cut->begin];
  size_t n = end - cut->begin;
  Len hung = edges_trim(w, cut->begin, end, fit->hang);
  Len rest = avail + hung - line_width(w, cut->begin, end);
  if (rest < 0) {
    line_shrink(cl, n, -rest);
    return 0;
  }
  if (leaders_fill(cl, n, rest))
    return 0;
  if (fit->align != ALIGN_JUSTIFY || cut->last)
    return rest;
  Len each = 0;
  rest = line_stretch(cl, n, rest, &each);
  loose_say(ls, cut, each, fit, line);
  if (rest > fit->em / 20)
    diag(ls->setter->diags, D_LINE_SHORT, line->at,
         line_excerpt(ls->setter->arena, w, cut->begin, end));
  return rest;
}

static void marks_keep(const LineSet *ls, Line *line) {
  LineWork *w = ls->work;
  line->n_marks = w->marks.len;
  line->marks = NEW_ARRAY(ls->setter->arena, Mark, line->n_marks);
  if (line->n_marks)
    memcpy(line->marks, w->marks.data, line->n_marks * sizeof(Mark));
}

Line line_set(const LineSet *ls, const Cut *cut, Len x, Len avail,
              const Fit *fit) {
  LineWork *w = ls->work;
  Line line = {0};
  size_t end = line_end(w, cut->begin, cut->end);
  w->marks.len = 0;
  if (end == cut->begin) {
    line.above = permille(fit->em, ASCENT_PERMILLE);
    line.below = permille(fit->em, DESCENT_PERMILLE);
    return line;
  }
  line.at = w->runs.data[w->cl[cut->begin].run].in->at;
  Len rest = line_justify(ls, cut, end, avail, fit, &line);
  if (fit->align == ALIGN_CENTRE)
    x += rest / 2;
  else if (fit->align == ALIGN_RIGHT)
    x += rest;
  Pen pen = {.ls = ls,
             .glyphs =
                 NEW_ARRAY(ls->setter->arena, Glyph, cut->end - cut->begin)};
  line.width = clusters_put(&pen, cut->begin, end, x) - x;
  if (cut->end > end)
    spaces_swallow(&pen, end, cut->end, x + line.width);
  line_height(w, cut->begin, end, &line);
  marks_keep(ls, &line);
  return line;
}
