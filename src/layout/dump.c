// The block tree as text, for tests and for curious eyes.
#include "layout-imp.h"

static void dump_runs(Buf *b, const Para *p) {
  static const char *const marks[] = {
      "",        "[br]",      "[fill",        "[page-of ", "[page]",
      "[pages]", "[running]", "[pages-with ", "[note ",    "[copy "};
  for (size_t i = 0; i < p->n; i++) {
    const Inline *r = &p->runs[i];
    if (r->kind == INLINE_TEXT) {
      if (r->figure.len)
        buf_fmt(b, "<%.*s>", STR_ARG(r->text));
      else if (r->style->shift)
        buf_fmt(b, "^%.*s^", STR_ARG(r->text));
      else
        buf_add(b, r->text);
      continue;
    }
    buf_add(b, str_of(marks[r->kind]));
    if (r->kind == INLINE_LEADER || r->kind == INLINE_PAGE_REF ||
        r->kind == INLINE_FIGURE_PAGES || r->kind == INLINE_NOTE ||
        r->kind == INLINE_COPY)
      buf_fmt(b, "%.*s]", STR_ARG(r->text));
  }
}

static void indent(Buf *b, int depth) {
  for (int i = 0; i < depth; i++)
    buf_add(b, STR("  "));
}

static void dump_style(Buf *b, const Style *s) {
  static const char *const aligns[] = {"justify", "left", "centre", "right",
                                       "decimal"};
  buf_fmt(b, "%.*s %d.%03d %s", STR_ARG(s->face), s->size / 1000,
          s->size % 1000, aligns[s->align]);
}

static void dump_table(Buf *b, const Table *t, int depth) {
  static const char *const kinds[] = {"head", "body", "group", "total"};
  if (t->caption.n) {
    indent(b, depth);
    buf_add(b, STR("caption "));
    dump_runs(b, &t->caption);
    buf_byte(b, '\n');
  }
  if (t->unit.n) {
    indent(b, depth);
    dump_runs(b, &t->unit);
    buf_byte(b, '\n');
  }
  for (size_t i = 0; i < t->n_rows; i++) {
    indent(b, depth);
    buf_fmt(b, "%s", kinds[t->rows[i].kind]);
    for (size_t c = 0; c < t->rows[i].n; c++) {
      const TableCell *k = &t->rows[i].cells[c];
      buf_add(b, STR(" |"));
      if (k->colspan > 1 || k->rowspan > 1)
        buf_fmt(b, "(%dx%d)", k->colspan, k->rowspan);
      for (size_t p = 0; p < k->n; p++) {
        buf_add(b, p ? STR(" / ") : STR(" "));
        dump_runs(b, &k->paras[p]);
      }
    }
    buf_byte(b, '\n');
  }
  for (size_t i = 0; i < t->n_notes; i++) {
    indent(b, depth);
    buf_add(b, STR("note "));
    dump_runs(b, &t->notes[i]);
    buf_byte(b, '\n');
  }
}

static void dump_chart(Buf *b, const Chart *c, int depth) {
  for (size_t i = 0; i < c->n_series; i++) {
    indent(b, depth);
    buf_fmt(b, "series %.*s:", STR_ARG(c->series[i].name));
    for (size_t k = 0; k < c->n_categories; k++)
      buf_fmt(b, " %.*s=%.*s", STR_ARG(c->categories[k]),
              STR_ARG(c->series[i].labels[k]));
    buf_byte(b, '\n');
  }
}

static void dump_block(Buf *b, const LayBlock *k, int depth) {
  static const char *const kinds[] = {"para",  "table", "rule",  "space",
                                      "break", "group", "chart", "image"};
  indent(b, depth);
  buf_add(b, str_of(kinds[k->kind]));
  if (k->id.len)
    buf_fmt(b, " #%.*s", STR_ARG(k->id));
  if (k->level)
    buf_fmt(b, " h%d", k->level);
  if (k->pinned)
    buf_add(b, STR(" pinned"));
  if (k->soft)
    buf_add(b, STR(" soft"));
  if (k->columns)
    buf_fmt(b, " columns %d", k->columns);
  if (k->kind == LAY_PARA) {
    buf_add(b, STR(" ["));
    dump_style(b, k->style);
    buf_add(b, STR("] "));
    dump_runs(b, &k->para);
  }
  if (k->kind == LAY_RULE)
    buf_fmt(b, " %d.%03d #%06x", k->rule_width / 1000, k->rule_width % 1000,
            (unsigned)k->style->colour);
  if (k->kind == LAY_IMAGE)
    buf_fmt(b, " %s", k->image->qr ? "qr" : "picture");
  buf_byte(b, '\n');
  if (k->kind == LAY_TABLE)
    dump_table(b, k->table, depth + 1);
  if (k->kind == LAY_CHART)
    dump_chart(b, k->chart, depth + 1);
}

static void dump_list(Buf *b, const LayBlock *k, int depth) {
  for (; k; k = k->next) {
    dump_block(b, k, depth);
    if (k->kind == LAY_GROUP && depth < 200)
      dump_list(b, k->first, depth + 1);
  }
}

Str document_dump(Arena *a, const Document *doc) {
  Buf b = buf_new(a);
  const PageMaster *m = &doc->master;
  buf_fmt(&b, "document %.*s\n", STR_ARG(doc->title));
  buf_fmt(&b, "page %d x %d margins %d %d %d %d\n", m->width, m->height, m->top,
          m->bottom, m->inner, m->outer);
  dump_list(&b, doc->first, 0);
  for (size_t i = 0; i < doc->n_notes; i++) {
    buf_fmt(&b, "note %.*s ", STR_ARG(doc->notes[i].number));
    dump_runs(&b, &doc->notes[i].para);
    buf_byte(&b, '\n');
  }
  return buf_str(&b);
}
