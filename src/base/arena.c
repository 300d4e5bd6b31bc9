// Arena: zeroed memory in blocks, freed at once.
#include "base.h"
#include <stdio.h>
#include <stdlib.h>

#ifdef JIANBAO_TIGHT_ARENA
enum { BLOCK_SIZE = 1 }; // each allocation its own block: overruns are seen
#else
enum { BLOCK_SIZE = 64 * 1024 };
#endif

typedef struct Block {
  struct Block *next;
  size_t used, size;
  max_align_t data[];
} Block;

typedef struct Deferred {
  struct Deferred *next;
  void (*fn)(void *);
  void *p;
} Deferred;

struct Arena {
  Block *blocks;
  Deferred *deferred;
  size_t used;
};

static void *must(void *p) {
  if (p)
    return p;
  out_drop_all();
  fputs("jianbao: out of memory\n", stderr);
  exit(3);
}

Arena *arena_new(void) {
  return must(calloc(1, sizeof(Arena)));
}

void arena_free(Arena *a) {
  if (!a)
    return;
  while (a->deferred) {
    Deferred *d = a->deferred;
    a->deferred = d->next;
    d->fn(d->p);
  }
  for (Block *b = a->blocks, *next; b; b = next) {
    next = b->next;
    free(b);
  }
  free(a);
}

static Block *block_add(Arena *a, size_t size) {
  size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
  if (room > SIZE_MAX - sizeof(Block))
    must(NULL);
  Block *b = must(calloc(1, sizeof(Block) + room));
  b->size = room;
  // A large block goes behind the current one, whose rest stays in use.
  if (a->blocks && room != BLOCK_SIZE) {
    b->next = a->blocks->next;
    a->blocks->next = b;
  } else {
    b->next = a->blocks;
    a->blocks = b;
  }
  return b;
}

void *arena_alloc(Arena *a, size_t size) {
  enum { ALIGN = _Alignof(max_align_t) };
  if (size > SIZE_MAX - ALIGN)
    must(NULL);
  size_t step = (size + ALIGN - 1) / ALIGN * ALIGN;
  Block *b = BLOCK_SIZE == 1 ? NULL : a->blocks;
  if (!b || b->size - b->used < step)
    b = block_add(a, BLOCK_SIZE == 1 ? size + 1 : step);
  void *p = (char *)b->data + b->used;
  b->used += step < b->size - b->used ? step : b->size - b->used;
  a->used += size;
  return p;
}

void *arena_array(Arena *a, size_t n, size_t size) {
  if (size && n > SIZE_MAX / size)
    must(NULL);
  return arena_alloc(a, n * size);
}

void arena_defer(Arena *a, void (*fn)(void *), void *p) {
  Deferred *d = NEW(a, Deferred);
  *d = (Deferred){a->deferred, fn, p};
  a->deferred = d;
}

size_t arena_used(const Arena *a) {
  return a->used;
}

void vec_room(Arena *a, void **data, size_t *cap, size_t len, size_t size) {
  if (len < *cap)
    return;
  size_t grown = *cap ? *cap * 2 : 8;
  void *bigger = arena_array(a, grown, size);
  if (len)
    memcpy(bigger, *data, len * size);
  *data = bigger;
  *cap = grown;
}
