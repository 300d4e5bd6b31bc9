// A page's marks as bytes: a page waits for the others in a tenth of the room
// that its marks take.
#include "typeset-imp.h"

// What of a mark differs from the mark before it, or is there at all.
enum {
  HAS_HEAD = 1, // kind, pattern, tag …
  HAS_COLOUR = 2,
  HAS_X = 4,
  HAS_Y = 8,
  HAS_W = 16,
  HAS_H = 32,
  HAS_SIZE = 64,
  HAS_STROKE = 128,
  HAS_ELEMENT = 256,
  HAS_ROW = 512,
  HAS_TABLE = 1024,
  HAS_FACE = 2048,
  HAS_TEXT = 4096,
  HAS_DY = 8192,      // some glyph is raised
  HAS_OFFSETS = 16384 // glyphs do not stand for one character each
};

// ---- numbers ---------------------------------------------------------------

typedef unsigned char Byte;

// A byte holds seven bits, the least first.
static inline Byte *put_number(Byte *p, uint64_t v) {
  for (; v >= 0x80; v >>= 7)
    *p++ = (Byte)(v | 0x80);
  *p++ = (Byte)v;
  return p;
}

static inline Byte *put_signed(Byte *p, int64_t v) {
  return put_number(p, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static Byte *put_bytes(Byte *p, const void *data, size_t n) {
  if (n)
    memcpy(p, data, n);
  return p + n;
}

static uint64_t number_slow(const Byte **p) {
  uint64_t v = 0;
  for (int shift = 0;; shift += 7) {
    Byte c = *(*p)++;
    v |= (uint64_t)(c & 0x7F) << shift;
    if (c < 0x80)
      return v;
  }
}

static inline uint64_t number(const Byte **p) {
  return **p < 0x80 ? *(*p)++ : number_slow(p);
}

static inline int64_t signed_number(const Byte **p) {
  uint64_t v = number(p);
  return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static void bytes(const Byte **p, void *out, size_t n) {
  memcpy(out, *p, n);
  *p += n;
}

// ---- glyphs ----------------------------------------------------------------

static inline uint32_t char_len(unsigned char c) {
  return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

// Whether each glyph stands for the next character of the text.
static bool in_step(const Mark *m) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < m->n_glyphs; i++) {
    if (m->glyphs[i].text != at || at >= m->text.len)
      return false;
    at += char_len((unsigned char)m->text.data[at]);
  }
  return true;
}

static bool raised(const Mark *m) {
  for (uint32_t i = 0; i < m->n_glyphs; i++)
    if (m->glyphs[i].dy)
      return true;
  return false;
}

// Of places the change of their distance: it is nearly always 0.
static Byte *put_glyphs(Byte *p, const Mark *m, uint32_t has) {
  Len x = 0, step = 0, dy = 0;
  uint32_t text = 0;
  for (uint32_t i = 0; i < m->n_glyphs; i++) {
    const Glyph *g = &m->glyphs[i];
    p = put_number(p, g->glyph);
    p = put_signed(p, (int64_t)g->x - x - step);
    step = g->x - x, x = g->x;
    if (has & HAS_DY)
      p = put_signed(p, (int64_t)g->dy - dy);
    if (has & HAS_OFFSETS)
      p = put_signed(p, (int64_t)g->text - text);
    dy = g->dy, text = g->text;
  }
  return p;
}

static void glyphs(const Byte **p, const Mark *m, Glyph *g, uint32_t has) {
  Len x = 0, step = 0, dy = 0;
  uint32_t text = 0;
  for (uint32_t i = 0; i < m->n_glyphs; i++, g++) {
    g->glyph = (uint32_t)number(p);
    step += (Len)signed_number(p);
    g->x = x += step;
    g->dy = dy += has & HAS_DY ? (Len)signed_number(p) : 0;
    if (has & HAS_OFFSETS)
      text += (uint32_t)signed_number(p);
    g->text = text;
    if (!(has & HAS_OFFSETS))
      text += char_len((unsigned char)m->text.data[text]);
  }
}

// ---- a mark ----------------------------------------------------------------

static uint32_t differs(const Mark *m, const Mark *q) {
  uint32_t has = 0;
  if (m->kind != q->kind || m->pattern != q->pattern || m->tag != q->tag ||
      m->tag_level != q->tag_level || m->rows_spanned != q->rows_spanned ||
      m->space_after != q->space_after || m->turned != q->turned ||
      m->copy != q->copy)
    has |= HAS_HEAD;
  has |= m->colour != q->colour ? HAS_COLOUR : 0;
  has |= m->x != q->x ? HAS_X : 0;
  has |= m->y != q->y ? HAS_Y : 0;
  has |= m->w != q->w ? HAS_W : 0;
  has |= m->h != q->h ? HAS_H : 0;
  has |= m->size != q->size ? HAS_SIZE : 0;
  has |= m->embolden != q->embolden ? HAS_STROKE : 0;
  has |= m->element != q->element ? HAS_ELEMENT : 0;
  has |= m->row != q->row ? HAS_ROW : 0;
  has |= m->table != q->table ? HAS_TABLE : 0;
  has |= m->text.data ? HAS_TEXT : 0;
  if (m->kind == MARK_TEXT)
    has |= (raised(m) ? HAS_DY : 0) | (in_step(m) ? 0 : HAS_OFFSETS);
  return has;
}

static Byte *put_head(Byte *p, const Mark *m) {
  const Byte head[] = {
      (Byte)m->kind,   (Byte)m->pattern,
      (Byte)m->tag,    m->tag_level,
      m->rows_spanned, (Byte)(m->space_after | m->turned << 1 | m->copy << 2)};
  return put_bytes(p, head, sizeof head);
}

static void head(const Byte **p, Mark *m) {
  Byte h[6];
  bytes(p, h, sizeof h);
  m->kind = (MarkKind)h[0];
  m->pattern = (Pattern)h[1];
  m->tag = (Tag)h[2];
  m->tag_level = h[3];
  m->rows_spanned = h[4];
  m->space_after = h[5] & 1;
  m->turned = h[5] >> 1 & 1;
  m->copy = h[5] >> 2;
}

static Byte *put_lengths(Byte *p, const Mark *m, const Mark *q, uint32_t has) {
  const Len now[] = {m->x, m->y, m->w, m->h, m->size, m->embolden};
  const Len was[] = {q->x, q->y, q->w, q->h, q->size, q->embolden};
  for (int i = 0; i < 6; i++)
    if (has & (uint32_t)HAS_X << i)
      p = put_signed(p, (int64_t)now[i] - was[i]);
  return p;
}

static void lengths(const Byte **p, Mark *m, uint32_t has) {
  Len *const now[] = {&m->x, &m->y, &m->w, &m->h, &m->size, &m->embolden};
  for (int i = 0; i < 6; i++)
    if (has & (uint32_t)HAS_X << i)
      *now[i] += (Len)signed_number(p);
}

static Byte *put_numbers(Byte *p, const Mark *m, const Mark *q, uint32_t has) {
  if (has & HAS_ELEMENT)
    p = put_signed(p, (int64_t)m->element - q->element);
  if (has & HAS_ROW)
    p = put_signed(p, (int64_t)m->row - q->row);
  if (has & HAS_TABLE)
    p = put_signed(p, (int64_t)m->table - q->table);
  return p;
}

static void numbers(const Byte **p, Mark *m, uint32_t has) {
  if (has & HAS_ELEMENT)
    m->element += (uint32_t)signed_number(p);
  if (has & HAS_ROW)
    m->row += (uint32_t)signed_number(p);
  if (has & HAS_TABLE)
    m->table += (uint32_t)signed_number(p);
}

static Byte *put_rest(Byte *p, const Mark *m, uint32_t has) {
  switch (m->kind) {
  case MARK_TEXT:
    p = put_number(p, m->n_glyphs);
    return put_glyphs(p, m, has);
  case MARK_LINE:
    p = put_signed(p, m->x2);
    return put_signed(p, m->y2);
  case MARK_PATH:
    p = put_number(p, m->n_points);
    for (uint32_t i = 0; i < 2 * m->n_points; i++)
      p = put_signed(p, m->points[i]);
    return p;
  case MARK_IMAGE:
  case MARK_LINK:
  case MARK_FIGURE:
    return put_bytes(p, &m->target, sizeof m->target);
  case MARK_RECT:
    break;
  }
  return p;
}

// The most bytes a mark can take.
static size_t mark_room(const Mark *m) {
  enum { FIELDS = 200, NUMBER = 10, GLYPH = 4 * NUMBER };
  size_t n = FIELDS + m->text.len;
  if (m->kind == MARK_TEXT)
    n += (size_t)m->n_glyphs * GLYPH;
  else if (m->kind == MARK_PATH)
    n += (size_t)m->n_points * 2 * NUMBER;
  return n;
}

static void put_mark(Buf *b, const Mark *m, const Mark *q, const Face **face) {
  uint32_t has = differs(m, q);
  if (m->kind == MARK_TEXT && m->face != *face)
    has |= HAS_FACE;
  buf_room(b, mark_room(m));
  Byte *p = (Byte *)b->data + b->len;
  p = put_number(p, has);
  if (has & HAS_HEAD)
    p = put_head(p, m);
  if (has & HAS_COLOUR)
    p = put_number(p, m->colour);
  p = put_lengths(p, m, q, has);
  p = put_numbers(p, m, q, has);
  if (has & HAS_FACE) {
    *face = m->face;
    p = put_bytes(p, face, sizeof *face);
  }
  if (has & HAS_TEXT) {
    p = put_number(p, m->text.len);
    p = put_bytes(p, m->text.data, m->text.len);
  }
  p = put_rest(p, m, has);
  b->len = (size_t)((char *)p - b->data);
}

// ---- a page ----------------------------------------------------------------

Str marks_pack(Arena *a, Buf *scratch, const Mark *marks, size_t n) {
  Mark none = {.kind = MARK_TEXT};
  const Face *face = NULL;
  size_t glyphs = 0, points = 0;
  for (size_t i = 0; i < n; i++) {
    glyphs += marks[i].kind == MARK_TEXT ? marks[i].n_glyphs : 0;
    points += marks[i].kind == MARK_PATH ? 2 * (size_t)marks[i].n_points : 0;
  }
  scratch->len = 0;
  buf_room(scratch, 3 * sizeof(uint64_t) * 2);
  Byte *p = put_number((Byte *)scratch->data, n);
  p = put_number(p, glyphs);
  p = put_number(p, points);
  scratch->len = (size_t)((char *)p - scratch->data);
  for (size_t i = 0; i < n; i++)
    put_mark(scratch, &marks[i], i ? &marks[i - 1] : &none, &face);
  return str_copy(a, buf_str(scratch));
}

struct PageReader {
  Arena *arena;
  VEC(Mark) marks;
  VEC(Glyph) glyphs;
  VEC(Len) points;
};

PageReader *page_reader_new(Arena *a) {
  PageReader *r = NEW(a, PageReader);
  r->arena = a;
  return r;
}

static void rest(PageReader *r, const Byte **p, Mark *m, uint32_t has) {
  switch (m->kind) {
  case MARK_TEXT:
    m->n_glyphs = (uint32_t)number(p);
    m->glyphs = r->glyphs.data + r->glyphs.len;
    glyphs(p, m, r->glyphs.data + r->glyphs.len, has);
    r->glyphs.len += m->n_glyphs;
    break;
  case MARK_LINE:
    m->x2 = (Len)signed_number(p);
    m->y2 = (Len)signed_number(p);
    break;
  case MARK_PATH:
    m->n_points = (uint32_t)number(p);
    m->points = r->points.data + r->points.len;
    for (uint32_t i = 0; i < 2 * m->n_points; i++)
      r->points.data[r->points.len++] = (Len)signed_number(p);
    break;
  case MARK_IMAGE:
  case MARK_LINK:
  case MARK_FIGURE:
    bytes(p, &m->target, sizeof m->target);
    break;
  case MARK_RECT:
    break;
  }
}

// What the kind of the mark before shares its place with is gone.
static void mark_next(PageReader *r, const Byte **p, Mark *m,
                      const Face **face) {
  uint32_t has = (uint32_t)number(p);
  m->n_glyphs = 0;
  m->target = STR_NONE;
  m->text = STR_NONE;
  if (has & HAS_HEAD)
    head(p, m);
  if (has & HAS_COLOUR)
    m->colour = (Colour)number(p);
  lengths(p, m, has);
  numbers(p, m, has);
  if (has & HAS_FACE)
    bytes(p, face, sizeof *face);
  if (has & HAS_TEXT) {
    m->text.len = (size_t)number(p);
    m->text.data = (const char *)*p;
    *p += m->text.len;
  }
  if (m->kind == MARK_TEXT)
    m->face = *face;
  rest(r, p, m, has);
}

// Room for what the page's parts hold, so that nothing moves.
static void reader_room(PageReader *r, size_t marks, size_t glyphs,
                        size_t points) {
  if (r->marks.cap < marks)
    r->marks.data = NEW_ARRAY(r->arena, Mark, r->marks.cap = marks * 2);
  if (r->glyphs.cap < glyphs)
    r->glyphs.data = NEW_ARRAY(r->arena, Glyph, r->glyphs.cap = glyphs * 2);
  if (r->points.cap < points)
    r->points.data = NEW_ARRAY(r->arena, Len, r->points.cap = points * 2);
  r->marks.len = r->glyphs.len = r->points.len = 0;
}

typedef struct {
  const Byte *at;
  size_t marks, glyphs, points;
} Part;

static Part part_of(Str packed) {
  Part t = {.at = (const Byte *)packed.data};
  if (!packed.data || !packed.len)
    return t;
  t.marks = (size_t)number(&t.at);
  t.glyphs = (size_t)number(&t.at);
  t.points = (size_t)number(&t.at);
  return t;
}

PageMarks page_marks(PageReader *r, const PageMarks *page) {
  if (!page->packed.data && !page->margin.data)
    return *page;
  Part parts[2] = {part_of(page->packed), part_of(page->margin)};
  reader_room(r, parts[0].marks + parts[1].marks,
              parts[0].glyphs + parts[1].glyphs,
              parts[0].points + parts[1].points);
  for (int k = 0; k < 2; k++) {
    Mark m = {.kind = MARK_TEXT};
    const Face *face = NULL;
    for (size_t i = 0; i < parts[k].marks; i++) {
      mark_next(r, &parts[k].at, &m, &face);
      r->marks.data[r->marks.len++] = m;
    }
  }
  PageMarks out = *page;
  out.marks = r->marks.data, out.n_marks = r->marks.len;
  return out;
}

void pages_unpack(Arena *a, Pages *p) {
  for (size_t i = 0; i < p->n_pages; i++)
    p->pages[i] = page_marks(page_reader_new(a), &p->pages[i]);
}
