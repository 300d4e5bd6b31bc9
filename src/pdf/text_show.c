// Text marks → text operators: codes, justified gaps, text that copies.
#include "text_show.h"
#include <math.h>
#include <stdlib.h>

static size_t put_whole(char *end, uint32_t v) {
  size_t n = 0;
  do
    *(end - ++n) = (char)('0' + v % 10);
  while ((v /= 10) != 0);
  return n;
}

void put_decimal(Buf *b, int32_t v, int places) {
  char t[24], *end = t + sizeof t, *at = end;
  uint32_t u = v < 0 ? 0u - (uint32_t)v : (uint32_t)v;
  for (; places && u % 10 == 0; places--)
    u /= 10;
  for (int i = 0; i < places; i++, u /= 10)
    *--at = (char)('0' + u % 10);
  if (places)
    *--at = '.';
  if (u || !places)
    at -= put_whole(at, u);
  if (v < 0)
    *--at = '-';
  buf_add(b, (Str){at, (size_t)(end - at)});
}

void put_milli(Buf *b, Len v) {
  put_decimal(b, v, 3);
}

static void put_int(Buf *b, int32_t v) {
  put_decimal(b, v, 0);
}

void put_piece(Buf *b, const char *name, int mcid) {
  buf_byte(b, '/');
  buf_add(b, str_of(name));
  buf_add(b, STR("<</MCID "));
  put_int(b, mcid);
  buf_add(b, STR(">>BDC\n"));
}

void show_begin(ShowState *s) {
  s->line_x = s->line_y = 0;
}

// ---- state -----------------------------------------------------------------

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

// A string or an array of strings and moves, opened as it turns out.
typedef struct {
  Buf *out;
  size_t start; // of the operand in out
  bool open, array, string;
} Show;

static void show_open(Show *w) {
  if (w->open)
    return;
  w->open = true;
  w->start = w->out->len;
  buf_add(w->out, STR("[("));
  w->string = true;
}

static void show_code(Show *w, uint16_t code) {
  show_open(w);
  if (!w->string)
    buf_byte(w->out, '(');
  w->string = true;
  buf_byte(w->out, (char)(code >> 8));
  buf_byte(w->out, (char)(code & 0xFF));
}

// Moves by thousandths of the font size, to the left.
static void show_move(Show *w, int32_t by) {
  show_open(w);
  if (w->string)
    buf_byte(w->out, ')');
  w->string = false;
  w->array = true;
  put_int(w->out, by);
}

