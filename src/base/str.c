// Slices of UTF-8 text, characters, and a growing buffer.
#include "base.h"
#include <stdarg.h>
#include <stdio.h>

Str str_of(const char *z) {
  return z ? (Str){z, strlen(z)} : STR_NONE;
}

bool str_eq(Str a, Str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool str_is(Str a, const char *z) {
  return str_eq(a, str_of(z));
}

int str_cmp(Str a, Str b) {
  size_t n = a.len < b.len ? a.len : b.len;
  int c = n ? memcmp(a.data, b.data, n) : 0;
  return c ? c : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix) {
  return s.len >= prefix.len && str_eq((Str){s.data, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix) {
  return s.len >= suffix.len &&
         str_eq((Str){s.data + (s.len - suffix.len), suffix.len}, suffix);
}

size_t str_find(Str s, Str what, size_t from) {
  if (what.len == 0)
    return from <= s.len ? from : SIZE_MAX;
  // of an ideograph's bytes the last is the rarest
  size_t rare = what.len > 2 && (unsigned char)what.data[0] >= 0xE0 ? 2 : 0;
  for (size_t i = from; i + what.len <= s.len; i++) {
    const char *p =
        memchr(s.data + i + rare, what.data[rare], s.len - what.len - i + 1);
    if (!p)
      return SIZE_MAX;
    i = (size_t)(p - rare - s.data);
    if (memcmp(p - rare, what.data, what.len) == 0)
      return i;
  }
  return SIZE_MAX;
}

bool str_has(Str s, Str what) {
  return str_find(s, what, 0) != SIZE_MAX;
}

Str str_slice(Str s, size_t begin, size_t end) {
  if (end > s.len)
    end = s.len;
  if (begin > end)
    begin = end;
  return (Str){s.data ? s.data + begin : NULL, end - begin};
}

Str str_head(Str s, size_t n) {
  if (n >= s.len)
    return s;
  while (n > 0 && ((unsigned char)s.data[n] & 0xC0) == 0x80)
    n--;
  return (Str){s.data, n};
}

static bool is_blank(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0;
}

Str str_trim(Str s) {
  size_t begin = 0, end = s.len;
  for (size_t i = 0; i < s.len && is_blank(utf8_next(s, &i));)
    begin = i;
  for (size_t i = end; i > begin && is_blank(utf8_prev(s, &i));)
    end = i;
  return str_slice(s, begin, end);
}

Str str_copy(Arena *a, Str s) {
  return s.data ? (Str){str_z(a, s), s.len} : s;
}

char *str_z(Arena *a, Str s) {
  char *p = arena_alloc(a, s.len + 1);
  if (s.len)
    memcpy(p, s.data, s.len);
  return p;
}

Str str_cat(Arena *a, Str x, Str y) {
  char *p = arena_alloc(a, x.len + y.len + 1);
  if (x.len)
    memcpy(p, x.data, x.len);
  if (y.len)
    memcpy(p + x.len, y.data, y.len);
  return (Str){p, x.len + y.len};
}

Str str_fmt(Arena *a, const char *fmt, ...) {
  char line[256]; // most are shorter
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(line, sizeof line, fmt, args);
  char *p = arena_alloc(a, n > 0 ? (size_t)n + 1 : 1);
  if (n > 0 && (size_t)n < sizeof line)
    memcpy(p, line, (size_t)n);
  else if (n > 0)
    vsnprintf(p, (size_t)n + 1, fmt, again);
  va_end(again);
  va_end(args);
  return (Str){p, n > 0 ? (size_t)n : 0};
}

Str str_int(Arena *a, long long n) {
  char digits[24];
  size_t i = sizeof digits;
  unsigned long long left =
      n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n;
  do
    digits[--i] = (char)('0' + left % 10);
  while (left /= 10);
  if (n < 0)
    digits[--i] = '-';
  return str_copy(a, (Str){digits + i, sizeof digits - i});
}

uint64_t str_hash(Str s) {
  uint64_t h = 0xcbf29ce484222325u;
  for (size_t i = 0; i < s.len; i++)
    h = (h ^ (unsigned char)s.data[i]) * 0x100000001b3u;
  return h;
}

// Length a lead byte announces, 0 for bytes that lead nothing.
static size_t lead_len(unsigned char b) {
  if (b < 0x80)
    return 1;
  if (b < 0xC2)
    return 0;
  return b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 0;
}

// What utf8_next has not settled itself.
uint32_t utf8_next_other(Str s, size_t *i) {
  const unsigned char *p = (const unsigned char *)s.data + *i;
  size_t n = lead_len(*p), left = s.len - *i;
  *i += 1;
  if (n == 1)
    return *p;
  if (n == 0 || n > left)
    return 0xFFFD;
  uint32_t c = *p & (0xFFu >> (n + 1));
  for (size_t k = 1; k < n; k++) {
    if ((p[k] & 0xC0) != 0x80)
      return 0xFFFD;
    c = c << 6 | (p[k] & 0x3Fu);
  }
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
    return 0xFFFD;
  *i += n - 1;
  return c;
}

uint32_t utf8_prev(Str s, size_t *i) {
  size_t end = *i;
  for (size_t n = 1; n <= 4 && n <= end; n++) {
    size_t at = end - n;
    if (((unsigned char)s.data[at] & 0xC0) == 0x80 && n < 4)
      continue;
    size_t k = at;
    uint32_t c = utf8_next(s, &k);
    if (k != end)
      break;
    *i = at;
    return c;
  }
  *i = end - 1;
  return 0xFFFD;
}

size_t utf8_put(char out[4], uint32_t c) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t k = n - 1; k > 0; k--, c >>= 6)
    out[k] = (char)(0x80 | (c & 0x3F));
  static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
  out[0] = (char)(lead[n] | c);
  return n;
}

// Whether a well-formed character of three bytes begins at i; says no to a few
// that are well-formed, and near the end.
static inline bool plain_three(Str s, size_t i) {
  if (s.len - i < 4)
    return false;
  const unsigned char *p = (const unsigned char *)s.data + i;
  uint32_t x = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
               (uint32_t)p[3] << 24; // one load
  return (x & 0x00C0C0F0) == 0x008080E0 && *p != 0xE0 && *p != 0xED;
}

size_t utf8_count(Str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.len; n++)
    if (plain_three(s, i))
      i += 3;
    else
      utf8_next(s, &i);
  return n;
}

