// The dictionaries: canonical names of indicators, topics of articles.
#include "extract_imp.h"

static const struct {
  const char *canon, *aliases, *unit;
} indicators[] = {
#define INDICATOR(canon, aliases, unit) {canon, aliases, unit},
#define TOPIC(name, keywords)
#include "topic.def"
#undef INDICATOR
#undef TOPIC
};

static const struct {
  const char *name, *keywords;
} topics[] = {
#define INDICATOR(canon, aliases, unit)
#define TOPIC(name, keywords) {name, keywords},
#include "topic.def"
#undef INDICATOR
#undef TOPIC
};

// The next of words separated by blanks.
static Str next_of(Str *words) {
  *words = str_trim(*words);
  size_t n = str_find(*words, STR(" "), 0);
  Str w = str_slice(*words, 0, n == SIZE_MAX ? words->len : n);
  *words = str_slice(*words, w.len, words->len);
  return w;
}

typedef struct {
  size_t len;
  Str canon;
} Best;

static void try_alias(Best *best, Str indicator, Str alias, Str canon) {
  if (alias.len > best->len && str_has(indicator, alias))
    *best = (Best){alias.len, canon};
}

static bool same_unit(Str want, Str unit) {
  return !want.len || str_eq(want, unit);
}

void find_canon(const Dictionary *dictionary, Figure *f) {
  Best best = {0, STR("")};
  bool change = str_ends(f->measure, STR("-by"));
  for (size_t i = 0; dictionary && i < dictionary->n_indicators; i++) {
    const Indicator *in = &dictionary->indicators[i];
    if (!change && !same_unit(in->unit, f->unit))
      continue;
    try_alias(&best, f->indicator, in->canon, in->canon);
    for (size_t k = 0; k < in->n_aliases; k++)
      try_alias(&best, f->indicator, in->aliases[k], in->canon);
  }
  for (size_t i = 0; i < sizeof indicators / sizeof *indicators; i++) {
    Str canon = str_of(indicators[i].canon);
    if (!change && !same_unit(str_of(indicators[i].unit), f->unit))
      continue;
    try_alias(&best, f->indicator, canon, canon);
    Str words = str_of(indicators[i].aliases);
    for (Str w; (w = next_of(&words)).len;)
      try_alias(&best, f->indicator, w, canon);
  }
  f->canon = best.canon;
}

// ---- topics
// -------------------------------------------------------------------

enum { TITLE_WORTH = 4, READ_MAX = 1800 }; // bytes of a paragraph looked at

static size_t worth(const Article *article, Str word) {
  size_t sum = 0;
  for (size_t i = 0; i < article->blocks.len && i < 24; i++) {
    const TextBlock *b = &article->blocks.data[i];
    bool head = b->kind == BLOCK_TITLE || b->kind == BLOCK_KICKER ||
                b->kind == BLOCK_SUBTITLE;
    if (str_has(str_slice(b->text, 0, READ_MAX), word))
      sum += head ? TITLE_WORTH : 1;
  }
  return sum;
}

Str article_topic(const Article *article, const Dictionary *dictionary) {
  Str best = STR("");
  size_t most = 1;
  for (size_t i = 0; dictionary && i < dictionary->n_topics; i++) {
    const Topic *topic = &dictionary->topics[i];
    size_t sum = 0;
    for (size_t k = 0; k < topic->n_keywords; k++)
      sum += worth(article, topic->keywords[k]);
    if (sum > most) {
      most = sum;
      best = topic->name;
    }
  }
  if (best.len || (dictionary && dictionary->n_topics))
    return best;
  for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
    size_t sum = 0;
    Str words = str_of(topics[i].keywords);
    for (Str w; (w = next_of(&words)).len;)
      sum += worth(article, w);
    if (sum > most) {
      most = sum;
      best = str_of(topics[i].name);
    }
  }
  return best;
}
