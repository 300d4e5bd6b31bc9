// Between table*.c: a table while its rows are made.
#ifndef TABLE_IMP_H
#define TABLE_IMP_H

#include "layout-imp.h"

typedef struct {
  const Node *cols[COLUMNS_MAX]; // EL_COLUMN
  size_t n;
} Heads;

// Of the figures of a unit in the columns with scale="auto".
typedef struct {
  Str unit;
  double top, least; // without their sign, and without zero
} Top;
typedef VEC(Top) Tops;

// Of a column, in all and of the group at hand.
typedef struct {
  double value;
  size_t count;
  Str unit;
  char kind;  // of its figures, as measure_kind() tells
  bool mixed; // they have several units or kinds
} Sum;

// A number in a cell, or a sum (figure NULL).
typedef struct {
  Str *run; // the text of the cell's run
  Str text; // the same
  const Figure *figure;
  Str unit;
  size_t column;
} Numeral;
typedef VEC(Numeral) Numerals;

#define GROUPS_MAX TABLE_GROUPS_MAX

typedef struct {
  const Node *at[GROUPS_MAX]; // EL_GROUP, the outermost first
  size_t n;
} Groups;

// Before which row a group of that level begins; in the order of rows, then of
// levels.
typedef struct {
  size_t row, level;
  Str key;
} GroupBegin;
typedef VEC(GroupBegin) GroupBegins;

typedef struct {
  Binder *b;
  const Node *node;
  const Heads *heads;
  VEC(TableRow) rows;
  Groups groups;
  GroupBegins begins;
  Str keys[GROUPS_MAX]; // of the groups at hand
  Sum sums[COLUMNS_MAX], group[GROUPS_MAX][COLUMNS_MAX];
  Tops tops;
  Numerals numerals;
  const Figure *told; // the figure whose number the cell at hand is
  Map *counted;       // "column fact": what the totals have
  uint64_t twice;     // columns with a fact in several rows, told
  uint64_t reported;  // columns whose total was asked for and cannot stand
  bool scaled_units;  // a column of units tells the scale: numbers leave it out
  Str empty;
} Builder;

// 单位：万人, over the table at the right (T1).
Para unit_line(Binder *b, Str unit, Span at);

// ---- table_cell.c ----------------------------------------------------------

// The cell of column i for the node at hand; adds to the column's sums.
TableCell body_cell(Builder *t, size_t i);
Str sum_words(Builder *t, const Node *c, const Sum *s);
// Chooses one scale for each unit in all columns with scale="auto" (R3).
void choose_column_scales(Builder *t, const Value *rows);
// What adds up with its like: a state (0), a change, a target, a rank.
char measure_kind(const Figure *f);
bool column_sums(const Node *table, const Node *c);
Align column_align(const Node *c);

// ---- table_decimals.c ------------------------------------------------------

// Gives the numbers of a column the same decimals (T3), as its `decimals` says:
// same, each quantity of the column; printed, none; else where the whole column
// is one quantity.
void numerals_even(Arena *a, Numerals *all, size_t column, Str decimals);

// ---- table_group.c ---------------------------------------------------------

void table_groups(const Node *table, Groups *out);
// Brings the rows of each group together.
void groups_gather(Binder *b, const Groups *g, Value *v, GroupBegins *out);
Str subtotal_label(Arena *a, const Groups *g, Str key);
// The head of a group of that level, for its first row.
Para group_head(Binder *b, const Groups *g, size_t level, Str key);

#endif
