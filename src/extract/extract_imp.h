// extract, inside: folded text, words, numbers, mentions, times, and the rules
// that make a figure of them. Positions are characters of a block's text.
#ifndef EXTRACT_IMP_H
#define EXTRACT_IMP_H

#include "dossier.h"
#include "extract.h"
#include "lexicon.h"

// ---- text.c: a block's text, folded to one width, character by character ----

typedef enum {
  CH_OTHER,
  CH_HAN,
  CH_DIGIT,
  CH_LATIN,
  CH_SPACE,
  CH_STOP,  // 。！？ and the end of a line
  CH_COMMA, // ，；：
  CH_LIST,  // 、
  CH_OPEN,  // （［【《〈「『
  CH_CLOSE,
  CH_QUOTE, // “ ‘
  CH_UNQUOTE,
} CharKind;

typedef struct {
  Str text;        // the block's text, as mended
  Str plain;       // the same in simplified characters, byte for byte
  uint32_t *c;     // folded characters; c[n] is 0
  uint32_t *at;    // byte of each in text; at[n] is text.len
  uint8_t *kind;   // CharKind
  uint8_t *head;   // bits HEAD_*: what may begin with it
  uint8_t *inside; // bits INSIDE_*
  uint32_t *pair;  // of an opening or closing sign: its partner, 0 if none
  uint16_t *two;   // two_hash of a character and the next
  uint16_t *lex;   // classes of the words at i and LEX_KNOWN; 0: not looked up
  size_t n, cap;
} Text;

enum {
  INSIDE_BRACKET = 1, // in a short bracket
  INSIDE_QUOTE = 2,   // in a short quotation: a name, a slogan
  INSIDE_BOOK = 4,    // in 《》
  INSIDE_PLACE = 8,   // part of a place's or an organisation's name
  INSIDE_TIME = 16,   // part of a time
};

// ---- heads.c: characters that something may begin with ----------------------

enum {
  HEAD_NUMBER = 1,
  HEAD_TIME = 2,
  HEAD_GENERIC = 4,
  HEAD_NAME = 8,
  HEAD_CLAUSE = 16,       // set by text_load: a clause begins here
  HEAD_PERSON = 32,       // a surname, 小, 老
  HEAD_TRADITIONAL = 128, // of traditional text alone
};
// HEAD_* of each character of the first plane.
const uint8_t *char_heads(void);
extern const char number_heads[];  // scan.c
extern const char time_heads[];    // when.c
extern const char generic_heads[]; // generic.c: 全省, 市总
extern const char person_heads[];  // holder.c

void text_load(Arena *a, Text *t, Str s);
Str text_slice(const Text *t, size_t from, size_t to); // as printed
enum { INSIDE_NAME = INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK };

// A clause ends at i.
static inline bool text_breaks(const Text *t, size_t i) {
  return t->kind[i] == CH_STOP ||
         (t->kind[i] == CH_COMMA && !(t->inside[i] & INSIDE_NAME));
}

// A sentence ends at i.
static inline bool text_stops(const Text *t, size_t i) {
  return t->kind[i] == CH_STOP &&
         !(t->inside[i] & (INSIDE_QUOTE | INSIDE_BOOK));
}

// First place at or after i where no ideograph stands, or t->n.
static inline size_t text_mark(const Text *t, size_t i) {
  const uint64_t han = CH_HAN * UINT64_C(0x0101010101010101);
  for (uint64_t x; i + sizeof x <= t->n; i += sizeof x) {
    memcpy(&x, t->kind + i, sizeof x);
    if (x != han)
      break;
  }
  while (i < t->n && t->kind[i] == CH_HAN)
    i++;
  return i;
}

// First place at or after i where one of HEAD_* is set, or t->n.
static inline size_t text_head(const Text *t, size_t i, uint8_t heads) {
  uint64_t any = heads * UINT64_C(0x0101010101010101), x;
  for (; i + sizeof x <= t->n; i += sizeof x) {
    memcpy(&x, t->head + i, sizeof x);
    if (x & any)
      break;
  }
  while (i < t->n && !(t->head[i] & heads))
    i++;
  return i;
}

// ---- match.c: lists of words ------------------------------------------------

// A list of words, decoded once, with sets of hashes by which nearly every
// place where none of them stands is passed over.
enum { LIST_ONE = 16, LIST_TWO = 8, LIST_BUCKETS = 16, LIST_SLOTS = 4096 };

