// Between ledger*.c: statements, and what they ask of the file.
#ifndef LEDGER_IMP_H
#define LEDGER_IMP_H

#include "compare_imp.h"
#include <sqlite3.h>

struct Ledger {
  Arena *arena;
  Diags *diags;
  Str path;
  sqlite3 *db;
  Map *statements; // SQL → sqlite3_stmt
  bool failed;     // a fault was reported; nothing more is done
};

// The statement, prepared once, reset and with its parameters cleared. NULL:
// reported.
sqlite3_stmt *ledger_sql(Ledger *l, const char *sql);
void ledger_bind(sqlite3_stmt *s, int at, Str text);
// Steps: true for a row. False at the end, or at a fault: reported.
bool ledger_row(Ledger *l, sqlite3_stmt *s);
Str ledger_text(Ledger *l, sqlite3_stmt *s, int column);
// Runs a statement without rows and without parameters.
bool ledger_run(Ledger *l, const char *sql);
// Reports the database's last error.
bool ledger_fault(Ledger *l, int code);

// ---- ledger_rows.c ---------------------------------------------------------

typedef struct {
  FigureAt at;
  Str issue;  // its month
  Str series; // key
  int32_t end, end_month;
} Past;

typedef VEC(Past) PastVec;

// Columns of a Past, in the order that ledger_past reads them.
#define PAST_FROM                                                              \
  " FROM figure f JOIN issue i ON i.id = f.issue"                              \
  " JOIN source o ON o.id = f.source LEFT JOIN series s ON s.id = f.series "
extern const char ledger_columns[];
Past ledger_past(Ledger *l, sqlite3_stmt *s);
// Figures of the series whose period ends in the months [from, to], latest
// first, at most PAST_MAX; of issues before `before` where not empty.
enum { PAST_MAX = 600 };
void ledger_series(Ledger *l, Str key, int32_t from, int32_t to, PastVec *out);
// The same, only of the last month in which there are any.
void ledger_last(Ledger *l, Str key, int32_t from, int32_t to, PastVec *out);
// The latest figure of each series in the frame.
void ledger_frame(Ledger *l, Str frame, PastVec *out);
// Figures with a series of the latest issue before that month.
void ledger_latest(Ledger *l, Str before, PastVec *out);
// Whether the series has figures in issues before that month.
bool ledger_known(Ledger *l, Str key, Str before);

#endif
