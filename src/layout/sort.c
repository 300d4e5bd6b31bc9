// Order of rows: by text, pinyin, number, administrative division.
#include "layout-imp.h"
#include "lexicon.h"
#include <stdlib.h>
#include <unicode/ucol.h>

typedef struct {
  XmlNode *node;
  Str key;
  double number;
  size_t order;
  int how; // 0 text, 1 number
  bool down;
} Row;

static int by_key(const void *x, const void *y) {
  const Row *a = x, *b = y;
  int c = a->how ? (a->number > b->number) - (a->number < b->number)
                 : str_cmp(a->key, b->key);
  if (a->down)
    c = -c;
  return c ? c : (a->order > b->order) - (a->order < b->order);
}

// ---- pinyin
// -------------------------------------------------------------------

static void close_collator(void *c) {
  ucol_close(c);
}

static Str pinyin_key(Binder *b, Str s) {
  UErrorCode e = U_ZERO_ERROR;
  if (!b->collator) {
    b->collator = ucol_open("zh@collation=pinyin", &e);
    if (U_FAILURE(e))
      return s;
    arena_defer(b->arena, close_collator, b->collator);
  }
  UChar wide[256];
  uint8_t key[1024];
  int32_t n = 0;
  for (size_t i = 0; i < s.len && n < 250;) {
    uint32_t c = utf8_next(s, &i);
    if (c > 0xFFFF)
      wide[n++] = (UChar)(0xD7C0 + (c >> 10));
    wide[n++] = (UChar)(c > 0xFFFF ? 0xDC00 | (c & 0x3FF) : c);
  }
  int32_t len = ucol_getSortKey(b->collator, wide, n, key, sizeof key);
  if (len > (int32_t)sizeof key)
    len = sizeof key;
  return str_copy(b->arena, (Str){(const char *)key, (size_t)len});
}

// ---- administrative divisions (GB/T 2260)
// ----------------------------------------

static const Division *link_of(Str name, const Division *above) {
  const Division *found[32];
  size_t len;
  size_t n = division_match(name, 0, &len, found, 32);
  for (size_t i = 0; i < n && len == name.len; i++)
    for (const Division *p = found[i]; p; p = p->parent)
      if (p == above || (!above && !p->parent && p->level == 1))
        return found[i];
  return NULL;
}

// The code of the deepest link known, then what is left of the chain.
static Str division_key(Arena *a, Str chain) {
  const Division *at = NULL;
  size_t from = 0;
  if (!chain.len)
    return STR("999999");
  if (str_is(chain, "全国") || str_is(chain, "中国"))
    return STR("000000");
  while (from < chain.len) {
    size_t to = str_find(chain, STR("/"), from);
    if (to == SIZE_MAX)
      to = chain.len;
    const Division *next = link_of(str_slice(chain, from, to), at);
    if (!next)
      break;
    at = next;
    from = to + 1;
  }
  return str_fmt(a, "%06u%.*s", at ? at->code : 999998u,
                 STR_ARG(str_slice(chain, from, chain.len)));
}

void sort_nodes(Binder *b, const Node *n, Value *v) {
  Str sort = node_attr(n, "sort"), order = node_attr(n, "order");
  if (!sort.data || v->kind != VALUE_NODES || v->n < 2)
    return;
  Row *rows = NEW_ARRAY(b->arena, Row, v->n);
  Context outer = b->ctx;
  for (size_t i = 0; i < v->n; i++) {
    Value k;
    b->ctx = (Context){v->nodes[i], i + 1, v->n, outer.scope};
    if (!bind_value(b, n, "sort", &k)) {
      b->ctx = outer;
      return;
    }
    bool down = str_is(order, "descending");
    if (str_is(order, "pinyin"))
      k.text = pinyin_key(b, k.text);
    if (str_is(order, "division"))
      k.text = division_key(b->arena, k.text);
    Row r = {v->nodes[i],
             k.text,
             down ? -1e300 : 1e300,
             i,
             str_is(order, "number") || down,
             down};
    if (k.is_number)
      r.number = k.number;
    else
      parse_decimal(k.text, &r.number);
    rows[i] = r;
  }
  b->ctx = outer;
  qsort(rows, v->n, sizeof *rows, by_key);
  XmlNode **nodes = NEW_ARRAY(b->arena, XmlNode *, v->n);
  for (size_t i = 0; i < v->n; i++)
    nodes[i] = rows[i].node;
  v->nodes = nodes;
}
