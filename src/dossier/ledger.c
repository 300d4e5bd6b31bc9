// The ledger: figures of each issue in a SQLite file. Opening, the schema, and
// taking in and removing issues, each in one transaction.
#include "ledger_imp.h"
#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum { APPLICATION_ID = 0x4A42414F, WAIT_MS = 10000 }; // "JBAO"

static const char schema[] =
    "CREATE TABLE issue(id INTEGER PRIMARY KEY, period TEXT NOT NULL UNIQUE,"
    " number INTEGER NOT NULL, running INTEGER NOT NULL, state TEXT NOT NULL);"
    "CREATE TABLE series(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " frame TEXT NOT NULL);"
    "CREATE INDEX series_frame ON series(frame);"
    "CREATE TABLE source(id INTEGER PRIMARY KEY, issue INTEGER NOT NULL"
    " REFERENCES issue ON DELETE CASCADE, file TEXT NOT NULL,"
    " publication TEXT NOT NULL, date TEXT NOT NULL, title TEXT NOT NULL);"
    "CREATE INDEX source_issue ON source(issue);"
    "CREATE TABLE figure(id INTEGER PRIMARY KEY, issue INTEGER NOT NULL"
    " REFERENCES issue ON DELETE CASCADE, source INTEGER NOT NULL,"
    " series INTEGER, end INTEGER NOT NULL, end_month INTEGER NOT NULL,"
    " fid TEXT NOT NULL, quote TEXT NOT NULL, printed TEXT NOT NULL,"
    " value TEXT NOT NULL, low TEXT NOT NULL, high TEXT NOT NULL,"
    " unit TEXT NOT NULL, indicator TEXT NOT NULL, canon TEXT NOT NULL,"
    " subject TEXT NOT NULL, region TEXT NOT NULL, measure TEXT NOT NULL,"
    " start TEXT NOT NULL, base TEXT NOT NULL, qualifier TEXT NOT NULL,"
    " cumulative TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL);"
    "CREATE INDEX figure_series ON figure(series, end_month);"
    "CREATE INDEX figure_issue ON figure(issue);";

// ---- statements ------------------------------------------------------------

// What SQLite says, in the language of the messages.
static Str error_text(const Ledger *l, int code) {
  static const struct {
    int code;
    const char *zh;
  } known[] = {
#define ERROR(code, zh) {code, zh},
#include "ledger_errors.def"
#undef ERROR
  };
  if (diags_lang(l->diags) == LANG_ZH)
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
      if (known[i].code == (code & 0xFF))
        return str_of(known[i].zh);
  return str_of(sqlite3_errstr(code));
}

// The index of the log, which SQLite cannot make on a full disk, is told as an
// error of the device.
static bool disk_is_full(const Ledger *l) {
  enum { LEAST = 64 * 1024 };
  struct statvfs disk;
  return statvfs(str_z(l->arena, l->path), &disk) == 0 &&
         (uint64_t)disk.f_bavail * disk.f_frsize < LEAST;
}

bool ledger_fault(Ledger *l, int code) {
  if (l->failed)
    return false;
  l->failed = true;
  if ((code & 0xFF) == SQLITE_IOERR && disk_is_full(l))
    code = SQLITE_FULL;
  int kind = code & 0xFF;
  DiagId id = kind == SQLITE_BUSY || kind == SQLITE_LOCKED ? D_LEDGER_LOCKED
              : kind == SQLITE_NOTADB                      ? D_LEDGER_NONE
              : kind == SQLITE_CORRUPT                     ? D_LEDGER_BROKEN
              : kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN
                  ? D_LEDGER_READONLY
                  : D_LEDGER_FAILED;
  diag_file(l->diags, id, l->path, error_text(l, code));
  return false;
}

sqlite3_stmt *ledger_sql(Ledger *l, const char *sql) {
  if (l->failed)
    return NULL;
  sqlite3_stmt *s = map_lookup(l->statements, str_of(sql));
  if (!s) {
    int code =
        sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
    if (code != SQLITE_OK)
      return ledger_fault(l, code), NULL;
    map_put(l->statements, str_of(sql), s);
  }
  sqlite3_reset(s);
  sqlite3_clear_bindings(s);
  return s;
}

