// Which page reference of a document moves from pass to pass.
#include "typeset-imp.h"

typedef struct {
  const PageMaps *before, *now;
  Unsettled *found;
} Search;

static bool moves(const Search *s, const Inline *run) {
  Unsettled *u = s->found;
  if (run->kind == INLINE_PAGE_REF) {
    intptr_t was = (intptr_t)map_lookup(s->before->pages, run->text);
    intptr_t is = (intptr_t)map_lookup(s->now->pages, run->text);
    u->was = str_int(u->arena, was), u->is = str_int(u->arena, is);
  } else if (run->kind == INLINE_FIGURE_PAGES) {
    u->was = figure_pages(s->before->figures, run->text);
    u->is = figure_pages(s->now->figures, run->text);
  } else {
    return false;
  }
  u->run = run;
  return !str_eq(u->was, u->is);
}

static bool in_para(const Search *s, const Para *p) {
  for (size_t i = 0; i < p->n; i++)
    if (moves(s, &p->runs[i]))
      return true;
  return false;
}

static bool in_table(const Search *s, const Table *t) {
  for (size_t r = 0; r < t->n_rows; r++)
    for (size_t c = 0; c < t->rows[r].n; c++)
      for (size_t i = 0; i < t->rows[r].cells[c].n; i++)
        if (in_para(s, &t->rows[r].cells[c].paras[i]))
          return true;
  for (size_t i = 0; i < t->n_notes; i++)
    if (in_para(s, &t->notes[i]))
      return true;
  return in_para(s, &t->caption);
}

static bool in_blocks(const Search *s, const LayBlock *b, int depth) {
  for (; b; b = b->next) {
    bool here = b->kind == LAY_PARA    ? in_para(s, &b->para)
                : b->kind == LAY_TABLE ? in_table(s, b->table)
                                       : false;
    if (here)
      return true;
    if (b->kind == LAY_GROUP && depth > 0 && in_blocks(s, b->first, depth - 1))
      return true;
  }
  return false;
}

bool unsettled_find(const Document *doc, const PageMaps *before,
                    const PageMaps *now, Unsettled *found) {
  Search s = {before, now, found};
  if (in_blocks(&s, doc->first, NEST_MAX))
    return true;
  for (size_t i = 0; i < doc->n_notes; i++)
    if (in_para(&s, &doc->notes[i].para))
      return true;
  return false;
}