typedef struct {
  uint64_t one[LIST_ONE];   // words of one character
  uint64_t begin[LIST_TWO]; // first two characters of the others
  uint64_t end[LIST_TWO];   // last two
  // First words: of one character; of the others by those hashes.
  uint16_t ones, by_begin[LIST_BUCKETS], by_end[LIST_BUCKETS];
  uint16_t n_words;
} WordList;

typedef struct {
  const void *key; // address of the literal or the table
  const WordList *list;
} ListSlot;

extern ListSlot list_slots[];

// What is read with the key may be read of its list.
static inline const void *list_key(const ListSlot *slot) {
  return __atomic_load_n(&slot->key, __ATOMIC_ACQUIRE);
}

static inline uint32_t one_hash(uint32_t c) {
  return (c * 2654435761u) >> 22;
}

static inline uint16_t two_hash(uint32_t x, uint32_t y) {
  return (uint16_t)((x * 0x9E3779B1u ^ y * 0x85EBCA6Bu) >> 16);
}

static inline size_t list_slot(const void *key) {
  return (uint32_t)(uintptr_t)key * 2654435761u >> 20;
}

static inline bool list_has(const uint64_t *set, uint32_t size, uint32_t bit) {
  bit %= size * 64;
  return set[bit / 64] >> bit % 64 & 1;
}

const WordList *list_look(const char *words);
// Of the rows of a table, whose first member is the word.
const WordList *list_of_rows(const void *rows, size_t n, size_t stride);

static inline const WordList *list_of(const char *words) {
  const ListSlot *slot = &list_slots[list_slot(words)];
  return list_key(slot) == words ? slot->list : list_look(words);
}

static inline bool list_may_begin(const WordList *l, const Text *t, size_t i) {
  return list_has(l->begin, LIST_TWO, t->two[i]) ||
         list_has(l->one, LIST_ONE, one_hash(t->c[i]));
}

static inline bool list_may_end(const WordList *l, const Text *t, size_t i) {
  return (i > 1 && list_has(l->end, LIST_TWO, t->two[i - 2])) ||
         list_has(l->one, LIST_ONE, one_hash(t->c[i - 1]));
}

// Length of the first word of the list that stands there, or 0.
size_t list_at(const WordList *list, const Text *t, size_t i);
size_t list_before(const WordList *list, const Text *t, size_t i);

// Whether one of the words, separated by blanks, stands at i; its length.
static inline size_t text_any(const Text *t, size_t i, const char *words) {
  const WordList *list = list_of(words);
  return i < t->n && list_may_begin(list, t, i) ? list_at(list, t, i) : 0;
}

// Whether one of them ends at i.
static inline size_t text_any_before(const Text *t, size_t i,
                                     const char *words) {
  const WordList *list = list_of(words);
  return i && i <= t->n && list_may_end(list, t, i) ? list_before(list, t, i)
                                                    : 0;
}

static inline bool text_is(const Text *t, size_t i, const char *word) {
  return text_any(t, i, word) > 0;
}

static inline bool text_ends(const Text *t, size_t i, const char *word) {
  return text_any_before(t, i, word) > 0;
}

// The longest word of a table's rows that stands at i, or ends there; its row.
#define ROWS_AT(t, i, rows, row)                                               \
  list_longest(list_of_rows(rows, sizeof rows / sizeof *rows, sizeof *rows),   \
               t, i, row)
#define ROWS_BEFORE(t, i, rows, row)                                           \
  list_longest_before(                                                         \
      list_of_rows(rows, sizeof rows / sizeof *rows, sizeof *rows), t, i, row)
size_t list_longest(const WordList *list, const Text *t, size_t i, size_t *row);
size_t list_longest_before(const WordList *list, const Text *t, size_t i,
                           size_t *row);

// First i in [from, to) where one of the words stands, or SIZE_MAX.
size_t text_find(const Text *t, size_t from, size_t to, const char *words);
size_t text_rfind(const Text *t, size_t from, size_t to, const char *words);

// ---- lex.c: words of news prose, by class (lex.def)
// --------------------------

