// Between the files of dossier: names of the format.
#ifndef DOSSIER_IMP_H
#define DOSSIER_IMP_H

#include "dossier.h"

// Element name of a block kind.
extern const char *const block_names[];
enum { BLOCK_KINDS = BLOCK_PARA + 1 };

#endif
