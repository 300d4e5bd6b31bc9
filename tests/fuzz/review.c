// Any dossier: its contradictions, its review page, its history.
#include "review.h"
#include "history.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_back(Arena *a, const Dossier *d) {
  History *h = history_new(a, STR(""));
  history_add(h, d);
  for (size_t i = 0; i < d->pages.len; i++)
    for (size_t k = 0; k < d->pages.data[i].articles.len; k++) {
      const Article *t = &d->pages.data[i].articles.data[k];
      for (size_t j = 0; j < t->figures.len && j < 8; j++) {
        const Figure *f = &t->figures.data[j];
        FigureAt was;
        if (history_lookup(h, f, BACK_PREVIOUS, &was))
          change_of(a, f, was.figure, STR_NONE);
        history_near(h, f);
        history_series(h, f, 12);
      }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Str text = str_copy(a, (Str){(const char *)data, size});
  Dossier *dossier = dossier_read(a, d, file_of(a, STR("d.xml"), text));
  if (dossier) {
    Findings found = conflicts_find(a, dossier, NULL, NULL);
    ReviewOptions options = {.findings = found.data, .n_findings = found.len};
    review_page(a, dossier, &options);
    conflicts_doubt(a, dossier, &found);
    look_back(a, dossier);
  }
  arena_free(a);
  return 0;
}
