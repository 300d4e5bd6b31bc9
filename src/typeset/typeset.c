// Blocks → pages of marks: the stages in order.
#include "typeset-imp.h"

FontSet *fontset_open(Arena *a, Diags *d, const Document *doc,
                      const FontOptions *options) {
  (void)a, (void)d, (void)doc, (void)options;
  return NULL;
}

Pages *typeset(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  (void)d;
  Pages *p = NEW(a, Pages);
  p->doc = doc;
  p->fonts = fonts;
  return p;
}

Str fontset_report(Arena *a, Diags *d, const FontOptions *options) {
  (void)a, (void)d, (void)options;
  return STR("");
}

Str pages_dump(Arena *a, const Pages *pages) {
  (void)a, (void)pages;
  return STR("");
}

Str boxes_dump(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  (void)a, (void)d, (void)doc, (void)fonts;
  return STR("");
}
