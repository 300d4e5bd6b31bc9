// Finds the figures in a dossier's articles.
#include "extract.h"

void extract_figures(Arena *a, Diags *d, Dossier *dossier,
                     const Dictionary *dictionary) {
  (void)a, (void)d, (void)dossier, (void)dictionary;
}