typedef enum {
  W_NONE = 0,
  W_VERB = 1,    // names what was done: 建成 发放 慰问
  W_LIGHT = 2,   // says little beside its object: 开展 进行 组织
  W_VALUE = 4,   // only joins the number: 达 为 有 实现 保持在
  W_CHANGE = 8,  // 增长 下降 提升至
  W_ADVERB = 16, // 已 共 先后
  W_PREP = 32,   // 在 向 对 围绕
  W_LEAD = 64,   // opens a clause and says nothing: 其中 据悉
  W_TIME = 128,
  W_NOUN = 256,   // a noun that begins like a verb: 发展中心
  W_MODAL = 512,  // 计划 力争 将
  W_VN = 2048,    // a verb that is as often a noun: 培训 服务 就业
  W_IDIOM = 1024, // has a numeral and counts nothing: 一线 三级
} WordClass;
enum { LEX_KNOWN = 0x8000 };

// Longest word at i of one of the classes; its length in characters, or 0.
// What class it has goes to *found (may be NULL).
size_t lex_look(const Text *t, size_t i, unsigned classes, unsigned *found);
static inline size_t lex_at(const Text *t, size_t i, unsigned classes,
                            unsigned *found) {
  return i < t->n && (!t->lex[i] || t->lex[i] & classes)
             ? lex_look(t, i, classes, found)
             : 0;
}
// Longest word that ends at i.
size_t lex_before(const Text *t, size_t i, unsigned classes, unsigned *found);

// ---- decimal.c: exact decimals ----------------------------------------------

typedef struct {
  int64_t m; // value = m · 10^e
  int e;
} Decimal;

#define DECIMAL_DIGITS 18
Decimal decimal_shift(Decimal d, int e);
bool decimal_add(Decimal x, Decimal y, Decimal *sum); // false: too long
int decimal_cmp(Decimal x, Decimal y);
Str decimal_str(Arena *a, Decimal d); // 42700, 93.8

// ---- numeral.c: one written number ------------------------------------------

typedef struct {
  size_t begin, end;
  Decimal value, high; // high where `pair`
  bool pair;           // 三四百: from value to high
  bool bare;           // 百 千 万 alone, or 数百 上千
  bool han;            // in Chinese numerals
  bool positional;     // 二〇二四, 12351: digits one after the other
  bool scaled;         // with 万 or 亿
  bool broken;         // too long, 1.2.3, torn
  bool vague;          // 数百: low and high only
  bool open;           // 上百: low only
  const char *infix;   // 多 余 几, or NULL
  int scale;           // power of the last scale word, 0 if none
  size_t digits;
} Numeral;

// Reads the number that begins at i; false if none begins there.
bool numeral_at(const Text *t, size_t i, Numeral *out);

// ---- unit.c
// ------------------------------------------------------------------

typedef enum {
  U_COUNT,  // 个 家 场
  U_PERSON, // 人 名 位
  U_MONEY,
  U_PHYSICAL,
  U_RATIO, // % 倍 成
  U_POINT, // 个百分点
  U_TIME,  // 年 月 日: no figure
  U_SPAN,  // 小时 天: a figure where something is measured
  U_ORDER, // 级 届 类: no figure
} UnitKind;

typedef struct {
  const char *text, *name; // as written; as reported
  uint8_t kind;
  uint8_t family; // units of one family compare: 人 人次
} Unit;

const Unit *unit_at(const Text *t, size_t i, size_t *len);

// ---- scan.c: numbers with their units
// ----------------------------------------

typedef struct {
  size_t begin, end;         // printed: number, unit, qualifier behind
  size_t number, number_end; // the number alone
  size_t unit_at, unit_end;
  Decimal value, low, high;
  bool has_value, has_low, has_high;
  const Unit *unit; // NULL: none printed
  const char *over; // 斤/亩: 亩; NULL without one
  const char *unit_name;
  const char *qualifier; // as reported, or ""
  bool han, scaled, vague, positional, fraction, half, rank, ratio, times;
  bool per;            // 每万人: the denominator of what follows
  Str per_unit;        // 万人
  int scale;           // power of 万 or 亿 behind the digits, 0 if none
  const char *refused; // why it is no figure, or NULL
  // filled by the field rules
  size_t from; // index + 1 of the number that it changed from
  bool used;   // as the from-value of another
} Number;

typedef VEC(Number) Numbers;
void scan_numbers(Arena *a, const Text *t, Numbers *out);

// ---- notfigure.c
// ---------------------------------------------------------------

// Says of each number why it is no figure (refused), or leaves it.
void refuse_numbers(const Text *t, Numbers *numbers);
// False: none is a figure, whatever times and places stand beside it, which
// need not be marked yet.
bool numbers_may_tell(const Text *t, const Numbers *numbers);

