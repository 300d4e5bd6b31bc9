// Between table*.c: a table while its rows are made.
#ifndef TABLE_IMP_H
#define TABLE_IMP_H

#include "layout-imp.h"

#define COLUMNS_MAX 64

typedef struct {
  const Node *cols[COLUMNS_MAX]; // EL_COLUMN
  const Node *over[COLUMNS_MAX]; // the EL_COLUMNS around it, or NULL
  size_t n;
  bool nested;
} Heads;

// The largest figure of a unit in a column with scale="auto".
typedef struct {
  Str unit;
  double top;
} Top;
typedef VEC(Top) Tops;

// Of a column, in all and of the group at hand.
typedef struct {
  double value;
  size_t count;
  Str unit;
  bool mixed; // the figures have several units
} Sum;

typedef struct {
  Binder *b;
  const Node *node;
  const Heads *heads;
  VEC(TableRow) rows;
  Sum sums[COLUMNS_MAX], group[COLUMNS_MAX];
  Tops tops[COLUMNS_MAX];
  bool scaled_units; // a column of units tells the scale: numbers leave it out
  Str empty;
} Builder;

// ---- table_cell.c ----------------------------------------------------------

// The cell of column i for the node at hand; adds to the column's sums.
TableCell body_cell(Builder *t, size_t i);
Str sum_words(Builder *t, const Node *c, size_t i, const Sum *s);
// Chooses one scale for each unit in each column with scale="auto" (R3).
void choose_column_scales(Builder *t, const Value *rows);
bool column_sums(const Node *table, const Node *c);
Align column_align(const Node *c);

#endif
