// Inside the read room: the pieces of a page and the stages they go through.
// docs/reading.md tells the rules; each stage is one file.
#ifndef READ_IMP_H
#define READ_IMP_H

#include "read.h"

// ---- chars.c: folded characters ---------------------------------------------
// One item per character of a piece's clean text: full-width forms narrow,
// corner brackets as curly quotes, dashes and dots as one kind, characters
// beyond the BMP as CHAR_FAR (an ideograph).
typedef struct {
  const uint16_t *c;
  size_t n;
} Chars;
enum { CHAR_FAR = 0x3400 };

uint16_t fold_rare(uint32_t c);
static inline uint16_t fold_char(uint32_t c) {
  if (c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF))
    return (uint16_t)c;
  return c >= 0xFF01 && c <= 0xFF5E ? (uint16_t)(c - 0xFEE0) : fold_rare(c);
}
static inline bool ch_han(uint16_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         c == 0x3007 || c == 0x3005 || (c >= 0xF900 && c <= 0xFAFF);
}
static inline bool ch_digit(uint16_t c) { // 0-9
  return c >= '0' && c <= '9';
}
static inline bool ch_latin(uint16_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC0 && c <= 0x24F);
}
static inline bool ch_stop(uint16_t c) { // 。!? and the dots
  return c == 0x3002 || c == '!' || c == '?' || c == 0x2026;
}
static inline bool ch_pause(uint16_t c) { // , 、 ; :
  return c == ',' || c == 0x3001 || c == ';' || c == ':';
}
// Columns as newspapers set it: punctuation is full width even where the
// page's text has the narrow form, figures and Latin letters are half.
static inline int ch_columns(uint16_t c) {
  if (c >= 0x2E80)
    return 2;
  return ch_digit(c) || ch_latin(c) || c == ' ' || c == '.' || c == '%' ||
                 c == '-' || c == '/' || c == 0xB7
             ? 1
             : 2;
}
// utf8_next for text known to be valid.
static inline uint32_t next_char(const char *s, size_t *i) {
  const unsigned char *p = (const unsigned char *)s + *i;
  if (p[0] < 0x80)
    return *i += 1, p[0];
  if (p[0] < 0xE0)
    return *i += 2, (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
  if (p[0] < 0xF0)
    return *i += 3, (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  *i += 4;
  return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
         (p[3] & 0x3Fu);
}
bool ch_numeral(uint16_t c); // 一二三 … 万亿
bool ch_opener(uint16_t c);
bool ch_closer(uint16_t c);
uint16_t ch_partner(uint16_t closer); // its opener, 0 if none
// Length of `what` (NUL-ended) where it stands at c[i], else 0.
size_t ch_at(Chars t, size_t i, const uint16_t *what);
// First place of `what` at or after `from`, or SIZE_MAX.
size_t ch_find(Chars t, const uint16_t *what, size_t from);
size_t ch_find_chars(Chars t, Chars what);
bool ch_has(Chars t, const uint16_t *what);
bool ch_starts(Chars t, const uint16_t *what);
bool ch_ends(Chars t, const uint16_t *what);
// Which characters the words of a list begin and end with, by their hashes;
// made when the thread first asks.
typedef struct {
  const uint16_t *const *list;
  uint64_t first[4], last[4];
} ListMarks;
enum { LIST_MARKS = 256, LIST_PROBES = 8 };
extern _Thread_local ListMarks list_marks[];
static inline unsigned mark_of(uint16_t c) {
  return (c * 40503u >> 4) & 255;
}
static inline size_t marks_slot(const uint16_t *const *list) {
  return (uint32_t)(uintptr_t)list * 2654435761u >> 24;
}
size_t ch_any_of(Chars t, size_t i, const uint16_t *const *list);
// First list entry that stands at c[i]: its length, else 0. Lists end in NULL.
static inline size_t ch_any(Chars t, size_t i, const uint16_t *const *list) {
  if (i >= t.n)
    return 0;
  const ListMarks *m = &list_marks[marks_slot(list)];
  unsigned bit = mark_of(t.c[i]);
  return m->list == list && !(m->first[bit / 64] >> bit % 64 & 1)
             ? 0
             : ch_any_of(t, i, list);
}
bool ch_ends_any(Chars t, const uint16_t *const *list); // one ends the text
Chars ch_slice(Chars t, size_t begin, size_t end);
// Whether the text ends a sentence, closing quotes and brackets aside.
bool ch_ended(Chars t);
bool surname_at(Chars t, size_t i, size_t *len); // 李, 欧阳

// ---- pieces -----------------------------------------------------------------

typedef enum {
  P_BODY,
  P_HEAD,         // headline part or heading
  P_BYLINE,       // people, alone on a line
  P_CAPTION,      // of a picture
  P_CONTINUATION, // (接1版), (下转3版) alone
  P_CONTENTS,     // entry of a contents list
  P_MASTHEAD,     // editors' line, name, date and number of the page
  P_LABEL,        // 阅读提示, 编者按: names what follows
  P_SLOGAN,
  P_CODE,   // 扫一扫…: text beside a bar code
  P_NOTICE, // 启事, 声明
  P_TYPES
} PieceType;

// What a printed mark calls a headline.
typedef enum { PART_NONE, PART_KICKER, PART_TITLE, PART_SUBTITLE } HeadPart;

typedef struct Piece {
  Str text; // clean
  const TextRun *runs;
  size_t n_runs;
  Chars fold;
  uint32_t begin, end; // bytes of the page's text
  uint32_t line, last; // lines of the page
  uint16_t printed;    // printed lines the block shows, 1 if not wrapped
  uint16_t first_line, widest, last_line; // their widths in columns
  const uint32_t *wraps;                  // characters before which a line ends
  uint32_t n_wraps;
  uint16_t blanks; // blank lines before; a dropped picture counts GAP
  uint16_t blanks_after;
  uint8_t level;       // of a # mark
  uint8_t type;        // PieceType
  uint8_t head_part;   // HeadPart
  bool cut_before;     // the same printed block goes on from the piece before
  bool glued;          // and was parted from it at a doubtful line\'s end
  bool open_end;       // ends inside a sentence
  bool open_begin;     // begins inside a sentence
  bool dateline;       // begins 本报讯 …
  bool people;         // holds nothing but people: byline_line
  bool verse;          // a line that stands for itself: of a list, a poem
  bool section;        // an unmarked heading that another near bears out
  bool headed;         // a headline stood before it that is another report's
  bool dropped;        // repeats another piece
  int32_t repeats;     // the piece it repeats, -1 none
  int32_t next, prev;  // pieces joined behind and before, -1 if none
  int32_t jump;        // a piece before in the chain, -1 none
  int32_t report;      // of the page, counted from 1, where it is printed
  int32_t home;        // of which its terms tell, 0 if they do not
  int32_t home_points; // how much
  bool gap;            // text is lost between this and the next, or after it
  bool gap_before;     // the sentence's beginning is lost
  uint32_t hole;       // a character before which text is lost, 0 none
} Piece;

typedef VEC(Piece) Pieces;

enum { GAP_LINES = 3 }; // blank lines that stand for a picture

typedef struct Sheet {
  Arena *a;
  Diags *d;
  const File *file;
  Page *page;
  const ReadOptions *options;
  bool traditional; // characters: matched as simplified ones
  Pieces pieces;
  void *marks; // clean.c's scratch
  size_t marks_cap;
  size_t leads; // after order_pieces: the first `leads` begin texts, in order;
                // behind them stand the pieces joined to one before
} Sheet;

// An empty list with room for as many pieces as the sheet has.
static inline Pieces pieces_room(const Sheet *s) {
  Pieces p = {.data = NEW_ARRAY(s->a, Piece, s->pieces.len),
              .cap = s->pieces.len};
  return p;
}

// ---- stages, in order -------------------------------------------------------

// blocks.c: lines → printed blocks → clean pieces.
void read_blocks(Sheet *s);
// clean.c: one block of source bytes [begin, end) → one or more pieces.
void clean_block(Sheet *s, uint32_t begin, uint32_t end, uint32_t line,
                 uint16_t blanks);
// split.c: texts that OCR ran together in one block become pieces of their own.
void split_pieces(Sheet *s);
// marks.c: (主题) and its like: the headlines that they name, without them.
void read_marks(Sheet *s);
// type.c: gives each piece its type.
void type_pieces(Sheet *s);
// lines.c: a row of a table: fields with spaces between, two of them figures.
bool line_row(Chars t);
// A caption of two sentences or more, with its credit.
bool line_caption(Chars t);
// ● 一季度,…: an item of a list.
bool line_item(Chars t);
// What a web page prints around an article: 上一篇:…, 来源:… 字号:….
bool line_frame(Chars t);
// The body and the day that sign a notice are texts, no headings.
void type_signers(Sheet *s);
// Lines of verse and of lists, each a line of one block, are texts.
void type_lists(Sheet *s);
// type.c, after part_contents: joins the lines of a headline.
void join_headlines(Sheet *s);
// contents.c: contents lists into entries, one a piece.
void part_contents(Sheet *s);
// order.c: puts columns that were read out of turn, and headings that were read
// after their text, where they belong; gives the pieces' new order.
void order_pieces(Sheet *s);
// repeats.c: drops what the page prints twice.
void drop_repeats(Sheet *s);
// heads.c: headlines read away from their report go before its opening.
void place_headlines(Sheet *s);
// How much the text tells of what the headline says: 1 to 4 points for each
// pair of ideographs, place and figure that both have.
int head_tells(const Piece *p, Chars text);
// affinity.c: how many telling terms of a short text stand in another.
size_t terms_shared(Chars a, Chars b);
// rejoin.c: joins sentences cut by columns, parts what was glued, marks gaps.
void rejoin_pieces(Sheet *s);
// Tells of the gaps that are left, in the page's order.
void flag_gaps(Sheet *s);
// group.c: pieces → articles of the page.
void group_pieces(Sheet *s);
bool heading_numbered(Chars t); // 一、…, (二)…
// group.c: the text goes on from another page: (接3版)….
bool piece_continues(const Piece *p);
// Whether two headings have the form that those of one article share.
bool same_form(const Piece *x, const Piece *y);
// page.c: the page's publication and date; datelines resolved with it.
void date_page(Sheet *s);

// ---- dates -----------------------------------------------------------------

typedef struct {
  int year, month, day; // 0 if not said
} Date;
// page.c: nothing but a name of four to nine ideographs that ends in 报.
bool paper_alone(Chars t);
// date.c: the length of the date that is printed in full at t.c[i], 0 if none.
size_t date_at(Chars t, size_t i, Date *d);
// The first date in full and where it stands.
bool date_find(Chars t, Date *d, size_t *begin, size_t *end);
// The length of a number of at most `most` figures, or of 十二, 二〇二五 (4).
size_t date_number(Chars t, size_t i, size_t most, int *value);
// The same of figures alone.
size_t date_figures(Chars t, size_t i, size_t most, int *value);

// ---- years (years.c) --------------------------------------------------------

enum { YEARS = 200, YEAR_0 = 1900 };

typedef struct {
  uint16_t said[YEARS]; // mentions as begun: 2024年以来, 2024年3月
  uint16_t total[YEARS]; // with what the year came to: 2020年接待游客60万人次
  uint16_t over[YEARS];  // as past: 2020年末, 2020年全年
  uint16_t plan[YEARS];  // as a whole year to come: 2025年,全省将…
  uint16_t month[YEARS]; // earliest month of a mention as still to come, 0 none
  int named;             // in the file's name, 0: none
} Years;

// Adds the years that the text speaks of.
void years_of(Chars t, Years *y);
// The latest year with a mention, from YEAR_0; -1 without any.
int latest_year(const uint16_t *years);
// The one year in which a report of this month fits; 0 if none is sure.
int fitting_year(const Years *y, int month);
// The year that a file's name tells between other signs; 0 if none.
int year_of_name(Chars name, const Years *y);
// told.c: the day, or the year alone, that an undated page shows to be its own;
// "" where it does not.
Str told_day(Sheet *s, const Years *y);

// ---- people and places of writing -------------------------------------------

typedef struct {
  uint32_t begin, end; // characters of the piece's fold
  Str name, role;
} Person;
typedef VEC(Person) People;

// byline.c: whether the piece holds nothing but people (and their roles).
bool byline_line(Chars t);
// Whether it holds names without a role or mark: such a line is people only
// where a headline or a report's end stands before it.
typedef enum {
  BARE_NONE,
  BARE_NAMES,   // 甲某 乙某
  BARE_OFFICE,  // 某市总工会主席 甲某
  BARE_BRACKET, // (甲某)
} BareNames;
BareNames byline_bare(Chars t);
// Adds the people named in t[begin, end).
void byline_people(Arena *a, const Piece *p, size_t begin, size_t end,
                   People *out);
// The editors that a masthead line names.
void byline_editors(Arena *a, const Piece *p, People *out);
// The people of a body's opening bracket or of its closing credit.
void byline_of_body(Arena *a, const Piece *p, People *out);
// The body, or its beginning with that of `next` (NULL if nothing is joined
// behind it) where the end of a column tore the bracket of people.
const Piece *byline_whole(Arena *a, const Piece *p, const Piece *next);
// Where the author's name in brackets that ends a report begins, looked for
// from `from` on: (甲某) behind a stop. *end: behind it. t.n if there is none.
size_t byline_signature(Chars t, size_t from, size_t *end);
// Where a picture credit (… 摄) begins at the end of t, or t.n: in the last
// CREDIT_MAX characters.
enum { CREDIT_MAX = 50 };
size_t byline_credit(Chars t);
// Whether t ends with whom a picture is from: 甲某 摄, 乙某供图, 新华社发,
// (资料图片), 图/丙某; a photographer, an agency, nobody who wrote.
bool byline_picture(Chars t);
// A line that tells where a text comes from or who wrote it: 来源:某某网,
// 据某报报道, (作者系某校教师).
bool byline_source(Chars t);
// One that needs no 摄.
bool byline_picture_line(Chars t);

typedef struct {
  size_t end;               // characters of the opening, 0 if none
  uint32_t place, place_to; // characters of the place, empty if none
  int month, day, year;     // 0 if not printed
} Dateline;
// dateline.c: 本报讯 / 本报兰州12月29日电 / 新华社…
Dateline dateline_at(Chars t);

// Byte of the piece's text where its character i begins.
size_t piece_byte(const Piece *p, size_t i);
Str piece_str(const Piece *p, size_t begin, size_t end); // by characters
// Longer pieces are not parted: that takes time in proportion to the piece.
enum { PART_MAX = 4096 };
// The characters [begin, end) of a piece as a piece of their own.
Piece piece_part(Sheet *s, const Piece *p, size_t begin, size_t end);
void flag_add(Sheet *s, const char *kind, uint32_t line, Str text);

#endif
