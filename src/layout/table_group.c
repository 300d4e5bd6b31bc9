// Groups of a table's rows, one inside the other: `group` elements, the
// outermost first. Rows of a group are brought together; each group begins with
// a head and may end with a subtotal.
#include "table-imp.h"

void table_groups(const Node *table, Groups *out) {
  out->n = 0;
  for (const Node *c = table->first; c; c = c->next)
    if (c->el == EL_GROUP && out->n < GROUPS_MAX)
      out->at[out->n++] = c;
}

typedef struct {
  Str key;
  VEC(XmlNode *) nodes;
} Bucket;
typedef VEC(Bucket *) Buckets;

// The nodes by the group's key, in the order in which the keys come.
static bool fill_buckets(Binder *b, const Node *g, const Value *v,
                         Buckets *out) {
  Map *by = map_new(b->arena);
  Context outer = b->ctx;
  bool ok = true;
  for (size_t i = 0; i < v->n && ok && ++b->steps < STEPS_MAX; i++) {
    Value k;
    b->ctx = (Context){v->nodes[i], i + 1, v->n, outer.scope};
    ok = bind_value(b, g, "by", &k);
    Bucket *own = map_lookup(by, k.text);
    if (!own) {
      own = NEW(b->arena, Bucket);
      own->key = k.text;
      map_put(by, k.text, own);
      *vec_push(b->arena, out) = own;
    }
    *vec_push(b->arena, &own->nodes) = v->nodes[i];
  }
  b->ctx = outer;
  return ok && b->steps < STEPS_MAX;
}

// In the order of the group's sort, else of the first row of each; inside the
// innermost group as the table sorts them. `first` is the row of v->nodes[0].
static void gather(Binder *b, const Groups *g, size_t level, size_t first,
                   const Value *v, GroupBegins *out) {
  if (level == g->n || !v->n)
    return;
  Value sorted = *v;
  Buckets buckets = {0};
  sort_nodes(b, g->at[level], &sorted);
  if (!fill_buckets(b, g->at[level], &sorted, &buckets))
    return;
  size_t n = 0;
  for (size_t i = 0; i < buckets.len; i++) {
    Bucket *k = buckets.data[i];
    memcpy(&v->nodes[n], k->nodes.data, k->nodes.len * sizeof *v->nodes);
    Value own = {.kind = VALUE_NODES, .nodes = &v->nodes[n], .n = k->nodes.len};
    *vec_push(b->arena, out) = (GroupBegin){first + n, level, k->key};
    gather(b, g, level + 1, first + n, &own, out);
    n += k->nodes.len;
  }
}

void groups_gather(Binder *b, const Groups *g, Value *v, GroupBegins *out) {
  if (!g->n || v->kind != VALUE_NODES || !v->n)
    return;
  XmlNode **nodes = NEW_ARRAY(b->arena, XmlNode *, v->n); // v's may be shared
  memcpy(nodes, v->nodes, v->n * sizeof *nodes);
  v->nodes = nodes;
  gather(b, g, 0, 0, v, out);
}

static Str group_name(Str key) {
  return key.len ? key : STR("未注明");
}

// Of several levels each says whose it is.
Str subtotal_label(Arena *a, const Groups *g, Str key) {
  return g->n > 1 ? str_cat(a, group_name(key), STR("小计")) : STR("小计");
}

// Heads of inner groups stand 1 em further in (T3).
Para group_head(Binder *b, const Groups *g, size_t level, Str key) {
  const Node *n = g->at[level];
  Str head = bind_text(b, n, "head");
  Para p =
      para_text(b, head.len ? head : group_name(key), "table-total", n->at);
  if (!level)
    return p;
  Str name = str_fmt(b->arena, "table-total@%zu", level);
  const Style *known = style_lookup(b->styles, name);
  if (!known) {
    Style *s = style_copy(b->styles, name, p.style);
    s->left += (Len)level * s->size;
    known = s;
  }
  p.style = known;
  return p;
}
