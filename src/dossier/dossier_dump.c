// Articles and figures as plain text, for tests and for a quick look.
#include "dossier_imp.h"

static void dump_text(Buf *b, const TextBlock *t) {
  size_t from = 0;
  for (size_t i = 0; i < t->n_gaps; i++) {
    buf_add(b, str_slice(t->text, from, t->gaps[i]));
    buf_add(b, STR("⟨gap⟩"));
    from = t->gaps[i];
  }
  buf_add(b, str_slice(t->text, from, t->text.len));
  buf_byte(b, '\n');
}

static void dump_block(Buf *b, const TextBlock *t) {
  buf_fmt(b, "  %s", block_names[t->kind]);
  if (t->kind == BLOCK_DATELINE) {
    buf_fmt(b, ": %.*s | %.*s | %.*s\n", STR_ARG(t->place), STR_ARG(t->date),
            STR_ARG(t->certainty));
    return;
  }
  if (t->kind == BLOCK_BYLINE && t->role.len)
    buf_fmt(b, " %.*s", STR_ARG(t->role));
  if (t->kind == BLOCK_PARA)
    buf_fmt(b, " %.*s", STR_ARG(t->lines));
  buf_add(b, STR(": "));
  dump_text(b, t);
}

static void dump_page_head(Buf *b, const Page *p) {
  buf_fmt(b, "page %.*s %.*s %.*s", STR_ARG(p->id), STR_ARG(p->file),
          STR_ARG(p->encoding));
  buf_fmt(b, " | %.*s | %.*s | %.*s", STR_ARG(p->publication), STR_ARG(p->date),
          STR_ARG(p->date_from));
  if (p->told.len)
    buf_fmt(b, " | told %.*s", STR_ARG(p->told));
  buf_byte(b, '\n');
}

Str dossier_dump_articles(Arena *a, const Dossier *dossier) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    dump_page_head(&b, p);
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      buf_fmt(&b, "article %.*s %.*s", STR_ARG(t->id), STR_ARG(t->kind));
      if (str_is(t->use, "no"))
        buf_add(&b, STR(" (not used)"));
      if (t->continues.len)
        buf_fmt(&b, " continues %.*s", STR_ARG(t->continues));
      buf_byte(&b, '\n');
      for (size_t j = 0; j < t->blocks.len; j++)
        dump_block(&b, &t->blocks.data[j]);
    }
    for (size_t k = 0; k < p->flags.len; k++)
      buf_fmt(&b, "flag %.*s %u: %.*s\n", STR_ARG(p->flags.data[k].kind),
              p->flags.data[k].line, STR_ARG(p->flags.data[k].text));
  }
  return buf_str(&b);
}

// Fields that say nothing are left out, so that a case stays readable. Ids and
// rules are left out always: they are no part of what a sentence means.
static void dump_figure(Buf *b, const Figure *f) {
  static const char *const hidden[] = {"id", "fact", "rule", "state"};
  buf_add(b, STR("figure"));
  const struct {
    const char *name;
    Str value;
  } fields[] = {
#define F(field, name) {name, f->field},
      FIGURE_FIELDS(F)
#undef F
  };
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    bool skip = fields[i].value.len == 0;
    for (size_t k = 0; k < 4; k++)
      skip = skip || strcmp(fields[i].name, hidden[k]) == 0;
    if (!skip)
      buf_fmt(b, "\n  %s: %.*s", fields[i].name, STR_ARG(fields[i].value));
  }
  buf_add(b, STR("\n  place:"));
  for (size_t i = 0; i < f->n_places; i++)
    buf_fmt(b, " %u-%u", f->places[i].begin, f->places[i].end);
  buf_byte(b, '\n');
}

Str dossier_dump_figures(Arena *a, const Dossier *dossier) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      for (size_t j = 0; j < p->articles.data[k].figures.len; j++)
        dump_figure(&b, &p->articles.data[k].figures.data[j]);
  }
  return buf_str(&b);
}
