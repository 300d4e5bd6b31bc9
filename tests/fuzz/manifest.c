// Any bytes as the manifest of a run: refused, or its items are whole.
#include "manifest.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Run run = {.arena = a, .diags = diags_new(a, LANG_ZH)};
  Str bytes = str_copy(a, (Str){(const char *)data, size});
  Manifest *m = manifest_read(&run, file_of(a, STR("in/m.xml"), bytes));
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
