// Templates: literal text with {XPath} in it; {{ and }} are literal braces.
#include "layout-imp.h"
#include <stdlib.h>

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

static const char *brace_in(Str s, size_t from) {
  for (size_t i = from; i < s.len; i++)
    if (s.data[i] == '{' || s.data[i] == '}')
      return s.data + i;
  return NULL;
}

static void flush(Arena *a, Pieces *out, Str text, size_t at) {
  if (text.len)
    *vec_push(a, out) = (Piece){text, false, at};
}

// The literal text from *i to the next expression or the end: a slice of s
// where no brace stands for itself.
static Str literal(Arena *a, Str s, size_t *i) {
  size_t from = *i;
  Buf b = buf_new(a);
  for (;;) {
    const char *brace = brace_in(s, *i);
    size_t at = brace ? (size_t)(brace - s.data) : s.len;
    bool twice = at + 1 < s.len && s.data[at + 1] == s.data[at];
    if (!twice && (at == s.len || s.data[at] == '{')) {
      Str rest = str_slice(s, from, at);
      *i = at;
      if (!b.len)
        return rest;
      buf_add(&b, rest);
      return buf_str(&b);
    }
    buf_add(&b, str_slice(s, from, at + 1));
    *i = from = at + 1 + twice;
  }
}

bool template_parse(Arena *a, Str s, Pieces *out, size_t *bad) {
  for (size_t i = 0; i < s.len;) {
    size_t from = i;
    flush(a, out, literal(a, s, &i), from);
    if (i == s.len)
      break;
    size_t end = expr_end(s, i + 1);
    if (end == SIZE_MAX) {
      *bad = i;
      return false;
    }
    *vec_push(a, out) = (Piece){str_slice(s, i + 1, end), true, i + 1};
    i = end + 1;
  }
  return true;
}

// Bytes that the &…; at the start of s stands for.
static size_t escape_bytes(Str s) {
  if (!str_starts(s, STR("&#")))
    return 1;
  bool hex = str_starts(s, STR("&#x"));
  long c = strtol(s.data + (hex ? 3 : 2), NULL, hex ? 16 : 10);
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

// Where byte `want` of the read value stands in its source, which may escape.
static size_t source_offset(Str source, size_t want) {
  size_t at = 0, read = 0;
  while (at < source.len && read < want) {
    size_t end = source.data[at] == '&' ? str_find(source, STR(";"), at) : at;
    if (end == SIZE_MAX)
      return source.len;
    read += end > at ? escape_bytes(str_slice(source, at, end)) : 1;
    at = end + 1;
  }
  return at;
}

Span span_inside(Span at, Str whole, size_t begin, size_t end) {
  if (!at.file)
    return at;
  if (at.end - at.begin == whole.len)
    return span_of(at.file, at.begin + begin, at.begin + end);
  Str source = str_slice(at.file->text, at.begin, at.end);
  return span_of(at.file, at.begin + source_offset(source, begin),
                 at.begin + source_offset(source, end));
}
