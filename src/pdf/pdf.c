// Pages of marks → a PDF file.
#include "pdf.h"

bool pdf_write(Arena *a, Diags *d, const Pages *pages,
               const PdfOptions *options, Str path) {
  (void)pages, (void)options;
  Out *o = out_open(a, d, path);
  return o && out_commit(o);
}
