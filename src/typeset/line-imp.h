// Inside of fonts and lines: faces, characters, clusters. The other files of
// typeset need only typeset-imp.h.
#ifndef LINE_IMP_H
#define LINE_IMP_H

#include "cff_table.h"
#include "typeset-imp.h"

// ---- font_file.c: one face of one file -------------------------------------

typedef struct FontLib FontLib; // HarfBuzz's objects of a face

struct Face {
  FaceInfo info;
  FontLib *lib;
  Str file;     // path
  Str label;    // for reports
  int number;   // in order of first use
  int shift;    // up, 1/1000 em
  int embolden; // 1/1000 em
};

// Maps and checks the file; `ps` is part of the PostScript name wanted in a
// TTC, "#2" the third face, empty: the simplified Chinese one, else the first;
// `lang` picks the
// forms of a face that has several. NULL: *why says in English and Chinese what
// is wrong (index 0 and 1).
Face *face_open(Arena *a, Str path, Str ps, Str lang, const char *why[2]);
// The same of a file in memory, which must stay as it is.
Face *face_in_memory(Arena *a, Str bytes, Str ps, Str lang, const char *why[2]);

// The glyph of c; halt also gives what half-width setting takes from the left
// and from the right (font units, W2).
typedef struct {
  uint32_t glyph; // 0: missing
  int advance;    // font units
  int left, right;
  int ink_left, ink_right; // from the origin
  bool blank;              // no ink
} FaceChar;
FaceChar face_char(const Face *f, uint32_t c, bool halt);
// The one glyph that "——" makes, or 0 (fonts.md).
uint32_t face_dash(const Face *f, int *advance);
// Kerning between two ASCII letters, font units.
int face_kern(const Face *f, uint32_t a, uint32_t b);
void face_kern_open(Arena *a, const Face *f);

// ---- cff.c -----------------------------------------------------------------

typedef struct { // glyphs from this one on have CIDs from this one on
  uint16_t glyph, cid;
} CidRange;

typedef struct {
  CffBytes table;
  size_t outlines; // their INDEX; 0: none
  const CidRange *ranges;
  size_t n;     // 0: glyphs have no CIDs of their own
  uint32_t end; // glyphs from here on are not told of
} Cff;

// Of a CFF table, whose bytes are borrowed.
Cff cff_read(Arena *a, const unsigned char *data, size_t len, uint32_t glyphs);
uint32_t cff_cid(const Cff *c, uint32_t glyph);
size_t cff_outline_len(const Cff *c, uint32_t glyph); // bytes; 0: not known

// ---- font.c: roles ---------------------------------------------------------

// How a character behaves in a line.
typedef enum {
  CL_HAN,      // ideographs and kana
  CL_WIDE,     // other full-width text: symbols, full-width digits
  CL_LATIN,    // letters, digits and what belongs to them: gap to Han (L1)
  CL_SIGN,     // Latin punctuation: no gap
  CL_OPEN,     // “（《
  CL_CLOSE,    // ”）》
  CL_COMMA,    // ，、；： (J1 step 5)
  CL_STOP,     // 。 (J1 step 7)
  CL_EXCLAIM,  // ？！ (J1 step 7, K6)
  CL_DOT,      // · in half an em
  CL_DASH,     // — of ——
  CL_ELLIPSIS, // … of ……
  CL_CONNECT,  // ～ – and single —
  CL_SOLIDUS,  // / ／
  CL_SPACE,    // U+0020 and other spaces of a line
  CL_FIXED,    // U+3000 and spaces of fixed width
  CL_NONE,     // draws nothing: controls, selectors, zero-width characters
  CL_LEADER,   // INLINE_LEADER
  CL_BREAK,    // INLINE_BREAK
} CharClass;

enum { // CharInfo.num, for N1
  NUM_DIGIT = 1,
  NUM_POINT = 2,  // inside a number: . , thin space
  NUM_PREFIX = 4, // + − ￥ $ №
  NUM_SUFFIX = 8, // % ‰ ℃ °
  NUM_SCALE = 16, // 万 亿
  NUM_UNIT = 32,  // 年 月 个 人: soft
  NUM_RANGE = 64, // ～ —
};

#define EM 1000000 // advances are in millionths of an em

