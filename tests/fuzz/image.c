// Any bytes as a picture: refused, or its rows are as large as it says.
#include "pdf_image.h"
#include <stdlib.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Makes the check sums of a PNG's chunks right, so that more than they is
// tried.
static void sums_mend(unsigned char *p, size_t size) {
  for (size_t at = 8; size >= 12 && at <= size - 12;) {
    size_t n = (size_t)p[at] << 24 | (size_t)p[at + 1] << 16 |
               (size_t)p[at + 2] << 8 | p[at + 3];
    if (n > size - at - 12)
      return;
    unsigned long sum = crc32(0, p + at + 4, (unsigned)n + 4);
    for (int i = 0; i < 4; i++)
      p[at + 8 + n + (size_t)i] = (unsigned char)(sum >> (24 - 8 * i));
    at += n + 12;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!size)
    return 0;
  Arena *a = arena_new();
  Picture pic;
  Str bytes = str_copy(a, (Str){(const char *)data + 1, size - 1});
  if (data[0] & 2)
    sums_mend((unsigned char *)bytes.data, bytes.len);
  const char *fault = picture_read(a, bytes, &pic);
  size_t pixels = (size_t)pic.width * pic.height;
  if (!fault && !pic.jpeg && pic.bytes.len != pixels * (size_t)pic.channels)
    abort();
  arena_free(a);
  return 0;
}
