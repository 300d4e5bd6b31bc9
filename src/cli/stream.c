// `extract --format ndjson`: one line a page, in the order of the pages, with
// the memory of the pages at hand: the map step of a larger engine.
#include "extract.h"
#include "read.h"
#include "sources.h"
#include <pthread.h>

typedef struct {
  Run *run;
  Sources *sources;
  Out *out;
  const Dictionary *dictionary;
  pthread_mutex_t lock;
  pthread_cond_t turn;
  size_t taken, written; // pages
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

// Waits until the pages before are out, then writes this one and its messages.
static void put(Stream *s, size_t number, Str line, Diags *d) {
  pthread_mutex_lock(&s->lock);
  while (s->written != number)
    pthread_cond_wait(&s->turn, &s->lock);
  s->full = !out_write(s->out, line);
  diags_print_as(d, str_is(s->run->options.messages, "json"),
                 s->run->options.quiet);
  diags_print(d);
  int code = diags_exit(d, s->run->options.strict);
  s->code = code > s->code ? code : s->code;
  s->written++;
  pthread_cond_broadcast(&s->turn);
  pthread_mutex_unlock(&s->lock);
}

static void *worker(void *p) {
  Stream *s = p;
  for (bool more = true; more;) {
    Arena *a = arena_new();
    Diags *d = diags_new(a, diags_lang_of_env());
    pthread_mutex_lock(&s->lock);
    File *f = s->full ? NULL : sources_next(s->sources, a, d);
    size_t number = s->taken++;
    pthread_mutex_unlock(&s->lock);
    more = f != NULL;
    put(s, number, f ? page_line(s->run, s, a, d, f) : STR(""), d);
    arena_free(a);
  }
  return NULL;
}

int stream_pages(Run *r, const Dictionary *dictionary, size_t jobs) {
  const Options *o = &r->options;
  Stream s = {.run = r, .dictionary = dictionary};
  s.sources = sources_open(r, o->inputs.data, o->inputs.len, o->list);
  s.out = out_open(r->arena, r->diags, o->output.len ? o->output : STR("-"));
  if (!s.out)
    return 3;
  pthread_t threads[99];
  size_t started = 0;
  pthread_mutex_init(&s.lock, NULL);
  pthread_cond_init(&s.turn, NULL);
  while (started + 1 < jobs && started < 98 &&
         pthread_create(&threads[started], NULL, worker, &s) == 0)
    started++;
  worker(&s);
  for (size_t i = 0; i < started; i++)
    pthread_join(threads[i], NULL);
  pthread_cond_destroy(&s.turn);
  pthread_mutex_destroy(&s.lock);
  if (s.code && o->output.len && !o->keep_going) {
    out_abort(s.out);
    diag_add(r->diags, D_CLI_WITHHELD, SPAN_NONE, NULL, 0);
  } else {
    out_commit(s.out);
  }
  return s.code;
}
