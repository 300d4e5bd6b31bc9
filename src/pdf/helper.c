// A second thread that does jobs beside the one that gives them.
#include "helper.h"
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { STACK_BYTES = 4 << 20 }; // addresses; memory only as far as it is used

struct Helper {
  bool tried, threaded;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t given, finished;
  // Under the lock.
  Job *first, *last;
  bool quit;
};

static void *work(void *p) {
  Helper *h = p;
  pthread_mutex_lock(&h->lock);
  for (;;) {
    while (!h->first && !h->quit)
      pthread_cond_wait(&h->given, &h->lock);
    if (h->quit)
      break;
    Job *job = h->first;
    h->first = job->next;
    pthread_mutex_unlock(&h->lock);
    job->fn(job->p);
    pthread_mutex_lock(&h->lock);
    job->done = true;
    pthread_cond_signal(&h->finished);
  }
  pthread_mutex_unlock(&h->lock);
  return NULL;
}

static void stop(void *p) {
  Helper *h = p;
  if (h->threaded) {
    pthread_mutex_lock(&h->lock);
    h->quit = true;
    pthread_cond_signal(&h->given);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->thread, NULL);
  }
  pthread_cond_destroy(&h->given);
  pthread_cond_destroy(&h->finished);
  pthread_mutex_destroy(&h->lock);
}

Helper *helper_new(Arena *a) {
  Helper *h = NEW(a, Helper);
  pthread_mutex_init(&h->lock, NULL);
  pthread_cond_init(&h->given, NULL);
  pthread_cond_init(&h->finished, NULL);
  arena_defer(a, stop, h);
  return h;
}

// Signals are the main thread's.
static void start(Helper *h) {
  sigset_t all, old;
  pthread_attr_t how;
  h->tried = true;
  if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
    return;
  sigfillset(&all);
  if (pthread_sigmask(SIG_BLOCK, &all, &old))
    return;
  if (!pthread_attr_init(&how)) {
    h->threaded = !pthread_attr_setstacksize(&how, STACK_BYTES) &&
                  !pthread_create(&h->thread, &how, work, h);
    pthread_attr_destroy(&how);
  }
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void helper_give(Helper *h, Job *job) {
  if (!h->tried)
    start(h);
  job->next = NULL;
  job->done = !h->threaded;
  if (!h->threaded) {
    job->fn(job->p);
    return;
  }
  pthread_mutex_lock(&h->lock);
  if (h->first)
    h->last->next = job;
  else
    h->first = job;
  h->last = job;
  pthread_cond_signal(&h->given);
  pthread_mutex_unlock(&h->lock);
}

void helper_await(Helper *h, Job *job) {
  if (!h->threaded)
    return;
  pthread_mutex_lock(&h->lock);
  while (!job->done)
    pthread_cond_wait(&h->finished, &h->lock);
  pthread_mutex_unlock(&h->lock);
}
