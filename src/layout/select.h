// select: figures chosen from the dossier, without XPath's types.
#ifndef SELECT_H
#define SELECT_H

#include "layout-imp.h"

// One figure of the dossier, with where it stands.
typedef struct Fact {
  const Figure *figure;
  const Article *article;
  const Page *page;
  XmlNode *node;
  size_t order; // in the dossier
} Fact;
typedef VEC(const Fact *) Facts;

// Each keeps some of the facts, in their order, and returns how many.
size_t facts_unique(Arena *a, const Fact **facts, size_t n);
size_t facts_within(const Fact **facts, size_t n, Str period);
// By region (any link of the chain) and period; empty: any.
size_t facts_matching(const Fact **facts, size_t n, Str region, Str period);
// The `most` most telling, best first.
size_t facts_key(Arena *a, const Fact **facts, size_t n, size_t most);
// The `most` most telling for a table, in the order of the dossier.
size_t facts_telling(Arena *a, const Fact **facts, size_t n, size_t most,
                     Str period);
// Levels of one indicator in one unit over the most places, for a chart;
// nothing where fewer than three places have one.
size_t facts_comparable(Arena *a, const Fact **facts, size_t n, size_t most);
// The title, else the kicker, else the first clause; empty if there is none.
Str article_headline(Arena *a, const Article *t);
Str article_authors(Arena *a, const Article *t);

#endif
