// Between the files of layout: the checked tree, expressions, the binder.
#ifndef LAYOUT_IMP_H
#define LAYOUT_IMP_H

#include "dossier.h"
#include "history.h"
#include "layout.h"

// A Str in a static table.
#define ROW(lit)                                                               \
  { ("" lit), sizeof(lit) - 1 }

// ---- the vocabulary (element.c, elements.def, attributes.def) ---------------

typedef enum {
#define ELEMENT(id, name, content, attrs, en, zh) EL_##id,
#define GROUP(name, content)
#include "elements.def"
#undef ELEMENT
#undef GROUP
  EL_COUNT,
  EL_TEXT,    // running text
  EL_INCLUDE, // only while loading, as what follows
  EL_UNKNOWN,
} ElementId;

typedef enum {
  TYPE_TEXT,  // a template: {XPath} is replaced
  TYPE_PLAIN, // taken as it stands
  TYPE_XPATH,
  TYPE_ENUM,
  TYPE_BOOL,
  TYPE_INT,
  TYPE_LENGTH,
  TYPE_COLOUR,
  TYPE_STYLE,
  TYPE_NUMBER, // decimal
  TYPE_FORMAT, // a picture, or a word where the element knows some
} AttrType;

typedef struct {
  Str name, content, attrs, en, zh;
} ElementRow;

typedef struct {
  Str name;
  AttrType type;
  Str values, en, zh;
} AttrRow;

const ElementRow *element_row(ElementId id);
ElementId element_lookup(Str name); // EL_COUNT: none
// The nearest name, first of what `parent` may hold; what HTML calls it counts
// too (tr: row).
Str element_nearest(ElementId parent, Str name);
// Whether `parent` may contain `child` (EL_TEXT: running text).
bool element_allows(ElementId parent, ElementId child);
bool element_requires(ElementId id); // some attribute
// Whether the element has the attribute; *required as the row says.
bool element_has_attr(ElementId id, Str name, bool *required);
// The values that the attribute may have in this element; empty: any.
Str attr_values(ElementId id, const AttrRow *row);
// The attribute that a wrong name of this element may stand for: the nearest,
// or the one that ends with it (align: text-align). STR_NONE: none.
Str attr_nearest(ElementId id, Str name);
// The elements that have such an attribute: 'table', 'group'; empty: none.
Str attr_owners(Arena *a, Str name);
const AttrRow *attr_lookup(Str name); // NULL: none
size_t attr_rows(const AttrRow **rows);
// The next blank-separated word of *list, moved past; empty at the end.
Str word_next(Str *list);
// Whether `word` is one of the blank-separated words of `list`.
bool word_in(Str list, Str word);

// ---- the checked tree (load.c, check.c) -------------------------------------

typedef struct Node {
  ElementId el;
  uint32_t n_attrs;
  const XmlAttr *attrs;
  bool torn; // it held an unknown element, which was reported
  Str text;  // EL_TEXT
  Span at;
  struct Node *first, *last, *next, *prev, *parent;
} Node;

Str node_attr(const Node *n, const char *name);
// The path of `src`, in the layout's folder or below. False: it is not,
// reported.
bool node_file(Diags *d, const Layout *l, const Node *n, Str *path);
Span node_attr_at(const Node *n, const char *name);
bool node_bool(const Node *n, const char *name, bool usual);
long node_int(const Node *n, const char *name, long usual);

struct Layout {
  Arena *arena;
  Arena *tree; // of the nodes: they go before the document does
  Str path, folder;
  int copy_first, copy_last;
  Node *root;
  VEC(Param) params; // declared ones with their values, then undeclared
  Dictionary dict;
  VEC(LayoutData) data;
  VEC(Str) names; // of parameters, lets and loop variables
  VEC(Str) styles;
  Map *name_of, *param_of, *style_of; // name → anything, Param, Node
  bool faulty;                        // reported; bound only to find more
  Map *bad, *lost; // faulty expressions and names of lets without a value
};

// Reports all faults of the tree. False: there were errors.
bool layout_check(Arena *a, Diags *d, Layout *l);

// ---- values in words (format.c) ---------------------------------------------

bool parse_length(Str s, Len em, Len line, Len *out);
bool parse_colour(Str s, Colour *out);
bool parse_int(Str s, long *out);
bool parse_bool(Str s, bool *out);
bool parse_decimal(Str s, double *out);

