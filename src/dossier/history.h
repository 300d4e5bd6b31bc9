// Figures over time: conflicts within a month and between months, the ledger,
// and the words for a change. docs/ledger.md describes the rules.
#ifndef HISTORY_H
#define HISTORY_H

#include "dossier.h"

// A figure with where it stands.
typedef struct {
  const Page *page;
  const Article *article;
  const Figure *figure;
} FigureAt;

// ---- conflict.c: what cannot both be right ---------------------------------

typedef enum {
  FINDING_CONFLICT, // same indicator, place and period, different values
  FINDING_PARTS,    // the parts of a 其中 are more than the whole
  FINDING_SUM,      // the items of a 分别 do not make the sum
  FINDING_PERCENT,  // a percentage is not that of its operands
  FINDING_CHANGE,   // from–to against the stated change
  FINDING_SLIP,     // ×10, ×10⁴, 万 for 亿
  FINDING_RANGE,    // outside the indicator's plausible range
} FindingKind;

typedef struct Finding {
  FindingKind kind;
  FigureAt a, b; // b.figure NULL: only one place
  Str text;      // in words, Chinese
} Finding;

#endif
