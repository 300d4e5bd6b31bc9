// typeset: blocks → pages of positioned marks. Integer lengths throughout.
#ifndef TYPESET_H
#define TYPESET_H

#include "layout.h"

// ---- faces -----------------------------------------------------------------

typedef struct FontSet FontSet;
typedef struct Face Face; // one face of one file, opened once

typedef struct {
  const Str *dirs; // searched first, in order
  size_t n_dirs;
} FontOptions;

// Opens the roles of the document (and the built-in ones). A missing face falls
// back along the role's chain with one warning a run. Closed with the arena.
FontSet *fontset_open(Arena *a, Diags *d, const Document *doc,
                      const FontOptions *options);
// For `jianbao fonts`: a line a role: role, face, file, "missing …".
Str fontset_report(Arena *a, Diags *d, const FontOptions *options);

// A document that shows every role in its faces.
Document *fonts_specimen(Arena *a, Diags *d, const FontOptions *options);

// What pdf needs of a face.
typedef struct {
  const char *data; // the whole file, mapped
  size_t size;
  unsigned index; // in a TTC
  Str ps_name;
  bool cff; // FontFile3 CIDFontType0C, codes are CIDs
  int upem, ascent, descent, cap_height, italic;
  int bbox[4];
  int stem_v;
} FaceInfo;
const FaceInfo *face_info(const Face *f);
size_t fontset_faces(const FontSet *fs);
const Face *fontset_face(const FontSet *fs, size_t i);
int face_number(const Face *f);                   // its i
uint32_t face_cid(const Face *f, uint32_t glyph); // CFF: the glyph's CID
int face_advance(const Face *f, uint32_t glyph);  // font units
uint32_t face_glyph(const Face *f, uint32_t c);   // 0: missing
// Gives back the memory that reading the face's file took; it is read again
// when needed.
void face_rest(const Face *f);

// ---- marks -----------------------------------------------------------------
// Origin is the page's top left corner, y goes down, all in mpt.

// Where glyphs stand farther apart than they advance, the line was justified
// or has a Han-Latin gap: that is no space. Every space of the text is a glyph
// of its own, but the one a line's end swallowed (Mark.space_after).
typedef struct {
  uint32_t glyph;
  Len x;         // origin, from the mark's x
  Len dy;        // up from the baseline (vertical centring of mixed faces)
  uint32_t text; // offset in the mark's text; glyphs of one cluster share it
} Glyph;

typedef enum {
  MARK_TEXT,
  MARK_RECT, // filled (or patterned) rectangle; a rule is a thin one
  MARK_LINE, // stroked line from x,y to x2,y2
  MARK_PATH, // filled polygon (pie wedges, marks of line charts)
  MARK_IMAGE,
  MARK_LINK,   // x,y,w,h → target
  MARK_FIGURE, // x,y,w,h prints the figure `target`
} MarkKind;

typedef enum {
  PATTERN_NONE,
  PATTERN_HATCH,
  PATTERN_CROSS,
  PATTERN_DOTS,
  PATTERN_FALL, // hatched the other way
  PATTERN_ROWS, // level lines
  PATTERN_COLUMNS,
  PATTERN_CHECKS,
  PATTERN_GRID,
  PATTERN_BRICKS,
} Pattern;

// Structure: what a mark belongs to, for tags. Artifacts are headers, footers,
// rules and leaders.
typedef enum {
  TAG_ARTIFACT,
  TAG_P,
  TAG_H, // level in `tag_level`
  TAG_TH,
  TAG_TD,
  TAG_CAPTION,
  TAG_FIGURE,
  TAG_TOCI,
  TAG_NOTE,
  TAG_LI,
} Tag;

