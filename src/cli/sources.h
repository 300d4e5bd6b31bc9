// Between sources.c and its users: pages one after the other, from wherever.
#ifndef SOURCES_H
#define SOURCES_H

#include "cli.h"

typedef struct Sources Sources;

// Files, folders (folder_pages), archives (.tar, .tar.*, .tgz, .zip)
// and "-" (a page or an archive on standard input); then the paths listed, one
// a line, in `list` ("-": standard input), if given.
Sources *sources_open(Run *r, const Str *paths, size_t n, Str list);
// Loads the next page into `a`. What cannot be read is reported to `d` and left
// out. NULL at the end.
File *sources_next(Sources *s, Arena *a, Diags *d);

// ---- folders.c -------------------------------------------------------------
// Appends the pages of a folder and of those FOLDERS_DEEP below it, sorted by
// path; a folder reached twice is read once. What cannot be read, that there is
// none, and which folders below had some is reported.
void folder_pages(Run *r, Str folder, StrList *paths);

#endif
