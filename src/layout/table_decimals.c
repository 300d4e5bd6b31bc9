// T3: numbers of one quantity in a column have the same number of decimals.
// Zeros are put behind, nothing is rounded; what the page gives roughly (约,
// 近, a range) stays as it is.
#include "table-imp.h"

#define DECIMALS_MAX 4 // more would only be noise

static Str quantity_of(const Numeral *n) {
  return n->figure->canon.len ? n->figure->canon : n->figure->indicator;
}

// The digits of the run, where zeros may stand behind them.
static bool digits_of(const Numeral *n, NumberParts *out) {
  const Figure *f = n->figure;
  if (f && (f->qualifier.len || !f->value.len))
    return false;
  *out = number_parts(n->text);
  bool digit = false;
  for (size_t i = 0; i < out->digits.len; i++) {
    char c = out->digits.data[i];
    bool own = c >= '0' && c <= '9';
    digit |= own;
    if (!own && c != ',' && c != '.' && c != '-')
      return false;
  }
  return digit;
}

static size_t decimals_of(Str digits) {
  size_t dot = str_find(digits, STR("."), 0);
  return dot == SIZE_MAX ? 0 : digits.len - dot - 1;
}

static Str padded(Arena *a, const NumberParts *p, size_t decimals) {
  Buf b = buf_new(a);
  size_t has = decimals_of(p->digits);
  buf_add(&b, p->head);
  buf_add(&b, p->digits);
  if (!has)
    buf_byte(&b, '.');
  for (; has < decimals; has++)
    buf_byte(&b, '0');
  buf_add(&b, p->tail);
  return buf_str(&b);
}

// What has equal decimals: a quantity in one unit and scale. Sums belong to
// their unit; by name only where the column asks for it.
static Str key_of(Arena *a, const Numeral *n, const NumberParts *p,
                  bool by_name) {
  return str_fmt(a, "%.*s\n%.*s\n%.*s", STR_ARG(n->unit), STR_ARG(p->tail),
                 STR_ARG(by_name && n->figure ? quantity_of(n) : STR("")));
}

static bool one_quantity(const Numerals *all, size_t column) {
  const Numeral *first = NULL;
  for (size_t i = 0; i < all->len; i++) {
    const Numeral *n = &all->data[i];
    if (n->column != column || !n->figure)
      continue;
    first = first ? first : n;
    if (!str_eq(n->unit, first->unit) ||
        !str_eq(quantity_of(n), quantity_of(first)))
      return false;
  }
  return first != NULL;
}

// The most decimals of each key in the column.
static Map *most_decimals(Arena *a, const Numerals *all, size_t column,
                          bool by_name) {
  Map *most = map_new(a);
  for (size_t i = 0; i < all->len; i++) {
    const Numeral *n = &all->data[i];
    NumberParts p;
    if (n->column != column || !digits_of(n, &p))
      continue;
    Str key = key_of(a, n, &p, by_name);
    uintptr_t had = (uintptr_t)map_lookup(most, key);
    if (decimals_of(p.digits) > had)
      map_put(most, key, (void *)(uintptr_t)decimals_of(p.digits));
  }
  return most;
}

void numerals_even(Arena *a, Numerals *all, size_t column, Str decimals) {
  bool by_name = str_is(decimals, "same");
  if (str_is(decimals, "printed") || (!by_name && !one_quantity(all, column)))
    return;
  Arena *scratch = arena_new();
  Map *most = most_decimals(scratch, all, column, by_name);
  for (size_t i = 0; i < all->len; i++) {
    Numeral *n = &all->data[i];
    NumberParts p;
    if (n->column != column || !digits_of(n, &p))
      continue;
    Str key = key_of(scratch, n, &p, by_name);
    size_t want = (uintptr_t)map_lookup(most, key);
    if (want > decimals_of(p.digits) && want <= DECIMALS_MAX)
      *n->run = padded(a, &p, want);
  }
  arena_free(scratch);
}
