// Articles in the making: which pieces stand where.
#ifndef READ_GROUP_H
#define READ_GROUP_H

#include "read_imp.h"

typedef struct {
  const uint32_t *at; // pieces, all P_HEAD, one after the other
  size_t n;
} Heads;

typedef struct {
  const char *kind;
  int title, kicker, subtitle; // pieces, -1 none
  int continues;               // piece of (接N版) + 1, 0 none
  int sections;                // headings so far
  uint8_t level;               // of the title's mark
  bool dateline, label, byline_first;
  bool named;           // its opening names its people
  bool closed;          // its last text ends with its author's name
  VEC(uint32_t) items;  // headings and texts in order
  VEC(uint32_t) people; // lines of people
} Draft;

typedef struct {
  Sheet *sheet;
  VEC(Draft) drafts;
  VEC(uint32_t) labels; // names of columns among headlines
  int current;          // the article that takes text, -1 none
  int interrupted;      // the article that a contents list broke, -1 none
  int picture;          // the picture that takes text, -1 none
} Grouping;

static inline void item_add(Grouping *g, Draft *t, size_t piece) {
  *vec_push(g->sheet->a, &t->items) = (uint32_t)piece;
}

// titles.c: gives the article its kicker, title and subtitle; what is left of
// the headlines heads its sections.
void head_article(Grouping *g, Draft *t, Heads *h);
// Whether another headline near has the form of piece i.
bool head_parallel(const Grouping *g, size_t i);
// …综述, …纪实: a headline that says what kind of account it is.
bool head_accounts(Chars t);
// group.c: whether the text, with what is joined to it, ends with its author's
// name.
bool signed_end(const Sheet *s, const Piece *p);
// issue.c: writes the draft as an article of the page.
void issue_article(Sheet *s, const Draft *draft);

#endif
