// Figures over time: what may be compared with what, conflicts within a month
// and between months, the ledger, and the words for a change.
// docs/ledger.md describes the rules.
#ifndef HISTORY_H
#define HISTORY_H

#include "dossier.h"

// A figure with where it stands; page and article are never NULL where figure
// is not. Of the ledger's figures only file, publication, date, and the title
// of the article are known.
typedef struct {
  const Page *page;
  const Article *article;
  const Figure *figure;
} FigureAt;

// A figure that is printed as fact: not in doubt, or confirmed.
bool figure_certain(const Figure *f);
// The printed number in the page; in the dossier's file, if it was read from
// one; SPAN_NONE if neither is known.
Span figure_span(const Page *p, const Figure *f);

// ---- compare.c: what may be compared with what -----------------------------

typedef enum { PERIOD_UNKNOWN, PERIOD_STOCK, PERIOD_FLOW } PeriodKind;

// Days count from 1970-01-01; months from year 0. A stock has start == end.
typedef struct {
  PeriodKind kind;
  int32_t start, end; // first and last day
  int32_t months;     // of a flow of whole months, else 0
  int32_t end_month;  // month of `end`
} Period;

Period period_parse(Str s); // as in dossier.md
// The figure's period; a total or a rate that is said of a month or year
// (11月份……总数达到) is the state at its end.
Period figure_period(const Figure *f);
Str period_words(Arena *a, Str period); // 2025年12月, 截至2025年11月底
// The figure's period `back` periods earlier: months of a state, as many months
// as a flow is long. Empty if it has none.
Str period_back(Arena *a, const Figure *f, int back);

// What the figures of one series have in common: indicator (canonical name, or
// the source's words folded), region or subject, unit family, measure, and
// kind of period with its length. Figures of equal key may be compared; empty
// if the figure may be compared with none (no indicator or unknown period).
Str series_key(Arena *a, const Figure *f);
// Counting words that count the same things stand for each other: 座 for 个.
Str unit_family(Str unit);
// Gives the canonical name to figures that have none and are called by one of
// the dictionary's names, in its unit: a dossier may be older than the names.
void dictionary_apply(Arena *a, Dossier *dossier, const Dictionary *dictionary);
// Whether two values agree within the rounding of their print and their
// qualifiers (约, 余 …). Both must have the same unit.
bool values_agree(const Figure *x, const Figure *y);

typedef enum {
  COMPARE_NO,   // nothing in common
  COMPARE_NEAR, // looks the same and is not: `why` tells what differs
  COMPARE_YES,  // same series
} Comparable;
// Whether two figures may be compared, and why not, in Chinese.
Comparable figures_compare(Arena *a, const Figure *x, const Figure *y,
                           Str *why);

// ---- compare_words.c: a change in words (R5) -------------------------------

typedef struct {
  bool known;     // false: there is nothing to compare
  int sign;       // -1 0 1; 0 also under the threshold
  Str difference; // exact decimal with its sign: -11100
  Str rate;       // percent with its sign, one digit: -3.8; empty if none
  Str amount;     // 减少1.11万人, 提高0.6个百分点, 持平
  Str percent;    // 下降3.8%, 增长1.5倍; empty where it says nothing
  Str words;      // 比上月减少1.11万人，下降3.8%; 与上月持平
} Change;

// `now` against `then`, which must be of one series; `base` names what is
// compared with (上月, 上年同期), STR_NONE takes it from the periods. Rates
// (%) change by 个百分点, never by percent; the sign is in the word; 倍 only
// for growth; 持平 where the change is below 0.05 % or 0.05 个百分点.
Change change_of(Arena *a, const Figure *now, const Figure *then, Str base);
// What `then` is to `now`: 上月 上季度 上年同期 上年末 2025年9月 ….
Str change_base(Arena *a, const Figure *now, const Figure *then);

// ---- ledger_history.c: earlier dossiers and the ledger, behind one door ----

typedef struct Ledger Ledger;
typedef struct History History;

// `period` is the month of the briefing at hand: issues of that month and
// later ones do not count as earlier.
History *history_new(Arena *a, Str period);
// Figures of an earlier dossier (--previous).
void history_add(History *h, const Dossier *dossier);
// The ledger asked after the dossiers.
void history_set_ledger(History *h, Ledger *ledger);

// Names that count as one; NULL: none. What an earlier issue kept under another
// of them is found too.
void history_set_dictionary(History *h, const Dictionary *dictionary);

