// Lines of text marks → text operators: codes, justified gaps, text that
// copies as it went in.
#include "text_show.h"
#include <math.h>
#include <stdlib.h>

// A glyph of the line under way. Lengths in mpt.
typedef struct {
  const Mark *mark;
  PdfFont *font;
  uint32_t glyph;
  Str text;           // what it copies as
  double x, advance;  // of the glyph with its lead and trail
  Len dy;             // up
  int8_t lead, trail; // blank drawn as part of it, 1/8 em
  bool blank;         // its text is a space
  bool fixed;         // … of fixed width
} Cell;

struct TextLine {
  Pdf *pdf;
  VEC(Cell) cells;
  size_t shown; // cells shown already
};

TextLine *text_line_new(Pdf *p) {
  TextLine *t = NEW(p->arena, TextLine);
  t->pdf = p;
  return t;
}

// ---- cells -----------------------------------------------------------------

// The text of glyph i: its cluster's, one character a glyph where there are
// several of both, the rest with the last.
static Str cluster_text(const Mark *m, size_t i) {
  const Glyph *g = m->glyphs;
  size_t first = i, after = i + 1;
  while (first > 0 && g[first - 1].text == g[i].text)
    first--;
  while (after < m->n_glyphs && g[after].text == g[i].text)
    after++;
  size_t end = after < m->n_glyphs ? g[after].text : m->text.len;
  Str cluster = str_slice(m->text, g[i].text, end);
  if (after - first == 1)
    return cluster;
  size_t from = 0;
  for (size_t k = first; k < i && from < cluster.len; k++)
    utf8_next(cluster, &from);
  size_t to = from;
  if (i + 1 == after)
    to = cluster.len;
  else if (to < cluster.len)
    utf8_next(cluster, &to);
  return str_slice(cluster, from, to);
}

static Str glyph_text(const Mark *m, size_t i) {
  const Glyph *g = &m->glyphs[i];
  bool last = i + 1 == m->n_glyphs;
  size_t end = last ? m->text.len : g[1].text;
  bool shared = (i && g[-1].text == g->text) || (!last && end == g->text);
  if (shared || end < g->text || end > m->text.len)
    return cluster_text(m, i);
  return (Str){m->text.data + g->text, end - g->text};
}

// Spaces of fixed width: readers part words there and lose which space it was.
static bool is_fixed_space(Str s) {
  if (s.len < 2 || (unsigned char)s.data[0] < 0xC2 ||
      (unsigned char)s.data[0] > 0xE3)
    return false;
  return str_starts(s, STR("\xC2\xA0")) || str_starts(s, STR("\xE3\x80\x80")) ||
         str_starts(s, STR("\xE2\x80\x82")) ||
         str_starts(s, STR("\xE2\x80\x83"));
}

static void cells_add(TextLine *t, const Mark *m) {
  PdfFont *f = font_of(t->pdf, m->face);
  double scale = m->size / 1000.0;
  for (size_t i = 0; i < m->n_glyphs; i++) {
    const Glyph *g = &m->glyphs[i];
    Cell *c = vec_push(t->pdf->arena, &t->cells);
    *c = (Cell){.mark = m, .font = f, .glyph = g->glyph, .dy = g->dy};
    c->text = glyph_text(m, i);
    c->x = m->x + g->x;
    c->advance = font_advance(f, g->glyph) * scale;
    c->fixed = is_fixed_space(c->text);
    c->blank = c->fixed || (c->text.len && c->text.data[0] == ' ');
  }
}

// ---- gaps that would copy as spaces ----------------------------------------

enum {
  GAP_SPACE = 70,    // 1/1000 em from which some readers see a space
  GAP_SEEN = 95,     // … and from which those do that heed no ActualText
  GAP_APART = 1500,  // … and from which they see columns
  GAP_BACK = -750,   // of what is squeezed on both sides
  SPACE_LEAST = 160, // width of a space that pdftotext still sees
  EIGHTHS_MAX = 120, // a glyph's blank, in a byte
};

// Latin letters, digits and their signs.
static bool is_latin(Str s) {
  return s.len && (unsigned char)s.data[0] < 0xE0;
}