// ---- ellipsis.c
// ----------------------------------------------------------------

// Gives an indicator that is a bare verb or 总数 the thing that the figure
// before it counted, where both have one unit.
bool indicator_object(Arena *a, Figure *f, const Figure *last);
Str without_perfective(Arena *a, Str indicator); // 补助了的 → 补助的
bool is_quantity(Arena *a, Str indicator); // 产量, 面积: of something named
// The indicator without signs whose partner a cut has left outside: 建设)投入.
Str indicator_signs(Arena *a, Str s);
// An indicator without the verbs that open it: 完成攻关 → 攻关.
Str thing_of(Arena *a, Str indicator);
// 开设书法、摄影等课程 → 开设课程: the examples fall out.
Str without_examples(Arena *a, Str indicator);

// ---- clause.c
// ------------------------------------------------------------------

typedef struct {
  size_t begin, end;         // the clause, list items apart
  size_t sentence, full_end; // the sentence
} Clause;

Clause clause_of(const Text *t, const Number *n);
// Start of the clause before the one that begins at `begin`, not before
// `sentence`; SIZE_MAX if there is none.
size_t clause_before(const Text *t, size_t begin, size_t sentence);

// ---- where.c: organisations and places
// ------------------------------------------

typedef struct {
  size_t begin, end;
  const Division *division; // NULL: the whole country, or unknown
  bool country, org, strong, generic, doubtful;
  bool foreign; // 日本: in no region of ours
  bool event;   // 技能大赛: holds its own figures, not an article's
  bool line;    // 中欧班列: its name says what is measured as well
  bool person;  // holds for its sentence alone
  bool beside;  // 在, 来自 before it: where something was, not who did it
  bool part;    // 其中, 例如 before it: holds for its sentence alone
  Str subject;  // spelled out
} Mention;

typedef VEC(Mention) Mentions;

// ---- home.c
// ----------------------------------------------------------------------

// Counties that a page names in full: it may shorten them elsewhere.
typedef struct {
  const Division *d[64];
  size_t n;
  const Division *region; // the only autonomous region it names, or NULL
  bool regions, own_name; // it names several; by its own name
  const Division *city;   // whose districts it names without it, or NULL
} Known;

// Whether d is `above` or lies in it.
bool within(const Division *d, const Division *above);
bool is_known(const Known *known, const Division *d);
// The place that all of a page is about, else the province it names most; NULL
// if it names none. Fills `known`.
const Division *page_home(const Page *page, Known *known);
Str page_day(const Page *page);

// Organisations named last, the latest first, and where they are.
enum { BODIES = 4, PEOPLE = 3 };
typedef struct {
  Str subject;
  const Division *division;
} Body;

typedef struct {        // of an article
  const Known *known;   // of its page
  const Division *home; // where it plays by headline, dateline or first place
  const Division *province, *city, *county; // last named
  const Division *as_printed;               // 凉山州, and how it was written
  Str printed;
  const Division *page; // the page's province
  Text *work;           // for texts looked at before their blocks are read
  bool country;
  bool left;            // the county was named in a block before
  Str subject;          // whose article it is
  const Division *seat; // where that is; NULL if its name does not say
  bool moved;           // it plays there, and not where its headline says
  Str person;           // last named
  const Division *person_division, *last_division; // where; last of all named
  Str names[PEOPLE],
      people[PEOPLE]; // bare names, and as reported, latest first
  Body bodies[BODIES];
} Scene;

// ---- body.c
// ----------------------------------------------------------------------

// End of the organisation's name that goes on behind a place; `i` if none.
size_t org_end(const Text *t, size_t i);
bool short_union(const Text *t, size_t i); // 总 for 总工会
Str union_named(Arena *a, Str tail);
bool railway_runs(const Text *t, size_t i);
// At the head of a clause: a body that names no place, a town, a school in
// quotes; length, 0 if none.
size_t org_at(const Text *t, size_t i, Mention *out);
size_t town_at(const Text *t, size_t i, Mention *out);
size_t quoted_at(const Text *t, size_t i, Mention *out);
// 秋季专场招聘会, before what it did.
size_t fair_at(const Text *t, size_t i, Mention *out);
// 2023年日本贸易逆差: another country at the head of a clause, behind its time.
size_t foreign_at(const Text *t, size_t i, Mention *out);

// ---- team.c
// ----------------------------------------------------------------------

// A team, a vessel, a well, a work that goes by its own name, at the head of a
// clause before what it did; length, 0 if none.
size_t team_at(const Text *t, size_t i, Mention *out);

