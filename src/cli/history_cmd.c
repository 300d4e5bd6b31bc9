// What came before: --previous dossiers and the ledger, put behind the dossier
// at hand, and what contradicts in it.
#include "cli.h"
#include "history.h"
#include <sys/stat.h>

// Earlier dossiers; false: reported.
static bool add_previous(Run *r, History *h) {
  const StrList *all = &r->options.previous;
  for (size_t i = 0; i < all->len; i++) {
    File *f = file_load(r->arena, r->diags, all->data[i]);
    Dossier *d = f ? dossier_read(r->arena, r->diags, f) : NULL;
    if (!d)
      return false;
    if (!d->period.len)
      d->period = inputs_period(r->arena, d);
    history_add(h, d);
  }
  return true;
}

// The ledger is made on first use; false: reported.
static bool add_ledger(Run *r, History *h) {
  Str path = r->options.ledger;
  struct stat st;
  if (!path.len)
    return true;
  bool there = stat(str_z(r->arena, path), &st) == 0;
  if (!there && r->options.command == CMD_LEDGER)
    return true; // `add` makes it
  Ledger *l =
      ledger_open(r->arena, r->diags, path, there ? LEDGER_READ : LEDGER_WRITE);
  if (l)
    history_set_ledger(h, l);
  return l != NULL;
}

bool history_attach(Run *r, Dossier *dossier, const Dictionary *dictionary) {
  bool earlier = r->options.previous.len || r->options.ledger.len;
  History *h = earlier ? history_new(r->arena, dossier->period) : NULL;
  if (h && (!add_previous(r, h) || !add_ledger(r, h)))
    return false;
  if (h)
    history_set_dictionary(h, dictionary);
  Findings *found = NEW(r->arena, Findings);
  *found = conflicts_find(r->arena, dossier, h, dictionary);
  conflicts_doubt(r->arena, dossier, found);
  conflicts_report(r->diags, found);
  dossier->history = h;
  dossier->findings = found;
  return true;
}
