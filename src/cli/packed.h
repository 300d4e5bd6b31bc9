// Between packed.c and sources.c: the pages of an archive, one after the other.
#ifndef PACKED_H
#define PACKED_H

#include "cli.h"

typedef struct Packed Packed;

// A page of text by its name: *.txt or *.md, and neither hidden nor the README
// that explains a folder.
bool packed_is_page(Str path);
// Whether an archive lies there, by the path's ending.
bool packed_is_name(Str path);
// The first bytes of standard input, as many as packed_sniff looks at. What is
// asked after them is read by packed_open or file_load_rest.
Str packed_head(Arena *a);
// Whether these bytes begin an archive: a tar header whose sum is right, zip,
// or a compressed file.
bool packed_sniff(Str head);
// Opens an archive; "-" is standard input after `head`. NULL: reported to `d`.
// Closed at its end, or with `a`.
Packed *packed_open(Arena *a, Diags *d, Str path, Str head);
// Loads the next page into `a`. NULL at the end, or where it is broken
// (reported); the archive is closed then.
File *packed_next(Packed *p, Arena *a, Diags *d);

#endif
