// A hash map from Str to a pointer, open addressing.
#include "base.h"

typedef struct {
  Str key;
  void *value;
} Slot;

struct Map {
  Arena *arena;
  Slot *slots;
  size_t len, cap; // cap is a power of two
};

Map *map_new(Arena *a) {
  Map *m = NEW(a, Map);
  *m = (Map){.arena = a, .cap = 16, .slots = NEW_ARRAY(a, Slot, 16)};
  return m;
}

// Eight bytes at a time; str_hash goes byte by byte.
static size_t hash_of(Str s) {
  uint64_t h = s.len, x;
  for (; s.len >= sizeof x; s.data += sizeof x, s.len -= sizeof x) {
    memcpy(&x, s.data, sizeof x);
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 29;
  }
  for (size_t i = 0; i < s.len; i++)
    h = (h ^ (unsigned char)s.data[i]) * UINT64_C(0x9E3779B97F4A7C15);
  return (size_t)(h ^ h >> 32);
}

static Slot *slot_of(const Map *m, Str key) {
  size_t i = hash_of(key) & (m->cap - 1);
  while (m->slots[i].key.data && !str_eq(m->slots[i].key, key))
    i = (i + 1) & (m->cap - 1);
  return &m->slots[i];
}

void *map_lookup(const Map *m, Str key) {
  return slot_of(m, key)->value;
}

static void grow(Map *m) {
  Slot *old = m->slots;
  size_t n = m->cap;
  m->cap *= 2;
  m->slots = NEW_ARRAY(m->arena, Slot, m->cap);
  for (size_t i = 0; i < n; i++)
    if (old[i].key.data)
      *slot_of(m, old[i].key) = old[i];
}

void map_put(Map *m, Str key, void *value) {
  if (m->len * 2 >= m->cap)
    grow(m);
  Slot *s = slot_of(m, key);
  if (!s->key.data)
    m->len++;
  *s = (Slot){{key.data ? key.data : "", key.len}, value};
}
