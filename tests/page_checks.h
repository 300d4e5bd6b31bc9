// What must hold for any page, whatever its bytes: every character of the
// output stands at the place it names, none stands twice, and none is lost
// that no flag tells of.
#ifndef PAGE_CHECKS_H
#define PAGE_CHECKS_H

#include "read.h"

static inline bool page_blank(uint32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0x7F ||
         (c >= 0x2000 && c <= 0x200F);
}

// Every character of the block is the one at its place in the page.
static inline bool block_places_hold(const File *f, const TextBlock *b) {
  for (size_t i = 0; i < b->text.len;) {
    size_t at = block_source(b, i), from = at;
    if (at >= f->text.len)
      return false;
    uint32_t c = utf8_next(b->text, &i), s = utf8_next(f->text, &at);
    if (c != s && !(c == ' ' && page_blank(s)))
      return false;
    (void)from;
  }
  return true;
}

// Marks the page's bytes that the block holds; false if one is held already.
static inline bool block_cover(const File *f, const TextBlock *b, char *held) {
  for (size_t i = 0; i < b->text.len;) {
    size_t at = block_source(b, i), end = at;
    utf8_next(b->text, &i);
    utf8_next(f->text, &end);
    for (; at < end; at++) {
      if (held[at] && b->kind != BLOCK_BYLINE)
        return false;
      held[at] = b->kind == BLOCK_BYLINE ? held[at] : 1;
    }
  }
  return true;
}

// Whether the line is (接1版) and nothing else, control characters, emphasis
// and marks aside.
static inline bool page_jump(Str line) {
  enum { LONGEST = 14 };
  bool jump = false, page = false;
  size_t n = 0;
  for (size_t i = 0; i < line.len && n <= LONGEST;) {
    uint32_t c = utf8_next(line, &i);
    if (page_blank(c) || c == '*' || c == '#')
      continue;
    n++;
    jump = jump || c == 0x63A5;
    page = c == 0x7248 || (page && (c == ')' || c == 0xFF09 || c == 0x3002));
  }
  return jump && page && n <= LONGEST;
}

// Whether a mark like (主题) or 副题: tells which part of a headline the line
// is; it is not printed.
static inline bool page_mark(Str line) {
  static const char *const marks[] = {"引题", "肩题",   "眉题", "主题",  "正题",
                                      "副题", "主标题", "子题", "副标题"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (str_has(line, str_of(marks[i])))
      return true;
  return false;
}

// Blank-line blocks of the page that a flag, a line of people or a reference
// to another page accounts for.
static inline void page_account(const Page *p, char *held) {
  const File *f = p->source;
  char *known = held + f->text.len + 1; // a byte for each line
  for (size_t i = 0; i < p->flags.len; i++)
    if (p->flags.data[i].line && p->flags.data[i].line <= f->lines)
      known[p->flags.data[i].line - 1] = 1;
  for (size_t i = 0; i < p->articles.len; i++)
    for (size_t k = 0; k < p->articles.data[i].blocks.len; k++) {
      const TextBlock *b = &p->articles.data[i].blocks.data[k];
      if (b->kind == BLOCK_BYLINE && b->text.len)
        known[file_line(f, block_source(b, 0)) - 1] = 1;
    }
  for (size_t i = 0; i < f->lines; i++) {
    size_t end = i + 1 < f->lines ? f->line_starts[i + 1] : f->text.len;
    Str line = str_trim(str_slice(f->text, f->line_starts[i], end));
    if (page_jump(line) || page_mark(line))
      known[i] = 1;
    while (line.len && page_blank((unsigned char)line.data[0])) // is dropped
      line = str_slice(line, 1, line.len);
    if ((str_starts(line, STR("![")) && str_has(line, STR("]"))) ||
        (str_starts(line, STR("<img")) && str_has(line, STR(">"))))
      known[i] = 1;
  }
}

static inline bool letter(uint32_t c) {
  return char_is_han(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

// A block of lines with a known line in it may hold dropped text.
static inline bool page_lost(const Page *p, const char *held) {
  const File *f = p->source;
  const char *known = held + f->text.len + 1;
  for (size_t i = 0; i < f->lines;) {
    size_t last = i;
    bool fine = known[i];
    Str line;
    for (;; last++) {
      size_t end = last + 1 < f->lines ? f->line_starts[last + 1] : f->text.len;
      line = str_slice(f->text, f->line_starts[last], end);
      fine = fine || known[last];
      if (last + 1 >= f->lines || str_trim(line).len == 0)
        break;
    }
    size_t end = last + 1 < f->lines ? f->line_starts[last + 1] : f->text.len;
    for (size_t at = f->line_starts[i]; at < end && !fine;) {
      size_t from = at;
      if (letter(utf8_next(f->text, &at)) && !held[from])
        return true;
    }
    i = last + 1;
  }
  return false;
}

// NULL, or what does not hold.
static inline const char *page_broken(Arena *a, const Page *p) {
  const File *f = p->source;
  char *held = arena_alloc(a, f->text.len + f->lines + 2);
  for (size_t i = 0; i < p->articles.len; i++)
    for (size_t k = 0; k < p->articles.data[i].blocks.len; k++) {
      const TextBlock *b = &p->articles.data[i].blocks.data[k];
      if (!block_places_hold(f, b))
        return "a character does not stand where it says";
      if (b->kind != BLOCK_BYLINE && !block_cover(f, b, held))
        return "a character stands twice";
      for (size_t g = 0; g < b->n_gaps; g++)
        if (b->gaps[g] > b->text.len || (g && b->gaps[g] < b->gaps[g - 1]))
          return "a gap is out of place";
    }
  page_account(p, held);
  return page_lost(p, held) ? "text is lost without a flag" : NULL;
}

#endif