void ledger_bind(sqlite3_stmt *s, int at, Str text) {
  sqlite3_bind_text64(s, at, text.data ? text.data : "", text.len,
                      SQLITE_STATIC, SQLITE_UTF8);
}

bool ledger_row(Ledger *l, sqlite3_stmt *s) {
  if (!s || l->failed)
    return false;
  int code = sqlite3_step(s);
  if (code == SQLITE_ROW)
    return true;
  if (code != SQLITE_DONE)
    ledger_fault(l, code);
  sqlite3_reset(s);
  return false;
}

Str ledger_text(Ledger *l, sqlite3_stmt *s, int column) {
  const char *z = (const char *)sqlite3_column_text(s, column);
  Str t = {z ? z : "", (size_t)sqlite3_column_bytes(s, column)};
  return str_copy(l->arena, t);
}

bool ledger_run(Ledger *l, const char *sql) {
  if (l->failed)
    return false;
  int code = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || ledger_fault(l, sqlite3_extended_errcode(l->db));
}

static long long ask_number(Ledger *l, const char *sql) {
  sqlite3_stmt *s = ledger_sql(l, sql);
  long long n = ledger_row(l, s) ? sqlite3_column_int64(s, 0) : -1;
  if (s)
    sqlite3_reset(s);
  return n;
}

// ---- opening ---------------------------------------------------------------

static void close_ledger(void *p) {
  sqlite3 *db = p;
  for (sqlite3_stmt *s; (s = sqlite3_next_stmt(db, NULL));)
    sqlite3_finalize(s);
  sqlite3_close(db);
}

