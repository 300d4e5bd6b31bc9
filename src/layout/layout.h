// layout: layout XML → checked → bound to a dossier → a document of blocks.
// The document says what appears and how it looks, never where on a page.
#ifndef LAYOUT_H
#define LAYOUT_H

#include "base.h"

struct Dossier;
struct Dictionary;

#define LAYOUT_NS "urn:jianbao:layout"

// ---- looks -----------------------------------------------------------------

typedef enum {
  ALIGN_JUSTIFY,
  ALIGN_LEFT,
  ALIGN_CENTRE,
  ALIGN_RIGHT,
  ALIGN_DECIMAL, // table columns: on the decimal mark (T3)
} Align;

typedef uint32_t Colour; // 0xRRGGBB

typedef struct {
  Str face;  // font role: title body hei kai song latin … (fonts.md)
  Len size;  // of the body
  Len pitch; // baseline to baseline; 0: the grid's
  Colour colour;
  bool bold; // emboldened where the role has no bold face
  Align align;
  Len indent;        // first line, beyond `left`; negative hangs
  Len left, right;   // from the edges of the measure
  Len before, after; // space, dropped at a page head
  bool keep_next;    // with the next block (P4)
  bool keep;         // lines together
  int widows, orphans;
  bool whole_lines;     // height rounded up to whole grid lines (P2)
  Len tracking;         // letter spacing (masthead)
  Len shift;            // of the baseline, up: superscripts
  bool underline, dots; // 专名号, 着重号 (E1)
  bool nobreak;
  Len spread; // runs of a few characters set to this width (E2), 0: not
} Style;

// ---- running text ----------------------------------------------------------

typedef enum {
  INLINE_TEXT,
  INLINE_BREAK,    // forced line end
  INLINE_LEADER,   // stretches; text is the pattern (…… of dots) or empty
  INLINE_PAGE_REF, // page number on which the block with id `text` stands
  INLINE_PAGE,     // number of this page
  INLINE_PAGES,    // number of pages
  INLINE_RUNNING,  // running title: the last block.running on this page
  INLINE_FIGURE_PAGES, // 1、4: pages that print the figure with id `text`
  INLINE_NOTE,         // number of footnote `note` (F1), linked to it
  INLINE_COPY,         // number of this copy: six digits (D4)
} InlineKind;

typedef struct {
  InlineKind kind;
  uint32_t note; // INLINE_NOTE: its place in Document.notes, from 1
  Str text;
  const Style *style;
  Str link;   // "#id" or a URI, empty if none
  Str figure; // id of the figure whose value this prints, empty if none
  Span at;    // place in the layout
} Inline;

typedef struct {
  const Style *style;
  const Inline *runs;
  size_t n;
} Para;

// A note at the foot of the page whose text calls it.
typedef struct {
  Para para;
  Str number; // ①, where notes are not counted by page
  Str id;     // anchor
} Footnote;

// ①…㊿, beyond that (51).
Str note_number(Arena *a, long n);

// ---- blocks ----------------------------------------------------------------

typedef enum {
  LAY_PARA,  // para
  LAY_TABLE, // table
  LAY_RULE,  // a horizontal line over the measure: width, colour
  LAY_SPACE, // style->before high, dropped at a page head
  LAY_BREAK, // new page (or a new odd page)
  LAY_GROUP, // children; style's edges, frame; pinned: set at a page foot
  LAY_CHART, // chart
  LAY_IMAGE, // image
} LayKind;

typedef enum { ROW_HEAD, ROW_BODY, ROW_GROUP, ROW_TOTAL } RowKind;
typedef enum { LINES_THREE, LINES_GRID, LINES_NONE } TableLines; // T2

typedef struct {
  const Para *paras;
  size_t n;
  int colspan, rowspan; // ≥ 1
  Align align;
  bool rule_above, rule_below; // short rules of nested heads, cards
  Span at;
} TableCell;

typedef struct {
  RowKind kind;
  const TableCell *cells; // spanned places are left out
  size_t n;
  bool keep_next; // total rows are kept with the row before by T4
} TableRow;

typedef struct {
  Len width; // 0: from content
  int share; // of what is left, 0: none
  Align align;
} TableColumn;

typedef struct {
  Str number;        // 表1, empty: not numbered
  Para caption;      // n == 0: none
  Para unit;         // 单位：万人, right above the top line (T1)
  const Para *notes; // 注： 资料来源： (T6)
  size_t n_notes;
  const TableColumn *columns;
  size_t n_columns;
  const TableRow *rows; // head rows first
  size_t n_rows;
  TableLines lines;
  bool repeat_head; // with 续表 over the repeated head (T4)
  Len gap;          // between columns
  Len pad;          // above and below a row's text
} Table;

typedef enum {
  CHART_COLUMN,
  CHART_BAR,
  CHART_LINE,
  CHART_PIE,
  CHART_STACKED,
  CHART_COMBO,
  CHART_RING, // a pie with its total in the middle
} ChartKind;

typedef struct {
  Str name;
  const double *values; // NaN: missing
  const Str *labels;    // the values as printed
  const Str *figures;   // figure ids
  bool earlier;         // an earlier period: hatched
  bool line;            // combo: drawn as a line
} ChartSeries;

typedef struct {
  ChartKind kind;
  Para caption; // 图1 …, under the picture
  Str unit;
  const Str *categories;
  size_t n_categories;
  const ChartSeries *series;
  size_t n_series;
  Len height;
  const Style *style; // of labels
} Chart;

