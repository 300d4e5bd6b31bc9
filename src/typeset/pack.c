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

// A byte holds seven bits, the least first.
static void put_number(Buf *b, uint64_t v) {
  for (; v >= 0x80; v >>= 7)
    buf_byte(b, (char)(v | 0x80));
  buf_byte(b, (char)v);
}

static void put_signed(Buf *b, int64_t v) {
  put_number(b, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static uint64_t number_slow(const unsigned char **p) {
  uint64_t v = 0;
  for (int shift = 0;; shift += 7) {
    unsigned char c = *(*p)++;
    v |= (uint64_t)(c & 0x7F) << shift;
    if (c < 0x80)
      return v;
  }
}

static inline uint64_t number(const unsigned char **p) {
  return **p < 0x80 ? *(*p)++ : number_slow(p);
}

static inline int64_t signed_number(const unsigned char **p) {
  uint64_t v = number(p);
  return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static void put_bytes(Buf *b, const void *data, size_t n) {
  buf_add(b, (Str){data, n});
}

static void bytes(const unsigned char **p, void *out, size_t n) {
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
static void put_glyphs(Buf *b, const Mark *m, uint32_t has) {
  Len x = 0, step = 0, dy = 0;
  uint32_t text = 0;
  for (uint32_t i = 0; i < m->n_glyphs; i++) {
    const Glyph *g = &m->glyphs[i];
    put_number(b, g->glyph);
    put_signed(b, (int64_t)g->x - x - step);
    step = g->x - x, x = g->x;
    if (has & HAS_DY)
      put_signed(b, (int64_t)g->dy - dy);
    if (has & HAS_OFFSETS)
      put_signed(b, (int64_t)g->text - text);
    dy = g->dy, text = g->text;
  }
}

static void glyphs(const unsigned char **p, const Mark *m, Glyph *g,
                   uint32_t has) {
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
      m->tag_level != q->tag_level || m->space_after != q->space_after ||
      m->turned != q->turned || m->copy != q->copy)
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

static void put_head(Buf *b, const Mark *m) {
  const char head[] = {(char)m->kind, (char)m->pattern, (char)m->tag,
                       (char)m->tag_level,
                       (char)(m->space_after | m->turned << 1 | m->copy << 2)};
  put_bytes(b, head, sizeof head);
}

static void head(const unsigned char **p, Mark *m) {
  unsigned char h[5];
  bytes(p, h, sizeof h);
  m->kind = (MarkKind)h[0];
  m->pattern = (Pattern)h[1];
  m->tag = (Tag)h[2];
  m->tag_level = h[3];
  m->space_after = h[4] & 1;
  m->turned = h[4] >> 1 & 1;
  m->copy = h[4] >> 2;
}

static void put_lengths(Buf *b, const Mark *m, const Mark *q, uint32_t has) {
  const Len now[] = {m->x, m->y, m->w, m->h, m->size, m->embolden};
  const Len was[] = {q->x, q->y, q->w, q->h, q->size, q->embolden};
  for (int i = 0; i < 6; i++)
    if (has & (uint32_t)HAS_X << i)
      put_signed(b, (int64_t)now[i] - was[i]);
}

static void lengths(const unsigned char **p, Mark *m, uint32_t has) {
  Len *const now[] = {&m->x, &m->y, &m->w, &m->h, &m->size, &m->embolden};
  for (int i = 0; i < 6; i++)
    if (has & (uint32_t)HAS_X << i)
      *now[i] += (Len)signed_number(p);
}

static void put_numbers(Buf *b, const Mark *m, const Mark *q, uint32_t has) {
  if (has & HAS_ELEMENT)
    put_signed(b, (int64_t)m->element - q->element);
  if (has & HAS_ROW)
    put_signed(b, (int64_t)m->row - q->row);
  if (has & HAS_TABLE)
    put_signed(b, (int64_t)m->table - q->table);
}

static void numbers(const unsigned char **p, Mark *m, uint32_t has) {
  if (has & HAS_ELEMENT)
    m->element += (uint32_t)signed_number(p);
  if (has & HAS_ROW)
    m->row += (uint32_t)signed_number(p);
  if (has & HAS_TABLE)
    m->table += (uint32_t)signed_number(p);
}

static void put_rest(Buf *b, const Mark *m, uint32_t has) {
  switch (m->kind) {
  case MARK_TEXT:
    put_number(b, m->n_glyphs);
    put_glyphs(b, m, has);
    break;
  case MARK_LINE:
    put_signed(b, m->x2);
    put_signed(b, m->y2);
    break;
  case MARK_PATH:
    put_number(b, m->n_points);
    for (uint32_t i = 0; i < 2 * m->n_points; i++)
      put_signed(b, m->points[i]);
    break;
  case MARK_IMAGE:
  case MARK_LINK:
  case MARK_FIGURE:
    put_bytes(b, &m->target, sizeof m->target);
    break;
  case MARK_RECT:
    break;
  }
}

static void put_mark(Buf *b, const Mark *m, const Mark *q, const Face **face) {
  uint32_t has = differs(m, q);
  if (m->kind == MARK_TEXT && m->face != *face)
    has |= HAS_FACE;
  put_number(b, has);
  if (has & HAS_HEAD)
    put_head(b, m);
  if (has & HAS_COLOUR)
    put_number(b, m->colour);
  put_lengths(b, m, q, has);
  put_numbers(b, m, q, has);
  if (has & HAS_FACE) {
    *face = m->face;
    put_bytes(b, face, sizeof *face);
  }
  if (has & HAS_TEXT) {
    put_number(b, m->text.len);
    buf_add(b, m->text);
  }
  put_rest(b, m, has);
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
  put_number(scratch, n);
  put_number(scratch, glyphs);
  put_number(scratch, points);
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

static void rest(PageReader *r, const unsigned char **p, Mark *m,
                 uint32_t has) {
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
static void mark_next(PageReader *r, const unsigned char **p, Mark *m,
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
  const unsigned char *at;
  size_t marks, glyphs, points;
} Part;

static Part part_of(Str packed) {
  Part t = {.at = (const unsigned char *)packed.data};
  if (!packed.len)
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
