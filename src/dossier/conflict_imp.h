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
Finding *latest(Finder *f); // the one just added
Str figure_name(const Figure *f);
// 《甲报》 2025-12-30《标题》: paper, date and headline.
Str page_words(Arena *a, const FigureAt *at);
// What is done here and there, 惠及职工 or 慰问: not one fact.
bool is_doing(Str indicator);
// ×10, ×10⁴ …: a power of ten between two values; empty if there is none.
Str unit_slip(const Figure *x, const Figure *y);

// ---- conflict_past.c: one figure against earlier issues --------------------
void conflicts_with_past(Finder *f, const ToldVec *all, size_t at, History *h);

// ---- conflict_check.c ------------------------------------------------------
// The checks inside one sentence: 分别 sums, shares, changes.
void conflicts_in_sentences(Finder *f, const ToldVec *all);

#endif
