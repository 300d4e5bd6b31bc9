// Ids made of what a figure says, and figures that state one fact.
#include "extract_imp.h"

enum { PEERS_MAX = 12 }; // facts of one value that are compared

typedef struct Peer {
  Str indicator, fact, period;
  struct Peer *next;
} Peer;

// Hashes that are looked up by themselves, open addressing; 0 is a free slot.
typedef struct {
  uint64_t key;
  union {
    size_t times;
    Peer *peer;
  } is;
} Slot;

typedef struct {
  Slot *slots;
  size_t len, cap; // cap is a power of two
} Table;

struct Facts {
  Arena *arena;
  Table seen;   // of ids: how often
  Table peers;  // of value, unit and region
  Str sentence; // hashed last
  uint64_t sentence_hash;
};

Facts *facts_new(Arena *a) {
  Facts *facts = NEW(a, Facts);
  facts->arena = a;
  return facts;
}

static Slot *slot_of(const Table *t, uint64_t key) {
  size_t i = key & (t->cap - 1);
  while (t->slots[i].key && t->slots[i].key != key)
    i = (i + 1) & (t->cap - 1);
  return &t->slots[i];
}

// The slot of the key, which is put in where it is new.
static Slot *slot_for(Arena *a, Table *t, uint64_t key) {
  key = key ? key : 1;
  if (t->len * 2 >= t->cap) {
    Table old = *t;
    t->cap = old.cap ? old.cap * 2 : 64;
    t->slots = NEW_ARRAY(a, Slot, t->cap);
    for (size_t i = 0; i < old.cap; i++)
      if (old.slots[i].key)
        *slot_of(t, old.slots[i].key) = old.slots[i];
  }
  Slot *slot = slot_of(t, key);
  t->len += !slot->key;
  slot->key = key;
  return slot;
}

static uint64_t hash_on(uint64_t h, Str s) {
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c > ' ')
      h = (h ^ c) * UINT64_C(1099511628211);
  }
  return (h ^ 0xFF) * UINT64_C(1099511628211);
}

static uint64_t mixed(uint64_t h) {
  h ^= h >> 33;
  h *= UINT64_C(0xFF51AFD7ED558CCD);
  return h ^ h >> 33;
}

static const uint64_t SEED = UINT64_C(14695981039346656037);

// f-7c1e…: twelve digits of the hash.
static Str named(Arena *a, char letter, uint64_t h) {
  char *p = arena_alloc(a, 14);
  p[0] = letter;
  p[1] = '-';
  for (size_t i = 0; i < 12; i++)
    p[2 + i] = "0123456789abcdef"[h >> (60 - 4 * i) & 15];
  return (Str){p, 14};
}

void facts_id(Facts *facts, Str sentence, Figure *f) {
  Arena *a = facts->arena;
  if (sentence.data != facts->sentence.data ||
      sentence.len != facts->sentence.len) {
    facts->sentence = sentence;
    facts->sentence_hash = hash_on(SEED, sentence);
  }
  uint64_t h = mixed(hash_on(facts->sentence_hash, f->printed));
  f->id = named(a, 'f', h);
  Slot *slot = slot_for(a, &facts->seen, h >> 16); // as much as the id shows
  if (++slot->is.times > 1)
    f->id = str_fmt(a, "%.*s-%zu", STR_ARG(f->id), slot->is.times);
}

// Share of the characters of the shorter that both have in order of pairs.
// A count below ten comes up by chance: one phrase must end with the other.
static bool alike(Str x, Str y, bool few) {
  if (few)
    return str_ends(x, y) || str_ends(y, x);
  if (str_has(x, y) || str_has(y, x))
    return true;
  size_t pairs = 0, both = 0;
  Str s = x.len < y.len ? x : y, l = x.len < y.len ? y : x;
  for (size_t i = 0; i + 6 <= s.len && i < 120; i += 3, pairs++)
    both += str_has(l, str_slice(s, i, i + 6));
  return pairs && both * 2 >= pairs;
}

// The year that a period ends in; "" where it has no end.
static Str last_year(Str period) {
  size_t slash = str_find(period, STR("/"), 0);
  size_t from = slash == SIZE_MAX ? 0 : slash + 1;
  Str year = str_slice(period, from, from + 4);
  return year.len == 4 ? year : STR("");
}

// 2023年底…,2025年底…: of two times, so two facts.
static bool apart(Str x, Str y) {
  Str a = last_year(x), b = last_year(y);
  return a.len && b.len && !str_eq(a, b);
}

void facts_link(Facts *facts, Figure *f) {
  Arena *a = facts->arena;
  uint64_t h = SEED + str_ends(f->measure, STR("-by"));
  const Str parts[] = {f->value, f->low, f->high, f->unit, f->region};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    h = hash_on(h, parts[i]);
  h = mixed(h);
  Slot *slot = slot_for(a, &facts->peers, h);
  Peer *first = slot->is.peer;
  uint64_t name = hash_on(h, f->indicator);
  size_t n = 0;
  for (Peer *p = first; p && n < PEERS_MAX; p = p->next, n++) {
    if (!alike(p->indicator, f->indicator, f->value.len == 1))
      continue;
    if (!apart(p->period, f->period)) {
      f->fact = p->fact;
      return;
    }
    name = hash_on(name, last_year(f->period));
  }
  f->fact = named(a, 'k', mixed(name));
  Peer *p = NEW(a, Peer);
  *p = (Peer){f->indicator, f->fact, f->period, n < PEERS_MAX ? first : NULL};
  slot->is.peer = p;
}
