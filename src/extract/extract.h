// extract: finds the figures in a dossier's articles, each with its place.
#ifndef EXTRACT_H
#define EXTRACT_H

#include "dossier.h"

// Fills figures of every article and `topic` where it is empty. The dictionary
// may be NULL. Deterministic; linear in the length of the text.
void extract_figures(Arena *a, Diags *d, Dossier *dossier,
                     const Dictionary *dictionary);

#endif