Str format_hanzi(Arena *a, long n); // 12 → 十二
// Exact decimal shifted by `places` to the left (4 for 万); zeros trimmed.
Str format_shift(Arena *a, Str value, int places);
Str format_group(Arena *a, Str v); // R2: decimal 12345.6 → 12,345.6
// Picture as in XSLT, of 0 # , . and text around.
Str format_number(Arena *a, double v, Str picture);
// ISO date, month or year; picture of YYYY M D MM DD, default 2025年12月30日.
Str format_date(Arena *a, Str iso, Str picture);
// Whether s is a day, month or year that there is, or a period of two.
bool date_right(Str s);
Str format_period(Arena *a, Str period, Str printed);
Str period_last_day(Arena *a, Str period); // 2025-12 → 2025-12-31
// The last month or day of a period: "2025/2025-11" → "2025-11".
Str period_end(Str period);
// Whether the figure belongs to the briefing's period (its end lies in it).
bool period_within(Arena *a, Str period, Str briefing);

typedef struct {
  Str number; // with qualifier, range and scale: 约4.27万
  Str unit;   // 家, %
  Str before; // change word: 同比增长
} FigureText;
// Parts of a number: 约 | 1.36 | 万.
typedef struct {
  Str head, digits, tail;
} NumberParts;
NumberParts number_parts(Str s);
// scale: printed auto none 万 亿; empty is printed.
// The change of f against the earlier figure of its series; not known where
// there is none. base: previous (or empty), year or year-start.
Change figure_change(Arena *a, const Dossier *dossier, const Figure *f,
                     Str base);
// Whether the figure, or its change against the earlier one, goes the way that
// is good for its indicator (`direction`): 1, -1; 0 where nothing tells.
int figure_trend(Arena *a, const Dossier *dossier, const Dictionary *dict,
                 const Figure *f, Str base);
Back base_back(Str base);
// new, revised or same; empty where no earlier issue is known.
Str figure_status(const Dossier *dossier, const Figure *f);
FigureText figure_text(Arena *a, const Figure *f, Str scale, Str format);
// The indicator without what the sentence put round it: 和线上观众,
// 为民实事如期完成.
Str figure_label(Arena *a, const Figure *f);
Str text_without(Arena *a, Str s, Str part); // each `part` taken out
Str figure_whole(Arena *a, const Figure *f, Str scale, Str format);
// Last part of the region, or the subject where there is none.
Str figure_place(Arena *a, const Figure *f);
bool figure_doubtful(const Figure *f);
bool figure_blank(const Figure *f); // a period of a series without a figure
// Bytes [from, to) of a text with half-width marks beside Chinese set full
// width, "straight" quotes as “curled” (GB/T 15834). *open: inside quotes.
Str set_marks(Arena *a, Str text, size_t from, size_t to, bool *open);
Str set_marks_all(Arena *a, Str text);

// ---- expressions (query.c, function.c): libxml2's XPath behind this door ----

typedef struct Query Query;

typedef enum { VALUE_NONE, VALUE_NODES, VALUE_TEXT } ValueKind;

typedef struct {
  ValueKind kind;
  XmlNode **nodes; // VALUE_NODES, in the order of the expression
  size_t n;
  Str text; // string value; empty for none
  double number;
  bool truth;
  bool is_number;            // the result was a number
  const Figure *const *told; // figures whose numbers went into a text
  size_t n_told;
} Value;

typedef struct Scope {
  Str name;
  Value value;
  const struct Scope *up;
} Scope;

typedef struct {
  XmlNode *node;
  size_t position, size;
  const Scope *scope;
} Context;

Query *query_new(Arena *a, Diags *d, const Layout *l, const Dossier *dossier,
                 Str period);
// Nodes and values that are nodes are no more.
void query_close(Query *q);
XmlNode *query_root(const Query *q);
// False: reported at `at`; *out is empty then.
bool query_value(Query *q, Str expr, Span at, const Context *c, Value *out);
// Whether the run has taken all the steps it may: reported, nothing more is
// evaluated.
bool query_exhausted(const Query *q);
Str node_string(Arena *a, XmlNode *n);
// What stands behind a node of the dossier, or above it; NULL if nothing.
const Figure *query_figure(const Query *q, XmlNode *n);
// The figure whose number the node prints: its element, or its @value, @low …;
// NULL for any other node.
const Figure *query_number(XmlNode *n);
bool query_holds(const Query *q, const Figure *f); // not an earlier issue's
const Article *query_article(const Query *q, XmlNode *n);
const Page *query_page(const Query *q, XmlNode *n);
const Page *query_figure_page(const Query *q, const Figure *f);
const Article *query_figure_article(const Query *q, const Figure *f);
const TextBlock *query_block(const Query *q, Str id);
// 第16行: of the number where the page is at hand, else of its paragraph.
Str figure_lines(const Query *q, const Page *p, const Figure *f);
// Checks an expression without a dossier: syntax, functions, variables.
bool query_check(Arena *a, Diags *d, const Layout *l, Str expr, Span at);
// Whether the expression has been reported, or rests on a `let` that has.
bool query_known_bad(const Layout *l, Str expr);
Str period_of(const Query *q);
// "甘肃日报2025年12月30日" or the file's name.
Str source_words(Arena *a, const Page *p);