// Eight bytes of ASCII.
static bool plain_eight(Str s, size_t i) {
  uint64_t w;
  if (s.len - i < sizeof w)
    return false;
  memcpy(&w, s.data + i, sizeof w);
  return !(w & UINT64_C(0x8080808080808080));
}

bool utf8_valid(Str s) {
  for (size_t i = 0; i < s.len;) {
    while (i < s.len && plain_eight(s, i))
      i += sizeof(uint64_t);
    while (i < s.len && plain_three(s, i))
      i += 3;
    if (i == s.len)
      break;
    size_t before = i;
    if (utf8_next(s, &i) == 0xFFFD && i - before != 3)
      return false;
  }
  return true;
}

bool char_is_han(uint32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         c == 0x3007 || c == 0x3005;
}

int char_columns(uint32_t c) {
  if (c < 0x20 || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) ||
      c == 0xFEFF)
    return 0;
  bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
              (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
              (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
              (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
              (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

Buf buf_new(Arena *a) {
  return (Buf){.arena = a};
}

void buf_grow(Buf *b, size_t more) {
  size_t cap = b->cap ? b->cap * 2 : 32;
  while (cap - b->len < more)
    cap *= 2;
  b->data = arena_grow(b->arena, b->data, b->cap, cap);
  b->cap = cap;
}

void buf_char(Buf *b, uint32_t c) {
  char t[4];
  buf_add(b, (Str){t, utf8_put(t, c)});
}

void buf_fmt(Buf *b, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  size_t room = b->cap - b->len;
  int n = vsnprintf(room ? b->data + b->len : NULL, room, fmt, args);
  if (n >= 0 && (size_t)n >= room) {
    buf_room(b, (size_t)n + 1);
    n = vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
  }
  b->len += n > 0 ? (size_t)n : 0;
  va_end(again);
  va_end(args);
}

Str buf_str(const Buf *b) {
  return (Str){b->data ? b->data : "", b->len};
}

// Where the first character that JSON escapes is, at or after `from`; eight at
// a time: a byte of `odd` has its high bit set where that of `w` is one, or is
// not ASCII and before such a one.
static size_t json_plain(Str s, size_t from) {
  const uint64_t ones = 0x0101010101010101, high = ones << 7;
  size_t i = from;
  for (; i + 8 <= s.len; i += 8) {
    uint64_t w;
    memcpy(&w, s.data + i, 8);
    uint64_t quote = w ^ ones * '"', back = w ^ ones * '\\';
    uint64_t odd = (w - ones * 0x20) | (quote - ones) | (back - ones);
    if (odd & ~w & high)
      break;
  }
  for (; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c < 0x20 || c == '"' || c == '\\')
      break;
  }
  return i;
}

void json_string(Buf *b, Str s) {
  buf_room(b, s.len + 2);
  b->data[b->len++] = '"';
  for (size_t i = 0, end; i < s.len; i = end + 1) {
    end = json_plain(s, i);
    buf_add(b, str_slice(s, i, end));
    if (end == s.len)
      break;
    unsigned char c = (unsigned char)s.data[end];
    if (c < 0x20)
      buf_fmt(b, "\\u%04x", c);
    else
      buf_add(b, c == '"' ? STR("\\\"") : STR("\\\\"));
  }
  buf_byte(b, '"');
}
