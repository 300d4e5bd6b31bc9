// Streams on their way into the file, deflated by a helper.
#ifndef STREAM_QUEUE_H
#define STREAM_QUEUE_H

#include "helper.h"
#include "pdf_file.h"

typedef struct StreamQueue StreamQueue;

typedef struct {
  uint32_t no;
  Str dict, data; // data leaves the queue deflated, as `pack` says
  StreamPack pack;
  bool object; // no stream: data is its body
} Queued;

// `put` takes what leaves the queue, in the order in which it came, during
// queue_add and queue_drain. The order never depends on who is faster.
StreamQueue *queue_new(Arena *a, void (*put)(void *ctx, const Queued *q),
                       void *ctx);
// Takes a copy of the bytes.
void queue_add(StreamQueue *s, const Queued *q);
// Waits until all have left.
void queue_drain(StreamQueue *s);
// For other work than the queue's own.
Helper *queue_helper(StreamQueue *s);

#endif
