// A dossier's XML as a tree of slices of its file.
#ifndef ELEM_H
#define ELEM_H

#include "base.h"

typedef struct Elem {
  Str name; // local; empty: text
  Str ns;   // of the root
  Str text;
  Span at; // of the start tag's name, or the text
  const XmlAttr *attrs;
  size_t n_attrs;
  struct Elem *parent, *first, *last, *next;
} Elem;

// The root, or NULL: reported. Strings that are no slices of the file live in
// `a`, the tree in `tree`.
Elem *elem_tree(Arena *a, Arena *tree, Diags *d, const File *f);
// e, or the next sibling that is an element.
Elem *elem_of(Elem *e);
// Of an attribute's value; of the element where it has none.
Span elem_attr_span(const Elem *e, const char *name);

#endif
