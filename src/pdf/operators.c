// Pieces of content streams: numbers, marked content.
#include "operators.h"
#include "pdf_imp.h"

static char *put_whole(char *at, uint32_t v) {
  do
    *--at = (char)('0' + v % 10);
  while ((v /= 10) != 0);
  return at;
}

void put_decimal(Buf *b, int32_t v, int places) {
  char t[24], *end = t + sizeof t, *at = end;
  uint32_t u = v < 0 ? 0u - (uint32_t)v : (uint32_t)v;
  for (; places && u % 10 == 0; places--)
    u /= 10;
  for (int i = 0; i < places; i++, u /= 10)
    *--at = (char)('0' + u % 10);
  if (places)
    *--at = '.';
  if (u || !places)
    at = put_whole(at, u);
  if (v < 0)
    *--at = '-';
  buf_add(b, (Str){at, (size_t)(end - at)});
}

void put_int(Buf *b, int32_t v) {
  put_decimal(b, v, 0);
}

void put_ref(Buf *b, uint32_t no) {
  put_int(b, (int32_t)no);
  buf_add(b, STR(" 0 R"));
}

void put_milli(Buf *b, Len v) {
  put_decimal(b, v, 3);
}

void put_piece(Buf *b, const char *name, int mcid) {
  buf_byte(b, '/');
  buf_add(b, str_of(name));
  buf_add(b, STR("<</MCID "));
  put_int(b, mcid);
  buf_add(b, STR(">>BDC\n"));
}

// UTF-16 in a literal string.
static void put_utf16(Buf *b, Str text) {
  for (size_t i = 0; i < text.len;) {
    uint16_t units[2];
    size_t n = utf16_units(units, utf8_next(text, &i));
    for (size_t k = 0; k < 2 * n; k++) {
      char byte = (char)(units[k / 2] >> (k % 2 ? 0 : 8) & 0xFF);
      if (byte == '(' || byte == ')' || byte == '\\')
        buf_byte(b, '\\');
      if (byte == '\r')
        buf_add(b, STR("\\r"));
      else
        buf_byte(b, byte);
    }
  }
}

void put_actual_text(Buf *b, const Mark *marks, size_t n) {
  buf_add(b, STR("/Span<</ActualText(\xFE\xFF"));
  for (size_t i = 0; i < n; i++) {
    if (marks[i].kind != MARK_TEXT)
      continue;
    put_utf16(b, marks[i].text);
    if (marks[i].space_after)
      put_utf16(b, STR(" "));
  }
  buf_add(b, STR(")>>BDC\n"));
}