static void show_close(Show *w) {
  if (!w->open)
    return;
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

// ---- spacing ---------------------------------------------------------------

enum { SPACING_SLACK = 3 }; // mpt that rounding may differ

static double advance(const PdfFont *f, const Mark *m, size_t i) {
  return font_advance(f, m->glyphs[i].glyph) * m->size / 1000.0;
}

// The gap that most glyphs of the mark have after them becomes Tc, in 1/100 000
// pt; 0 where there is no such gap.
static int usual_gap(const PdfFont *f, const Mark *m) {
  double guess = 0;
  size_t votes = 0, n = m->n_glyphs - 1;
  for (size_t i = 0; i < n; i++) {
    double gap = m->glyphs[i + 1].x - m->glyphs[i].x - advance(f, m, i);
    if (!votes)
      guess = gap;
    votes += fabs(gap - guess) <= SPACING_SLACK ? 1 : -1;
  }
  double sum = 0;
  size_t same = 0;
  for (size_t i = 0; i < n; i++) {
    double gap = m->glyphs[i + 1].x - m->glyphs[i].x - advance(f, m, i);
    if (fabs(gap - guess) <= SPACING_SLACK) {
      sum += gap;
      same++;
    }
  }
  if (same * 2 <= n || fabs(sum / (double)same) < SPACING_SLACK)
    return 0;
  return (int)lround(sum / (double)same * 100);
}

// ---- text of glyphs --------------------------------------------------------

// The text of glyph i: its cluster's, one character a glyph where there are
// several of both, the rest with the last.
static Str glyph_text(const Mark *m, size_t i) {
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

static int32_t move_needed(double pen, Len want, Len size) {
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

void show_text(Pdf *p, Buf *out, ShowState *s, const Mark *m, Len page_height) {
  PdfFont *f = font_of(p, m->face);
  set_font(out, s, font_resource(f), m->size);
  set_embolden(out, s, text_emboldened(p, m));
  set_spacing(out, s, m->n_glyphs > 1 ? usual_gap(f, m) : s->spacing);
  move_to(out, s, m->x + m->glyphs[0].x, page_height - m->y);
  Show w = {.out = out};
  double pen = m->glyphs[0].x;
  for (size_t i = 0; i < m->n_glyphs; i++) {
    const Glyph *g = &m->glyphs[i];
    if (g->dy != s->rise) {
      show_close(&w);
      set_rise(out, s, g->dy);
    }
    int32_t by = move_needed(pen, g->x, m->size);
    if (by) {
      show_move(&w, by);
      pen -= by * (double)m->size / 1000.0;
    }
    show_code(&w, font_code(p, f, g->glyph, glyph_text(m, i)));
    pen += advance(f, m, i) + s->spacing / 100.0;
  }
  uint16_t space = m->space_after ? font_space(p, f) : 0;
  if (space)
    show_code(&w, space);
  show_close(&w);
}

// ---- gaps that would copy as spaces ----------------------------------------

enum {
  GAP_SPACE = 90,   // 1/1000 em from which readers see a space
  GAP_APART = 1500, // … and from which they see columns
  GAP_BACK = -500,
};

static Len glyph_end(const Mark *m, size_t i) {
  const FaceInfo *info = face_info(m->face);
  const Glyph *g = &m->glyphs[i];
  return g->x +
         (Len)((int64_t)face_advance(m->face, g->glyph) * m->size / info->upem);
}

static bool text_is_blank(const Mark *m, size_t glyph) {
  Str s = str_slice(m->text, m->glyphs[glyph].text, m->text.len);
  return str_starts(s, STR(" ")) || str_starts(s, STR("\xC2\xA0")) ||
         str_starts(s, STR("\xE3\x80\x80")) ||
         str_starts(s, STR("\xE2\x80\x82")) ||
         str_starts(s, STR("\xE2\x80\x83"));
}

bool gap_in_mark(const Mark *m) {
  Len least = (Len)((int64_t)m->size * GAP_SPACE / 1000);
  for (size_t i = 0; i + 1 < m->n_glyphs; i++) {
    if (m->glyphs[i].text == m->glyphs[i + 1].text)
      return true; // several glyphs, one text
    Len gap = m->glyphs[i + 1].x - glyph_end(m, i);
    if (gap > least && !text_is_blank(m, i) && !text_is_blank(m, i + 1))
      return true;
  }
  return false;
}

bool line_goes_on(const Mark *before, const Mark *m, bool *gap) {
  if (m->y != before->y || m->element != before->element ||
      m->tag != before->tag)
    return false;
  Len wide = m->x + m->glyphs[0].x -
             (before->x + glyph_end(before, before->n_glyphs - 1));
  Len size = before->size < m->size ? before->size : m->size;
  if (wide > (int64_t)size * GAP_APART / 1000 ||
      wide < (int64_t)size * GAP_BACK / 1000)
    return false;
  *gap = *gap ||
         (wide > (int64_t)size * GAP_SPACE / 1000 && !before->space_after &&
          !text_is_blank(m, 0) && !text_is_blank(before, before->n_glyphs - 1));
  return true;
}

// UTF-16 in a literal string.
static void put_utf16(Buf *b, Str text) {
  for (size_t i = 0; i < text.len;) {
    uint16_t units[2];
    size_t n = utf16_units(units, utf8_next(text, &i));
    for (size_t k = 0; k < 2 * n; k++) {
      char byte = (char)(units[k / 2] >> (k % 2 ? 0 : 8) & 0xFF);
      if (byte == '(' || byte == ')' || byte == '\\')
        buf_byte(b, '\\');
      if (byte == '\r')
        buf_add(b, STR("\\r"));
      else
        buf_byte(b, byte);
    }
  }
}

void put_actual_text(Buf *b, const Mark *marks, size_t n) {
  buf_add(b, STR("/Span<</ActualText(\xFE\xFF"));
  for (size_t i = 0; i < n; i++) {
    put_utf16(b, marks[i].text);
    if (marks[i].space_after)
      put_utf16(b, STR(" "));
  }
  buf_add(b, STR(")>>BDC\n"));
}
