// What is asked of the ledger: issues and their numbers, figures of a series,
// of an issue, of a frame.
#include "ledger_imp.h"

const char ledger_columns[] =
    "SELECT i.period, coalesce(s.key, ''), f.end, f.end_month, o.file,"
    " o.publication, o.date, o.title, f.fid, f.quote, f.printed, f.value,"
    " f.low, f.high, f.unit, f.indicator, f.canon, f.subject, f.region,"
    " f.measure, f.start, f.base, f.qualifier, f.cumulative, f.period, "
    "f.state" PAST_FROM;

static Figure figure_row(Ledger *l, sqlite3_stmt *s, int column) {
  Figure f = {0};
#define F(field, name) f.field = STR("");
  FIGURE_FIELDS(F)
#undef F
  Str *const fields[] = {
      &f.id,   &f.quote,     &f.printed,   &f.value,      &f.low,    &f.high,
      &f.unit, &f.indicator, &f.canon,     &f.subject,    &f.region, &f.measure,
      &f.from, &f.base,      &f.qualifier, &f.cumulative, &f.period, &f.state};
  for (int i = 0; i < (int)(sizeof fields / sizeof *fields); i++)
    *fields[i] = ledger_text(l, s, column + i);
  return f;
}

Past ledger_past(Ledger *l, sqlite3_stmt *s) {
  Past past = {.issue = ledger_text(l, s, 0), .series = ledger_text(l, s, 1)};
  if (str_ends(past.series, STR("|"))) // its period is unknown
    past.series = STR("");
  past.end = sqlite3_column_int(s, 2);
  past.end_month = sqlite3_column_int(s, 3);
  Page *p = NEW(l->arena, Page);
  Article *t = NEW(l->arena, Article);
  Figure *f = NEW(l->arena, Figure);
  TextBlock title = {.kind = BLOCK_TITLE, .text = ledger_text(l, s, 7)};
  p->file = ledger_text(l, s, 4);
  p->publication = ledger_text(l, s, 5);
  p->date = ledger_text(l, s, 6);
  if (title.text.len)
    *vec_push(l->arena, &t->blocks) = title;
  *f = figure_row(l, s, 8);
  past.at = (FigureAt){p, t, f};
  return past;
}

static void take_rows(Ledger *l, sqlite3_stmt *s, PastVec *out) {
  while (ledger_row(l, s))
    *vec_push(l->arena, out) = ledger_past(l, s);
}

// The rows `where` asks for, with ?1 bound. NULL: reported.
static sqlite3_stmt *rows_where(Ledger *l, const char *where, Str first) {
  const char *sql =
      str_z(l->arena, str_cat(l->arena, str_of(ledger_columns), str_of(where)));
  sqlite3_stmt *s = ledger_sql(l, sql);
  if (s)
    ledger_bind(s, 1, first);
  return s;
}

static void series_rows(Ledger *l, const char *where, Str key, int32_t from,
                        int32_t to, PastVec *out) {
  sqlite3_stmt *s = rows_where(l, where, key);
  if (!s)
    return;
  sqlite3_bind_int(s, 2, from);
  sqlite3_bind_int(s, 3, to);
  sqlite3_bind_int(s, 4, PAST_MAX);
  take_rows(l, s, out);
}

void ledger_series(Ledger *l, Str key, int32_t from, int32_t to, PastVec *out) {
  series_rows(l,
              "WHERE f.series = (SELECT id FROM series WHERE key = ?1)"
              " AND f.end_month BETWEEN ?2 AND ?3"
              " ORDER BY f.end_month DESC, i.period DESC, f.id LIMIT ?4",
              key, from, to, out);
}

// One statement, since each takes and drops the file's lock.
void ledger_last(Ledger *l, Str key, int32_t from, int32_t to, PastVec *out) {
  series_rows(l,
              "WHERE f.series = (SELECT id FROM series WHERE key = ?1)"
              " AND f.end_month = (SELECT max(g.end_month) FROM figure g WHERE"
              " g.series = (SELECT id FROM series WHERE key = ?1) AND"
              " g.end_month BETWEEN ?2 AND ?3)"
              " ORDER BY i.period DESC, f.id LIMIT ?4",
              key, from, to, out);
}

