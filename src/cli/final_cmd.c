// Draft and final: a final briefing prints nothing that no person confirmed.
#include "cli.h"
#include "history.h"

typedef struct {
  const Page *page;
  const Figure *figure;
} Known;

static Map *figures_by_id(Arena *a, const Dossier *d) {
  Map *m = map_new(a);
  for (size_t i = 0; i < d->pages.len; i++) {
    const Page *p = &d->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      for (size_t j = 0; j < t->figures.len; j++) {
        Known *known = NEW(a, Known);
        *known = (Known){p, &t->figures.data[j]};
        map_put(m, known->figure->id, known);
      }
    }
  }
  return m;
}

static void open_figure(Run *r, const Known *k) {
  const Figure *f = k->figure;
  Span at = figure_span(k->page, f);
  Str name = f->indicator.len ? f->indicator : f->id;
  if (f->doubt.len)
    diag(r->diags, D_FINAL_DOUBT, at, f->printed, name, f->doubt);
  else
    diag(r->diags, D_FINAL_OPEN, at, f->printed, name);
}

void final_check(Run *r, const Dossier *dossier, const Document *doc) {
  Map *known = figures_by_id(r->arena, dossier);
  size_t open = 0;
  for (size_t i = 0; i < doc->n_figures; i++) {
    const Known *k = map_lookup(known, doc->figures[i]);
    if (!k || str_is(k->figure->state, "confirmed"))
      continue;
    open_figure(r, k);
    open++;
  }
  if (open)
    diag(r->diags, D_FINAL_COUNT, SPAN_NONE, str_int(r->arena, (long long)open),
         str_int(r->arena, (long long)doc->n_figures));
}

void final_keep(Run *r, const Dossier *dossier) {
  Issue issue = {0};
  Ledger *l = ledger_open(r->arena, r->diags, r->options.ledger, LEDGER_WRITE);
  if (l)
    ledger_add(l, dossier, &issue);
}
