// Names and roles in a stretch of text; byline.c tells where such stretches
// are.
#ifndef READ_PEOPLE_H
#define READ_PEOPLE_H

#include "read_imp.h"

typedef struct {
  Arena *a;
  const Piece *p;
  Chars t;
  People *out;   // NULL: only look
  bool strict;   // only known surnames begin a name where no role is printed
  bool surnames; // nor where one is
  bool plain;    // no word of the dictionary is a name
  bool bare;     // a place may stand before the names
  // what was found
  bool roles;   // a role was printed
  bool front;   // and it was one that stands before names
  bool credit;  // a role that stands behind: 摄, 供稿
  bool strange; // something is no role, name or body of people
  bool office;  // 某局局长 and the like
  size_t names, bodies,
      words; // bodies: 县总工会; words: names in the dictionary
  // inside
  const uint16_t *role;
  size_t group;       // people of this credit begin here in out
  size_t group_names; // and so many they are
  bool prefix;        // 文/甲 图/乙: the short roles stand in front
  uint32_t lone[8];   // one-character words that wait to make a name
  size_t n_lone;
  uint32_t last; // end of the name before, UINT32_MAX none
  uint32_t last_begin;
} Parse;

// Whether a role's first character stands in t: without it people_parse finds
// none.
bool may_have_role(Chars t);
void people_parse(Parse *x, size_t begin, size_t end);
// A name at t[b, e): two or three characters with a surname, or one with ·.
// Strict: none without a known surname.
bool name_like(Chars t, size_t b, size_t e, bool strict);

#endif
