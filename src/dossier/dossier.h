// dossier: pages, articles and figures, and the XML they are kept in.
// The two halves of the program, read/extract and layout/typeset/pdf, meet
// here and nowhere else. docs/dossier.md describes the format.
#ifndef DOSSIER_H
#define DOSSIER_H

#include "base.h"

#define DOSSIER_NS "urn:jianbao:dossier"

// ---- text blocks -----------------------------------------------------------

typedef enum {
  BLOCK_KICKER,   // 引题
  BLOCK_TITLE,    // 主题
  BLOCK_SUBTITLE, // 副题
  BLOCK_BYLINE,   // one person; `role` is 记者, 通讯员, 摄 …
  BLOCK_DATELINE, // no text; place, date, certainty
  BLOCK_HEADING,  // 小标题, between the paragraphs it heads
  BLOCK_PARA,
} BlockKind;

// Clean text remembers its place in the page: from `clean` on (bytes of the
// block's text) characters stand one after the other from `source` on (bytes
// of the page's decoded text, File.text). Runs are sorted by clean.
typedef struct {
  uint32_t clean, source;
} TextRun;

typedef struct {
  BlockKind kind;
  Str id;
  Str text;            // mended: no line-join spaces, otherwise verbatim
  const TextRun *runs; // empty after a dossier was read back
  size_t n_runs;
  const uint32_t *gaps; // offsets in text where the page lost text
  size_t n_gaps;
  Str lines;                  // "14-16", "14-16 40": lines of the page file
  Str role;                   // byline
  Str place, date, certainty; // dateline; certainty printed | inferred
} TextBlock;

// Offset in the page's decoded text of byte `at` of the block's text; `at` may
// be text.len (one past the last character's last byte). UINT32_MAX if unknown.
uint32_t block_source(const TextBlock *b, size_t at);

// ---- figures ---------------------------------------------------------------

typedef struct {
  uint32_t begin, end; // bytes of the page file as it lies on the disk
} Place;

// Attribute order is the order of writing. All are present, empty if unknown.
#define FIGURE_FIELDS(F)                                                       \
  F(id, "id")                                                                  \
  F(block, "block")                                                            \
  F(quote, "quote")                                                            \
  F(printed, "printed")                                                        \
  F(value, "value")                                                            \
  F(low, "low")                                                                \
  F(high, "high")                                                              \
  F(unit, "unit")                                                              \
  F(indicator, "indicator")                                                    \
  F(canon, "canon")                                                            \
  F(subject, "subject")                                                        \
  F(region, "region")                                                          \
  F(measure, "measure")                                                        \
  F(from, "from")                                                              \
  F(base, "base")                                                              \
  F(qualifier, "qualifier")                                                    \
  F(cumulative, "cumulative")                                                  \
  F(period, "period")                                                          \
  F(period_printed, "period-printed")                                          \
  F(part_of, "part-of")                                                        \
  F(distributes, "distributes")                                                \
  F(fact, "fact")                                                              \
  F(state, "state")                                                            \
  F(doubt, "doubt")                                                            \
  F(rule, "rule")

typedef struct {
#define F(field, name) Str field;
  FIGURE_FIELDS(F)
#undef F
  const Place *places; // of the printed number; several where the page tore it
  size_t n_places;
  Span at; // in the dossier's file, where it was read from one
} Figure;

// A figure that a person dropped: `rule` says who, and when.
typedef struct {
  Str id, printed, rule;
} Dropped;

// ---- articles, pages, the dossier ------------------------------------------

// Values of kind: news feature special caption contents slogan continuation
// notice masthead.
typedef struct {
  Str id, kind, topic, use, continues;
  Str order, digest; // a person's; written only where given
  VEC(TextBlock) blocks;
  VEC(Figure) figures;
  VEC(Dropped) dropped;
} Article;

typedef struct {
  Str kind; // lost-text …
  Str text;
  uint32_t line; // of the page file, 0 if none
} Flag;

typedef struct {
  Str id, file, encoding, sha256, publication, date;
  Str date_from; // option | name | text | inferred, empty without date
  Str told;      // without a date: the day or year that its reports show
  VEC(Article) articles;
  VEC(Flag) flags;
  const File *source; // NULL after a dossier was read back
} Page;

typedef struct Dossier {
  Str version, period, state; // state: draft | final
  VEC(Page) pages;
  // Not written (history.h): what to compare with, and what cannot be right.
  struct History *history;         // NULL: nothing earlier is known
  const struct Findings *findings; // NULL: not looked for
} Dossier;

// ---- corrections -----------------------------------------------------------
// A person's decisions (docs/corrections.md). NULL: reported.

typedef struct Corrections Corrections;
Corrections *corrections_read(Arena *a, Diags *d, const File *f);
// Pages, articles and paragraphs: before figures are extracted.
void corrections_apply_text(Corrections *c, Dossier *dossier);
// Figures by id: change, confirm, drop, add; each then is state="confirmed".
// What no longer fits is warned of and left.
void corrections_apply_figures(Corrections *c, Dossier *dossier);

// ---- dictionaries ----------------------------------------------------------

// One entry of the dictionaries that a layout may carry (elements `indicators`
// and `topics`).
typedef struct {
  Str canon;
  const Str *aliases;
  size_t n_aliases;
  Str unit, direction; // direction: up | down | "" (which way is good)
  Str low, high;       // plausible range, empty if none
} Indicator;

typedef struct {
  Str name;
  const Str *keywords;
  size_t n_keywords;
} Topic;

typedef struct Dictionary {
  const Indicator *indicators;
  size_t n_indicators;
  const Topic *topics;
  size_t n_topics;
} Dictionary;

Dossier *dossier_new(Arena *a);
// The article's first block of that kind, or NULL.
const TextBlock *article_block(const Article *article, BlockKind kind);

// Writes the dossier as XML (docs/dossier.md), the same bytes for the same
// dossier. False: reported.
bool dossier_write(Arena *a, Diags *d, const Dossier *dossier, Str path);
Str dossier_text(Arena *a, const Dossier *dossier); // the same, in memory

// JSON with the same names as the XML; CSV with one row a figure.
Str dossier_json(Arena *a, const Dossier *dossier);
Str dossier_json_line(Arena *a, const Dossier *dossier); // one line
Str dossier_csv(Arena *a, const Dossier *dossier);

// Plain text for tests: --dump=articles, --dump=figures.
Str dossier_dump_articles(Arena *a, const Dossier *dossier);
Str dossier_dump_figures(Arena *a, const Dossier *dossier);

// Reads a dossier; unknown elements and attributes are warned of and skipped,
// wrong values are errors. NULL: reported.
Dossier *dossier_read(Arena *a, Diags *d, const File *f);
// Whether the file is a dossier (its root element says so) rather than a page.
bool dossier_sniff(const File *f);

#endif
