// Page text → articles: the stages in order.
#include "lexicon.h"
#include "read_imp.h"

void read_page(Arena *a, Diags *d, Dossier *dossier, File *f,
               const ReadOptions *options) {
  if (!file_decode(a, d, f, options->encoding))
    return;
  Page *p = vec_push(a, &dossier->pages);
  Str id = str_fmt(a, "p%zu", dossier->pages.len);
  *p = (Page){.id = id, .file = f->path, .encoding = f->encoding, .source = f};
  p->sha256 = file_sha256(a, f);
  Sheet s = {.a = a, .d = d, .file = f, .page = p, .options = options};
  s.traditional = text_traditional(f->text);
  read_blocks(&s);
  if (!s.pieces.len)
    diag_file(d, D_PAGE_EMPTY, f->path, STR(""));
  split_pieces(&s);
  read_marks(&s);
  type_pieces(&s);
  part_contents(&s);
  join_headlines(&s);
  drop_repeats(&s);
  place_headlines(&s);
  rejoin_pieces(&s);
  order_pieces(&s);
  group_pieces(&s);
  date_page(&s);
}