// A document holds millions of them: what one kind needs and another does not
// shares its place.
typedef struct {
  MarkKind kind : 8;
  Pattern pattern : 8;
  Tag tag : 8;
  uint8_t tag_level, rows_spanned; // TH, TD: columns and rows of the cell
  bool space_after; // text only: the source has a space after this mark
  // Of a table turned to landscape (D8): x runs from the page's foot up, y from
  // its left edge to the right; the tops of its letters face left.
  bool turned;
  bool copy; // text: the copy's number, other digits on each copy
  Colour colour;
  Len x, y, w, h; // text: baseline origin, advance width, size
  Len size;       // text
  union {
    Len embolden; // text: stroke width added to the glyphs, 0: none
    Len stroke;   // line: its width
  };
  uint32_t element;    // marks of one paragraph/cell share it, counted from 1
  uint32_t row, table; // of TH/TD: row and table numbers, from 1
  union {
    uint32_t n_glyphs; // text
    uint32_t n_points; // path
  };
  union {
    struct { // text
      const Face *face;
      const Glyph *glyphs;
    };
    struct { // line
      Len x2, y2;
    };
    Len *points; // path: x,y pairs on the page; the mark's x,y are 0
    Str target;  // link ("#id" or URI), figure id, image path
  };
  Str text; // what the glyphs say; of an image its alternative text
} Mark;

// Why a page is no fuller than it is.
typedef enum {
  PAGE_FULL,  // two thirds at least
  PAGE_BREAK, // a break, or the end of the document
  PAGE_NEXT,  // what comes next could not begin on it
  PAGE_BLANK, // the back of a leaf
} PageEnds;

typedef struct {
  Mark *marks; // NULL: packed, see page_marks
  size_t n_marks;
  int number; // printed page number
  bool odd;
  uint8_t full;       // per cent of the type area
  PageEnds ends : 8;  // why no more
  Str packed, margin; // the marks, those of header and footer last
  // For who reserves room: its highest Mark.element, runs of marks of one
  // element, and of one table row.
  uint32_t elements, runs, rows;
} PageMarks;

// ---- pack.c: pages wait packed ----------------------------------------------

// Buffers of one page after the other.
typedef struct PageReader PageReader;
PageReader *page_reader_new(Arena *a);
// The page with its marks, which stay until the reader's next page.
PageMarks page_marks(PageReader *r, const PageMarks *page);

typedef struct {
  Str title;
  int level;   // from 1
  size_t page; // index
  Len y;
} Bookmark;

typedef struct {
  Str id;
  size_t page; // index
  Len x, y;
} Destination;

typedef struct Pages {
  const Document *doc;
  FontSet *fonts;
  PageMarks *pages;
  size_t n_pages;
  Bookmark *bookmarks;
  size_t n_bookmarks;
  Destination *dests;
  size_t n_dests;
  Destination *figures; // where each figure is printed first; figure:<id>
  size_t n_figures;
  Mark *watermark; // under each page's marks, level, about 0,0
  size_t n_watermark;
} Pages;

// Sets the document. What cannot be set is reported, and left out or shown by
// a 〓 (a character no face has, a page reference that never settles …).
Pages *typeset(Arena *a, Diags *d, const Document *doc, FontSet *fonts);
// Unpacks all pages at once, for tests.
void pages_unpack(Arena *a, Pages *p);
// Marks as text, one a line, for tests: text 72.000 700.250 10.500 "body" 文字
Str pages_dump(Arena *a, const Pages *pages);
// Each printed figure as JSON: [{"page":1,"box":[x,y,w,h],"figure":"f-…"},…],
// in points from the page's top left corner.
Str pages_map(Arena *a, const Pages *pages);

// ---- audit.c: what the pages look like --------------------------------------
// Counted from the marks alone, over lines of paragraphs and notes.

typedef struct {
  size_t lines;
  size_t kinsoku;   // forbidden first or last characters (K1-K3)
  size_t torn;      // numbers parted from their digits or signs (N1, N2)
  size_t edge;      // right edges off by more than 0.05 em
  size_t loose;     // lines widened beyond the profile (J3)
  int loosest;      // most added between ideographs, 1/1000 em
  size_t stand_ins; // characters of all text that another face had to set
  int score;        // 1000: no fault
} PageQuality;

typedef struct {
  PageQuality *pages; // as many as Pages has
  size_t n;
  PageQuality sum;
} Typography;

Typography typography_check(Arena *a, const Pages *pages);
// A warning for each page that breaks a rule (--strict fails on them).
void typography_say(Arena *a, Diags *d, const Pages *pages);
// A line a page, a sum, and the characters that other faces had to set.
Str typography_report(Arena *a, const Pages *pages);

// Lines, boxes and penalties before pages are cut, for tests.
Str boxes_dump(Arena *a, Diags *d, const Document *doc, FontSet *fonts);

#endif
