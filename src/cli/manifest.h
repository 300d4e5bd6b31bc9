// Between manifest.c and run.c: the items of a run.
#ifndef MANIFEST_H
#define MANIFEST_H

#include "cli.h"

typedef struct {
  Str name, output; // as the manifest has them
  Options options;  // of `build`; inputs[0] is the layout
  // What became of it.
  Arena *arena; // of the item alone, with its messages
  Diags *diags;
  int code;
  size_t pages, warnings;
  bool skipped; // unchanged (--resume)
  bool done;
  Str inputs; // hash of everything the item is made from
} Item;

typedef struct {
  Item *items;
  size_t n;
} Manifest;

// NULL: reported.
Manifest *manifest_load(Run *r, Str path);
Manifest *manifest_read(Run *r, const File *f);

// --resume, by content: marks the items whose inputs and output are those of
// the last run; afterwards notes what this run made in MANIFEST.state.
void resume_begin(Run *r, Manifest *m);
void resume_end(Run *r, const Manifest *m);

#endif
