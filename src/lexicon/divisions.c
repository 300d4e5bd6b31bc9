// The administrative divisions: names in full and in short, found in text.
#include "lexicon.h"
#include <pthread.h>

// ---- the table -------------------------------------------------------------

typedef struct {
  uint32_t code;
  const char *name;
} Row;

static const Row rows[] = {
#define DIVISION(code, name) {code, name},
#define FORMER(code, name)
#include "divisions.def"
#undef DIVISION
#undef FORMER
};

static const Row former[] = {
#define DIVISION(code, name)
#define FORMER(code, name) {code, name},
#include "divisions.def"
#undef DIVISION
#undef FORMER
};

enum {
  ROWS = sizeof rows / sizeof *rows,
  FORMERS = sizeof former / sizeof *former,
  NAMES_MAX = 6 * (ROWS + FORMERS), // written forms of all divisions
  POOL_MAX = 24 * NAMES_MAX,        // bytes of the forms made here
  BUCKETS = 8192,                   // by the first two characters
  FORM_MAX = 96,                    // bytes of one form
};

// How sure a written form is: of several divisions the surest are offered.
typedef enum { FORM_FULL, FORM_FORMER, FORM_SHORT, FORM_RENAMED } Form;

typedef struct {
  const char *text;
  uint16_t division;
  uint8_t len, form;
  uint16_t next; // in the bucket, longest first; 0 ends
} Name;

// Built once from the table above, the same in every run.
static struct {
  Division divisions[ROWS];
  Name names[NAMES_MAX];
  size_t n_names;
  char pool[POOL_MAX];
  size_t pool_len;
  uint16_t bucket[BUCKETS];
  uint64_t seen[DIVISION_BITS / 64]; // which two characters names begin with
  uint64_t heads[1024];              // and which one
} index_;

static const Division *lookup(uint32_t code) {
  size_t lo = 0, hi = ROWS;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (rows[mid].code < code)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo < ROWS && rows[lo].code == code ? &index_.divisions[lo] : NULL;
}

// ---- written forms ---------------------------------------------------------

static void name_add(const char *text, size_t len, size_t division, Form form) {
  if (len < 6 || len > FORM_MAX || index_.n_names >= NAMES_MAX)
    return;
  uint32_t h = division_hash(text), bit = h % DIVISION_BITS;
  index_.seen[bit / 64] |= UINT64_C(1) << bit % 64;
  size_t at_head = 0;
  uint32_t head = utf8_next((Str){text, len}, &at_head) & 0xFFFF;
  index_.heads[head / 64] |= UINT64_C(1) << head % 64;
  uint16_t *link = &index_.bucket[h % BUCKETS];
  while (*link) {
    Name *n = &index_.names[*link];
    if (n->len < len || (n->len == len && n->form > form))
      break;
    if (n->len == len && n->division == division && !memcmp(n->text, text, len))
      return;
    link = &n->next;
  }
  size_t at = ++index_.n_names;
  index_.names[at] =
      (Name){text, (uint16_t)division, (uint8_t)len, (uint8_t)form, *link};
  *link = (uint16_t)at;
}

static void made_add(Str stem, const char *suffix, size_t division, Form form) {
  size_t n = strlen(suffix), len = stem.len + n;
  if (index_.pool_len + len > POOL_MAX)
    return;
  char *p = index_.pool + index_.pool_len;
  memcpy(p, stem.data, stem.len);
  memcpy(p + stem.len, suffix, n);
  index_.pool_len += len;
  name_add(p, len, division, form);
}

static const char *const peoples[] = {
    "柯尔克孜族", "乌孜别克族", "塔吉克族", "达斡尔族", "哈萨克族", "维吾尔族",
    "俄罗斯族",   "鄂温克族",   "鄂伦春族", "蒙古族",   "朝鲜族",   "土家族",
    "哈尼族",     "布依族",     "傈僳族",   "仡佬族",   "拉祜族",   "东乡族",
    "保安族",     "裕固族",     "撒拉族",   "纳西族",   "景颇族",   "仫佬族",
    "布朗族",     "毛南族",     "锡伯族",   "普米族",   "阿昌族",   "德昂族",
    "独龙族",     "赫哲族",     "门巴族",   "珞巴族",   "基诺族",   "回族",
    "藏族",       "彝族",       "壮族",     "苗族",     "侗族",     "瑶族",
    "白族",       "傣族",       "黎族",     "佤族",     "畲族",     "水族",
    "羌族",       "怒族",       "满族",     "土族",     "各族",     "蒙古",
};

static bool strip(Str *s, const char *suffix) {
  if (!str_ends(*s, str_of(suffix)))
    return false;
  s->len -= strlen(suffix);
  return true;
}

// 积石山保安族东乡族撒拉族 → 积石山; a name that is nothing else stays.
static Str strip_peoples(Str s) {
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < sizeof peoples / sizeof *peoples; i++)
      if (s.len >= strlen(peoples[i]) + 6 && strip(&s, peoples[i]))
        more = true;
  }
  return s;
}

