// Templates: literal text with {XPath} in it; {{ and }} are literal braces.
#include "layout-imp.h"

// The end of an expression that begins at i: the '}' outside quotes.
static size_t expr_end(Str s, size_t i) {
  char quote = 0;
  for (; i < s.len; i++) {
    char c = s.data[i];
    if (quote) {
      if (c == quote)
        quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '}') {
      return i;
    }
  }
  return SIZE_MAX;
}

static void flush(Arena *a, Pieces *out, Buf *b, size_t at) {
  if (b->len)
    *vec_push(a, out) = (Piece){buf_str(b), false, at};
  *b = buf_new(a);
}

bool template_parse(Arena *a, Str s, Pieces *out, size_t *bad) {
  Buf b = buf_new(a);
  size_t from = 0;
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    bool twice = i + 1 < s.len && s.data[i + 1] == c;
    if (c == '{' && !twice) {
      flush(a, out, &b, from);
      size_t end = expr_end(s, i + 1);
      if (end == SIZE_MAX) {
        *bad = i;
        return false;
      }
      *vec_push(a, out) = (Piece){str_slice(s, i + 1, end), true, i + 1};
      i = end;
      from = end + 1;
      continue;
    }
    if ((c == '{' || c == '}') && twice)
      i++;
    buf_byte(&b, c);
  }
  flush(a, out, &b, from);
  return true;
}

Span span_inside(Span at, Str whole, size_t begin, size_t end) {
  if (!at.file || at.end - at.begin != whole.len)
    return at; // escapes in the source: only the whole is known
  return span_of(at.file, at.begin + begin, at.begin + end);
}
