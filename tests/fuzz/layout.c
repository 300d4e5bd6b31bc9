// Any bytes as a layout: checked, bound to a small dossier, dumped.
#include "layout.h"
#include "door.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Dossier *dossier;
  if (!dossier) {
    Arena *always = arena_new();
    dossier = door_dossier(always, diags_new(always, LANG_ZH),
                           SMALL_DOSSIER("2025-12", ""));
  }
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  LayoutOptions options = {.folder = STR("/nonexistent"), .go_on = true};
  Layout *l = layout_parse(a, d, door_file(a, data, size, "l.xml"), &options);
  Document *doc = l && dossier ? layout_bind(a, d, l, dossier) : NULL;
  if (doc)
    document_dump(a, doc);
  arena_free(a);
  return 0;
}
