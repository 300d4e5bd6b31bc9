// Inputs of doors whose files are too well made for chance: a good file, of
// which the input tells what is changed.
#ifndef PATCH_H
#define PATCH_H

#include "base.h"

// What the bytes stand for: below 128 the rest is the file; else each four
// bytes change the good one: two for the place, what to do, a value.
static Str patched(Arena *a, Str good, const uint8_t *data, size_t size) {
  if (!size || data[0] < 128 || !good.len)
    return str_copy(a, (Str){(const char *)data + !!size, size - !!size});
  Str out = str_copy(a, good);
  char *bytes = (char *)out.data;
  for (size_t i = 1; i + 4 <= size && out.len; i += 4) {
    size_t at = ((size_t)data[i] << 8 | data[i + 1]) % out.len;
    size_t wide = out.len - at < 4 ? out.len - at : 4;
    uint8_t kind = data[i + 2];
    if (kind < 128)
      bytes[at] = (char)data[i + 3];
    else if (kind < 224)
      bytes[at] = (char)(bytes[at] + data[i + 3]);
    else if (kind < 252)
      memset(bytes + at, data[i + 3], wide);
    else
      out.len = at;
  }
  return out;
}

#endif
