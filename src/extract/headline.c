// What a headline's figure leaves to the body that repeats it: when and whose.
#include "extract_imp.h"

static bool in_headline(const Article *article, const Figure *f) {
  for (size_t i = 0; i < article->blocks.len; i++)
    if (str_eq(article->blocks.data[i].id, f->block))
      return article->blocks.data[i].kind != BLOCK_PARA &&
             article->blocks.data[i].kind != BLOCK_HEADING;
  return false;
}

static bool same_amount(const Figure *f, const Figure *g) {
  return str_eq(f->value, g->value) && str_eq(f->low, g->low) &&
         str_eq(f->high, g->high) && str_eq(f->unit, g->unit) &&
         str_ends(f->measure, STR("-by")) == str_ends(g->measure, STR("-by"));
}

// The figure of the body that a headline's repeats.
static const Figure *said_below(const Article *article, size_t i) {
  const Figure *f = &article->figures.data[i];
  for (size_t k = i + 1; k < article->figures.len; k++)
    if (same_amount(f, &article->figures.data[k]) &&
        !in_headline(article, &article->figures.data[k]))
      return &article->figures.data[k];
  return NULL;
}

// Whether the body's figure is of a place that the headline's may mean.
static bool same_place(const Figure *f, const Figure *said) {
  return f->value.len > 2 && said->subject.len &&
         str_starts(said->region, f->region) && !said->doubt.len;
}

// A headline repeats what the body says, and the body says when and whose.
void heed_bodies(Arena *a, Article *article) {
  for (size_t i = 0; i < article->figures.len && i < 16; i++) {
    Figure *f = &article->figures.data[i];
    const Figure *said =
        in_headline(article, f) ? said_below(article, i) : NULL;
    if (!said)
      continue;
    if (!f->period_printed.len && !f->period.len && said->period.len) {
      f->period = said->period;
      f->period_printed = said->period_printed;
      f->rule = str_cat(a, f->rule, STR(" when.body"));
    }
    if (same_place(f, said) && !str_eq(f->subject, said->subject)) {
      f->subject = said->subject;
      f->region = said->region;
      f->rule = str_cat(a, f->rule, STR(" where.body"));
    }
  }
}
