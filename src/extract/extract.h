// extract: finds the figures in a dossier's articles, each with its place.
#ifndef EXTRACT_H
#define EXTRACT_H

#include "dossier.h"

// Fills figures of every article and `topic` where it is empty. The dictionary
// may be NULL. Deterministic; linear in the length of the text.
void extract_figures(Arena *a, Diags *d, Dossier *dossier,
                     const Dictionary *dictionary);

// Why the figures are what they are: for the figures whose id begins with `id`,
// or, where line is not 0, for all of the page's text on that line: each field
// with the rules that gave it, the sentence, its tokens, and the numerals that
// were refused, with the reason. Empty if there is nothing to explain.
Str extract_explain(Arena *a, const Dossier *dossier, Str id, size_t line);

#endif
