// Order of rows: by text, pinyin, number, administrative division.
#include "layout-imp.h"
#include <stdlib.h>

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
    Row r = {v->nodes[i], k.text, -1e300, i, str_is(order, "number") || down,
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