static double gap_after(const Cell *c) {
  return c[1].x - (c->x + c->advance);
}

static uint32_t first_char(Str s) {
  size_t i = 0;
  return s.len ? utf8_next(s, &i) : 0;
}

static bool is_interpunct(uint32_t c) {
  return c == 0xB7 || c == 0x2027 || c == 0x30FB;
}

// Punctuation whose box can be set half as wide (W1, W2).
static bool is_punctuation(Str s) {
  uint32_t c = first_char(s);
  return (c >= 0x2018 && c <= 0x201D) || (c >= 0x3001 && c <= 0x301F) ||
         is_interpunct(c) || (c >= 0xFF01 && c <= 0xFF20) ||
         (c >= 0xFF3B && c <= 0xFF5E);
}

// Marks whose blank lies before them, too.
static bool has_blank_before(Str s) {
  uint32_t c = first_char(s);
  if (is_interpunct(c))
    return true;
  bool paired = c >= 0x3008 && c <= 0x3017 && c != 0x3012 && c != 0x3013;
  return c == 0x2018 || c == 0x201C || c == 0xFF08 || c == 0xFF3B ||
         c == 0xFF5B || (paired && c % 2 == 0);
}

// Gives blank to a glyph, or takes it; false where the glyph cannot.
static bool take(Cell *c, double gap, int8_t *side) {
  double em = c->mark->size;
  int eighths = (int)lround(gap * 8 / em);
  bool can = eighths > 0 || is_punctuation(c->text);
  if (!eighths || abs(eighths) > EIGHTHS_MAX || !can ||
      c->advance + eighths * em / 8 < 0 || !font_has_gap(c->font, eighths))
    return false;
  *side = (int8_t)eighths;
  c->advance += eighths * em / 8;
  if (side == &c->lead)
    c->x -= eighths * em / 8;
  return true;
}

static double smaller_size(const Cell *c) {
  Len a = c->mark->size, b = c[1].mark->size;
  return a < b ? a : b;
}

// Lets one of the glyphs at the gap take it as blank of its own: rather one of
// the few Latin ones than a hanzi, and a hanzi only where every reader would
// see a space, not where those that heed the line's text see none.
static bool gap_take(Cell *c, double gap) {
  if ((is_latin(c[1].text) && take(&c[1], gap, &c[1].lead)) ||
      (is_latin(c->text) && take(c, gap, &c->trail)))
    return true;
  if (gap * 1000 <= smaller_size(c) * GAP_SEEN)
    return false;
  if (take(c, gap, &c->trail) || take(&c[1], gap, &c[1].lead))
    return true;
  return take(c, gap / 2, &c->trail) && take(&c[1], gap_after(c), &c[1].lead);
}

static bool overlaps(const Cell *c, double gap) {
  return gap * 1000 < -(double)c->mark->size * GAP_SPACE;
}

// Squeezed punctuation is as narrow as it is set, so that nothing overlaps
// and a line's last mark does not reach beyond its edge. What lies before the
// second mark of two is its own, the rest the first one's.
static void squeeze(Cell *c, bool last) {
  const Mark *m = c->mark;
  if (last) {
    double over = m->x + m->w - (c->x + c->advance);
    if (m->w && overlaps(c, over))
      take(c, over, &c->trail);
    return;
  }
  bool next = is_punctuation(c[1].text);
  if (overlaps(c, gap_after(c)) && next && has_blank_before(c[1].text))
    take(&c[1], gap_after(c), &c[1].lead);
  if (overlaps(c, gap_after(c)))
    take(c, gap_after(c), &c->trail);
  if (overlaps(c, gap_after(c)) && next && !c[1].lead)
    take(&c[1], gap_after(c), &c[1].lead);
}

