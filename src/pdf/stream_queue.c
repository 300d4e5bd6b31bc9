// Streams on their way into the file: a batch of them is deflated by a helper
// while the next is filled. To wake a thread takes as long as to deflate some
// kilobytes, so that a single page is not worth it.
#include "stream_queue.h"
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

enum {
  BATCH_BYTES = 96 << 10,
  LEVEL_FAST = 1,
  LEVEL = 6,
};

typedef struct {
  uint32_t no;
  StreamPack pack;
  bool object;
  size_t dict, data; // lengths; they lie in `in` one after the other
  size_t packed;     // length in `out`
} Entry;

typedef struct {
  StreamQueue *queue;
  Arena *arena; // of whoever has the batch
  VEC(Entry) list;
  Buf in;
  char *out;
  size_t bound, cap; // of out: needed, there
  Job job;
  bool given;
} Batch;

struct StreamQueue {
  Helper *helper;
  struct libdeflate_compressor *fast, *small; // of whoever packs
  Batch batches[2];                           // one filled, one given
  size_t filled;
  void (*put)(void *ctx, const Queued *q);
  void *ctx;
};

static void packers_free(void *p) {
  StreamQueue *s = p;
  libdeflate_free_compressor(s->fast);
  libdeflate_free_compressor(s->small);
}

static struct libdeflate_compressor *packer_of(StreamQueue *s,
                                               StreamPack pack) {
  return pack == STREAM_DEFLATE ? s->small : s->fast;
}

static bool is_packed(const Entry *e) {
  return !e->object && (e->pack == STREAM_FAST || e->pack == STREAM_DEFLATE);
}

static void batch_pack(void *p) {
  Batch *b = p;
  const char *in = b->in.data;
  char *out = b->out;
  for (size_t i = 0; i < b->list.len; i++) {
    Entry *e = &b->list.data[i];
    if (is_packed(e))
      e->packed = libdeflate_zlib_compress(packer_of(b->queue, e->pack),
                                           in + e->dict, e->data, out,
                                           b->bound - (size_t)(out - b->out));
    in += e->dict + e->data;
    out += e->packed;
  }
}

StreamQueue *queue_new(Arena *a, void (*put)(void *ctx, const Queued *q),
                       void *ctx) {
  StreamQueue *s = NEW(a, StreamQueue);
  *s = (StreamQueue){.put = put, .ctx = ctx};
  s->fast = libdeflate_alloc_compressor(LEVEL_FAST);
  s->small = libdeflate_alloc_compressor(LEVEL);
  if (!s->fast || !s->small) {
    fputs("jianbao: out of memory\n", stderr);
    exit(3);
  }
  arena_defer(a, packers_free, s);
  for (size_t i = 0; i < 2; i++) {
    Batch *b = &s->batches[i];
    *b = (Batch){
        .queue = s, .arena = arena_new(), .job = {.fn = batch_pack, .p = b}};
    b->in = buf_new(b->arena);
    arena_defer(a, (void (*)(void *))arena_free, b->arena);
  }
  s->helper = helper_new(a); // stops before all of this goes
  return s;
}

Helper *queue_helper(StreamQueue *s) {
  return s->helper;
}

static void batch_room(Batch *b) {
  if (b->bound <= b->cap)
    return;
  b->cap = b->bound + b->bound / 8;
  b->out = arena_alloc(b->arena, b->cap);
}

static void batch_put(StreamQueue *s, Batch *b) {
  size_t in = 0, out = 0;
  for (size_t i = 0; i < b->list.len; i++) {
    const Entry *e = &b->list.data[i];
    Queued q = {.no = e->no, .pack = e->pack, .object = e->object};
    q.dict = (Str){b->in.data + in, e->dict};
    q.data = is_packed(e) ? (Str){b->out + out, e->packed}
                          : (Str){b->in.data + in + e->dict, e->data};
    s->put(s->ctx, &q);
    in += e->dict + e->data;
    out += e->packed;
  }
  b->list.len = b->in.len = b->bound = 0;
  b->given = false;
}

static void given_put(StreamQueue *s) {
  Batch *b = &s->batches[!s->filled];
  if (!b->given)
    return;
  helper_await(s->helper, &b->job);
  batch_put(s, b);
}

static void batch_give(StreamQueue *s) {
  given_put(s);
  Batch *b = &s->batches[s->filled];
  batch_room(b);
  b->given = true;
  helper_give(s->helper, &b->job);
  s->filled = !s->filled;
}

void queue_add(StreamQueue *s, const Queued *q) {
  Batch *b = &s->batches[s->filled];
  Entry *e = vec_push(b->arena, &b->list);
  *e = (Entry){.no = q->no,
               .pack = q->pack,
               .object = q->object,
               .dict = q->dict.len,
               .data = q->data.len};
  buf_add(&b->in, q->dict);
  buf_add(&b->in, q->data);
  if (is_packed(e))
    b->bound +=
        libdeflate_zlib_compress_bound(packer_of(s, q->pack), q->data.len);
  if (b->in.len >= BATCH_BYTES)
    batch_give(s);
}

void queue_drain(StreamQueue *s) {
  given_put(s);
  Batch *b = &s->batches[s->filled];
  batch_room(b);
  batch_pack(b);
  batch_put(s, b);
}
