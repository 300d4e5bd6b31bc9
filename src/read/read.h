// read: page text → articles whose every character remembers its place.
#ifndef READ_H
#define READ_H

#include "dossier.h"

typedef struct {
  Str encoding; // IANA name, empty: detect
  Str date;     // 2025-12-30, empty: from the file name or the text
} ReadOptions;

// Reads one page file into the dossier: decodes, types blocks, mends, groups
// into articles. What could not be mended stands in the page's flags. Ids are
// p<N>, p<N>a<M>, p<N>a<M>t<K>. Reports unreadable input and leaves the dossier
// without the page.
void read_page(Arena *a, Diags *d, Dossier *dossier, File *f,
               const ReadOptions *options);
// After all pages: joins continued articles (下转 / 接N版), uses an article
// given twice only once (use="no" on the copy).
void read_finish(Arena *a, Diags *d, Dossier *dossier);

#endif
