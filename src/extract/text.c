// A block's text, folded to one width and classed, character by character.
#include "extract_imp.h"

enum { REPORT_FAR = 24 }; // how far in 讯 or 电 may stand

enum { TRADITIONAL_SHARE = 20 }; // one character in so many

static uint32_t fold(uint32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E)
    return c - 0xFEE0;
  switch (c) {
  case 0x3000:
  case 0x00A0:
  case 0x2009:
  case '\t':
    return ' ';
  case 0x2013: // – — ― － ─: all dashes
  case 0x2014:
  case 0x2015:
  case 0x2500:
  case 0x2212:
  case 0x2011:
  case 0x2012:
  case 0xFE63:
    return 0x2014;
  case 0x301C: // 〜 ～
  case 0x223C:
    return '~';
  case 0xFE6A:
    return '%';
  case 0x2236: // ∶
  case 0xFE55:
    return ':';
  case 0x25CB: // ○ for 〇
    return 0x3007;
  default:
    return c;
  }
}

static CharKind kind_of(uint32_t c) {
  if (c >= 0x4E00 && c <= 0x9FFF)
    return CH_HAN;
  if (c >= '0' && c <= '9')
    return CH_DIGIT;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
    return CH_LATIN;
  if ((c >= 0x25A0 && c <= 0x25FF) || c == 0x2605 || c == 0x2606)
    return CH_STOP; // □ ■ ● ◆ ★ open an item
  switch (c) {
  case ' ':
    return CH_SPACE;
  case 0x3002:
  case '!':
  case '?':
  case '\n':
    return CH_STOP;
  case ',':
  case ';':
  case ':':
    return CH_COMMA;
  case 0x3001:
    return CH_LIST;
  case '(':
  case '[':
  case '{':
  case 0x3010:
  case 0x300A:
  case 0x3008:
  case 0x300C:
  case 0x300E:
  case 0x3014:
    return CH_OPEN;
  case ')':
  case ']':
  case '}':
  case 0x3011:
  case 0x300B:
  case 0x3009:
  case 0x300D:
  case 0x300F:
  case 0x3015:
    return CH_CLOSE;
  case 0x201C:
  case 0x2018:
    return CH_QUOTE;
  case 0x201D:
  case 0x2019:
    return CH_UNQUOTE;
  default:
    return char_is_han(c) ? CH_HAN : CH_OTHER;
  }
}

// A comma or point between digits, a colon of a ratio, is no clause's end.
static void join_digits(Text *t) {
  const uint8_t *p = t->kind, *end = t->kind + t->n;
  for (; (p = memchr(p, CH_COMMA, (size_t)(end - p))); p++) {
    size_t i = (size_t)(p - t->kind);
    if (!i || i + 1 >= t->n || p[-1] != CH_DIGIT || p[1] != CH_DIGIT)
      continue;
    bool thousands = t->c[i] == ',' && i + 3 < t->n &&
                     t->kind[i + 2] == CH_DIGIT && t->kind[i + 3] == CH_DIGIT &&
                     (i + 4 >= t->n || t->kind[i + 4] != CH_DIGIT);
    if (thousands || t->c[i] == ':')
      t->kind[i] = CH_OTHER;
  }
}

enum { DEPTH_MAX = 16, BRACKET_MAX = 40, QUOTE_MAX = 22 };

static uint32_t partner(uint32_t c) {
  switch (c) {
  case '(':
    return ')';
  case '[':
    return ']';
  case '{':
    return '}';
  case 0x201C:
    return 0x201D;
  case 0x2018:
    return 0x2019;
  case 0x300A:
  case 0x3008:
  case 0x300C:
  case 0x300E:
  case 0x3010:
  case 0x3014:
    return c + 1;
  default:
    return 0;
  }
}

static void pair_up(Text *t, size_t open, size_t close) {
  uint32_t c = t->c[open];
  size_t inner = close - open - 1;
  t->pair[open] = (uint32_t)close;
  t->pair[close] = (uint32_t)open;
  uint8_t bit = 0;
  if (c == 0x300A || c == 0x3008)
    bit = inner <= 2 * BRACKET_MAX ? INSIDE_BOOK : 0;
  else if (c == '"' || t->kind[open] == CH_QUOTE || c == 0x300C || c == 0x300E)
    bit = inner <= QUOTE_MAX ? INSIDE_QUOTE : 0;
  else
    bit = inner <= BRACKET_MAX ? INSIDE_BRACKET : 0;
  // A quotation that ends a sentence is speech, not a name.
  if (bit == INSIDE_QUOTE && inner && t->kind[close - 1] == CH_STOP)
    bit = 0;
  for (size_t i = open + 1; bit && i < close; i++)
    t->inside[i] |= bit;
}

// Finds what stands in brackets and quotes; an unmatched sign is dropped when
// the sentence ends.
static void find_pairs(Text *t) {
  size_t stack[DEPTH_MAX], depth = 0;
  for (size_t i = text_mark(t, 0); i < t->n; i = text_mark(t, i + 1)) {
    uint32_t c = t->c[i];
    t->pair[i] = 0;
    if (c == '"' && depth && t->c[stack[depth - 1]] == '"') {
      pair_up(t, stack[--depth], i);
    } else if (t->kind[i] == CH_OPEN || t->kind[i] == CH_QUOTE || c == '"') {
      if (depth == DEPTH_MAX)
        depth = 0;
      stack[depth++] = i;
    } else if (t->kind[i] == CH_CLOSE || t->kind[i] == CH_UNQUOTE) {
      size_t k = depth;
      while (k && partner(t->c[stack[k - 1]]) != c)
        k--;
      if (k) {
        depth = k - 1;
        pair_up(t, stack[depth], i);
      }
    } else if (c == '\n') {
      depth = 0;
    }
  }
}

