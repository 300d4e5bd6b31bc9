// Blocks → pages of marks: the stages in order.
#include "typeset-imp.h"

Pages *typeset(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  (void)d;
  Pages *p = NEW(a, Pages);
  p->doc = doc;
  p->fonts = fonts;
  return p;
}

Str pages_dump(Arena *a, const Pages *pages) {
  (void)a, (void)pages;
  return STR("");
}

Str boxes_dump(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  (void)a, (void)d, (void)doc, (void)fonts;
  return STR("");
}
