// Between the files of typeset: lines of a paragraph, the vertical list.
#ifndef TYPESET_IMP_H
#define TYPESET_IMP_H

#include "typeset.h"

// What a setting run needs everywhere.
typedef struct {
  Arena *arena; // of lists and lines; pages keep copies
  Diags *diags;
  const Document *doc;
  FontSet *fonts;
  uint32_t elements; // counter of Mark.element
  uint32_t tables;   // counter of Mark.table
  bool turned;       // what is set lies on its side already
  // Values of page-dependent inlines, for the pass under way.
  int page, pages;                      // INLINE_PAGE, INLINE_PAGES
  Str running;                          // INLINE_RUNNING
  int (*page_of)(void *ctx, Str id);    // INLINE_PAGE_REF; 0: not known yet
  Str (*pages_with)(void *ctx, Str id); // INLINE_FIGURE_PAGES; empty: none
  void *page_ctx;
  int *note_numbers; // INLINE_NOTE: numbers on their pages, by Inline.note
} Setter;

// ---- font.c ----------------------------------------------------------------

// The face that sets character c in a role (fallback chain, Latin digits from
// the Latin face, punctuation mended as fonts.md says), or NULL.
const Face *role_face(FontSet *fs, Str role, uint32_t c);
Str face_label(const Face *f); // for dumps
// Says which characters other faces had to set: once, when all is set.
void fontset_summary(FontSet *fs);

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

typedef enum {
  BOX,
  GLUE,  // space, dropped at a page head and a page foot
  FORCE, // the page ends here
} ItemKind;

enum {
  PENALTY_NEVER = 10000,
  PENALTY_WISH = -1,       // a good place for a page end
  PENALTY_TOGETHER = 1500, // a page end parts what is rather on one page
  NEST_MAX = 100,          // depth of groups
};

// What a table sets again after a page end inside it (T4), and the rule that
// closes the part before.
typedef struct {
  Mark *marks; // y from the top of the repeated head
  size_t n_marks;
  Len height;
  Mark *close; // y from the bottom of the last box
  size_t n_close;
} Repeat;

typedef struct {
  ItemKind kind;
  bool snap;   // box begins on a line of the grid (P2)
  bool pinned; // box is set at the foot of its page (B3)
  bool odd;    // forced page end: the next page is odd
  bool notes;  // the box calls footnotes
  Len height;  // of a forced page end: the next page's number, 0: it goes on
  int penalty; // cost of a page end after this box
  uint32_t n_marks;
  uint32_t strip;        // item of a run of columns: VList.strips, from 1
  uint32_t back;         // there: see columns.c
  int64_t foot;          // there: of the boxes and space so far
  Mark *marks;           // y from the box's top, x from the measure's left edge
  const Repeat *repeat;  // of a table's row: head of a page it begins
  const LayBlock *block; // whose box this is, for messages; may be NULL
} Item;

// A block that other places speak of: id, bookmark or running title.
typedef struct {
  size_t item; // stands where the first box at or after this item stands
  Len x;
  const LayBlock *block;
} Anchor;

// A paragraph whose text depends on pages: its place is kept free and filled
// once they are known.
typedef struct {
  size_t item, n; // its boxes in the list
  size_t line;    // box `item` is this one of the paragraph
  size_t all;     // boxes of the paragraph
  size_t id;      // number of the paragraph in the run
  const LayBlock *block;
  Len x, measure;
} Dynamic;

// Items that stand in columns, one after the other.
typedef struct {
  int columns;
  Len width, gap;
} Strip;

// A line of a footnote (F1), in the order of the calls.
typedef struct {
  size_t item; // the box that calls it
  Len height;
  uint32_t n_marks;
  Mark *marks;   // y from the line's top
  uint32_t note; // of Document.notes, from 1
  uint32_t line; // of its note, from 0
} NoteLine;

