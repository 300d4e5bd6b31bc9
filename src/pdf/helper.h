// A second thread that does jobs beside the one that gives them.
#ifndef HELPER_H
#define HELPER_H

#include "base.h"

typedef struct Helper Helper;

typedef struct Job {
  void (*fn)(void *p);
  void *p;
  struct Job *next; // helper's own
  bool done;
} Job;

// Stops with the arena: after the job under way, without those behind it.
Helper *helper_new(Arena *a);
// Jobs are done one after the other. A job, and all that it uses, is the
// helper's until it has been awaited. Where there is no second processor or
// thread it is done at once.
void helper_give(Helper *h, Job *job);
void helper_await(Helper *h, Job *job);

#endif
