// The dictionaries: canonical names of indicators, topics of articles.
#include "extract_imp.h"
#include "history.h"

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

// Words found by their first bytes.
typedef struct {
  Str word, name, unit;
  uint32_t next; // in the bucket, + 1
} Entry;

enum { HEADS = 1024, SEEN = 128, KEY = 6 }; // two characters

typedef struct {
  VEC(Entry) entries;
  uint32_t head[HEADS];
  uint64_t seen[SEEN];  // of hashes: which have words
  uint64_t heads[1024]; // first characters: which begin one
} Index;

struct Glossary {
  Arena *arena;
  Index canons, topics;
  VEC(Str) names; // of topics, in order
  size_t *sums;
};

static uint32_t hash_of(const char *p) {
  uint32_t x;
  uint16_t y;
  memcpy(&x, p, 4);
  memcpy(&y, p + 4, 2);
  uint64_t h = ((uint64_t)y << 32 | x) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)(h >> 32);
}

// First of the words that may stand at p, + 1.
static uint32_t first_at(const Index *index, const char *p) {
  uint32_t h = hash_of(p), bit = h % (SEEN * 64);
  return index->seen[bit / 64] >> bit % 64 & 1 ? index->head[h % HEADS] : 0;
}

static void index_add(Arena *a, Index *index, Str word, Str name, Str unit) {
  if (word.len < KEY)
    return;
  uint32_t h = hash_of(word.data), bit = h % (SEEN * 64);
  uint32_t first = utf8_bits(word.data);
  index->heads[first / 64] |= UINT64_C(1) << first % 64;
  index->seen[bit / 64] |= UINT64_C(1) << bit % 64;
  uint32_t *head = &index->head[h % HEADS];
  *vec_push(a, &index->entries) = (Entry){word, name, unit, *head};
  *head = (uint32_t)index->entries.len;
}

// Adds each of words separated by blanks.
static void index_list(Arena *a, Index *index, const char *words, Str name,
                       Str unit) {
  for (const char *p = words; *p;) {
    const char *end = p;
    while (*end && *end != ' ')
      end++;
    index_add(a, index, (Str){p, (size_t)(end - p)}, name, unit);
    p = *end ? end + 1 : end;
  }
}

static void add_given(Glossary *g, const Dictionary *dictionary) {
  Arena *a = g->arena;
  for (size_t i = 0; i < dictionary->n_indicators; i++) {
    const Indicator *in = &dictionary->indicators[i];
    index_add(a, &g->canons, in->canon, in->canon, in->unit);
    for (size_t k = 0; k < in->n_aliases; k++)
      index_add(a, &g->canons, in->aliases[k], in->canon, in->unit);
  }
  for (size_t i = 0; i < dictionary->n_topics; i++) {
    const Topic *topic = &dictionary->topics[i];
    *vec_push(a, &g->names) = topic->name;
    for (size_t k = 0; k < topic->n_keywords; k++)
      index_add(a, &g->topics, topic->keywords[k], topic->name, STR(""));
  }
}

Glossary *glossary_new(Arena *a, const Dictionary *dictionary) {
  Glossary *g = NEW(a, Glossary);
  g->arena = a;
  if (dictionary)
    add_given(g, dictionary);
  for (size_t i = 0; i < sizeof indicators / sizeof *indicators; i++) {
    Str canon = str_of(indicators[i].canon), unit = str_of(indicators[i].unit);
    index_add(a, &g->canons, canon, canon, unit);
    index_list(a, &g->canons, indicators[i].aliases, canon, unit);
  }
  if (!g->names.len)
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
      Str name = str_of(topics[i].name);
      *vec_push(a, &g->names) = name;
      index_list(a, &g->topics, topics[i].keywords, name, STR(""));
    }
  g->sums = NEW_ARRAY(a, size_t, g->names.len);
  return g;
}

// The first character at or after i that may begin a word, at least KEY bytes
// before the end; else s.len.
static size_t next_head(const Index *index, Str s, size_t i) {
  for (; i + KEY <= s.len; i += utf8_step(s.data[i])) {
    uint32_t c = utf8_bits(s.data + i);
    if (index->heads[c / 64] >> c % 64 & 1)
      return i;
  }
  return s.len;
}

static bool stands_at(Str s, size_t i, Str word) {
  return word.len <= s.len - i && memcmp(s.data + i, word.data, word.len) == 0;
}