typedef struct {
  VEC(Item) items;
  VEC(Anchor) anchors;
  VEC(Dynamic) dynamics;
  VEC(Strip) strips;
  uint32_t strip; // of what is set now, 0: the whole measure
  VEC(NoteLine) notes;
  size_t carried; // of them, called before the first item
  bool nested;    // a page reference inside a table or pinned group
  Len x;          // left edge of what is set now, from the measure's
  int depth;
  bool fixed; // header, footer, foot block: nothing takes a page of its own
  size_t n_dynamics; // numbers given so far
} VList;

void vlist_blocks(Setter *s, VList *v, const LayBlock *first, Len measure);
void vlist_block(Setter *s, VList *v, const LayBlock *b, Len measure);
// Sets a paragraph that is no block of its own: caption, unit, note.
void vlist_para(Setter *s, VList *v, const Para *p, Len measure, Tag tag);
// Adds a box. marks are moved by v->x.
Item *vlist_box(Setter *s, VList *v, Len height, Mark *marks, size_t n);
// Adds space; of two spaces that meet the larger counts.
void vlist_glue(Setter *s, VList *v, Len height);
// The last box and what follows stay on one page.
void vlist_keep(VList *v);
void vlist_penalty(VList *v, int penalty); // at least this much
// All boxes from `from` on as one run of marks; returns their height.
Len vlist_flatten(Setter *s, const VList *v, size_t from, Mark **marks,
                  size_t *n);
// Sets a dynamic paragraph again: its boxes in order.
VList vlist_refresh(Setter *s, const Dynamic *y);
bool para_is_dynamic(const Para *p);
void marks_move(Mark *marks, size_t n, Len dx, Len dy);
// Moves the lines of a paragraph under one another; top is where the first
// line's pitch begins. Returns the height.
Len lines_place(const Setter *s, const Lines *l, const Style *style, Len top);
Len lines_height_of(const Setter *s, const Lines *l, const Style *style);

Str vlist_dump(Arena *a, const VList *v); // dump.c

Len len_clamp(int64_t v, Len low, Len high);
Len len_sane(int64_t v); // no more than a list may add up to
// What a style's edges leave of a measure; never nothing.
Len inner_measure(const Style *st, Len measure);

// What of the page the list must know.
Len page_measure(const Document *doc);
Len page_height(const Document *doc); // of all lines, the last one's lead too
Len page_top(const Document *doc);    // where the first line's pitch begins
Len page_pitch(const Document *doc);  // of the grid; 0: no grid

// ---- table.c, table_width.c, table_rows.c, table_turn.c --------------------

void table_set(Setter *s, VList *v, const LayBlock *b, Len measure);

// ---- chart.c, image.c ------------------------------------------------------

void chart_set(Setter *s, VList *v, const LayBlock *b, Len measure);
void image_set(Setter *s, VList *v, const LayBlock *b, Len measure);

// ---- paginate.c ------------------------------------------------------------

typedef struct {
  size_t begin, end;       // items of the list, half open; equal: a blank page
  bool forced;             // ended by a FORCE or by the end of the list
  size_t notes, notes_end; // lines of footnotes at its foot, half open
} PageCut;

typedef VEC(PageCut) PageCuts;
// Cuts the list into pages so that the sum of all costs is least. before:
// pages that stand before its first one.
void paginate(Setter *s, const VList *v, size_t before, PageCuts *cuts);
// Says what is taller than its page, or why the page stays short.
void page_report(Setter *s, const VList *v, const PageCut *cut, PageMarks *out);
// Height down to which the boxes of [begin, end) reach on a page.
typedef struct {
  Len y;    // where the next box would begin
  Len foot; // taken by pinned boxes
  bool any; // a box stands on the page
  // Lines of footnotes [from, called) want to stand on the page; the last note
  // may go on with the next.
  size_t from, called;
  Len notes, least; // heights of all and of what must stand here
  // Columns under way: their first item on the page, top and height.
  uint32_t strip;
  size_t first;
  Len strip_y, strip_h;
} Fill;
// A page that begins with item `begin` and line `note` of the footnotes.
Fill fill_begin(const VList *v, size_t begin, size_t note);
// Moves the fill past an item; returns the y of its top.
Len fill_item(const Document *doc, const VList *v, Fill *f, size_t i);

