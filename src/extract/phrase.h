// Phrases of a clause: their verbs, and what falls off either end.
#ifndef EXTRACT_PHRASE_H
#define EXTRACT_PHRASE_H

#include "extract_imp.h"

enum { LONG = 28, VERBAL = W_VERB | W_LIGHT };

typedef struct {
  size_t begin, end; // characters
} Range;

size_t len_of(Range r);
// Length of the verb at i that no noun hides; 0 if none.
size_t verb_at(const Text *t, size_t i, unsigned classes);
bool noun_like(const Text *t, size_t i, size_t n); // 培训: as often a noun
bool han_word(size_t n);
bool cuts_word(const Text *t, size_t i);  // whether a word goes on over i
size_t last_verb(const Text *t, Range r); // its start, or SIZE_MAX
// Start of the verbs that run on before the one at `at`.
size_t verb_chain(const Text *t, size_t floor, size_t at);
// The place or organisation that begins at i, or NULL.
const Mention *mention_at(const Context *c, size_t i);
bool sign(const Text *t, size_t i); // a blank or a mark of punctuation
Range trim_head(const Context *c, Range r);
Range trim_tail(const Text *t, Range r);
// Without circumstance, subject and earlier deeds; no longer than LONG.
Range shorten(const Text *t, Range r);

// ---- front.c: the phrase before a number

typedef struct {
  Range left;   // the phrase before the number, trimmed
  Range verb;   // its last verb, to the end of left; empty if none
  bool prep;    // 为 向 对 在: left ends with it
  bool newly;   // 新增 stood before the number
  bool changed; // another word of change did
  bool among;   // 产改等20项工作: examples stand before
  Range whole; // 活动包括…等13个项目: of what they are; empty if none
} Before;

// `floor`: where it may begin.
Before phrase_before(const Context *c, size_t floor);

// ---- behind.c: the noun behind a number, and what it does

typedef struct {
  Range noun, verb; // of what; what it does
  bool of;          // 的 stood between number and noun
} Behind;

Behind noun_behind(const Context *c);
// Where the next number of the clause begins (and ends) that is no part of the
// noun between; SIZE_MAX if none.
size_t next_number(const Context *c, size_t *end);
bool among_at(const Text *t, size_t i);     // 250起案件|中: of a whole
bool ends_noun(const Text *t, size_t i);    // a verb or preposition begins
bool human_before(const Text *t, size_t i); // a word for people ends at i
// Whether the 、 at i stands inside the noun that begins at `from`.
bool joins_nouns(const Text *t, size_t from, size_t i, size_t end);
Range trim_noun(const Text *t, Range r);
Range without_deputies(const Text *t, const Number *n, Range r);
bool in_row(const Context *c); // 10家单位和|20名个人
Range deed_of_row(const Context *c);

// ---- compose.c

// Adds a range's text without the numbers in it.
void put_range(const Context *c, Buf *out, Range r);
// A deed without adverbs and light verbs, no longer than LONG.
Range trim_verb(const Text *t, Range r);
Str with_noun(const Context *c, Before l, Behind b);
// Nothing behind, a verb behind, or the phrase before alone.
Str without_noun(const Context *c, Before l, Behind b);
// 占会员总数的42%: makes the indicator one of a share.
void share(const Context *c, size_t floor, Str *indicator);

// ---- each.c

Str to_each(const Context *c, size_t floor); // 每户困难职工, or empty
Str in_batches(const Context *c);            // 分14批次,组织…, or empty

// ---- ellipsis.c

// A thing named behind a comma, as the ones before it were handed out: takes
// their verb. `own` is the phrase before the number.
bool carry_deed(const Context *c, Range own, Figure *f, const Figure *last);

// ---- context.c

// The noun that the clause before ended on: 签订集体合同5150份，覆盖… →
// 集体合同.
Range topic_noun(const Context *c);
// 覆盖职工, 参赛, 成功率: puts before them what they are of; tells its rule.
void indicator_context(const Context *c, bool behind_noun, Figure *f,
                       Buf *rules);
// What a later number of the sentence counts: 在去年45家的基础上，….
Range told_ahead(const Context *c);
// What the clause before puts first: 甲类最突出,达到46起.
Range foremost(const Context *c);
// What the clause before says to move: 纠纷增长较快，由3件增加到9件.
Range moving(const Context *c);

// ---- among.c

// Some of the things counted just before, by what they do; STR_NONE if none.
Str indicator_among(const Context *c);
// Where the quantity begins that the things behind the number are told to have,
// SIZE_MAX if none; `behind` is where what it does begins.
size_t quantity_of_them(const Text *t, Range noun, size_t behind);

// ---- casualty.c

// 死亡, 受伤 of the accidents just counted; STR_NONE where the number is none.
Str indicator_casualty(const Context *c);

// ---- part.c

// A part that goes by its kind alone takes the rest of the whole's name:
// 其中铁路 → 铁路发送旅客. Whether it did.
bool indicator_part(const Context *c, Figure *f);

// ---- grant.c

// The indicator of money given to somebody, in c's arena; STR_NONE where the
// number is none or it is not said to whom. The phrase before it starts at
// floor, b is what stands behind.
Str indicator_grant(const Context *c, size_t floor, Behind b);

#endif
