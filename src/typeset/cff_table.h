// The parts of a CFF table: INDEXes and DICTs (Adobe Technical Note 5176,
// sections 3 to 5). Bytes may be anything; nothing is read behind their end.
#ifndef CFF_TABLE_H
#define CFF_TABLE_H

#include "base.h"

typedef struct {
  const unsigned char *p;
  size_t len;
} CffBytes;

typedef struct {
  size_t count, width; // of items; bytes of an offset
  size_t data, end;    // of the byte before the first item; of all
  size_t offsets;
} CffIndex;

// Of `width` bytes, the high one first; those behind the end are 0.
uint32_t cff_number(CffBytes b, size_t at, size_t width);
// Opens the INDEX at `at`. False: broken, or it ends behind b.
bool cff_index(CffBytes b, size_t at, CffIndex *x);
// Item i of it; empty where there is none or its offsets are broken.
CffBytes cff_item(CffBytes b, const CffIndex *x, size_t i);

typedef struct {
  long value, before; // the last operand and the one before it
  size_t at;          // where the last one stands
} CffOperand;

// Bytes of the operand at `at`; reals have the value 0.
size_t cff_operand(CffBytes dict, size_t at, long *value);
// The next operator of a DICT behind *i (escaped ones + CFF_ESCAPED) and its
// operands; -1 at the end.
int cff_next(CffBytes dict, size_t *i, CffOperand *last);
enum {
  CFF_CHARSET = 15,
  CFF_OUTLINES = 17,
  CFF_PRIVATE = 18,
  CFF_DEFAULT_WIDTH = 20,
  CFF_NOMINAL_WIDTH = 21,
  CFF_ESCAPED = 1200,
  CFF_ROS = CFF_ESCAPED + 30,
  CFF_DICTS = CFF_ESCAPED + 36,
  CFF_SELECT = CFF_ESCAPED + 37,
};

enum { CFF_STANDARD_STRINGS = 391 }; // before those of the file

#endif