// Room for the characters of s and the end.
static void room(Arena *a, Text *t, Str s) {
  if (s.len < t->cap)
    return;
  // as many as there are; more for one that is loaded again
  size_t cap = t->cap ? s.len + s.len / 2 : utf8_count(s) + 1;
  uint32_t *words =
      arena_array(a, cap, 3 * sizeof *words + 2 * sizeof *t->two + 3);
  t->c = words;
  t->at = words + cap;
  t->pair = words + 2 * cap;
  t->two = (uint16_t *)(words + 3 * cap);
  t->lex = t->two + cap;
  t->kind = (uint8_t *)(t->lex + cap);
  t->head = t->kind + cap;
  t->inside = t->head + cap;
  t->cap = cap;
}

// The ideograph of three bytes at s, 0 if another character stands there. Reads
// four bytes.
static inline uint32_t han_at(const char *s) {
  const unsigned char *p = (const unsigned char *)s;
  uint32_t x = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
               (uint32_t)p[3] << 24; // one load
  uint32_t c = (x & 0x0F) << 12 | (x >> 2 & 0xFC0) | (x >> 16 & 0x3F);
  return (x & 0xC0C0F0) == 0x8080E0 && c >= 0x4E00 && c <= 0x9FFF ? c : 0;
}

// Words are told in simplified characters.
static void simplify(Arena *a, Text *t, const uint8_t *heads) {
  t->plain = text_simplified(a, t->text);
  for (size_t i = 0; i < t->n; i++)
    if (t->kind[i] == CH_HAN && t->c[i] <= IDEOGRAPH_LAST) {
      t->c[i] = simplified((uint16_t)t->c[i]);
      t->head[i] = heads[t->c[i]];
    }
}

// The ideographs from byte *at on are characters n and behind; how many.
static size_t load_ideographs(Text *t, size_t *at, size_t n,
                              const uint8_t *heads) {
  const char *data = t->text.data;
  uint32_t *to = t->c + n, *from = t->at + n;
  uint8_t *head = t->head + n;
  size_t i = *at, k = 0, end = t->text.len;
  for (uint32_t c; i + 3 < end && (c = han_at(data + i)); i += 3, k++) {
    to[k] = c;
    from[k] = (uint32_t)i;
    head[k] = heads[c];
  }
  memset(t->kind + n, CH_HAN, k);
  *at = i;
  return k;
}

static bool closes_quote(const Text *t, size_t i) {
  return i < t->n &&
         (t->kind[i] == CH_UNQUOTE || (t->c[i] == '"' && t->pair[i] < i));
}

// 本报讯（记者某某）采油厂…: what it tells begins behind the bracket.
static void head_of_report(Text *t) {
  for (size_t i = 1; i < t->n && i < REPORT_FAR; i++) {
    bool tells = text_any(t, i - 1, "讯 电") > 0;
    if (tells && t->kind[i] == CH_OPEN && t->pair[i] > i)
      t->head[t->pair[i] + 1] |= HEAD_CLAUSE;
    else if (tells && t->kind[i] == CH_SPACE)
      t->head[i + 1] |= HEAD_CLAUSE;
  }
}

void text_load(Arena *a, Text *t, Str s) {
  const uint8_t *heads = char_heads();
  room(a, t, s);
  t->text = t->plain = s;
  size_t n = 0, traditional = 0;
  for (size_t i = 0; i < s.len;) {
    size_t had = n;
    n += load_ideographs(t, &i, n, heads);
    for (; had < n; had++)
      traditional += t->head[had] / HEAD_TRADITIONAL;
    if (i == s.len)
      break;
    t->at[n] = (uint32_t)i;
    bool digit = s.data[i] >= '0' && s.data[i] <= '9';
    uint32_t c = digit ? (uint32_t)s.data[i++] : fold(utf8_next(s, &i));
    t->c[n] = c;
    t->kind[n] = digit ? CH_DIGIT : (uint8_t)kind_of(c);
    t->head[n++] = c < 1 << 16 ? heads[c] & ~HEAD_TRADITIONAL : 0;
  }
  t->n = n;
  t->at[n] = (uint32_t)s.len;
  t->c[n] = t->pair[0] = 0;
  t->kind[n] = CH_STOP;
  t->head[n] = 0;
  if (traditional * TRADITIONAL_SHARE > n)
    simplify(a, t, heads);
  for (size_t i = 0; i < n; i++)
    t->two[i] = two_hash(t->c[i], t->c[i + 1]);
  memset(t->inside, 0, n + 1);
  memset(t->lex, 0, n * sizeof *t->lex);
  join_digits(t);
  find_pairs(t);
  t->head[0] |= HEAD_CLAUSE;
  head_of_report(t);
  for (size_t i = text_mark(t, 0); i < n; i = text_mark(t, i + 1))
    if (text_breaks(t, i)) // 我要学。”马师傅说
      t->head[i + 1 + closes_quote(t, i + 1)] |= HEAD_CLAUSE;
}

// ---- asking ----

Str text_slice(const Text *t, size_t from, size_t to) {
  if (to > t->n)
    to = t->n;
  if (from >= to)
    return STR("");
  return str_slice(t->text, t->at[from], t->at[to]);
}
