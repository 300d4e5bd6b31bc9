// Any bytes as the ledger's file: opened, asked all that a briefing asks, and
// written to.
#include "door.h"
#include "ledger_imp.h"
#include "memory_vfs.h"
#include "patch.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/dev/shm/fuzz-ledger-XXXXXX", path[80];
static Arena *always;
static Str good;

static void remove_files(void) {
  static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < 4; i++) {
    char name[96];
    snprintf(name, sizeof name, "%s%s", path, endings[i]);
    if (access(name, F_OK) == 0)
      unlink(name);
  }
}

static void remove_all(void) {
  remove_files();
  rmdir(folder);
}

static Dossier *month(Arena *a, Diags *d, Str period) {
  Dossier *dossier = door_dossier(a, d, SMALL_DOSSIER("2025-11", ""));
  dossier->period = period;
  return dossier;
}

// A ledger of one issue, as its bytes.
static void start(void) {
  if (!mkdtemp(folder))
    abort();
  snprintf(path, sizeof path, "%s/l.db", folder);
  atexit(remove_all);
  always = arena_new();
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Issue issue = {0};
  Ledger *l = ledger_open(a, d, str_of(path), LEDGER_WRITE);
  if (!l || !ledger_add(l, month(a, d, STR("2025-11")), &issue))
    abort();
  ledger_run(l, "PRAGMA journal_mode=DELETE; PRAGMA page_size=512; VACUUM");
  arena_free(a);
  a = arena_new();
  File *f = file_load(a, diags_new(a, LANG_EN), str_of(path));
  good = str_copy(always, f->raw);
  arena_free(a);
}

// One of the questions that a briefing has.
static void ask(Arena *a, Ledger *l, const Dossier *dossier, int question) {
  History *h = history_new(a, dossier->period);
  history_set_ledger(h, l);
  const Figure *f = &dossier->pages.data[0].articles.data[0].figures.data[0];
  FigureAt was;
  switch (question) {
  case 0:
    if (history_lookup(h, f, BACK_PREVIOUS, &was))
      change_of(a, f, was.figure, STR_NONE);
    break;
  case 1:
    history_lookup(h, f, BACK_YEAR, &was);
    history_lookup(h, f, BACK_YEAR_START, &was);
    break;
  case 2:
    history_series(h, f, 12);
    break;
  case 3:
    history_status(h, f, &was);
    break;
  case 4:
    history_near(h, f);
    break;
  case 5:
    history_dropped(h, dossier);
    break;
  case 6:
    ledger_figures(l, STR(""), STR("入会"));
    break;
  default:
    ledger_issues(l);
  }
}

static bool file_write(Str bytes) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool ok = fd >= 0 && write(fd, bytes.data, bytes.len) == (ssize_t)bytes.len;
  return (fd < 0 || close(fd) == 0) && ok;
}

// With a WAL beside it, as a ledger is, the file must lie on a disk.
static void lay_on_disk(Str bytes) {
  if (bytes.len > 19)
    ((char *)bytes.data)[18] = ((char *)bytes.data)[19] = 2;
  sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
  remove_files();
  if (!file_write(bytes))
    abort();
}

// Sooner done: only the size is asked of the file system.
static void lay_in_memory(Str bytes) {
  static size_t size = SIZE_MAX;
  sqlite3_vfs_register(memory_vfs(), 1);
  memory_put(bytes.data, bytes.len);
  struct stat st;
  if (size != bytes.len || stat(path, &st) != 0 ||
      (size_t)st.st_size != bytes.len) {
    remove_files();
    if (!file_write(STR("")) || truncate(path, (off_t)bytes.len) != 0)
      abort();
    size = bytes.len;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!always)
    start();
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Str bytes = patched(a, good, data, size);
  unsigned chance = (unsigned)(str_hash((Str){(const char *)data, size}) >> 32);
  bool add = chance % 16 == 0;
  if (chance / 16 % 64 == 0)
    lay_on_disk(bytes);
  else
    lay_in_memory(bytes);
  LedgerMode mode = add ? LEDGER_WRITE : LEDGER_READ;
  Ledger *l = ledger_open(a, d, str_of(path), mode);
  if (l) {
    static Dossier *dossier;
    if (!dossier)
      dossier = month(always, d, STR("2025-12"));
    ask(a, l, dossier, (int)(chance / 1024 % 8));
    Issue issue = {0};
    if (add && ledger_add(l, dossier, &issue))
      ledger_remove(l, STR("2025-11"));
  }
  arena_free(a);
  return 0;
}
