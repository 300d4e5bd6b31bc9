// The shortest clause that holds a number; list items stand apart.
#include "extract_imp.h"

enum { REACH = 240 }; // characters a clause may go either way

static size_t back_to_break(const Text *t, size_t i, bool stop_only) {
  size_t floor = i > REACH ? i - REACH : 0;
  while (i > floor) {
    bool ends = stop_only ? text_stops(t, i - 1) : text_breaks(t, i - 1);
    if (ends)
      return i;
    i--;
  }
  return i;
}

// 共有联盟28组——记者从…获悉: a dash before who tells it.
static bool dash_at(const Text *t, size_t i) {
  return i + 2 < t->n && t->c[i] == 0x2014 && t->c[i + 1] == 0x2014 &&
         text_any(t, i + 2, "记者 这 本报 日前 近日 从 据 在 昨") &&
         !(t->inside[i] & INSIDE_NAME);
}

static size_t on_to_break(const Text *t, size_t i, bool stop_only) {
  size_t ceiling = i + REACH < t->n ? i + REACH : t->n;
  while (i < ceiling) {
    bool ends =
        stop_only ? text_stops(t, i) : text_breaks(t, i) || dash_at(t, i);
    if (ends)
      return i;
    i++;
  }
  return i;
}

Clause clause_of(const Text *t, const Number *n) {
  Clause c;
  c.begin = back_to_break(t, n->begin, false);
  c.end = on_to_break(t, n->end, false);
  c.sentence = back_to_break(t, c.begin, true);
  c.full_end = on_to_break(t, c.end, true);
  // A number in a bracket stays in its bracket.
  if (t->inside[n->begin] & INSIDE_BRACKET) {
    for (size_t i = n->begin; i > c.begin; i--)
      if (t->kind[i - 1] == CH_OPEN && t->pair[i - 1] > n->begin) {
        size_t close = t->pair[i - 1];
        c.begin = i;
        c.end = close < c.end ? close : c.end;
        break;
      }
    for (size_t i = n->begin; i > c.begin; i--)
      if (t->kind[i - 1] == CH_COMMA || t->kind[i - 1] == CH_STOP) {
        c.begin = i;
        break;
      }
    for (size_t i = n->end; i < c.end; i++)
      if (t->kind[i] == CH_COMMA || t->kind[i] == CH_STOP) {
        c.end = i;
        break;
      }
  }
  while (c.begin < n->begin && t->kind[c.begin] == CH_SPACE)
    c.begin++;
  return c;
}

size_t clause_before(const Text *t, size_t begin, size_t sentence) {
  if (begin <= sentence || begin == 0)
    return SIZE_MAX;
  size_t i = back_to_break(t, begin - 1, false);
  return i >= sentence ? i : SIZE_MAX;
}
