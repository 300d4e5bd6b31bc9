// The command line: reads it, runs the stages in order, chooses the exit code.
#include "dossier.h"
#include "extract.h"
#include "read.h"

int main(int argc, char **argv) {
  (void)argc, (void)argv;
  Arena *a = arena_new();
  Diags *d = diags_new(a, diags_lang_of_env());
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {0};
  for (int i = 1; i < argc; i++) {
    File *f = file_load(a, d, str_of(argv[i]));
    if (f)
      read_page(a, d, dossier, f, &options);
  }
  read_finish(a, d, dossier);
  extract_figures(a, d, dossier, NULL);
  dossier_write(a, d, dossier, STR("-"));
  diags_print(d);
  int code = diags_exit(d, false);
  arena_free(a);
  return code;
}
