// Making dossiers, and asking a text block where its characters came from.
#include "dossier.h"

Dossier *dossier_new(Arena *a) {
  Dossier *dossier = NEW(a, Dossier);
  dossier->version = STR("1");
  dossier->period = STR("");
  dossier->state = STR("draft");
  return dossier;
}

const TextBlock *article_block(const Article *article, BlockKind kind) {
  for (size_t i = 0; i < article->blocks.len; i++)
    if (article->blocks.data[i].kind == kind)
      return &article->blocks.data[i];
  return NULL;
}

uint32_t block_source(const TextBlock *b, size_t at) {
  if (b->n_runs == 0 || at < b->runs[0].clean)
    return UINT32_MAX;
  size_t lo = 0, hi = b->n_runs;
  while (hi - lo > 1) {
    size_t mid = lo + (hi - lo) / 2;
    if (b->runs[mid].clean <= at)
      lo = mid;
    else
      hi = mid;
  }
  return b->runs[lo].source + (uint32_t)(at - b->runs[lo].clean);
}
