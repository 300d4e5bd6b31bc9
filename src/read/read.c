// Page text → articles.
#include "read.h"

void read_page(Arena *a, Diags *d, Dossier *dossier, File *f,
               const ReadOptions *options) {
  if (!file_decode(a, d, f, options->encoding))
    return;
  Page *p = vec_push(a, &dossier->pages);
  Str id = str_fmt(a, "p%zu", dossier->pages.len);
  *p = (Page){.id = id, .file = f->path, .encoding = f->encoding, .source = f};
  p->sha256 = file_sha256(a, f);
  p->date = options->date;
}

void read_finish(Arena *a, Diags *d, Dossier *dossier) {
  (void)a, (void)d, (void)dossier;
}