// ---- generic.c
// ----------------------------------------------------------------------

// 全省, 市总, 该县, 教育部 at i, by what the scene names; length, 0 if none.
size_t generic_at(Arena *a, const Text *t, size_t i, const Scene *s,
                  Mention *out);
Str whole_name(Arena *a, const Division *d); // where.c: 酒泉市金塔县

// ---- again.c
// ----------------------------------------------------------------------

// What takes up a body named before: 该厂, 这支队伍; length, 0 if none.
size_t again_at(const Text *t, size_t i, const Scene *s, Mention *out);
void remember_body(Scene *s, const Mention *m);

// ---- holder.c
// ----------------------------------------------------------------------

size_t person_at(const Text *t, size_t i, Scene *s, Mention *out); // length, 0
// 梨树村|村民老李: what stands before i only says whence the person is.
bool person_follows(const Text *t, size_t i);
bool is_event(const Text *t, const Mention *m);
// A body that only tells what its place has: 省统计局公布.
bool only_publishes(const Text *t, const Mention *m);
bool whence(const Text *t, const Mention *m); // 从大连赶来的失主
// 某公司等10家单位: takes the subject and place of one of several away.
void make_example(const Text *t, Mention *m);
// Whether what a mention names at the head of its clause is not whose it is.
bool tells_only(const Text *t, const Mention *m);
// The discipline body that did what is told of a place, or "".
Str discipline_of(Arena *a, const Text *t, const Mention *place, Str body);
// An office that tells what the whole of its place has: 市城管局通报，全市….
bool office_tells(const Text *t, const Mention *m);
// Whose article it is that m opens; `next` is the mention behind it, or NULL.
Str told_by(Arena *a, const Text *t, const Mention *m, const Mention *next);

void find_mentions(Arena *a, Text *t, Scene *scene, Mentions *out);
void scene_open(Arena *a, Scene *scene, const Article *article,
                const Division *page, const Known *known);
// What a heading names is whose the blocks below it are, else `base`'s.
void scene_heading(Arena *a, Scene *scene, const Scene *base,
                   const TextBlock *b);
const Division *division_level(const Division *d, int level);

// ---- when.c
// -----------------------------------------------------------------------

typedef struct {
  size_t begin, end;
  Str period, printed;
  bool stock;   // as of: 截至 目前
  bool frame;   // opens a clause: holds for what follows
  bool adverb;  // of its sentence's verb: 市总今年安排…
  bool plan;    // “十三五”末
  bool gone;    // of a year before the page's
  bool ahead;   // 到2027年, 目前: holds for its sentence alone
  bool news;    // 近日: of what happened, in its clause
  bool deed;    // 近日,县总工会举办…: and what is told was done then
  bool told;    // 通报2024年…: what the article tells of
  bool same;    // 同期: of the time told of before
  bool day;     // 12月5日: of one event
  size_t until; // 在去年…基础上: holds no further; 0: no such end
  int years;    // 五年来: how many; 0 where the text names which
  bool base;    // 比上年: what is compared with
  bool carried; // of the paragraph before
} Time;

typedef VEC(Time) Times;
// `year` is the one that the article is of, 0 if it does not say.
void find_times(Arena *a, Text *t, Str date, int year, Times *out);
// reach.c: fills base, frame, adverb and what else says how far it reaches.
void time_reach(const Text *t, Time *time);

// ---- frame.c
// ----------------------------------------------------------------------

typedef struct {
  int year; // of the report; 0: not said
  bool past, plans;
} Frame;

// What a headline or heading says of the blocks below it.
Frame frame_of(Arena *a, const TextBlock *b);

// Chains of divisions already written out.
typedef struct {
  const Division *division[64];
  Str chain[64];
} Chains;
Str chain_of(Arena *a, Chains *chains, const Division *d);

// ---- the fields
// ---------------------------------------------------------------------

typedef struct {
  Arena *a;
  const Text *t;
  const Numbers *numbers;
  const Mentions *mentions;
  const Times *times;
  size_t i;                       // which number
  size_t mentions_end, times_end; // how many of them stand before it
  Clause clause;
  bool title, plans; // the block speaks of what is to be
  bool to_be;        // its heading says so: 2026年目标任务
  Chains *chains;
  const Figure *const *made; // figures of this block so far
  size_t n_made;
} Context;

