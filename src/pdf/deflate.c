// Deflates a stream on another processor while the next one is made.
#include "deflate.h"
#include <libdeflate.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum {
  STREAMS_ALONE = 32, // so many are not worth a thread
  STACK_BYTES = 1 << 18,
};

struct Deflater {
  Arena *arena;
  struct libdeflate_compressor *packer;
  Buf in, out;
  unsigned given;
  bool threaded;
  bool busy, quit; // under the lock
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t turn;
};

static void pack(Deflater *d) {
  d->out.len = libdeflate_zlib_compress(d->packer, d->in.data, d->in.len,
                                        d->out.data, d->out.cap);
}

static void *work(void *p) {
  Deflater *d = p;
  pthread_mutex_lock(&d->lock);
  for (;;) {
    while (!d->busy && !d->quit)
      pthread_cond_wait(&d->turn, &d->lock);
    if (d->quit)
      break;
    pack(d);
    d->busy = false;
    pthread_cond_signal(&d->turn);
  }
  pthread_mutex_unlock(&d->lock);
  return NULL;
}

static void stop(void *p) {
  Deflater *d = p;
  if (d->threaded) {
    pthread_mutex_lock(&d->lock);
    d->quit = true;
    pthread_cond_signal(&d->turn);
    pthread_mutex_unlock(&d->lock);
    pthread_join(d->thread, NULL);
  }
  pthread_cond_destroy(&d->turn);
  pthread_mutex_destroy(&d->lock);
  libdeflate_free_compressor(d->packer);
}

Deflater *deflater_new(Arena *a, int level) {
  Deflater *d = NEW(a, Deflater);
  d->arena = a;
  d->packer = libdeflate_alloc_compressor(level);
  if (!d->packer) {
    fputs("jianbao: out of memory\n", stderr);
    exit(3);
  }
  d->in = buf_new(a);
  d->out = buf_new(a);
  pthread_mutex_init(&d->lock, NULL);
  pthread_cond_init(&d->turn, NULL);
  arena_defer(a, stop, d);
  return d;
}

// Signals are the main thread's. Without a thread all is done at once.
static void start(Deflater *d) {
  sigset_t all, old;
  pthread_attr_t how;
  sigfillset(&all);
  if (pthread_sigmask(SIG_BLOCK, &all, &old))
    return;
  if (!pthread_attr_init(&how)) {
    d->threaded = !pthread_attr_setstacksize(&how, STACK_BYTES) &&
                  !pthread_create(&d->thread, &how, work, d);
    pthread_attr_destroy(&how);
  }
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void deflater_give(Deflater *d, Str data) {
  size_t bound = libdeflate_zlib_compress_bound(d->packer, data.len);
  d->in.len = 0;
  buf_add(&d->in, data);
  if (bound > d->out.cap) {
    d->out.data = arena_alloc(d->arena, bound * 2);
    d->out.cap = bound * 2;
  }
  if (++d->given == STREAMS_ALONE)
    start(d);
  if (!d->threaded) {
    pack(d);
    return;
  }
  pthread_mutex_lock(&d->lock);
  d->busy = true;
  pthread_cond_signal(&d->turn);
  pthread_mutex_unlock(&d->lock);
}

Str deflater_take(Deflater *d) {
  if (d->threaded) {
    pthread_mutex_lock(&d->lock);
    while (d->busy)
      pthread_cond_wait(&d->turn, &d->lock);
    pthread_mutex_unlock(&d->lock);
  }
  return buf_str(&d->out);
}