typedef enum {
  BACK_PREVIOUS,   // the period just before; else the latest earlier one
  BACK_YEAR,       // the same period of the year before
  BACK_YEAR_START, // the end of the year before (stocks only)
} Back;

// The figure of the same series that far back; false if there is none, or if
// what is there contradicts itself.
bool history_lookup(History *h, const Figure *f, Back back, FigureAt *out);

typedef struct {
  const FigureAt *data; // oldest first; figure NULL where a period is missing
  size_t len;
} FigureList;
// The last n periods up to and including f's own.
FigureList history_series(History *h, const Figure *f, size_t n);

typedef enum {
  STATUS_SAME,    // known before, nothing to say
  STATUS_NEW,     // a series that was not there before
  STATUS_REVISED, // same series and period, another value: 修订
} Status;
// STATUS_REVISED sets *out to the earlier figure.
Status history_status(History *h, const Figure *f, FigureAt *out);
// Figures of the latest earlier issue whose series the dossier has no more.
FigureList history_dropped(History *h, const Dossier *dossier);
// Figures that look like f and are of another series, each with the reason.
typedef struct {
  FigureAt at;
  Str why;          // in Chinese
  bool period_only; // nothing but the period is unknown or differs in kind
} Near;
typedef struct {
  const Near *data;
  size_t len;
} NearList;
NearList history_near(History *h, const Figure *f);

// ---- ledger.c: the SQLite file ---------------------------------------------

#define LEDGER_VERSION 1

typedef enum { LEDGER_READ, LEDGER_WRITE } LedgerMode;

// Opens the ledger, made if it is not there and mode is LEDGER_WRITE; closed
// with the arena. NULL: reported (other version, locked, broken, no ledger).
Ledger *ledger_open(Arena *a, Diags *d, Str path, LedgerMode mode);

typedef struct {
  Str period;          // the issue's month
  Str number, running; // 期号 within the year, 总期号; empty: go on counting
  Str state;           // draft | final
  size_t figures, confirmed;
} Issue;

// Takes the dossier's certain figures as the issue of its period, in one
// transaction; an issue of that period is replaced and keeps its numbers.
// `issue` gives numbers and gets what was stored. False: reported, and the
// ledger is as it was.
bool ledger_add(Ledger *l, const Dossier *dossier, Issue *issue);
bool ledger_remove(Ledger *l, Str period); // false: reported
typedef struct {
  const Issue *data; // by period
  size_t len;
} IssueList;
IssueList ledger_issues(Ledger *l);
// Numbers that an issue of this period has or would get.
bool ledger_numbers(Ledger *l, Str period, Issue *issue);
// Figures of an issue (of all issues where empty) whose indicator contains
// `indicator`, by series, then period.
FigureList ledger_figures(Ledger *l, Str period, Str indicator);

// ---- conflict.c: what cannot both be right ---------------------------------

typedef enum {
  FINDING_CONFLICT, // same indicator, place and period, different values
  FINDING_REVISED,  // the same, against an earlier issue
  FINDING_PARTS,    // the parts of a 其中 are more than the whole
  FINDING_SUM,      // the items of a 分别 do not make the sum
  FINDING_PERCENT,  // a percentage is not that of its operands
  FINDING_CHANGE,   // from–to, or two months, against the stated change
  FINDING_SLIP,     // ×10, ×10⁴, 万 for 亿, within the month
  FINDING_JUMP,     // the same, against an earlier month
  FINDING_RANGE,    // outside the indicator's plausible range
  FINDING_LEAP,     // five times as much as a month ago, or 40 points off
  FINDING_SINCE,    // the stated change is not that from the earlier issue
  FINDING_KINDS
} FindingKind;

typedef struct Finding {
  FindingKind kind;
  FigureAt a, b; // b.figure NULL: only one place
  Str detail;    // language-free: 36 ≠ 42
  Str text;      // in words, Chinese
} Finding;

typedef struct Findings {
  const Finding *data;
  size_t len;
} Findings;

// In the order of the pages. history and dictionary may be NULL.
Findings conflicts_find(Arena *a, const Dossier *dossier, History *history,
                        const Dictionary *dictionary);
// A warning each, with both places.
void conflicts_report(Diags *d, const Findings *findings);
// Puts the figures of a conflict in doubt, unless a person confirmed them.
void conflicts_doubt(Arena *a, Dossier *dossier, const Findings *findings);

#endif