// ---- columns.c -------------------------------------------------------------

// Where an item of columns stands, from the columns' top left corner.
typedef struct {
  Len x, y;
} StripPlace;
// Least height, from `least` up, at which items [begin, end) stand in the
// strip's columns.
Len strip_height(const VList *v, size_t begin, size_t end, Len least);
void strip_places(const VList *v, size_t begin, size_t end, Len height,
                  StripPlace *places);
// End of the items of a page that stand in the same columns as item i.
size_t strip_end(const VList *v, size_t i, size_t end);
void strip_group(Setter *s, VList *v, const LayBlock *b, Len measure);

// ---- footnote.c ------------------------------------------------------------

// Sets the notes that the lines of a paragraph call; its boxes begin at `from`.
void notes_take(Setter *s, VList *v, const Para *p, size_t from);
size_t notes_before(const VList *v, size_t item); // lines called before it
// Adds the notes that item i calls to what its page needs.
void fill_notes(const VList *v, Fill *f, size_t i);
Len notes_least(const Fill *f); // with the rule above; 0: none
// How many lines fit into the room, and their height with the rule.
size_t notes_fit(const VList *v, const Fill *f, Len room, Len *height);
Len notes_height(const VList *v, size_t from, size_t to);
Mark notes_rule(const Document *doc, Len y);
// The marks of a line's number, which its page gives.
Line note_label(Setter *s, const NoteLine *l);

// ---- pages.c ---------------------------------------------------------------

// Where a box of a dynamic paragraph goes.
typedef struct {
  size_t page, mark; // before which mark of the page
  size_t dynamic, line;
  Len x, y;
  uint32_t element;
} Hole;

typedef struct {
  Str running;
  bool blank;
} PageInfo;

// ---- pack.c ----------------------------------------------------------------

// The marks as bytes in `a`; links, figures and pictures keep pointing to
// their targets, all else is copied.
Str marks_pack(Arena *a, Buf *scratch, const Mark *marks, size_t n);

// Pages under way: lists are placed one after another.
typedef struct {
  Setter *s;
  Arena *keep;      // of the pages
  Map *pages;       // id → page number, as a pointer
  Map *figures;     // figure id → pages that print it
  uint64_t printed; // hash of what it holds
  VEC(PageMarks) out;
  VEC(PageInfo) info;
  VEC(Bookmark) bookmarks;
  VEC(Destination) dests;
  VEC(Destination) backs; // of figures
  VEC(Hole) holes;
  VEC(Dynamic) dynamics; // by id
  VEC(Mark) sheet;       // the page under way
  Arena *scratch;        // of what it alone needs
  Buf bytes;             // the page packed
  PageReader *reader;
  Str running;
  int number;      // of the page under way
  int next_number; // of the next page with text, 0: it goes on
} Placer;

// Places the first n cuts of a list; last: nothing follows.
void pages_place(Placer *p, const VList *v, const PageCuts *cuts, size_t n,
                 bool last);
// Notes that the page of that number prints the figures of these marks.
void figures_note(Placer *p, const Mark *marks, size_t n, size_t number);
// Pages that print a figure (1、4), empty if none.
Str figure_pages(const Map *figures, Str id);

// ---- unsettled.c
// -------------------------------------------------------------

typedef struct {      // of one pass
  const Map *pages;   // id → page, as a pointer
  const Map *figures; // figure id → pages that print it
} PageMaps;

typedef struct {
  Arena *arena;      // for was and is
  const Inline *run; // the reference
  Str was, is;       // pages it named in two passes
} Unsettled;

// The document's first reference that named other pages in the pass before.
bool unsettled_find(const Document *doc, const PageMaps *before,
                    const PageMaps *now, Unsettled *found);
// Fills the holes and sets headers and footers, now that all pages are known.
// false: a paragraph has another number of boxes than its place.
bool pages_finish(Placer *p);

#endif