// A name is the head of the phrase: it ends it, but for a word of number.
static bool ends_phrase(Str s, size_t i) {
  static const char *const tails[] = {"",     "总数", "人数", "数",  "数量",
                                      "总量", "次数", "金额", "活动"};
  Str rest = str_slice(s, i, s.len);
  for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
    if (str_is(rest, tails[k]))
      return true;
  return false;
}

// 汇聚工会组织 are those that an app gathered, 走访工会组织 those that were
// called on: not those that there are.
static bool only_touched(Str before) {
  static const char *const verbs[] = {"汇聚", "覆盖", "涉及", "惠及", "发动",
                                      "动员", "联系", "走访", "带动", "指导"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (str_ends(before, str_of(verbs[i])))
      return true;
  return false;
}

enum { SCRIPT_LOOKED_AT = 90 }; // bytes that tell the script

static bool same_units(Str x, Str y) {
  return str_eq(x, y) || str_eq(unit_family(x), unit_family(y));
}

// 农民工法律援助案件, 非公企业建会率: of some only, and no figure of them all.
static bool of_some(Str before) {
  static const char *const some[] = {"农民工", "女职工", "女工", "非公",
                                     "退休",   "下岗",   "残疾", "小微"};
  for (size_t i = 0; i < sizeof some / sizeof *some; i++)
    if (str_has(before, str_of(some[i])))
      return true;
  return false;
}

// The words of the dictionaries are in simplified characters.
static Str plain(Arena *a, Str s) {
  bool traditional = text_traditional(str_slice(s, 0, SCRIPT_LOOKED_AT));
  return traditional ? text_simplified(a, s) : s;
}

void find_canon(Arena *a, const Glossary *g, Figure *f) {
  size_t best = 0;
  bool change = str_ends(f->measure, STR("-by"));
  Str s = plain(a, f->indicator);
  for (size_t i = 0; (i = next_head(&g->canons, s, i)) < s.len;
       i += utf8_step(s.data[i])) {
    uint32_t k = first_at(&g->canons, s.data + i);
    for (; k; k = g->canons.entries.data[k - 1].next) {
      const Entry *e = &g->canons.entries.data[k - 1];
      if (e->word.len > best && stands_at(s, i, e->word) &&
          ends_phrase(s, i + e->word.len) &&
          (change || !e->unit.len || same_units(e->unit, f->unit)) &&
          !only_touched(str_slice(s, 0, i)) && !of_some(str_slice(s, 0, i))) {
        best = e->word.len;
        f->canon = e->name;
      }
    }
  }
}

// ---- topics ----

// A keyword in a headline weighs as much as several in the text.
enum { TITLE_WORTH = 4, READ_MAX = 900, BLOCKS_MAX = 12, LEAST = 2 };

static void weigh(Glossary *g, Str s, size_t worth) {
  for (size_t i = 0; (i = next_head(&g->topics, s, i)) < s.len;
       i += utf8_step(s.data[i])) {
    uint32_t k = first_at(&g->topics, s.data + i);
    for (; k; k = g->topics.entries.data[k - 1].next) {
      const Entry *e = &g->topics.entries.data[k - 1];
      if (!stands_at(s, i, e->word))
        continue;
      for (size_t n = 0; n < g->names.len; n++)
        if (g->names.data[n].data == e->name.data)
          g->sums[n] += worth;
    }
  }
}

Str article_topic(Arena *a, Glossary *g, const Article *article) {
  for (size_t n = 0; n < g->names.len; n++)
    g->sums[n] = 0;
  for (size_t i = 0; i < article->blocks.len && i < BLOCKS_MAX; i++) {
    const TextBlock *b = &article->blocks.data[i];
    bool head = b->kind == BLOCK_TITLE || b->kind == BLOCK_KICKER ||
                b->kind == BLOCK_SUBTITLE;
    weigh(g, plain(a, str_slice(b->text, 0, READ_MAX)), head ? TITLE_WORTH : 1);
  }
  size_t best = SIZE_MAX;
  for (size_t n = 0; n < g->names.len; n++)
    if (g->sums[n] >= LEAST && (best == SIZE_MAX || g->sums[n] > g->sums[best]))
      best = n;
  return best == SIZE_MAX ? STR("") : g->names.data[best];
}
