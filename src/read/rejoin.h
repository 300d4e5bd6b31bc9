// Rejoining: the ends and beginnings of a page's texts, and who joins whom.
#ifndef READ_REJOIN_H
#define READ_REJOIN_H

#include "seam.h"

typedef struct {
  uint32_t tail, head; // pieces
  int points;          // where the text was read in its order
  int strip;           // where columns were read in strips
  int torn;            // where both are torn, by what lies between
  bool sure;           // what is said joins them, not place alone
  bool lost;
  bool refuted; // the column's lines speak against it
} Pair;

// A piece of one printed line among others of its column.
typedef struct {
  bool starts; // shorter by an indent: a paragraph's first line
  bool fills;  // as wide as the column
} OneLine;

// What a text is as the second half of a sentence, whatever the first.
typedef struct {
  uint16_t begin; // its first ideograph, 0 if it begins with none
  bool barred;    // it is none: a report's opening, a whole headline
  bool stray;     // a few words between reports
} Rest;

typedef struct {
  Sheet *s;
  Words *words;
  VEC(uint32_t) texts; // pieces that hold text, in order
  Edge *edges;         // of them
  OneLine *one;        // of them
  Rest *rests;         // of them
  uint32_t *openings;  // articles' openings among the pieces before each
  VEC(Pair) pairs;
} Rejoin;

enum {
  TORN_MIN = 2,  // torn points that may
  JOIN = 30,     // points that join
  JOIN_LAST = 8, // what is left over may join if nothing else fits
  STRIP_MIN = 0, // strip points that may
};

// match.c: joins the pairs that fit best together.
void match_pairs(Rejoin *r);

#endif
