// Any bytes as a dossier: read, and what was read is written and read again.
#include "door.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  Dossier *dossier = dossier_read(a, d, door_file(a, data, size, "fuzz.xml"));
  if (dossier) {
    Str once = dossier_text(a, dossier);
    Dossier *again = dossier_read(a, d, file_of(a, STR("again.xml"), once));
    if (!again || !str_eq(dossier_text(a, again), once))
      abort();
  }
  arena_free(a);
  return 0;
}
