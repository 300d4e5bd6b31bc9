// Pages and vertical lists as text, for tests.
#include "typeset-imp.h"

static void put_len(Buf *b, Len v) {
  int64_t n = v < 0 ? -(int64_t)v : v;
  buf_fmt(b, " %s%d.%03d", v < 0 ? "-" : "", (int)(n / 1000), (int)(n % 1000));
}

static void put_lens(Buf *b, const char *word, const Len *v, size_t n) {
  buf_fmt(b, "%s", word);
  for (size_t i = 0; i < n; i++)
    put_len(b, v[i]);
}

static const char *const tag_names[] = {
    [TAG_ARTIFACT] = "artifact",
    [TAG_P] = "p",
    [TAG_H] = "h",
    [TAG_TH] = "th",
    [TAG_TD] = "td",
    [TAG_CAPTION] = "caption",
    [TAG_FIGURE] = "figure",
    [TAG_TOCI] = "toci",
    [TAG_NOTE] = "note",
    [TAG_LI] = "li",
};

static const char *const pattern_names[] = {
    [PATTERN_NONE] = "",
    [PATTERN_HATCH] = " hatch",
    [PATTERN_CROSS] = " cross",
    [PATTERN_DOTS] = " dots",
    [PATTERN_FALL] = " fall",
    [PATTERN_ROWS] = " rows",
    [PATTERN_COLUMNS] = " columns",
    [PATTERN_CHECKS] = " checks",
    [PATTERN_GRID] = " grid",
    [PATTERN_BRICKS] = " bricks",
};

static void put_text(Buf *b, const Mark *m) {
  put_lens(b, "text", (Len[]){m->x, m->y, m->size}, 3);
  buf_fmt(b, " \"%.*s\" %.*s", STR_ARG(face_label(m->face)), STR_ARG(m->text));
}

static void put_target(Buf *b, const char *word, const Mark *m) {
  put_lens(b, word, (Len[]){m->x, m->y, m->w, m->h}, 4);
  buf_fmt(b, " %.*s", STR_ARG(m->target));
}

static void put_shape(Buf *b, const Mark *m) {
  if (m->kind == MARK_LINE)
    put_lens(b, "line", (Len[]){m->x, m->y, m->x2, m->y2, m->stroke}, 5);
  else if (m->kind == MARK_RECT)
    put_lens(b, "rect", (Len[]){m->x, m->y, m->w, m->h}, 4);
  else
    put_lens(b, "path", m->points, m->n_points * 2);
  buf_fmt(b, " #%06x%s", (unsigned)m->colour, pattern_names[m->pattern]);
}

static void put_mark(Buf *b, const Mark *m) {
  buf_fmt(b, "%s%s ", m->turned ? "turned " : "", tag_names[m->tag]);
  switch (m->kind) {
  case MARK_TEXT:
    put_text(b, m);
    break;
  case MARK_IMAGE:
    put_target(b, "image", m);
    break;
  case MARK_LINK:
    put_target(b, "link", m);
    break;
  case MARK_FIGURE:
    put_target(b, "value", m);
    break;
  default:
    put_shape(b, m);
  }
  buf_byte(b, '\n');
}

Str pages_dump(Arena *a, const Pages *pages) {
  Buf b = buf_new(a);
  PageReader *reader = page_reader_new(a);
  for (size_t i = 0; i < pages->n_pages; i++) {
    PageMarks p = page_marks(reader, &pages->pages[i]);
    buf_fmt(&b, "page %d\n", p.number);
    for (size_t j = 0; j < p.n_marks; j++)
      put_mark(&b, &p.marks[j]);
  }
  for (size_t i = 0; i < pages->n_watermark; i++) {
    buf_fmt(&b, "watermark ");
    put_mark(&b, &pages->watermark[i]);
  }
  for (size_t i = 0; i < pages->n_bookmarks; i++) {
    const Bookmark *m = &pages->bookmarks[i];
    buf_fmt(&b, "bookmark %d page %zu %.*s\n", m->level, m->page + 1,
            STR_ARG(m->title));
  }
  for (size_t i = 0; i < pages->n_dests; i++) {
    const Destination *m = &pages->dests[i];
    buf_fmt(&b, "dest %.*s page %zu", STR_ARG(m->id), m->page + 1);
    put_lens(&b, "", (Len[]){m->x, m->y}, 2);
    buf_byte(&b, '\n');
  }
  return buf_str(&b);
}

Str vlist_dump(Arena *a, const VList *v) {
  static const char *const kinds[] = {"box", "glue", "force"};
  Buf b = buf_new(a);
  for (size_t i = 0; i < v->items.len; i++) {
    const Item *it = &v->items.data[i];
    put_lens(&b, kinds[it->kind], &it->height, 1);
    if (it->penalty)
      buf_fmt(&b, " penalty %d", it->penalty);
    if (it->strip)
      buf_fmt(&b, " column");
    buf_fmt(&b, "%s%s%s%s\n", it->snap ? " snap" : "",
            it->pinned ? " pinned" : "", it->odd ? " odd" : "",
            it->repeat ? " row" : "");
    for (size_t j = 0; j < it->n_marks; j++)
      buf_fmt(&b, "  "), put_mark(&b, &it->marks[j]);
  }
  return buf_str(&b);
}
