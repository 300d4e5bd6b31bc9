// Any bytes as the manifest of a run: refused, or its items are whole.
#include "manifest.h"
#include "door.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Run run = {.arena = a, .diags = diags_new(a, LANG_ZH)};
  Manifest *m = manifest_read(&run, door_file(a, data, size, "in/m.xml"));
  if (!m != (diags_errors(run.diags) > 0))
    abort();
  for (size_t i = 0; m && i < m->n; i++) {
    const Item *it = &m->items[i];
    if (!it->output.len || !it->name.len || it->options.inputs.len < 2)
      abort();
  }
  arena_free(a);
  return 0;
}
