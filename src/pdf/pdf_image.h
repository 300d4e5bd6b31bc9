// Pictures read into memory: what a PDF needs of them.
#ifndef PDF_IMAGE_H
#define PDF_IMAGE_H

#include "pdf_imp.h"

enum { PIXELS_MAX = 40000000, SIDE_MAX = 32767 };

typedef struct {
  uint32_t width, height;
  int channels;  // 1 grey, 3 RGB, 4 CMYK (JPEG)
  Str bytes;     // rows of samples, or the JPEG file
  bool jpeg;     // bytes go into the file as they are
  bool inverted; // Adobe's CMYK
} Picture;

// Reads a PNG or JPEG by its first bytes; transparent pixels are laid on white.
// NULL, or what is wrong (English, a phrase without full stop).
const char *picture_read(Arena *a, Str bytes, Picture *pic);
// What is wrong with such a size, or NULL.
const char *picture_limit(uint64_t width, uint64_t height);
const char *png_read(Arena *a, Str bytes, Picture *pic);
const char *jpeg_read(Str bytes, Picture *pic);

#endif
