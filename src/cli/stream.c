// `extract --format ndjson`: one line a page, in the order of the pages, with
// the memory of the pages at hand: the map step of a larger engine.
#include "extract.h"
#include "read.h"
#include "sources.h"
#include <pthread.h>

// Pages read ahead of the one to be written, for each job: a long page does not
// keep the others waiting, and memory stays bounded.
enum { AHEAD = 4, JOBS_MAX = 99 };

typedef struct { // a page that waits for its turn
  bool ready;
  Arena *arena;
  Diags *diags;
  Str line;
} Slot;

typedef struct {
  Run *run;
  Sources *sources;
  Out *out;
  const Dictionary *dictionary;
  pthread_mutex_t lock;
  pthread_cond_t room;
  Slot slots[AHEAD * JOBS_MAX]; // the first `window` are used, in turn
  size_t window;
  size_t taken, written; // pages
  bool writing;          // some worker is
  bool full;             // nothing more can be written
  int code;
} Stream;

static Str page_line(Run *r, const Stream *s, Arena *a, Diags *d, File *f) {
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {r->options.encoding, r->options.date};
  read_page(a, d, dossier, f, &options);
  read_finish(a, d, dossier);
  extract_figures(a, d, dossier, s->dictionary);
  if (!dossier->pages.len)
    return STR("");
  dossier->pages.data[0].file = f->path;
  dossier->period = r->options.period.data ? r->options.period : STR("");
  return dossier_json_line(a, dossier);
}

static bool emit(const Stream *s, const Slot *page, int *code) {
  bool ok = out_write(s->out, page->line);
  diags_print_as(page->diags, str_is(s->run->options.messages, "json"),
                 s->run->options.quiet);
  diags_print(page->diags);
  *code = diags_exit(page->diags, s->run->options.strict);
  arena_free(page->arena);
  return ok;
}

// Writes the pages whose turn has come, one worker at a time; the lock is held
// but for the writing.
static void write_ready(Stream *s) {
  if (s->writing)
    return;
  s->writing = true;
  for (Slot *slot; (slot = &s->slots[s->written % s->window])->ready;) {
    slot->ready = false;
    int code;
    pthread_mutex_unlock(&s->lock);
    bool ok = emit(s, slot, &code);
    pthread_mutex_lock(&s->lock);
    s->full = s->full || !ok;
    s->code = code > s->code ? code : s->code;
    s->written++;
    pthread_cond_broadcast(&s->room);
  }
  s->writing = false;
}

static void *worker(void *p) {
  Stream *s = p;
  pthread_mutex_lock(&s->lock);
  for (bool more = true; more;) {
    while (s->taken - s->written >= s->window)
      pthread_cond_wait(&s->room, &s->lock);
    Arena *a = arena_new();
    Diags *d = diags_new(a, diags_lang_of_env());
    File *f = s->full ? NULL : sources_next(s->sources, a, d);
    Slot *slot = &s->slots[s->taken++ % s->window];
    pthread_mutex_unlock(&s->lock);
    more = f != NULL;
    Str line = f ? page_line(s->run, s, a, d, f) : STR("");
    pthread_mutex_lock(&s->lock);
    *slot = (Slot){.ready = true, .arena = a, .diags = d, .line = line};
    write_ready(s);
  }
  pthread_mutex_unlock(&s->lock);
  return NULL;
}

int stream_pages(Run *r, const Dictionary *dictionary, size_t jobs) {
  const Options *o = &r->options;
  jobs = jobs < JOBS_MAX ? jobs : JOBS_MAX;
  Stream s = {.run = r, .dictionary = dictionary, .window = AHEAD * jobs};
  s.sources = sources_open(r, o->inputs.data, o->inputs.len, o->list);
  s.out = out_open(r->arena, r->diags, o->output.len ? o->output : STR("-"));
  if (!s.out)
    return 3;
  pthread_t threads[JOBS_MAX];
  size_t started = 0;
  pthread_mutex_init(&s.lock, NULL);
  pthread_cond_init(&s.room, NULL);
  while (started + 1 < jobs &&
         pthread_create(&threads[started], NULL, worker, &s) == 0)
    started++;
  worker(&s);
  for (size_t i = 0; i < started; i++)
    pthread_join(threads[i], NULL);
  pthread_cond_destroy(&s.room);
  pthread_mutex_destroy(&s.lock);
  if (s.code && o->output.len && !o->keep_going) {
    out_abort(s.out);
    diag_add(r->diags, D_CLI_WITHHELD, SPAN_NONE, NULL, 0);
  } else {
    out_commit(s.out);
  }
  return s.code;
}
