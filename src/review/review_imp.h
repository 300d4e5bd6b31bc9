// Between the files of review.
#ifndef REVIEW_IMP_H
#define REVIEW_IMP_H

#include "review.h"

// The dossier as the page's script wants it: JSON that can stand in a script
// element, since no < is written as itself.
Str review_data(Arena *a, const Dossier *dossier, const ReviewOptions *options);

#endif
