// Any bytes as a page: read, now and then twice, once as a copy; what must
// hold of every page holds, looking for figures ends, and the dossier can be
// read again.
#include "../page_checks.h"
#include "extract.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {0};
  Str bytes = str_copy(a, (Str){(const char *)data, size});
  unsigned chance = (unsigned)(str_hash(bytes) >> 32);
  if (chance % 8) // finding out an encoding takes longer than reading
    options.encoding = STR("UTF-8");
  read_page(a, d, dossier, file_of(a, STR("fuzz.txt"), bytes), &options);
  if (chance / 8 % 8 == 0)
    read_page(a, d, dossier, file_of(a, STR("copy_02版.txt"), bytes), &options);
  read_finish(a, d, dossier);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const char *broken = page_broken(a, &dossier->pages.data[i]);
    if (broken) {
      fprintf(stderr, "%s\n", broken);
      abort();
    }
  }
  if (chance / 512 % 4 == 0)
    extract_figures(a, d, dossier, NULL);
  if (chance / 64 % 8 == 0) {
    Str once = dossier_text(a, dossier);
    if (!dossier_read(a, d, file_of(a, STR("again.xml"), once)))
      abort();
  }
  arena_free(a);
  return 0;
}
