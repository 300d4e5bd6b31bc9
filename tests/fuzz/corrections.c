// Any bytes as corrections: read, and applied to a small dossier, which can be
// written and read again.
#include "door.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  Corrections *c = corrections_read(a, d, door_file(a, data, size, "c.xml"));
  if (c) {
    Dossier *dossier =
        door_dossier(a, d, SMALL_DOSSIER("2025-12", "doubt='lost-text'"));
    corrections_apply_text(c, dossier);
    corrections_apply_figures(c, dossier);
    Str once = dossier_text(a, dossier);
    if (!dossier_read(a, d, file_of(a, STR("again.xml"), once)))
      abort();
  }
  arena_free(a);
  return 0;
}