// ---- templates (template.c) -------------------------------------------------

typedef struct {
  Str text;  // literal, or the expression
  bool expr; // {…}
  size_t at; // offset in the template
} Piece;
typedef VEC(Piece) Pieces;
// False: a brace is open; *bad is its offset.
bool template_parse(Arena *a, Str s, Pieces *out, size_t *bad);
// The place of bytes [begin, end) of an attribute's value or text at `at`.
Span span_inside(Span at, Str whole, size_t begin, size_t end);

// ---- styles (style.c) -------------------------------------------------------

typedef struct Styles Styles;
// The stock styles of the profile as the layout changes them; what is based on
// a changed one follows.
Styles *styles_new(Arena *a, const Profile *p, const Node *root);
const Style *style_lookup(const Styles *s, Str name); // NULL: none
bool style_known(Str name);                           // a stock style
// The names of the stock styles, `most` at most; returns how many.
size_t style_names(Str *out, size_t most);
// A changed copy, kept as `name` where not empty.
Style *style_copy(Styles *s, Str name, const Style *from);

// ---- the binder (bind.c and its parts) --------------------------------------

typedef struct {
  Str id, number, text;
  int level;
} Heading;

typedef struct {
  const Figure *figure;
  int scope;  // Binder.scope in which it was printed
  int number; // of its note, 0 before one is printed
  Str anchor; // of its item in the list of sources
} Use;

typedef VEC(Inline) Runs;
typedef VEC(Para) Paras;

struct Binder;
typedef struct {
  void (*fill)(struct Binder *b, const Node *n, LayBlock *place);
  const Node *node;
  LayBlock *place;
  int scope; // Binder.scope where it stands
} Late;

typedef struct Binder {
  Arena *arena;
  Diags *diags;
  Layout *layout;
  const Dossier *dossier;
  Query *query;
  Document *doc;
  Styles *styles;
  Context ctx;
  LayBlock **tail; // where the next block goes
  int level;       // of nested sections
  int numbers[8];
  int tables, charts, anchors;
  Map *numbered; // 表1, 图2 in use → anything
  VEC(Heading) headings;
  VEC(Use) uses;
  Map *use_of;       // fact or figure id → Use index + 1
  int notes;         // numbers given out
  int scope, scopes; // of a section with a list of sources of its own; 0: all
  VEC(const Figure *) printed; // each once, traced or not
  Map *printed_of;             // figure id → anything
  VEC(Late) late;
  VEC(Footnote) feet; // of the text
  Paras *cell_notes;  // where notes of table cells go, NULL: not in a cell
  long feet_since;    // feet before this section
  long cell_count;    // notes of this table
  int copy_places;    // of the copy's number
  int no_notes;       // inside a header, footer or note
  void *collator;     // ICU's, opened when first needed
  Str trace;          // note | link | none
  size_t blocks, steps;
  bool failed, stop;
} Binder;

#define BLOCKS_MAX       500000
#define PARA_MAX         (4 << 20) // bytes of one paragraph
#define COLUMNS_MAX      64        // of one table
#define ROWS_MAX         1000000   // of one table
#define TABLE_GROUPS_MAX 4         // one inside the other
#define STEPS_MAX        5000000

void bind_children(Binder *b, const Node *parent);
void bind_node(Binder *b, const Node *n);
Str bind_text(Binder *b, const Node *n, const char *attr); // template applied
long bind_int(Binder *b, const Node *n, const char *attr, long usual);
bool bind_value(Binder *b, const Node *n, const char *attr, Value *out);
LayBlock *bind_block(Binder *b, LayKind kind, const char *style, Span at);
LayBlock *bind_group(Binder *b, const char *style, Span at,
                     LayBlock ***saved); // children follow until bind_end
void bind_end(Binder *b, LayBlock **saved);
const Style *bind_style(Binder *b, const Node *n, const char *usual);
const Style *stock(Binder *b, const char *name);
void bind_late(Binder *b, const Node *n, LayBlock *place,
               void (*fill)(Binder *, const Node *, LayBlock *));