// each.c: 每人补助1500元, 每公斤7.2元; the indicator without 每公斤.
bool each_person(const Context *c);
Str each_measure(const Context *c); // "" if none
Str without_measure(Arena *a, const Figure *f);
// Whether only a 、 or 和 stands between this number and the one before.
bool in_list(const Context *c);
bool text_plans(const Text *t); // whether any word of planning stands in it
void rule_add(Buf *rules, const char *name);
void field_measure(const Context *c, Figure *f, Buf *rules);
// Whether what stands before i, not before `from`, says that something came to
// be as much as follows: 提高到, 上升至二审的.
bool changes_to(const Text *t, size_t from, size_t i);
// The change that a clause at i tells by a comparison, NULL if none.
const char *compared_at(const Text *t, size_t i, size_t number);
// Where the comparison begins that tells a share, not before `from`: 增速|高于
// 全国2个百分点; SIZE_MAX if none does.
size_t comparison_of(const Context *c, size_t from);
// Behind the number and a bracket right after it: 1370.2亿元（人民币，下同）.
size_t behind_note(const Text *t, const Number *n);
// The number before number i that is no part of a time and ends at most so many
// characters before it, or NULL.
enum { NUMBER_REACH = 32 };
const Number *number_before(const Text *t, const Numbers *numbers, size_t i);
// Where what leads to a number at i ends if a time of its own stands between,
// not before `floor`: 增加到|2023年的4085件.
size_t seat_of(const Text *t, size_t floor, size_t i);
// `last` is the figure before in this block, or NULL.
void field_indicator(const Context *c, Figure *f, const Figure *last,
                     Buf *rules);
// 播种面积3800公顷，产量9万吨: a bare quantity takes the thing from the figure
// before it in its sentence.
void indicator_stem(const Context *c, Figure *f, const Figure *last);
// Where the phrase of this number begins: behind the number before it.
size_t number_floor(const Context *c);
// Where it ends: before a list item with a number of its own.
size_t part_end(const Context *c);
// subject and region; what the clause, sentence and paragraph name, else home.
void field_where(const Context *c, const Scene *scene, Figure *f, Buf *rules);
// bracket.c: 稻谷（五常）每斤1.42元: of the place in the bracket.
void where_in_bracket(const Context *c, const Scene *s, Figure *f, Buf *rules);
// Whether the time of the paragraph before still holds: nobody else did it.
bool carries_on(const Context *c, const Figure *f, const Figure *before);
// `lede` is the time that frames the article, for figures of its home.
void field_when(const Context *c, const Time *lede, bool home, Figure *f,
                Buf *rules);
// 分别 and 各: pairs names with numbers; changes indicator, subject, region.
void field_list(const Context *c, const Scene *scene, Figure *f, Buf *rules);
// What a person should look at; "" if nothing.
void field_doubt(const Context *c, const TextBlock *b, Figure *f);
// topic.c: the dictionaries, ready to be looked up in.
typedef struct Glossary Glossary;
Glossary *glossary_new(Arena *a, const Dictionary *dictionary);
void find_canon(Arena *a, const Glossary *g, Figure *f);
Str article_topic(Arena *a, Glossary *g, const Article *article);

// ---- origin.c
// --------------------------------------------------------------------

// The number a from–to began with is no figure of its own.
void use_origins(Arena *a, const Text *t, Numbers *numbers, Times *times);
// 连续8年, 连续5天 say when, not what.
void mark_spans(Text *t, const Numbers *numbers);

// ---- headline.c
// ------------------------------------------------------------------

void heed_bodies(Arena *a, Article *article);

// ---- aspect.c
// --------------------------------------------------------------------

typedef struct {
  size_t begin, end, read; // the name; how far the text has been looked at
} Aspect;

// An indicator that says no more than 发生事故, with what it is of: the last
// 运输业方面。 that opens a sentence before the number.
Str with_aspect(const Context *c, Aspect *aspect, Str indicator, Buf *rules);

// ---- branch.c
// --------------------------------------------------------------------

// 分产业看，第一产业增长9.1%: the indicator with the quantity that grew.
Str with_quantity(const Context *c, Figure *f, Buf *rules);

// ---- fact.c: ids, and figures that state one fact
// -----------------------------------

typedef struct Facts Facts;
Facts *facts_new(Arena *a);
void facts_id(Facts *facts, Str sentence, Figure *f); // sets f->id
void facts_link(Facts *facts, Figure *f);             // sets f->fact

#endif
