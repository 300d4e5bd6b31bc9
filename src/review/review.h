// review: the page in which a person checks the figures: one HTML file that
// needs neither server nor network (docs/review.md).
#ifndef REVIEW_H
#define REVIEW_H

#include "dossier.h"

struct Finding;

typedef struct {
  Str corrections; // text of an earlier corrections.xml, empty if none
  const struct Finding *findings; // conflicts, see history.h
  size_t n_findings;
} ReviewOptions;

// The page as HTML, in the arena; the same bytes for the same dossier.
Str review_page(Arena *a, const Dossier *dossier, const ReviewOptions *options);

#endif
