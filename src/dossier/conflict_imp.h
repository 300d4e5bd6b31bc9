// Between conflict*.c: the figures of a dossier in order, and findings.
#ifndef CONFLICT_IMP_H
#define CONFLICT_IMP_H

#include "compare_imp.h"

typedef struct {
  FigureAt at;
  const TextBlock *block; // NULL if unknown
  size_t begin;           // of the printed number in the block's text
  size_t sentence, stop;  // the sentence that holds it
} Told;

typedef VEC(Told) ToldVec;

typedef struct {
  Arena *arena;
  VEC(Finding) found;
} Finder;

// Adds a finding; what and other go into its words, detail is language-free.
void find(Finder *f, FindingKind kind, FigureAt a, FigureAt b, Str text);
// The checks inside one sentence: 分别 sums, shares, changes.
void conflicts_in_sentences(Finder *f, const ToldVec *all);

#endif