void ledger_frame(Ledger *l, Str frame, PastVec *out) {
  sqlite3_stmt *s = rows_where(
      l,
      "WHERE f.id IN (SELECT max(g.id) FROM series r JOIN figure g ON"
      " g.series = r.id WHERE r.frame = ?1 GROUP BY r.id LIMIT ?2)"
      " ORDER BY f.id",
      frame);
  if (s)
    sqlite3_bind_int(s, 2, PAST_MAX);
  take_rows(l, s, out);
}

void ledger_latest(Ledger *l, Str before, PastVec *out) {
  take_rows(l,
            rows_where(l,
                       "WHERE f.series IS NOT NULL AND f.issue = (SELECT id"
                       " FROM issue WHERE period < ?1 ORDER BY period DESC"
                       " LIMIT 1) ORDER BY f.id",
                       before),
            out);
}

bool ledger_known(Ledger *l, Str key, Str before) {
  sqlite3_stmt *s = ledger_sql(
      l, "SELECT 1 FROM figure f JOIN issue i ON i.id = f.issue WHERE f.series"
         " = (SELECT id FROM series WHERE key = ?1) AND (?2 = '' OR i.period <"
         " ?2) LIMIT 1");
  if (!s)
    return false;
  ledger_bind(s, 1, key);
  ledger_bind(s, 2, before);
  bool known = ledger_row(l, s);
  sqlite3_reset(s);
  return known;
}

FigureList ledger_figures(Ledger *l, Str period, Str indicator) {
  PastVec rows = {0};
  VEC(FigureAt) all = {0};
  sqlite3_stmt *s = rows_where(
      l,
      "WHERE (?1 = '' OR i.period = ?1) AND (?2 = '' OR"
      " instr(f.indicator || ' ' || f.canon, ?2))"
      " ORDER BY coalesce(s.key, '~' || f.indicator), f.end, i.period, f.id",
      period);
  if (s)
    ledger_bind(s, 2, indicator);
  take_rows(l, s, &rows);
  for (size_t i = 0; i < rows.len; i++)
    *vec_push(l->arena, &all) = rows.data[i].at;
  return (FigureList){all.data, all.len};
}

static Issue issue_row(Ledger *l, sqlite3_stmt *s) {
  Issue i = {.period = ledger_text(l, s, 0), .number = ledger_text(l, s, 1)};
  i.running = ledger_text(l, s, 2);
  i.state = ledger_text(l, s, 3);
  i.figures = (size_t)sqlite3_column_int64(s, 4);
  i.confirmed = (size_t)sqlite3_column_int64(s, 5);
  return i;
}

IssueList ledger_issues(Ledger *l) {
  VEC(Issue) all = {0};
  sqlite3_stmt *s = ledger_sql(
      l, "SELECT i.period, i.number, i.running, i.state, count(f.id),"
         " count(CASE WHEN f.state = 'confirmed' THEN 1 END) FROM issue i LEFT"
         " JOIN figure f ON f.issue = i.id GROUP BY i.id ORDER BY i.period");
  while (ledger_row(l, s))
    *vec_push(l->arena, &all) = issue_row(l, s);
  return (IssueList){all.data, all.len};
}

static void number_if(Ledger *l, sqlite3_stmt *s, int column, Str *out) {
  if (!out->len)
    *out = str_int(l->arena, sqlite3_column_int64(s, column));
}

// An issue keeps its numbers; a new one goes on from those before it, with
// the number within the year starting anew.
bool ledger_numbers(Ledger *l, Str period, Issue *issue) {
  sqlite3_stmt *s = ledger_sql(
      l, "SELECT coalesce((SELECT number FROM issue WHERE period = ?1),"
         " 1 + coalesce((SELECT max(number) FROM issue WHERE period < ?1 AND"
         " substr(period, 1, 4) = substr(?1, 1, 4)), 0)),"
         " coalesce((SELECT running FROM issue WHERE period = ?1),"
         " 1 + coalesce((SELECT max(running) FROM issue WHERE period < ?1),"
         " 0))");
  if (!s)
    return false;
  ledger_bind(s, 1, period);
  if (!ledger_row(l, s))
    return false;
  number_if(l, s, 0, &issue->number);
  number_if(l, s, 1, &issue->running);
  sqlite3_reset(s);
  return true;
}
