// Between table*.c: a table while its rows are made.
#ifndef TABLE_IMP_H
#define TABLE_IMP_H

#include "layout-imp.h"

#define COLUMNS_MAX 64

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
  bool mixed; // the figures have several units
} Sum;

typedef struct {
  Binder *b;
  const Node *node;
  const Heads *heads;
  VEC(TableRow) rows;
  Sum sums[COLUMNS_MAX], group[COLUMNS_MAX];
  Tops tops;
  bool scaled_units; // a column of units tells the scale: numbers leave it out
  Str empty;
} Builder;

// ---- table_cell.c ----------------------------------------------------------

// The cell of column i for the node at hand; adds to the column's sums.
TableCell body_cell(Builder *t, size_t i);
Str sum_words(Builder *t, const Node *c, const Sum *s);
// Chooses one scale for each unit in all columns with scale="auto" (R3).
void choose_column_scales(Builder *t, const Value *rows);
const Node *table_group(const Node *table); // NULL: none
bool column_sums(const Node *table, const Node *c);
Align column_align(const Node *c);

#endif
