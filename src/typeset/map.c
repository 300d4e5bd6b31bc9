// Where each figure is printed, as JSON: for audits and for tools.
#include "typeset-imp.h"

static void put_length(Buf *b, Len v, const char *after) {
  Len abs = v < 0 ? -v : v;
  buf_fmt(b, "%s%d.%03d%s", v < 0 ? "-" : "", abs / 1000, abs % 1000, after);
}

Str pages_map(Arena *a, const Pages *pages) {
  Buf b = buf_new(a);
  bool any = false;
  buf_byte(&b, '[');
  PageReader *reader = page_reader_new(a);
  for (size_t i = 0; i < pages->n_pages; i++) {
    PageMarks p = page_marks(reader, &pages->pages[i]);
    for (size_t k = 0; k < p.n_marks; k++) {
      const Mark *m = &p.marks[k];
      if (m->kind != MARK_FIGURE)
        continue;
      buf_fmt(&b, "%s\n{\"page\":%d,\"box\":[", any ? "," : "", p.number);
      put_length(&b, m->x, ",");
      put_length(&b, m->y, ",");
      put_length(&b, m->w, ",");
      put_length(&b, m->h, "],\"figure\":");
      json_string(&b, m->target);
      buf_byte(&b, '}');
      any = true;
    }
  }
  buf_add(&b, STR("\n]\n"));
  return buf_str(&b);
}
