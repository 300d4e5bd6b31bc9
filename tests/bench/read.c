// Times the reader alone: bench_read FILE… prints bytes, seconds of one core,
// MB/s and the arena's memory for each page; no test depends on it.
#include "read.h"
#include <stdio.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void measure(const char *path) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {0};
  File *f = file_load(a, d, str_of(path));
  if (f) {
    size_t before = arena_used(a);
    double start = now();
    read_page(a, d, dossier, f, &options);
    double seconds = now() - start, mb = (double)f->raw.len / 1e6;
    double memory = (double)(arena_used(a) - before) / 1e6;
    printf("%-28s %9.3f MB %8.4f s %7.1f MB/s %8.1f MB memory\n", path, mb,
           seconds, mb / seconds, memory);
  }
  arena_free(a);
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    measure(argv[i]);
  return 0;
}
