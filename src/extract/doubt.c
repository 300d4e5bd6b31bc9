// What a person should look at before a figure is printed as fact.
#include "extract_imp.h"

static bool gap_in(const Text *t, const TextBlock *b, const Clause *clause) {
  uint32_t from = t->at[clause->begin], to = t->at[clause->end];
  for (size_t i = 0; i < b->n_gaps; i++)
    if (b->gaps[i] >= from && b->gaps[i] <= to)
      return true;
  return false;
}

void field_doubt(const Context *c, const TextBlock *b, Figure *f) {
  const Number *n = &c->numbers->data[c->i];
  if (b->n_gaps && gap_in(c->t, b, &c->clause))
    f->doubt = STR("此句有缺字");
  else if (!f->unit.len && !n->ratio && !n->rank)
    f->doubt = STR("未印单位");
  else if (f->indicator.len <= 3) // nothing, or one character
    f->doubt = STR("不知所指");
  for (size_t i = n->begin; i < n->end; i++)
    if (c->t->c[i] == 0xFFFD)
      f->doubt = STR("数字旁有乱码");
}