// Whether some gap remains that would copy as a space, or some glyph has no
// text of its own.
static bool gaps_settle(TextLine *t) {
  bool left = false;
  for (size_t i = 0; i < t->cells.len; i++) {
    Cell *c = &t->cells.data[i];
    left = left || !c->text.len || c->fixed;
    bool last = i + 1 == t->cells.len;
    squeeze(c, last);
    if (last)
      continue;
    double gap = gap_after(c);
    bool same = c[1].mark == c->mark;
    left = left ||
           (c->blank && (c[1].x - c->x) * 1000 < smaller_size(c) * SPACE_LEAST);
    if ((!same && c->mark->space_after) || c->blank || c[1].blank)
      continue;
    if (gap * 1000 > smaller_size(c) * GAP_SPACE)
      left = !gap_take(c, gap) || left;
    // pdftotext parts words where the size changes.
    left = left || c->mark->size != c[1].mark->size;
  }
  return left;
}

// Whether m goes on with the line that ends with the cell.
static bool line_goes_on(const Cell *end, const Mark *m) {
  const Mark *before = end->mark;
  if (m->kind != MARK_TEXT || !m->n_glyphs || !m->face || m->size <= 0 ||
      m->y != before->y || m->element != before->element ||
      m->tag != before->tag || m->copy != before->copy)
    return false;
  double wide = m->x + m->glyphs[0].x - (end->x + end->advance);
  double size = before->size < m->size ? before->size : m->size;
  return wide * 1000 <= size * GAP_APART && wide * 1000 >= size * GAP_BACK;
}

// Links and figures draw nothing: a line goes on behind them.
static bool draws_nothing(const Mark *m) {
  return m->kind == MARK_LINK || m->kind == MARK_FIGURE;
}

size_t text_line_take(TextLine *t, const Mark *marks, size_t n, bool *gaps) {
  size_t taken = 1;
  t->cells.len = t->shown = 0;
  cells_add(t, marks);
  for (size_t i = 1; i < n; i++) {
    if (draws_nothing(&marks[i]))
      continue;
    if (!line_goes_on(&t->cells.data[t->cells.len - 1], &marks[i]))
      break;
    cells_add(t, &marks[i]);
    taken = i + 1;
  }
  *gaps = gaps_settle(t);
  return taken;
}

// ---- state -----------------------------------------------------------------

void show_begin(ShowState *s) {
  s->line_x = s->line_y = 0;
}

static void set_font(Buf *out, ShowState *s, int font, Len size) {
  if (s->font == font && s->size == size)
    return;
  s->font = font;
  s->size = size;
  buf_add(out, STR("/F"));
  put_int(out, font);
  buf_byte(out, ' ');
  put_milli(out, size);
  buf_add(out, STR(" Tf\n"));
}

static void set_embolden(Buf *out, ShowState *s, bool on) {
  if (s->emboldened == on)
    return;
  s->emboldened = on;
  buf_add(out, on ? STR("2 Tr\n") : STR("0 Tr\n"));
}

static void set_spacing(Buf *out, ShowState *s, int spacing) {
  if (s->spacing == spacing)
    return;
  s->spacing = spacing;
  put_decimal(out, spacing, 5);
  buf_add(out, STR(" Tc\n"));
}

static void set_rise(Buf *out, ShowState *s, Len rise) {
  if (s->rise == rise)
    return;
  s->rise = rise;
  put_milli(out, rise);
  buf_add(out, STR(" Ts\n"));
}

static void move_to(Buf *out, ShowState *s, Len x, Len y) {
  put_milli(out, x - s->line_x);
  buf_byte(out, ' ');
  put_milli(out, y - s->line_y);
  buf_add(out, STR(" Td\n"));
  s->line_x = x;
  s->line_y = y;
}

// ---- one show --------------------------------------------------------------

// A string, or an array of strings and moves, whichever it turns out to be.
typedef struct {
  Buf *out;
  size_t start; // of the operand in out
  bool open, array, string;
  size_t n; // bytes of the string not yet in out
  char bytes[128];
} Show;

static void show_open(Show *w) {
  if (w->open)
    return;
  w->open = true;
  w->start = w->out->len;
  buf_add(w->out, STR("[("));
  w->string = true;
}

static void show_flush(Show *w) {
  buf_add(w->out, (Str){w->bytes, w->n});
  w->n = 0;
}