typedef struct {
  const Face *face; // NULL: draws nothing
  uint32_t c;
  uint32_t glyph;
  int32_t adv;         // EM
  int32_t left, right; // blank that setting may take (W2), EM
  int32_t dx;          // of the glyph in its box, EM
  int16_t dy;          // up, 1/1000 em
  int16_t embolden;    // 1/1000 em
  uint8_t cls;         // CharClass
  uint8_t num;
  uint8_t first, last; // least kinsoku level that forbids it there, 0: never
  uint16_t feed;       // what the break rules are given for it (UTF-16)
  bool missing;        // no face has it
  bool rtl;            // belongs to a right-to-left script
  bool reported;
} CharInfo;

#define ROLE_BLOCKS 0x1100

typedef struct Role {
  FontSet *fs;
  Str name;
  size_t def;                        // its row in the table of roles
  bool bold;                         // the bold variant
  CharInfo **blocks[2][ROLE_BLOCKS]; // [Latin form][c >> 8][c & 255]
  CharInfo *dash; // the first and the second of ——, once asked for
} Role;

// Role of a style; an unknown name gives the body's role, reported once.
Role *role_of(FontSet *fs, Str name, bool bold);
// Never NULL; shaped once. latin: the Latin form of a character that has two
// forms (’ ×).
CharInfo *role_char_new(Role *r, uint32_t c, bool latin);

static inline CharInfo *role_char(Role *r, uint32_t c, bool latin) {
  CharInfo **block = c < 0x110000 ? r->blocks[latin][c >> 8] : NULL;
  CharInfo *ch = block ? block[c & 255] : NULL;
  return ch ? ch : role_char_new(r, c, latin);
}

// Least kinsoku level that forbids the character first or last on a line, 0:
// none.
int mark_first(uint32_t c);
int mark_last(uint32_t c);

// "——" (K5): one glyph of two em, or the first and the second of two that make
// one line.
const CharInfo *role_dash(Role *r, bool second);

// ---- font_set.c: what a FontSet holds --------------------------------------

typedef struct { // a face that roles name, opened when first needed
  Str file, folder, ps, label;
  int shift, embolden;
  bool bold;
  bool tried;
  Face *face; // NULL: not there or refused
  Str why[2]; // what was wrong, by Lang; empty: not installed
} Source;

#define CHAIN_MAX 12
enum { CHAIN_HAN, CHAIN_MARK, CHAIN_LATIN, CHAIN_KINDS };

typedef struct {
  Str name, zh;
  uint16_t chain[2][CHAIN_KINDS][CHAIN_MAX]; // [bold]: sources
  uint8_t n[2][CHAIN_KINDS];
  bool reported; // its first face is missing and that was said
} RoleDef;

struct LineWork;

typedef struct { // characters that a role's own face lacks
  Str role, face;
  Str chars;
} StandIn;

struct FontSet {
  Arena *arena;
  Diags *diags;
  Str lang; // of the document
  VEC(Str) dirs;
  VEC(Source) sources;
  VEC(RoleDef) defs;
  VEC(Role *) roles;
  VEC(Face *) faces; // opened, by number
  Map *index;        // file name → path, made when first needed
  VEC(StandIn) stand_ins;
  bool rtl_said;
  Map *unknown;          // names of roles there are none of
  struct LineWork *work; // of para.c
};

// ---- inline.c: a paragraph as clusters --------------------------------------

typedef struct { // a stretch of text in one style
  const Inline *in;
  const Style *style;
  Str text;
  Role *role;
  Len size, shift, tracking;
  bool note; // a note mark: stays with the character before (N1)
} Run;

typedef enum { // of the place before a cluster
  BREAK_NO,
  BREAK_OK,
  BREAK_SOFT,  // a number and its unit (N1), a dash first on a line (K3)
  BREAK_WORD,  // inside a word of a title (P5)
  BREAK_PART,  // inside a part of a title in two parts (P5)
  BREAK_LAST,  // inside what is too long for a line
  BREAK_FORCE, // INLINE_BREAK
} BreakKind;

