// SQLite files in memory, so that a run touches no disk: the database and its
// journal, which the next run finds empty.
#ifndef MEMORY_VFS_H
#define MEMORY_VFS_H

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY_MAX = 1 << 24 };

typedef struct {
  unsigned char *bytes; // MEMORY_MAX of them
  sqlite3_int64 len;
} MemoryBytes;

typedef struct {
  sqlite3_file base;
  MemoryBytes *at;
} MemoryFile;

static MemoryBytes memory_files[2]; // database, journal

static MemoryBytes *memory_named(const char *name) {
  size_t n = strlen(name);
  return &memory_files[n > 8 && strcmp(name + n - 8, "-journal") == 0];
}

static int memory_close(sqlite3_file *f) {
  (void)f;
  return SQLITE_OK;
}

static int memory_read(sqlite3_file *f, void *to, int n, sqlite3_int64 from) {
  const MemoryBytes *m = ((MemoryFile *)f)->at;
  sqlite3_int64 left = from < m->len ? m->len - from : 0;
  sqlite3_int64 have = left < n ? left : n;
  if (have)
    memcpy(to, m->bytes + from, (size_t)have);
  memset((char *)to + have, 0, (size_t)(n - have));
  return have == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int memory_write(sqlite3_file *f, const void *p, int n,
                        sqlite3_int64 to) {
  MemoryBytes *m = ((MemoryFile *)f)->at;
  if (to > MEMORY_MAX - n)
    return SQLITE_FULL;
  if (to > m->len)
    memset(m->bytes + m->len, 0, (size_t)(to - m->len));
  memcpy(m->bytes + to, p, (size_t)n);
  m->len = to + n > m->len ? to + n : m->len;
  return SQLITE_OK;
}

static int memory_truncate(sqlite3_file *f, sqlite3_int64 len) {
  MemoryBytes *m = ((MemoryFile *)f)->at;
  m->len = len < m->len ? len : m->len;
  return SQLITE_OK;
}

static int memory_sync(sqlite3_file *f, int how) {
  (void)f, (void)how;
  return SQLITE_OK;
}

static int memory_size(sqlite3_file *f, sqlite3_int64 *len) {
  *len = ((MemoryFile *)f)->at->len;
  return SQLITE_OK;
}

static int memory_lock(sqlite3_file *f, int how) {
  (void)f, (void)how;
  return SQLITE_OK;
}

static int memory_reserved(sqlite3_file *f, int *is) {
  (void)f;
  *is = 0;
  return SQLITE_OK;
}

static int memory_control(sqlite3_file *f, int what, void *p) {
  (void)f, (void)what, (void)p;
  return SQLITE_NOTFOUND;
}

static int memory_number(sqlite3_file *f) {
  (void)f;
  return 0;
}

static int memory_open(sqlite3_vfs *v, const char *name, sqlite3_file *f,
                       int flags, int *given) {
  static const sqlite3_io_methods methods = {
      .iVersion = 1,
      .xClose = memory_close,
      .xRead = memory_read,
      .xWrite = memory_write,
      .xTruncate = memory_truncate,
      .xSync = memory_sync,
      .xFileSize = memory_size,
      .xLock = memory_lock,
      .xUnlock = memory_lock,
      .xCheckReservedLock = memory_reserved,
      .xFileControl = memory_control,
      .xSectorSize = memory_number,
      .xDeviceCharacteristics = memory_number,
  };
  sqlite3_vfs *disk = v->pAppData;
  if (!name || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL)))
    return disk->xOpen(disk, name, f, flags, given);
  *(MemoryFile *)f = (MemoryFile){{&methods}, memory_named(name)};
  if (given)
    *given = flags;
  return SQLITE_OK;
}

static int memory_delete(sqlite3_vfs *v, const char *name, int sync) {
  (void)v, (void)sync;
  memory_named(name)->len = 0;
  return SQLITE_OK;
}

static int memory_access(sqlite3_vfs *v, const char *name, int how, int *is) {
  size_t n = strlen(name);
  (void)v, (void)how;
  *is = (n <= 4 || strcmp(name + n - 4, "-wal") != 0) &&
        memory_named(name)->len > 0;
  return SQLITE_OK;
}

static int memory_path(sqlite3_vfs *v, const char *name, int n, char *out) {
  (void)v;
  sqlite3_snprintf(n, out, "%s", name);
  return SQLITE_OK;
}

// What the next connection finds under any name.
static void memory_put(const void *bytes, size_t len) {
  memcpy(memory_files[0].bytes, bytes, len);
  memory_files[0].len = (sqlite3_int64)len;
  memory_files[1].len = 0;
}

// The way of SQLite to these files, registered once; not the default.
static sqlite3_vfs *memory_vfs(void) {
  static sqlite3_vfs v;
  if (!v.zName) {
    sqlite3_vfs *disk = sqlite3_vfs_find("unix-none");
    v = *disk;
    v.zName = "memory-files";
    v.pAppData = disk;
    v.xOpen = memory_open;
    v.xDelete = memory_delete;
    v.xAccess = memory_access;
    v.xFullPathname = memory_path;
    sqlite3_vfs_register(&v, 0);
    for (int i = 0; i < 2; i++)
      if (!(memory_files[i].bytes = malloc(MEMORY_MAX)))
        abort();
  }
  return &v;
}

#endif