Str bind_anchor(Binder *b, const char *prefix);
// Calls fn for each node of the for-each / if / else, under its context.
void bind_control(Binder *b, const Node *n,
                  void (*fn)(Binder *, const Node *, void *), void *data);

// inline.c
void run_text(Binder *b, Runs *r, Str text, const Style *s, Span at);
void run_add(Binder *b, Runs *r, InlineKind k, Str text, const Style *s,
             Span at);
// The figure's number and unit, bound and traced.
void run_figure(Binder *b, Runs *r, const Figure *f, Str text, const Style *s,
                Span at, bool note);
// 修订, raised, behind a figure that an earlier issue printed otherwise.
void run_revised(Binder *b, Runs *r, const Figure *f, const Style *s, Span at);
// s, or for a change for the worse s in the face and colour of `worse`.
const Style *trend_style(Binder *b, const Figure *f, Str base, const Style *s);
void run_template(Binder *b, Runs *r, Str text, Span at, const Style *s);
void runs_of(Binder *b, Runs *r, const Node *parent, const Style *s);
void run_copy(Binder *b, Runs *r, const Style *s, Span at);
Para para_of(Binder *b, const Runs *r, const Style *s);
Para para_text(Binder *b, Str text, const char *style, Span at);
// note.c: a note called in running text.
void run_note(Binder *b, Runs *r, const Node *n, const Style *s);
// A note on its own: 注： or its label before it, unless it begins so itself.
Para note_remark(Binder *b, const Node *n, const Style *s);

// trace.c
// The figure's entry in the list of sources; `note`: it gets its number.
const Use *figure_use(Binder *b, const Figure *f, bool note);
// The figure is printed, with or without an entry: it must be confirmed.
void figure_printed(Binder *b, const Figure *f);
// The same for the figures that an expression put into words.
void value_printed(Binder *b, const Value *v);

// parts.c, table.c, cards.c, digest.c, sources.c
void bind_masthead(Binder *b, const Node *n);
void bind_toc(Binder *b, const Node *n);
void bind_distribution(Binder *b, const Node *n);
void bind_section(Binder *b, const Node *n);
void bind_table(Binder *b, const Node *n);
TableCell table_cell(Binder *b, Para p, Align align, Span at);
bool column_stands(Binder *b, const Node *c); // by its test
Align align_value(Str v, Align usual);
// The number of a captioned table or chart: its own, whose 表5 is counted on
// from, else the next of `word`; empty with number="none".
Str caption_number(Binder *b, const Node *n, Str word, int *count);
// The number stands: no other has it by counting; twice by hand is reported.
void caption_taken(Binder *b, const Node *n, Str number);
// none 万 亿 for the largest number, so that the least keeps two decimals (R3)
Str scale_for(double top, double least, Str unit);
// The largest and the least of the figures so far, with this one.
void widen(double *top, double *least, const Figure *f);
void table_column_width(const Node *c, TableColumn *out);
// Rows, columns and unit of a table with `pivot`. False: nothing to show.
bool pivot_table(Binder *b, const Node *n, const Value *v, Table *t, Str empty);
void bind_cards(Binder *b, const Node *n);
void bind_digest(Binder *b, const Node *n);
void bind_sources(Binder *b, const Node *n);
void bind_flags(Binder *b, const Node *n);
void bind_conflicts(Binder *b, const Node *n);
void bind_chart(Binder *b, const Node *n);
void bind_image(Binder *b, const Node *n);
// Sorts by the attributes sort and order of n (sort.c).
void sort_nodes(Binder *b, const Node *n, Value *v);
// The value's text after a picture of a number or a date; as it is without one.
Str value_format(Arena *a, const Value *v, Str format);
void run_value(Binder *b, Runs *r, const Node *n, const Style *s);
void run_change(Binder *b, Runs *r, const Node *n, const Style *s);
void bind_pages(Binder *b, const Node *root); // page-master, defaults
size_t unverified(const Binder *b); // figures printed and not confirmed

// Whether a digest of the article would hold a sentence.
bool digest_exists(const Article *t);
// Where a report begins behind 本报讯（记者……）.
size_t lead_begin(Str t);
size_t jump_mark(Str t); // bytes of a leading （接1版）
// digest.c: sentences of an article, chosen (offsets in blocks).
typedef struct {
  const TextBlock *block;
  size_t begin, end; // bytes of block->text
  int para, order;
  long score;
  long lean; // what it is worth less without the sentence before it
  bool doubt;
} Sentence;

// digest_words.c
long sentence_lean(Str t); // 0: it stands by itself
bool sentence_asks(Str t); // a question, or words that lead up to others'
bool says_little(Str t);   // what stands in any article

#endif
