// The two sides of a seam and what they say.
#ifndef READ_SEAM_H
#define READ_SEAM_H

#include "lexicon.h"
#include "read_imp.h"

enum { SIDE = 6 }; // ideographs looked at on each side

typedef struct {
  const Piece *p;
  const uint16_t *tail, *head; // ideographs at the end and the beginning
  size_t n_tail, n_head;
  size_t tail_run, head_run;  // of those, how many a word across may take
  uint16_t last[3], first[3]; // letters there, quotes left out
  size_t n_last, n_first;
  int forward[SIDE + 1], backward[SIDE + 1]; // costs of cutting them to words
  uint16_t opens[4], closes[4];              // brackets without a partner
  size_t n_opens, n_closes;
  bool odd_quotes, ended, starter, stump, whole_head;
  bool tail_dangles, head_dangles; // half a word
  bool tail_soft; // half a word that may be whole: a verb, a word's last sign
  WordKind tail_kind, head_kind; // of the last word and the first
  int ragged;                    // points for beginning inside a sentence
  bool head_day, to_day, strict, awaits_change, head_change, modal, several,
      asks;
  bool head_some, head_small; // may be a measure; none of ten thousands
  bool tail_many;             // ends with 万 or 亿
  bool from, to;              // 由11册, 增加到47册
  bool measured;              // begins with a number and its measure
  bool wants;                 // ends with a word that an object must follow
  bool counted;               // begins with a number, its measure and a pause
  bool tail_number, head_number, head_measure, awaits, head_torn;
  bool opens_anew;         // begins as only a sentence does
  bool pauses;             // ends with a pause
  bool tail_of;            // ends in 的
  bool respective, source; // begins 分别, 记者从
} Edge;

typedef struct {
  int points;
  bool lexical; // words, figures or brackets speak for it, not place alone
  bool lost;    // text is missing between
} Seam;

// words.c: the page's own words, as a sketch of its runs of 3 and 4
// characters across places where an end and a beginning asked for stand side by
// side; rarely says yes to a run that is not there.
typedef struct Words Words;
Words *words_new(Arena *a);
// The sides of e will be asked for; to be said before words_learn.
void words_ask(Words *w, const Edge *e);
// False: the page nowhere has the last letter of an end before the first of a
// beginning. Quick.
bool words_met(const Words *w, uint16_t end, uint16_t begin);
// Makes w the sketch of the pieces from `from` on, up to a page's length;
// returns the first piece that is not in it.
size_t words_learn(Words *w, const Sheet *s, size_t from);
bool words_has(const Words *w, const uint16_t *c, size_t n);

// affinity.c: gives each piece the report it is printed in and the one that its
// terms tell of. Both are 0 where the page has but one report.
void find_homes(Sheet *s);

// Whether a printed line's end before character `cut` looks like two texts
// glued: half a word on both sides and no word across.
bool seam_glued(Chars t, size_t cut);
Edge edge_of(const Piece *p);
bool begins_number(Chars t);
bool begins_day(Chars t);     // 14日,…
bool begins_measure(Chars t); // 个 家 万: what a number may stand before
// Points for a word across the seam, 0 if there is none.
int seam_word(const Edge *x, const Edge *y);
// Without words the page's own do not count.
Seam seam_weigh(const Words *words, const Edge *x, const Edge *y);

#endif
