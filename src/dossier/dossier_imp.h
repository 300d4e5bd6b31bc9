// Between the files of dossier: names of the format.
#ifndef DOSSIER_IMP_H
#define DOSSIER_IMP_H

#include "dossier.h"

// Element name of a block kind.
extern const char *const block_names[];
enum { BLOCK_KINDS = BLOCK_PARA + 1 };

// Whether the list, which has each word between blanks, has this one.
bool has_word(const char *list, Str word);
// Whether a dossier may say that of a figure: decimals and measures.
bool figure_value_good(Str name, Str value);

#endif
