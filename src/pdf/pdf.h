// pdf: plays pages of marks onto libharu, which serves as a writer of objects.
#ifndef PDF_H
#define PDF_H

#include "typeset.h"

typedef struct {
  bool tagged;  // structure tree, zh-CN
  bool print;   // colours as DeviceGray / DeviceCMYK
  bool archive; // PDF/A
  Str sheet;    // booklet: A3 or A4, two pages a side; empty: none
  Len creep;    // booklet: by how much a sheet stands out of the next
  Str producer; // Info, e.g. "jianbao 0.1.0"
} PdfOptions;

// Writes the whole file, or nothing: out_open/out_commit. False: reported.
// Same pages, same bytes.
bool pdf_write(Arena *a, Diags *d, const Pages *pages,
               const PdfOptions *options, Str path);

#endif
