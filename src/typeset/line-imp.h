// Inside of fonts and lines: faces, characters, clusters. The other files of
// typeset need only typeset-imp.h.
#ifndef LINE_IMP_H
#define LINE_IMP_H

#include "typeset-imp.h"

// ---- font_file.c: one face of one file -------------------------------------

typedef struct FontLib FontLib; // HarfBuzz's and FreeType's objects of a face

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
// TTC, empty: the simplified Chinese one, else the first. NULL: *why says in
// English and Chinese what is wrong (index 0 and 1).
Face *face_open(Arena *a, Str path, Str ps, const char *why[2]);

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

// ---- font.c: roles ---------------------------------------------------------

// How a character behaves in a line.
typedef enum {
  CL_HAN,      // ideographs, kana and all other full-width text
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
  bool dash_tried;
  CharInfo *dash; // "——" as one glyph, or NULL: two that join
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

// One glyph for "——", or NULL: two dashes are set that join (K5).
const CharInfo *role_dash(Role *r);

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

struct FontSet {
  Arena *arena;
  Diags *diags;
  VEC(Str) dirs;
  VEC(Source) sources;
  VEC(RoleDef) defs;
  VEC(Role *) roles;
  VEC(Face *) faces; // opened, by number
  Map *index;        // file name → path, made when first needed
  Str fallback;      // characters taken from a later face, for the summary
  size_t fallback_n;
  struct LineWork *work; // of para.c
};

// The face of a source, opened now if need be; NULL: missing or refused.
Face *source_face(FontSet *fs, size_t source);
Str source_path(FontSet *fs, const Source *s);        // STR_NONE: not installed
void fontset_sources(FontSet *fs);                    // the built-in tables
void fontset_roles(FontSet *fs, const Document *doc); // and the document's

#endif