typedef struct { // what is set as one: a character, or —— with one glyph
  const CharInfo *ch;
  uint32_t text; // offset in the run's text
  uint32_t run;
  Len lead;                 // gap before it inside a line (L1)
  Len lead_less, lead_more; // what J1 step 6 may take and J2 step 2 may add
  Len adv;                  // width
  Len x;                    // glyph's origin in it
  Len left, right;          // blank that J1 may still take
  Len more;                 // what J2 may add to a space
  uint8_t step;             // of J1 that takes left and right
  uint8_t grow;             // of J2 that adds more: 1 or 2
  uint8_t brk;              // BreakKind
  uint8_t gap;              // 1: J2 step 3 may widen the place before it
  uint8_t pair; // of —— and ……: 1 first, 2 second, 3 both in one
  uint8_t len;  // bytes of text
} Cluster;

typedef struct {
  size_t begin, end; // clusters, trailing spaces included
  bool last;         // of the paragraph or before a forced break
} Cut;

// Buffers that paragraphs use one after the other.
typedef struct LineWork {
  VEC(Run) runs;
  Cluster *cl;
  size_t n, cap;
  uint16_t *feed; // what the break rules are given
  uint32_t *fed;  // … and of which cluster it is
  size_t feed_cap;
  void *icu; // break iterators of lines and words
  void *icu_words;
  struct Node *nodes;
  size_t nodes_cap;
  VEC(uint32_t) alive; // nodes that some line ends at
  VEC(Cut) cuts;
  VEC(Mark) marks;
  bool tracked;    // some run is letter-spaced
  bool marked;     // there are ！ ？ or …
  size_t too_long; // cluster + 1 of the first piece longer than a line, or 0
} LineWork;

LineWork *line_work(FontSet *fs);
// Fills w with the paragraph's runs and clusters, in natural width, untrimmed.
void inline_flatten(Setter *s, LineWork *w, const Para *p);

// ---- space.c: widths between characters (W3, L1, K6, tracking) --------------

void space_set(const Profile *profile, LineWork *w);
// Afterwards: the space behind the label of a paragraph that hangs by `hang`.
void label_set(LineWork *w, Len hang);

// ---- break.c: where lines may end (UAX #14, K, N) ---------------------------

void break_set(Setter *s, LineWork *w, bool words);
// The breaks of UAX #14 alone, untailored: out[i] is 1 where a line may begin
// with unit i of the UTF-16 text.
void break_plain(FontSet *fs, const uint16_t *text, size_t n, uint8_t *out);

// ---- fit.c: which of them are taken -----------------------------------------

typedef struct {
  Len first, rest; // measure of the first line and of the others
  Len em;
  Align align;
  bool hang;
  Len loose; // J3, 1/1000 em
} Fit;

// Clusters [begin, end) as lines, appended to w->cuts.
void fit_lines(LineWork *w, Arena *a, const Fit *fit, size_t begin, size_t end);
// Natural width as one line, and of the widest piece that cannot be broken.
Len fit_width(const LineWork *w, const Fit *fit, size_t begin, size_t end);
Len fit_widest(const LineWork *w, const Fit *fit, size_t begin, size_t end);

// ---- justify.c: n clusters of one line made to fit
// ---------------------------

// Takes `need` from the line, step by step, equally inside a step (J1).
void line_shrink(Cluster *cl, size_t n, Len need);
// Adds `rest` to the line (J2); returns what could not be added. *each is what
// a place between characters got.
Len line_stretch(Cluster *cl, size_t n, Len rest, Len *each);
// Gives `rest` to the leaders; false: there are none.
bool leaders_fill(Cluster *cl, size_t n, Len rest);

// ---- line.c: one line as marks ----------------------------------------------

typedef struct {
  Setter *setter;
  LineWork *work;
  Tag tag;
  int tag_level;
} LineSet;

// The clusters of the cut, shrunk or stretched to avail (J1, J2), as marks
// beginning at x.
Line line_set(const LineSet *ls, const Cut *cut, Len x, Len avail,
              const Fit *fit);
// End of what is seen of a line: trailing spaces left out.
size_t line_end(const LineWork *w, size_t begin, size_t end);
// Whether the last cluster hangs out of the measure (W6).
bool line_hangs(const LineWork *w, size_t last, bool hang);
// What W4 and W6 take from the last cluster.
Len end_trim(const LineWork *w, size_t last, bool hang);

// The face of a source, opened now if need be; NULL: missing or refused.
Face *source_face(FontSet *fs, size_t source);
Str source_path(FontSet *fs, const Source *s);        // STR_NONE: not installed
void fontset_sources(FontSet *fs);                    // the built-in tables
void fontset_roles(FontSet *fs, const Document *doc); // and the document's

#endif