static void show_code(Show *w, uint16_t code) {
  show_open(w);
  if (!w->string)
    w->bytes[w->n++] = '(';
  w->string = true;
  w->bytes[w->n++] = (char)(code >> 8);
  w->bytes[w->n++] = (char)(code & 0xFF);
  if (w->n + 3 > sizeof w->bytes)
    show_flush(w);
}

// Moves by thousandths of the font size, to the left.
static void show_move(Show *w, int32_t by) {
  show_open(w);
  show_flush(w);
  if (w->string)
    buf_byte(w->out, ')');
  w->string = false;
  w->array = true;
  put_int(w->out, by);
}

static void show_close(Show *w) {
  if (!w->open)
    return;
  show_flush(w);
  if (w->string)
    buf_byte(w->out, ')');
  if (w->array) {
    buf_add(w->out, STR("]TJ\n"));
  } else { // one plain string needs no array
    w->out->data[w->start] = ' ';
    buf_add(w->out, STR("Tj\n"));
  }
  w->open = w->array = w->string = false;
}

enum { SPACING_SLACK = 3 }; // mpt that rounding may differ

// The gap that most cells have after them becomes Tc, in 1/100 000 pt; 0 where
// there is no such gap.
static int usual_gap(const Cell *cells, size_t n) {
  double guess = 0, sum = 0;
  size_t votes = 0, same = 0;
  for (size_t i = 0; i + 1 < n; i++) {
    double gap = gap_after(&cells[i]);
    if (!votes)
      guess = gap;
    votes += fabs(gap - guess) <= SPACING_SLACK ? 1 : -1;
  }
  for (size_t i = 0; i + 1 < n; i++) {
    double gap = gap_after(&cells[i]);
    if (fabs(gap - guess) <= SPACING_SLACK) {
      sum += gap;
      same++;
    }
  }
  if (same * 2 < n || fabs(sum / (double)same) < SPACING_SLACK)
    return 0;
  return (int)lround(sum / (double)same * 100);
}

static int32_t move_needed(double pen, double want, Len size) {
  double by = (pen - want) * 1000.0 / size;
  return fabs(by) > 1e6 ? 0 : (int32_t)lround(by);
}

// A viewer draws no stroke thinner than a pixel, which would make the slight
// evening of a thin face (fonts.def) a bold face on the screen: only the press
// gets it.
bool text_emboldened(const Pdf *p, const Mark *m) {
  bool slight = m->embolden * 50 < m->size;
  return m->embolden > 0 && (!slight || p->options->print);
}

// The cells of one mark.
static void show_cells(Pdf *p, Buf *out, ShowState *s, const Cell *cells,
                       size_t n, Len page_height) {
  const Mark *m = cells->mark;
  set_font(out, s, font_resource(cells->font), m->size);
  set_embolden(out, s, text_emboldened(p, m));
  set_spacing(out, s, n > 1 ? usual_gap(cells, n) : s->spacing);
  Len x = (Len)lround(cells->x);
  move_to(out, s, x, page_height - m->y);
  Show w = {.out = out};
  double pen = x, spacing = s->spacing / 100.0;
  for (const Cell *c = cells; c < cells + n; c++) {
    if (c->dy != s->rise) {
      show_close(&w);
      set_rise(out, s, c->dy);
    }
    int32_t by = move_needed(pen, c->x, m->size);
    if (by) {
      show_move(&w, by);
      pen -= by * (double)m->size / 1000.0;
    }
    Gaps gaps = {c->lead, c->trail};
    show_code(&w, font_code(p, c->font, c->glyph, c->text, gaps));
    pen += c->advance + spacing;
  }
  uint16_t space = m->space_after ? font_space(p, cells->font) : 0;
  if (space)
    show_code(&w, space);
  show_close(&w);
}

void text_line_show(TextLine *t, const Mark *m, Buf *out, ShowState *s,
                    Len page_height) {
  size_t from = t->shown, to = from;
  while (to < t->cells.len && t->cells.data[to].mark == m)
    to++;
  if (to > from)
    show_cells(t->pdf, out, s, &t->cells.data[from], to - from, page_height);
  t->shown = to;
}
