// Many briefings in one process: a thread takes the next item; messages come
// out in the order of the manifest; one failing item never spoils the others.
#include "manifest.h"
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  Run *run;
  Manifest *manifest;
  pthread_mutex_t lock;
  size_t next, done, told, pages;
  double started;
  bool progress; // standard error is a terminal
} Work;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void show_progress(Work *w) {
  double spent = now() - w->started;
  double left = spent / (double)w->done * (double)(w->manifest->n - w->done);
  double rate = (double)w->pages / (spent > 0 ? spent : 1);
  if (diags_lang_of_env() == LANG_ZH)
    fprintf(stderr, "%zu/%zu 份  每秒 %.0f 页  还需 %.0f 秒", w->done,
            w->manifest->n, rate, left);
  else
    fprintf(stderr, "%zu/%zu items  %.0f pages/s  %.0f s left", w->done,
            w->manifest->n, rate, left);
  if (w->done == w->manifest->n)
    fputs("\r\033[K", stderr);
}

static void set_item(const Run *r, Item *it) {
  it->arena = arena_new();
  it->diags = diags_new(it->arena, diags_lang_of_env());
  Run run = {.arena = it->arena, .diags = it->diags, .options = it->options};
  command_build(&run);
  it->pages = run.pages;
  it->code = diags_exit(it->diags, r->options.strict);
  it->warnings = diags_count(it->diags, LEVEL_WARNING);
}

// Messages come in the order of the manifest, so that those of an item wait
// for the items before it; then its memory goes.
static void tell_done(Work *w) {
  Manifest *m = w->manifest;
  const Options *o = &w->run->options;
  for (; w->told < m->n && m->items[w->told].done; w->told++) {
    Item *it = &m->items[w->told];
    if (!it->arena)
      continue;
    diags_print_as(it->diags, str_is(o->messages, "json"), o->quiet);
    diags_print(it->diags);
    arena_free(it->arena);
    it->arena = NULL;
  }
}

static void *worker(void *p) {
  Work *w = p;
  for (;;) {
    pthread_mutex_lock(&w->lock);
    size_t i = w->next < w->manifest->n ? w->next++ : SIZE_MAX;
    pthread_mutex_unlock(&w->lock);
    if (i == SIZE_MAX)
      return NULL;
    Item *it = &w->manifest->items[i];
    if (!it->skipped)
      set_item(w->run, it);
    pthread_mutex_lock(&w->lock);
    it->done = true;
    w->done++;
    w->pages += it->pages;
    if (w->progress)
      fputs("\r\033[K", stderr);
    tell_done(w);
    if (w->progress)
      show_progress(w);
    pthread_mutex_unlock(&w->lock);
  }
}

static void run_all(Work *w, size_t jobs) {
  pthread_t threads[99];
  size_t started = 0;
  // What one item gives back the next one takes: nothing goes to the system.
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, 1 << 28);
  mallopt(M_TOP_PAD, 1 << 22);
  pthread_mutex_init(&w->lock, NULL);
  while (started + 1 < jobs && started + 1 < w->manifest->n &&
         pthread_create(&threads[started], NULL, worker, w) == 0)
    started++;
  worker(w); // this thread works too, so that a run needs no second one
  for (size_t i = 0; i < started; i++)
    pthread_join(threads[i], NULL);
  pthread_mutex_destroy(&w->lock);
}

static void pad(Buf *b, Str s, size_t columns) {
  size_t used = 0;
  buf_add(b, s);
  for (size_t i = 0; i < s.len;)
    used += (size_t)char_columns(utf8_next(s, &i));
  for (; used < columns; used++)
    buf_byte(b, ' ');
}

static const char *word_of(const Item *it) {
  bool zh = diags_lang_of_env() == LANG_ZH;
  if (it->skipped)
    return zh ? "未变" : "unchanged";
  if (it->code)
    return zh ? "失败" : "failed";
  return zh ? "完成" : "done";
}

// A line of headings, then one an item: name, what became of it, pages,
// warnings, file.
static Str summary(Arena *a, const Manifest *m) {
  Buf b = buf_new(a);
  bool zh = diags_lang_of_env() == LANG_ZH;
  pad(&b, zh ? STR("名称") : STR("item"), 20);
  buf_byte(&b, ' ');
  pad(&b, zh ? STR("结果") : STR("result"), 10);
  buf_add(&b,
          zh ? STR("   页     警告  文件\n") : STR("pages warnings  file\n"));
  for (size_t i = 0; i < m->n; i++) {
    const Item *it = &m->items[i];
    pad(&b, it->name, 20);
    buf_byte(&b, ' ');
    pad(&b, str_of(word_of(it)), 10);
    buf_fmt(&b, "%5zu %8zu  %.*s\n", it->pages, it->warnings,
            STR_ARG(it->output));
  }
  return buf_str(&b);
}

static Str report(Arena *a, const Manifest *m) {
  Buf b = buf_new(a);
  buf_add(&b, STR("["));
  for (size_t i = 0; i < m->n; i++) {
    const Item *it = &m->items[i];
    buf_add(&b, i ? STR(",\n{\"name\":") : STR("\n{\"name\":"));
    json_string(&b, it->name);
    buf_add(&b, STR(",\"output\":"));
    json_string(&b, it->output);
    buf_fmt(&b, ",\"exit\":%d,\"pages\":%zu,\"warnings\":%zu,\"skipped\":%s}",
            it->code, it->pages, it->warnings, it->skipped ? "true" : "false");
  }
  buf_add(&b, STR("\n]\n"));
  return buf_str(&b);
}

static void write_text(Run *r, Str path, Str text) {
  Out *o = out_open(r->arena, r->diags, path);
  if (!o)
    return;
  out_write(o, text);
  out_commit(o);
}

static void tell_failed(Run *r, const Manifest *m) {
  for (size_t i = 0; i < m->n; i++) {
    const Item *it = &m->items[i];
    if (it->code)
      diag(r->diags, it->code == 3 ? D_RUN_ITEM_SYSTEM : D_RUN_ITEM, SPAN_NONE,
           it->name, str_int(r->arena, it->code));
  }
}

void command_run(Run *r) {
  const Options *o = &r->options;
  if (o->inputs.len != 1) {
    diag(r->diags, D_CLI_FEW, SPAN_NONE, STR("run"),
         diags_lang_of_env() == LANG_ZH ? STR("一份批次文件")
                                        : STR("one manifest"));
    return;
  }
  Manifest *m = manifest_load(r, o->inputs.data[0]);
  if (!m)
    return;
  Work w = {.run = r, .manifest = m, .started = now()};
  w.progress = isatty(STDERR_FILENO) && !o->quiet;
  resume_begin(r, m);
  run_all(&w, jobs_of(o));
  resume_end(r, m);
  tell_failed(r, m);
  if (!o->quiet)
    write_text(r, STR("-"), summary(r->arena, m));
  if (o->report.len)
    write_text(r, o->report, report(r->arena, m));
}
