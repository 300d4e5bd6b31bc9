// Between the files of typeset: lines of a paragraph, the vertical list.
#ifndef TYPESET_IMP_H
#define TYPESET_IMP_H

#include "typeset.h"

// What a setting run needs everywhere.
typedef struct {
  Arena *arena;
  Diags *diags;
  const Document *doc;
  FontSet *fonts;
  uint32_t elements; // counter of Mark.element
  // Values of page-dependent inlines, for the pass under way.
  int page, pages;                   // INLINE_PAGE, INLINE_PAGES
  Str running;                       // INLINE_RUNNING
  int (*page_of)(void *ctx, Str id); // INLINE_PAGE_REF; 0: not known yet
  void *page_ctx;
} Setter;

// ---- font.c ----------------------------------------------------------------

// The face that sets character c in a role (fallback chain, Latin digits from
// the Latin face, punctuation mended as fonts.md says), or NULL.
const Face *role_face(FontSet *fs, Str role, uint32_t c);
uint32_t face_glyph(const Face *f, uint32_t c); // 0: missing
Str face_label(const Face *f);                  // for dumps

// ---- line.c, para.c --------------------------------------------------------

typedef struct {
  Mark *marks; // x from the measure's left edge, y from the baseline
  size_t n_marks;
  Len width;        // natural width of what was set, after justification
  Len above, below; // needed above and below the baseline
  Len loose;        // added between characters (J2 step 3), 1/1000 em
  Span at;          // for messages about this line
} Line;

typedef struct {
  Line *lines;
  size_t n;
  Len pitch; // baseline to baseline
} Lines;

// Breaks and sets one paragraph to the measure.
Lines para_set(Setter *s, const Para *p, Len measure, Tag tag, int tag_level);
// Width of the paragraph on one line (widest of forced lines), and the least
// measure it can be set to without overfull lines: for table columns.
Len para_width(Setter *s, const Para *p);
Len para_min_width(Setter *s, const Para *p);

// ---- vlist.c: the vertical list --------------------------------------------

typedef enum { BOX, GLUE, PENALTY } ItemKind;

enum { PENALTY_NEVER = 10000, PENALTY_FORCE = -10000 };

typedef struct {
  ItemKind kind;
  Len height;  // box: its whole height; glue: its natural height
  Len stretch; // glue
  int penalty; // penalty: cost of a page end here
  Mark *marks; // box: y from the box's top, x from the measure's left edge
  size_t n_marks;
  const LayBlock *block; // whose first box this is (anchor, bookmark), or NULL
  struct Repeat *repeat; // box of a table: what to set again after a page end
  Span at;
  bool pinned; // box set at the foot of its page
  bool odd;    // forced page end: next page is odd
} Item;

// Head of a table to repeat on the next page (T4).
typedef struct Repeat {
  Mark *marks;
  size_t n_marks;
  Len height;
} Repeat;

typedef struct {
  VEC(Item) items;
} VList;

void vlist_block(Setter *s, VList *v, const LayBlock *b, Len measure);
void table_set(Setter *s, VList *v, const LayBlock *b, Len measure);
void chart_set(Setter *s, VList *v, const LayBlock *b, Len measure);
void image_set(Setter *s, VList *v, const LayBlock *b, Len measure);

// ---- paginate.c ------------------------------------------------------------

typedef struct {
  size_t begin, end; // items of the list, half open
} PageCut;

typedef VEC(PageCut) PageCuts;
void paginate(Setter *s, const VList *v, Len height, PageCuts *cuts);

#endif
