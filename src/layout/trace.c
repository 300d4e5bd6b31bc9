// Which figures the briefing prints, and under what number each is traced to
// its entry in a list of sources.
#include "layout-imp.h"

void figure_printed(Binder *b, const Figure *f) {
  if (!query_holds(b->query, f) || map_lookup(b->printed_of, f->id))
    return;
  map_put(b->printed_of, f->id, b);
  *vec_push(b->arena, &b->printed) = f;
}

static Str use_key(Binder *b, const Figure *f) {
  Str key = f->fact.len ? f->fact : f->id;
  return b->scope ? str_fmt(b->arena, "%d-%.*s", b->scope, STR_ARG(key)) : key;
}

const Use *figure_use(Binder *b, const Figure *f, bool note) {
  figure_printed(b, f);
  Str key = use_key(b, f);
  uintptr_t known = (uintptr_t)map_lookup(b->use_of, key);
  if (!known) {
    *vec_push(b->arena, &b->uses) =
        (Use){f, b->scope, 0, str_cat(b->arena, STR("source-"), key)};
    known = b->uses.len;
    map_put(b->use_of, key, (void *)known);
  }
  Use *u = &b->uses.data[known - 1];
  if (note && !u->number)
    u->number = ++b->notes;
  return u;
}

void value_printed(Binder *b, const Value *v) {
  const Figure *f =
      v->kind == VALUE_NODES && v->n ? query_number(v->nodes[0]) : NULL;
  if (f)
    figure_printed(b, f);
  for (size_t i = 0; i < v->n_told; i++)
    if (figure_doubtful(v->told[i]) || str_is(b->trace, "none"))
      figure_printed(b, v->told[i]);
    else
      figure_use(b, v->told[i], false);
}