static bool make_schema(Ledger *l) {
  // Another run may be making it too: whoever gets the lock first does it.
  sqlite3_exec(l->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
  if (!ledger_run(l, "BEGIN IMMEDIATE"))
    return false;
  if (ask_number(l, "SELECT count(*) FROM sqlite_master") == 0) {
    ledger_run(l, schema);
    ledger_run(l, str_z(l->arena, str_fmt(l->arena,
                                          "PRAGMA application_id=%d;"
                                          "PRAGMA user_version=%d",
                                          APPLICATION_ID, LEDGER_VERSION)));
  }
  return ledger_run(l, "COMMIT");
}

static bool refuse(Ledger *l, DiagId id, Str detail) {
  diag_file(l->diags, id, l->path, detail);
  l->failed = true;
  return false;
}

// Whether the log beside the file may hold what the file does not have yet.
static bool has_log(const Ledger *l) {
  struct stat wal;
  Str log = str_cat(l->arena, l->path, STR("-wal"));
  return stat(str_z(l->arena, log), &wal) == 0 && wal.st_size > 0;
}

// A file cut short would fail only at the page that is missing.
static bool is_whole(Ledger *l) {
  struct stat st;
  if (has_log(l))
    return true;
  long long pages = ask_number(l, "PRAGMA page_count");
  long long size = ask_number(l, "PRAGMA page_size");
  if (l->failed || stat(str_z(l->arena, l->path), &st) != 0)
    return false;
  return (long long)st.st_size >= pages * size ||
         refuse(l, D_LEDGER_BROKEN, STR("truncated"));
}

static bool check_schema(Ledger *l) {
  long long id = ask_number(l, "PRAGMA application_id");
  long long version = ask_number(l, "PRAGMA user_version");
  if (l->failed)
    return false;
  if (id != APPLICATION_ID)
    return refuse(l, D_LEDGER_NONE, STR("no ledger"));
  if (version != LEDGER_VERSION)
    return refuse(l, D_LEDGER_VERSION, str_int(l->arena, version));
  return is_whole(l) && ledger_run(l, "PRAGMA foreign_keys=ON;"
                                      "PRAGMA synchronous=FULL;"
                                      "PRAGMA cache_size=-65536;"
                                      "PRAGMA trusted_schema=OFF");
}

static bool connect(Ledger *l, Str name, int flags) {
  int code = sqlite3_open_v2(str_z(l->arena, name), &l->db, flags, NULL);
  if (l->db)
    arena_defer(l->arena, close_ledger, l->db);
  if (code != SQLITE_OK)
    return ledger_fault(l, code);
  l->statements = map_new(l->arena); // those of an earlier connection are void
  sqlite3_busy_timeout(l->db, WAIT_MS);
  sqlite3_limit(l->db, SQLITE_LIMIT_ATTACHED, 0);
  return true;
}

static bool readable(Ledger *l) {
  sqlite3_stmt *s = NULL;
  int code = sqlite3_prepare_v2(l->db, "SELECT count(*) FROM sqlite_master", -1,
                                &s, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step(s);
  sqlite3_finalize(s);
  if ((code & 0xFF) == SQLITE_IOERR && !has_log(l))
    return !disk_is_full(l);
  return code != SQLITE_CANTOPEN && (code & 0xFF) != SQLITE_READONLY;
}

// A URI in which no character of the path means anything.
static Str immutable_uri(Arena *a, Str path) {
  Buf b = buf_new(a);
  buf_add(&b, STR("file:"));
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.data[i];
    if (c == '?' || c == '#' || c == '%')
      buf_fmt(&b, "%%%02X", c);
    else
      buf_byte(&b, (char)c);
  }
  buf_add(&b, STR("?immutable=1"));
  return buf_str(&b);
}

// On a read-only or a full disk there can be no WAL index beside the file;
// nobody else can write there either, so it is read as it is.
static bool connect_to_read(Ledger *l) {
  if (!connect(l, l->path, SQLITE_OPEN_READONLY))
    return false;
  return readable(l) || connect(l, immutable_uri(l->arena, l->path),
                                SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

static bool is_blank(Ledger *l) {
  return ask_number(l, "PRAGMA application_id") == 0 &&
         ask_number(l, "SELECT count(*) FROM sqlite_master") == 0;
}

Ledger *ledger_open(Arena *a, Diags *d, Str path, LedgerMode mode) {
  Ledger *l = NEW(a, Ledger);
  *l = (Ledger){.arena = a, .diags = d, .path = path};
  l->statements = map_new(a);
  struct stat st;
  bool there = stat(str_z(a, path), &st) == 0;
  if (!there && (mode == LEDGER_READ || errno != ENOENT)) {
    diag_file(d, D_FILE_MISSING, path, STR(""));
    return NULL;
  }
  if (there && !S_ISREG(st.st_mode)) {
    diag_file(d, D_LEDGER_NONE, path, STR("no regular file"));
    return NULL;
  }
  const int writing = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  bool ok =
      mode == LEDGER_READ ? connect_to_read(l) : connect(l, path, writing);
  if (ok && is_blank(l)) // also: another run is just making it
    ok = (mode == LEDGER_WRITE || connect(l, path, writing)) && make_schema(l);
  return ok && check_schema(l) ? l : NULL;
}

// ---- taking in -------------------------------------------------------------

static long long series_id(Ledger *l, const Figure *f) {
  Str key = line_key(l->arena, f);
  if (!key.len)
    return 0;
  sqlite3_stmt *s = ledger_sql(l, "SELECT id FROM series WHERE key = ?1");
  if (!s)
    return 0;
  ledger_bind(s, 1, key);
  if (ledger_row(l, s)) {
    long long id = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return id;
  }
  s = ledger_sql(l, "INSERT INTO series(key, frame) VALUES(?1, ?2)");
  if (!s)
    return 0;
  ledger_bind(s, 1, key);
  ledger_bind(s, 2, frame_key(l->arena, f));
  ledger_row(l, s);
  return sqlite3_last_insert_rowid(l->db);
}

static long long add_source(Ledger *l, long long issue, const Page *p,
                            const Article *t) {
  const TextBlock *title = article_block(t, BLOCK_TITLE);
  sqlite3_stmt *s =
      ledger_sql(l, "INSERT INTO source(issue, file, publication, date, title)"
                    " VALUES(?1, ?2, ?3, ?4, ?5)");
  if (!s)
    return 0;
  sqlite3_bind_int64(s, 1, issue);
  ledger_bind(s, 2, p->file);
  ledger_bind(s, 3, p->publication);
  ledger_bind(s, 4, p->date);
  ledger_bind(s, 5, title ? title->text : STR(""));
  ledger_row(l, s);
  return sqlite3_last_insert_rowid(l->db);
}

static void add_figure(Ledger *l, long long issue, long long source,
                       const Figure *f) {
  long long series = series_id(l, f);
  Period p = figure_period(f);
  sqlite3_stmt *s = ledger_sql(
      l, "INSERT INTO figure(issue, source, series, end, end_month, fid, quote,"
         " printed, value, low, high, unit, indicator, canon, subject, region,"
         " measure, start, base, qualifier, cumulative, period, state) VALUES"
         "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
         " ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)");
  if (!s)
    return;
  sqlite3_bind_int64(s, 1, issue);
  sqlite3_bind_int64(s, 2, source);
  if (series)
    sqlite3_bind_int64(s, 3, series);
  sqlite3_bind_int64(s, 4, p.end);
  sqlite3_bind_int64(s, 5, p.end_month);
  const Str texts[] = {
      f->id,   f->quote,     f->printed,   f->value,      f->low,    f->high,
      f->unit, f->indicator, f->canon,     f->subject,    f->region, f->measure,
      f->from, f->base,      f->qualifier, f->cumulative, f->period, f->state};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
    ledger_bind(s, 6 + i, texts[i]);
  ledger_row(l, s);
}

static void add_article(Ledger *l, long long issue, const Page *p,
                        const Article *t, Issue *count) {
  long long source = 0;
  for (size_t i = 0; i < t->figures.len && !l->failed; i++) {
    const Figure *f = &t->figures.data[i];
    if (!figure_certain(f))
      continue;
    if (!source)
      source = add_source(l, issue, p, t);
    add_figure(l, issue, source, f);
    count->figures++;
    count->confirmed += str_is(f->state, "confirmed");
  }
}

static long long add_issue(Ledger *l, Str period, const Issue *issue) {
  sqlite3_stmt *s =
      ledger_sql(l, "INSERT INTO issue(period, number, running, state)"
                    " VALUES(?1, ?2, ?3, ?4)");
  if (!s)
    return 0;
  ledger_bind(s, 1, period);
  ledger_bind(s, 2, issue->number);
  ledger_bind(s, 3, issue->running);
  ledger_bind(s, 4, issue->state);
  ledger_row(l, s);
  return sqlite3_last_insert_rowid(l->db);
}

static void delete_issue(Ledger *l, Str period) {
  sqlite3_stmt *s = ledger_sql(l, "DELETE FROM issue WHERE period = ?1");
  if (!s)
    return;
  ledger_bind(s, 1, period);
  ledger_row(l, s);
}

static bool finish(Ledger *l) {
  ledger_run(l, "DELETE FROM series WHERE NOT EXISTS"
                " (SELECT 1 FROM figure WHERE figure.series = series.id)");
  if (ledger_run(l, "COMMIT")) {
    // All of it into the one file, so that a copy of the file is whole.
    sqlite3_busy_timeout(l->db, 0);
    sqlite3_wal_checkpoint_v2(l->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                              NULL);
    sqlite3_busy_timeout(l->db, WAIT_MS);
    return true;
  }
  sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
  return false;
}

bool ledger_add(Ledger *l, const Dossier *dossier, Issue *issue) {
  issue->period = dossier->period;
  issue->state = dossier->state;
  issue->figures = issue->confirmed = 0;
  if (!period_parse(dossier->period).months) {
    diag_file(l->diags, D_LEDGER_PERIOD, l->path, dossier->period);
    return false;
  }
  if (!ledger_run(l, "BEGIN IMMEDIATE") ||
      !ledger_numbers(l, dossier->period, issue)) {
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
  }
  delete_issue(l, dossier->period);
  long long id = add_issue(l, dossier->period, issue);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      if (!str_is(p->articles.data[k].use, "no"))
        add_article(l, id, p, &p->articles.data[k], issue);
  }
  return finish(l);
}

bool ledger_remove(Ledger *l, Str period) {
  if (!ledger_run(l, "BEGIN IMMEDIATE"))
    return false;
  delete_issue(l, period);
  if (!l->failed && sqlite3_changes(l->db) == 0)
    refuse(l, D_LEDGER_NO_ISSUE, period);
  return finish(l);
}
