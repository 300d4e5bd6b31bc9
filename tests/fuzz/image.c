// Any bytes as a picture: refused, or its rows are as large as it says.
#include "pdf_image.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!size)
    return 0;
  Arena *a = arena_new();
  Picture pic;
  Str bytes = {(const char *)data + 1, size - 1};
  const char *fault = picture_read(a, bytes, data[0] & 1, &pic);
  size_t pixels = (size_t)pic.width * pic.height;
  if (!fault && !pic.jpeg && pic.bytes.len != pixels * (size_t)pic.channels)
    abort();
  if (!fault && pic.alpha.len && pic.alpha.len != pixels)
    abort();
  arena_free(a);
  return 0;
}
