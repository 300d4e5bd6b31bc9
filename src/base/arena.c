// Arena: zeroed memory in blocks, freed at once.
#include "base.h"
#include <malloc.h>
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

void arena_keep_freed(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
}

Arena *arena_new(void) {
  return must(calloc(1, sizeof(Arena)));
}

static void deferred_run(Arena *a) {
  while (a->deferred) {
    Deferred *d = a->deferred;
    a->deferred = d->next;
    d->fn(d->p);
  }
}

static void blocks_free(Block *b) {
  for (Block *next; b; b = next) {
    next = b->next;
    free(b);
  }
}

void arena_free(Arena *a) {
  if (!a)
    return;
  deferred_run(a);
  blocks_free(a->blocks);
  free(a);
}

// Keeps the block in use, if it is a usual one.
void arena_reset(Arena *a) {
  deferred_run(a);
  Block *kept = a->blocks;
  if (BLOCK_SIZE == 1 || !kept || kept->size != BLOCK_SIZE) {
    blocks_free(kept);
    kept = NULL;
  } else {
    blocks_free(kept->next);
    kept->next = NULL;
    memset(kept->data, 0, kept->used);
    kept->used = 0;
  }
  a->blocks = kept;
  a->used = 0;
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

// Nothing that lies in an arena is aligned more strictly.
enum {
  ALIGN = _Alignof(union {
    void *p;
    int64_t i;
    double d;
  })
};

static size_t step_of(size_t size) {
  if (size > SIZE_MAX - ALIGN)
    must(NULL);
  return (size + ALIGN - 1) / ALIGN * ALIGN;
}

void *arena_alloc(Arena *a, size_t size) {
  size_t step = step_of(size);
  Block *b = BLOCK_SIZE == 1 ? NULL : a->blocks;
  if (!b || b->size - b->used < step)
    b = block_add(a, BLOCK_SIZE == 1 ? size + 1 : step);
  void *p = (char *)b->data + b->used;
  b->used += step < b->size - b->used ? step : b->size - b->used;
  a->used += size;
  return p;
}

// Whether p, the last thing given out, could be made larger where it lies.
static bool grown_in_place(Arena *a, void *p, size_t size, size_t wanted) {
  if (BLOCK_SIZE == 1)
    return false;
  Block *b = a->blocks;
  size_t had = step_of(size), step = step_of(wanted);
  if (!b || !p || b->used < had || (char *)b->data + (b->used - had) != p ||
      b->size - b->used < step - had)
    return false;
  b->used += step - had;
  a->used += wanted - size;
  return true;
}

void *arena_grow(Arena *a, void *p, size_t size, size_t wanted) {
  if (grown_in_place(a, p, size, wanted))
    return p;
  void *bigger = arena_alloc(a, wanted);
  if (size)
    memcpy(bigger, p, size);
  return bigger;
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
  enum { FIRST = 128 }; // bytes
  if (len < *cap)
    return;
  size_t few = size < FIRST / 8 ? 8 : size < FIRST ? FIRST / size : 1;
  size_t grown = *cap ? *cap * 2 : few;
  if (size && grown > SIZE_MAX / size)
    must(NULL);
  *data = arena_grow(a, *data, *cap * size, grown * size);
  *cap = grown;
}