typedef struct {
  Str path; // resolved inside the layout's folder
  Str alt;
  Len width, height; // 0: from the picture
  bool qr;           // path is the text of a QR code
} Image;

typedef struct LayBlock {
  LayKind kind;
  Str id;             // anchor; may be empty
  const Style *style; // never NULL
  Span at;
  Str bookmark; // outline entry, empty: none
  int level;    // of the outline and the heading tag, from 1
  Str running;  // becomes the running title
  Para para;
  const Table *table;
  const Chart *chart;
  const Image *image;
  Len rule_width;         // LAY_RULE; LAY_GROUP: between its columns
  uint8_t columns;        // LAY_GROUP: children stand in so many, 0: one
  bool odd;               // LAY_BREAK: to an odd page
  bool soft;              // LAY_BREAK: only behind a page two thirds full
  int number;             // LAY_BREAK: of the next page, 0: it goes on
  bool item;              // LAY_PARA: an item of a list
  bool pinned;            // LAY_GROUP: at the foot of the page (tail part, B3)
  bool together;          // LAY_GROUP: rather on one page, like the contents
  struct LayBlock *first; // LAY_GROUP
  struct LayBlock *next;
} LayBlock;

// ---- the page and the document ---------------------------------------------

typedef struct {
  Len width, height;
  Len top, bottom, inner, outer; // margins; inner is the binding side (D1)
  Len head_y, foot_y;            // baselines of header and footer from the top
  const LayBlock *header_odd, *header_even, *header_first; // may be NULL
  const LayBlock *footer_odd, *footer_even, *footer_first;
  const LayBlock *header_last, *footer_last;   // NULL: as its side's
  const LayBlock *header_blank, *footer_blank; // NULL: none
  bool duplex;     // both sides: an even number of pages
  Len bleed;       // beyond the page on all sides, in print
  bool crop_marks; // in print
  Str watermark;   // across each page, under the text; empty: none
} PageMaster;

// House style as values, not constants (typesetting.md A).
typedef struct {
  int kinsoku;        // 0 none, 1 basic (K1), 2 gb (K2), 3 strict (K3)
  bool squeeze;       // W3, W4, J1
  bool tight_pairs;   // W3: two marks side by side take 1 em, not 1.5
  bool hang;          // W6
  Len gap_permille;   // Han–Latin gap in 1/1000 em: 250 (L1)
  Len loose_permille; // J3: 250
  int grid_lines;     // 22, 0: no grid
  Len pitch;          // 29.62 pt
  int grid_chars;     // 28
  bool house;         // profile="house": freer than GB/T 9704
} Profile;

typedef struct {
  Str role;
  const Str *faces; // file names (TTC: #index), or names of roles
  size_t n;
} FontRole;

typedef struct Document {
  Str title, author, subject, keywords;
  Str lang; // zh-CN, zh-TW or zh-HK
  Str date; // ISO, of Info; empty: none
  Profile profile;
  PageMaster master;
  const FontRole *fonts;
  size_t n_fonts;
  LayBlock *first;
  const Footnote *notes; // in the order of their calls
  size_t n_notes;
  bool notes_by_page;        // each page counts them from ①
  int copy_first, copy_last; // numbers of the copies; 0: not numbered
  const Str *figures;        // ids of the figures that it prints, each once
  size_t n_figures;
} Document;

// ---- the way ---------------------------------------------------------------

typedef struct Layout Layout; // parsed and checked, not yet bound

typedef struct {
  Str name, value;
  Span at;
} Param;

typedef struct {
  const Param *params; // --set name=value, and --params FILE
  size_t n_params;
  int copy_first, copy_last; // numbers of the copies; 0: not numbered
  Str folder;                // includes and images only from here and below
  bool go_on; // a layout with faults is given all the same, see layout_faulty
} LayoutOptions;

// Parses and checks. NULL: reported (all faults in one run).
Layout *layout_load(Arena *a, Diags *d, Str path, const LayoutOptions *options);
// The same of a file in memory.
Layout *layout_parse(Arena *a, Diags *d, const File *f,
                     const LayoutOptions *options);
// The dictionaries the layout carries, for extract_figures.
const struct Dictionary *layout_dictionary(const Layout *layout);
// What its `data` elements name: dossiers, pages and a ledger beside it.
typedef struct {
  Str role; // current | previous | ledger
  Str path;
  Span at;
} LayoutData;
const LayoutData *layout_data(const Layout *layout, size_t *n);
// Value of a parameter (default applied), STR_NONE if there is none.
Str layout_param(const Layout *layout, Str name);
// Reads --params FILE (<params><param name="…">…</param></params>).
bool layout_params_load(Arena *a, Diags *d, Str path, LayoutOptions *options);
bool layout_params_read(Arena *a, Diags *d, const File *f,
                        LayoutOptions *options);
// Whether faults were reported: binding it reports those that only a dossier
// shows, and gives no document.
bool layout_faulty(const Layout *layout);
// Binds to the dossier; figures in doubt are not returned by queries.
// NULL: reported.
Document *layout_bind(Arena *a, Diags *d, Layout *layout,
                      const struct Dossier *dossier);
// Frees the tree, when all is bound; else it lives as long as the arena.
void layout_close(Layout *layout);
// The block tree as text, for tests.
Str document_dump(Arena *a, const Document *doc);

#endif