static void add_county(Str name, size_t i) {
  Str s = name;
  if (strip(&s, "自治县")) {
    s = strip_peoples(s);
    // 东乡县, which a county elsewhere was called too
    Form form = strip(&s, "族") ? FORM_RENAMED : FORM_SHORT;
    made_add(s, "县", i, form);
    made_add(s, "", i, FORM_SHORT);
  } else if (strip(&s, "自治旗")) {
    s = strip_peoples(s);
    made_add(s, "旗", i, FORM_SHORT);
    made_add(s, "", i, FORM_SHORT);
  } else if (strip(&s, "县") || strip(&s, "市") || strip(&s, "林区") ||
             strip(&s, "特区") || strip(&s, "区")) {
    made_add(s, "", i, FORM_SHORT);
    made_add(s, "县", i, FORM_RENAMED);
    made_add(s, "市", i, FORM_RENAMED);
    made_add(s, "区", i, FORM_RENAMED);
  }
}

static void add_prefecture(Str name, size_t i) {
  Str s = name;
  if (strip(&s, "自治州")) {
    s = strip_peoples(s);
    made_add(s, "州", i, FORM_SHORT);
    made_add(s, "", i, FORM_SHORT);
  } else if (strip(&s, "市") || strip(&s, "地区") || strip(&s, "盟")) {
    made_add(s, "", i, FORM_SHORT);
    made_add(s, "地区", i, FORM_RENAMED);
  }
}

static void add_province(Str name, size_t i) {
  static const char *const suffixes[] = {
      "壮族自治区", "回族自治区", "维吾尔自治区", "自治区",
      "特别行政区", "省",         "市",
  };
  Str s = name;
  for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++)
    if (strip(&s, suffixes[k]))
      break;
  made_add(s, "", i, FORM_SHORT);
  if (str_ends(name, STR("自治区")))
    made_add(s, "自治区", i, FORM_SHORT);
}

static void add_forms(size_t i) {
  const Division *d = &index_.divisions[i];
  Str name = str_of(d->name);
  name_add(d->name, name.len, i, FORM_FULL);
  if (d->level == 1)
    add_province(name, i);
  else if (d->level == 2)
    add_prefecture(name, i);
  else
    add_county(name, i);
}

static void build(void) {
  for (size_t i = 0; i < ROWS; i++) {
    uint32_t code = rows[i].code;
    Division *d = &index_.divisions[i];
    *d = (Division){.code = code, .name = rows[i].name, .level = 1};
    if (code % 10000) {
      d->level = code % 100 ? 3 : 2;
      d->parent = code % 100 ? lookup(code / 100 * 100) : NULL;
      if (!d->parent)
        d->parent = lookup(code / 10000 * 10000);
    }
  }
  for (size_t i = 0; i < ROWS; i++)
    add_forms(i);
  for (size_t i = 0; i < FORMERS; i++) {
    const Division *d = lookup(former[i].code);
    if (!d)
      continue;
    size_t at = (size_t)(d - index_.divisions);
    Str s = str_of(former[i].name);
    name_add(s.data, s.len, at, FORM_FORMER);
    if (strip(&s, "市") || strip(&s, "县"))
      made_add(s, "", at, FORM_RENAMED);
  }
}

// The first thread that asks builds the index; the others wait for it.
static void ready(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static _Thread_local bool seen;
  if (!seen)
    pthread_once(&once, build);
  seen = true;
}

const Division *division_of_code(uint32_t code) {
  ready();
  return lookup(code);
}

const uint64_t *division_heads(void) {
  ready();
  return index_.heads;
}

const uint64_t *division_filter(void) {
  ready();
  return index_.seen;
}

// ---- the door --------------------------------------------------------------

// Ordinary words that are also divisions' names are no places by themselves.
static bool is_word(Str s) {
  static const char *const words[] = {"城区", "郊区", "矿区", "市区", "县区"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_is(s, words[i]))
      return true;
  return false;
}

size_t division_match(Str s, size_t at, size_t *len, const Division **out,
                      size_t max) {
  ready();
  *len = 0;
  size_t n = 0;
  if (at + 6 > s.len)
    return 0;
  const char *p = s.data + at;
  uint8_t form = 0;
  if (!division_may_begin(index_.seen, p))
    return 0;
  uint16_t k = index_.bucket[division_hash(p) % BUCKETS];
  for (; k; k = index_.names[k].next) {
    const Name *name = &index_.names[k];
    if (n && (name->len != *len || name->form != form))
      break;
    if (name->len > s.len - at || memcmp(name->text, p, name->len) != 0)
      continue;
    if (!n && is_word((Str){p, name->len}))
      continue;
    *len = name->len;
    form = name->form;
    if (n < max)
      out[n++] = &index_.divisions[name->division];
  }
  return n;
}

Str division_chain(Arena *a, const Division *d) {
  if (!d)
    return STR("");
  if (!d->parent)
    return str_of(d->name);
  Str above = str_cat(a, division_chain(a, d->parent), STR("/"));
  return str_cat(a, above, str_of(d->name));
}
