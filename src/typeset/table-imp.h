// Between the files that set tables.
#ifndef TABLE_IMP_H
#define TABLE_IMP_H

#include "typeset-imp.h"

typedef struct {
  const TableCell *cell;
  Para *paras; // as they are set: aligned left, perhaps shrunk
  Lines *lines;
  uint32_t row, col, colspan, rowspan;
  Len natural; // width on one line
  Len width;   // of what is set
  Len height;
  Len left; // decimal alignment: width before the mark; -1: no number
} Cell;

typedef struct {
  const Style *of;
  Align align;
  Style *style;
} StyleCopy;

typedef struct {
  Setter *s;
  VList *v;
  const LayBlock *block;
  const Table *t;
  size_t n_columns;
  Len measure;
  Len gap, pad;
  Cell *cells;
  size_t n_cells;
  size_t *row_first; // first cell of each row, and the end
  size_t n_head;
  Len *col_w, *col_x; // of the content
  Len *dec_left, *dec_right;
  Len *row_h;
  int permille;    // of the sizes: less than 1000 when shrunk
  bool turn;       // too wide: to be set on its side (D8)
  uint32_t number; // of the table, for tags
  VEC(StyleCopy) styles;
} TableRun;

// table_width.c: measures all cells, then gives the columns their widths and
// sets the cells to them.
void table_columns(TableRun *t);
Len cell_span_width(const TableRun *t, const Cell *c);
Align cell_align(const TableRun *t, const Cell *c);

// table_rows.c: the set cells as boxes, rules and the repeated head.
void table_rows(TableRun *t);

// table_turn.c: the table on pages of its own, turned to landscape.
void table_turn(Setter *s, VList *v, const LayBlock *b);

#endif
