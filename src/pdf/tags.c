// The structure tree: elements from the marks' tags, kept small (32 bytes an
// element, 12 a piece) and written as text at the end.
#include "operators.h"
#include "pdf_imp.h"

typedef enum {
  S_DOCUMENT,
  S_DIV,
  S_P,
  S_H, // level in Elem.level
  S_TABLE,
  S_TBODY,
  S_TR,
  S_TH,
  S_TD,
  S_CAPTION,
  S_FIGURE,
  S_TOC,
  S_TOCI,
  S_NOTE,
  S_L,
  S_LI,
  S_LBODY,
  S_LINK,
} Role;

static const char *const role_names[] = {
    "Document", "Div",  "P",  "H",       "Table",  "TBody",
    "TR",       "TH",   "TD", "Caption", "Figure", "TOC",
    "TOCI",     "Note", "L",  "LI",      "LBody",  "Link",
};

static const Role tag_roles[] = {
    [TAG_P] = S_P,
    [TAG_H] = S_H,
    [TAG_TH] = S_TH,
    [TAG_TD] = S_TD,
    [TAG_CAPTION] = S_CAPTION,
    [TAG_FIGURE] = S_FIGURE,
    [TAG_TOCI] = S_TOCI,
    [TAG_NOTE] = S_NOTE,
    [TAG_LI] = S_LBODY,
};

typedef struct {
  uint32_t parent, next; // indices
  uint32_t first, last;  // children; 0: none
  // index + 1 of its first and last piece; of a link its annotation's number
  // and its page
  uint32_t piece, latest;
  uint32_t children;
  uint8_t role;
  uint8_t level; // TH, TD: columns spanned
  uint8_t rows;  // TH, TD: spanned
  bool by_row;   // TH: heads its row, not its column
} Elem;

typedef struct {
  uint32_t elem, page;
  uint32_t next; // index + 1 of the element's next piece
} Piece;

// What stands for a picture that cannot be seen.
typedef struct {
  uint32_t elem;
  Buf alt;
  size_t page;
  Len left, top, right, bottom;
} Figure;

struct Tags {
  Pdf *pdf;
  VEC(Elem) elems; // 0 is the document
  VEC(Piece) pieces;
  VEC(Figure) figures;
  VEC(uint32_t) links;     // elements, in the order of their keys
  VEC(uint32_t) by_number; // Mark.element → index; 0: none
  uint32_t *page_pieces;   // index of each page's first piece
  size_t copies;           // that have a tree; each has its own elements
  uint32_t n;              // elements of a copy
  uint32_t table, table_number, row, row_number, toc, list;
};

static Elem *elem(Tags *t, uint32_t i) {
  return &t->elems.data[i];
}

static void child_add(Tags *t, uint32_t parent, uint32_t i) {
  Elem *up = elem(t, parent);
  elem(t, i)->parent = parent;
  if (up->last)
    elem(t, up->last)->next = i;
  else
    up->first = i;
  up->last = i;
  up->children++;
}

static uint32_t elem_new(Tags *t, Role role, uint32_t parent) {
  uint32_t i = (uint32_t)t->elems.len;
  *vec_push(t->pdf->arena, &t->elems) = (Elem){.role = (uint8_t)role};
  if (i)
    child_add(t, parent, i);
  return i;
}

// How much there will be, so that nothing is copied while growing.
static void tags_reserve(Tags *t) {
  const Pages *pages = t->pdf->pages;
  size_t numbers = 0, pieces = 0, rows = 0;
  for (size_t i = 0; i < pages->n_pages; i++) {
    const PageMarks *p = &pages->pages[i];
    numbers = p->elements > numbers ? p->elements : numbers;
    pieces += p->runs;
    rows += p->rows;
  }
  Arena *a = t->pdf->arena;
  t->by_number.cap = numbers + 1;
  t->by_number.data = NEW_ARRAY(a, uint32_t, numbers + 1);
  t->elems.cap = numbers + rows + 2;
  t->elems.data = NEW_ARRAY(a, Elem, t->elems.cap);
  t->pieces.cap = pieces + 1;
  t->pieces.data = NEW_ARRAY(a, Piece, t->pieces.cap);
}

size_t tags_copies(const Tags *t) {
  return t->copies;
}

// A booklet's copies share their pages' forms, and with them the tags.
Tags *tags_new(Pdf *p) {
  Tags *t = NEW(p->arena, Tags);
  t->pdf = p;
  t->copies = p->booklet ? 1 : p->linked;
  t->page_pieces = NEW_ARRAY(p->arena, uint32_t, p->pages->n_pages + 1);
  tags_reserve(t);
  elem_new(t, S_DOCUMENT, 0);
  return t;
}

const char *tags_name(const Mark *m) {
  static const char *const heads[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
  if (m->tag != TAG_H)
    return role_names[tag_roles[m->tag]];
  return heads[m->tag_level < 1 ? 0 : m->tag_level > 6 ? 5 : m->tag_level - 1];
}

// ---- where an element belongs ----------------------------------------------

static uint32_t table_of(Tags *t, const Mark *m) {
  if (!t->table || t->table_number != m->table) {
    t->table = elem_new(t, S_TABLE, 0);
    t->table_number = m->table;
    t->row = 0;
  }
  return t->table;
}

static uint32_t row_of(Tags *t, const Mark *m) {
  uint32_t table = table_of(t, m);
  if (!t->row || t->row_number != m->row) {
    t->row = elem_new(t, S_TR, table);
    t->row_number = m->row;
  }
  return t->row;
}

// The container that neighbours of one kind share.
static uint32_t run_of(Tags *t, uint32_t *run, Role role) {
  if (!*run)
    *run = elem_new(t, role, 0);
  return *run;
}

static uint32_t parent_of(Tags *t, const Mark *m) {
  if (m->tag != TAG_TOCI)
    t->toc = 0;
  if (m->tag != TAG_LI)
    t->list = 0;
  if (m->tag == TAG_TH || m->tag == TAG_TD)
    return row_of(t, m);
  if (m->tag == TAG_CAPTION && m->table)
    return table_of(t, m);
  if (m->tag == TAG_TOCI)
    return run_of(t, &t->toc, S_TOC);
  if (m->tag == TAG_LI)
    return elem_new(t, S_LI, run_of(t, &t->list, S_L));
  return 0;
}

// A head beside data heads its row.
static void row_heads(Tags *t, uint32_t row, Role added) {
  bool data = added == S_TD;
  for (uint32_t i = elem(t, row)->first; i && !data; i = elem(t, i)->next)
    data = elem(t, i)->role == S_TD;
  for (uint32_t i = data ? elem(t, row)->first : 0; i; i = elem(t, i)->next)
    elem(t, i)->by_row = elem(t, i)->role == S_TH;
}

static uint32_t elem_of(Tags *t, const Mark *m) {
  while (t->by_number.len <= m->element)
    *vec_push(t->pdf->arena, &t->by_number) = 0;
  uint32_t *at = &t->by_number.data[m->element];
  if (m->element && *at)
    return *at;
  Role role = tag_roles[m->tag];
  uint32_t parent = parent_of(t, m);
  *at = elem_new(t, role, parent);
  Elem *e = elem(t, *at);
  bool cell = m->tag == TAG_TH || m->tag == TAG_TD;
  e->level = cell ? m->tag_level : (uint8_t)(tags_name(m)[1] - '0');
  e->rows = cell ? m->rows_spanned : 0;
  if (role == S_TD || (role == S_TH && elem(t, parent)->first != *at))
    row_heads(t, parent, role);
  return *at;
}

// Heads that a table repeats over a page end are there for the eye only.
static bool is_repeat(Tags *t, const Mark *m, size_t page) {
  if (m->tag != TAG_TH && m->tag != TAG_CAPTION)
    return false;
  uint32_t i =
      m->element < t->by_number.len ? t->by_number.data[m->element] : 0;
  uint32_t piece = m->element && i ? elem(t, i)->piece : 0;
  return piece && t->pieces.data[piece - 1].page != page;
}

// A figure is told by its picture's own text, or by the words drawn in it.
void tags_figure(Tags *t, const Mark *m, size_t page) {
  enum { ALT_MAX = 1000 };
  uint32_t e = elem_of(t, m);
  Figure *f = t->figures.len ? &t->figures.data[t->figures.len - 1] : NULL;
  if (!f || f->elem != e) {
    f = vec_push(t->pdf->arena, &t->figures);
    *f = (Figure){.elem = e, .alt = buf_new(t->pdf->arena), .page = page};
    f->left = f->top = INT32_MAX;
    f->right = f->bottom = INT32_MIN;
  }
  Len top = m->kind == MARK_TEXT ? m->y - m->size : m->y;
  Len bottom = m->kind == MARK_TEXT ? m->y : m->y + m->h;
  f->left = m->x < f->left ? m->x : f->left;
  f->right = m->x + m->w > f->right ? m->x + m->w : f->right;
  f->top = top < f->top ? top : f->top;
  f->bottom = bottom > f->bottom ? bottom : f->bottom;
  if (m->text.len && f->alt.len < ALT_MAX) {
    buf_add(&f->alt, f->alt.len ? STR(" ") : STR(""));
    buf_add(&f->alt, m->text);
  }
}

int tags_piece(Tags *t, const Mark *m, size_t page) {
  if (m->tag == TAG_ARTIFACT || is_repeat(t, m, page))
    return -1;
  uint32_t e = elem_of(t, m);
  uint32_t n = (uint32_t)t->pieces.len + 1;
  *vec_push(t->pdf->arena, &t->pieces) = (Piece){e, (uint32_t)page, 0};
  if (elem(t, e)->latest)
    t->pieces.data[elem(t, e)->latest - 1].next = n;
  else
    elem(t, e)->piece = n;
  elem(t, e)->latest = n;
  return (int)(n - 1 - t->page_pieces[page]);
}

// Keys of links follow those of the pages.
int tags_link(Tags *t, const Mark *m, size_t page, uint32_t annotation) {
  uint32_t up = m->element && m->element < t->by_number.len
                    ? t->by_number.data[m->element]
                    : 0;
  if (!up)
    return -1;
  uint32_t i = elem_new(t, S_LINK, up);
  elem(t, i)->piece = annotation;
  elem(t, i)->latest = (uint32_t)page;
  *vec_push(t->pdf->arena, &t->links) = i;
  return (int)((t->pdf->pages->n_pages + t->links.len - 1) * t->copies);
}

void tags_page_end(Tags *t, size_t page) {
  t->page_pieces[page + 1] = (uint32_t)t->pieces.len;
}

// ---- writing ---------------------------------------------------------------

enum {
  KIDS_MAX = 8000, // PDF 1.4's arrays hold 8,191 items
  KIDS_GROUP = 4000,
  LEAF_PAGES = 500,
  LEAF_LINKS = 500,
};

static Role layer_role(Role container) {
  if (container == S_TABLE)
    return S_TBODY;
  return container == S_L || container == S_TOC ? container : S_DIV;
}

// A container with too many children gets a layer between.
static void regroup(Tags *t, uint32_t parent, Role role) {
  if (elem(t, parent)->children <= KIDS_MAX)
    return;
  uint32_t i = elem(t, parent)->first, group = 0;
  elem(t, parent)->first = elem(t, parent)->last = 0;
  elem(t, parent)->children = 0;
  while (i) {
    uint32_t next = elem(t, i)->next;
    if (!group || elem(t, group)->children == KIDS_GROUP)
      group = elem_new(t, role, parent);
    elem(t, i)->next = 0;
    child_add(t, group, i);
    i = next;
  }
}

static void put_kids(Tags *t, Buf *b, const Elem *e, uint32_t base) {
  for (uint32_t i = e->first; i; i = elem(t, i)->next) {
    buf_byte(b, ' ');
    put_ref(b, base + i);
  }
}

static void put_page(const Tags *t, Buf *b, size_t page, size_t copy) {
  Spot spot = page_spot(t->pdf, page, copy);
  put_ref(b, t->pdf->first_page + (uint32_t)spot.out);
}

// MCIDs on the first piece's page stand alone, others name their page; those of
// a booklet name the form that they stand in.
static void put_pieces(Tags *t, Buf *b, const Elem *e, size_t copy) {
  uint32_t page = t->pieces.data[e->piece - 1].page;
  for (uint32_t i = e->piece; i; i = t->pieces.data[i - 1].next) {
    const Piece *piece = &t->pieces.data[i - 1];
    bool form = t->pdf->booklet != NULL, named = form || piece->page != page;
    buf_byte(b, ' ');
    if (named) {
      buf_add(b, STR("<</Type/MCR/Pg "));
      put_page(t, b, piece->page, copy);
      buf_add(b, form ? STR("/Stm ") : STR(""));
      if (form)
        put_ref(b, t->pdf->streams[piece->page]);
      buf_add(b, STR("/MCID "));
    }
    put_decimal(b, (int32_t)(i - 1 - t->page_pieces[piece->page]), 0);
    if (named)
      buf_add(b, STR(">>"));
  }
}

// Pieces of text, then elements: links stand behind the text they lie in.
static void put_content(Tags *t, Buf *b, const Elem *e, uint32_t base,
                        size_t copy) {
  bool one = e->piece && e->piece == e->latest && !e->first;
  if (e->piece) {
    buf_add(b, STR("/Pg "));
    put_page(t, b, t->pieces.data[e->piece - 1].page, copy);
  }
  buf_add(b, one ? STR("/K") : STR("/K["));
  if (e->piece)
    put_pieces(t, b, e, copy);
  put_kids(t, b, e, base);
  if (!one)
    buf_byte(b, ']');
}

static void put_link(Tags *t, Buf *b, const Elem *e, size_t copy) {
  buf_add(b, STR("/Pg "));
  put_page(t, b, e->latest, copy);
  buf_add(b, STR("/K<</Type/OBJR/Obj "));
  put_ref(b, e->piece + (uint32_t)copy);
  buf_add(b, STR(">>"));
}

static void put_spans(Buf *b, const Elem *e) {
  if (e->level < 2 && e->rows < 2)
    return;
  buf_add(b, STR("/A<</O/Table"));
  if (e->level > 1)
    buf_fmt(b, "/ColSpan %d", e->level);
  if (e->rows > 1)
    buf_fmt(b, "/RowSpan %d", e->rows);
  buf_add(b, STR(">>"));
}

static void put_figure(Tags *t, Buf *b, uint32_t i) {
  const Figure *f = NULL;
  for (size_t k = 0; k < t->figures.len && !f; k++)
    if (t->figures.data[k].elem == i)
      f = &t->figures.data[k];
  if (!f)
    return;
  Len height = t->pdf->pages->doc->master.height;
  Spot s = page_spot(t->pdf, f->page, 0);
  const Len box[] = {f->left, height - f->bottom, f->right, height - f->top};
  buf_add(b, STR("/Alt"));
  text_string(b, f->alt.len ? buf_str(&f->alt) : STR("图"));
  buf_add(b, STR("/A<</O/Layout/BBox["));
  for (int k = 0; k < 4; k++) {
    int64_t at = (int64_t)box[k] * s.scale / 100000 + (k % 2 ? s.y : s.x);
    put_milli(b, (Len)at);
    buf_byte(b, k < 3 ? ' ' : ']');
  }
  buf_add(b, STR(">>"));
}

static void elem_write(Tags *t, uint32_t i, uint32_t first, size_t copy,
                       uint32_t root) {
  uint32_t base = first + (uint32_t)copy * t->n;
  const Elem *e = elem(t, i);
  Buf *b = &t->pdf->scratch;
  b->len = 0;
  buf_add(b, STR("<</S/"));
  buf_add(b, str_of(role_names[e->role]));
  if (e->role == S_H)
    buf_byte(b, (char)('0' + e->level));
  buf_add(b, STR("/P "));
  put_ref(b, i ? base + e->parent : root);
  if (e->role == S_TH)
    buf_add(b, e->by_row ? STR("/C/r") : STR("/C/c"));
  if (e->role == S_TH || e->role == S_TD)
    put_spans(b, e);
  if (e->role == S_FIGURE)
    put_figure(t, b, i);
  if (e->role == S_LINK)
    put_link(t, b, e, copy);
  else
    put_content(t, b, e, base, copy);
  buf_add(b, STR(">>"));
  file_object(t->pdf->file, base + i, buf_str(b));
}

// The elements of a page's pieces, in the order of their MCIDs.
static void page_row_write(Tags *t, size_t page, uint32_t no, uint32_t base) {
  Buf *b = &t->pdf->scratch;
  b->len = 0;
  buf_byte(b, '[');
  for (uint32_t k = t->page_pieces[page]; k < t->page_pieces[page + 1]; k++) {
    if (b->len > 1)
      buf_byte(b, ' ');
    put_ref(b, base + t->pieces.data[k].elem);
  }
  buf_byte(b, ']');
  file_object(t->pdf->file, no, buf_str(b));
}

static void leaf_write(Tags *t, size_t from, size_t to, uint32_t rows,
                       uint32_t no) {
  Buf *b = &t->pdf->scratch;
  b->len = 0;
  buf_add(b, STR("<</Limits["));
  put_decimal(b, (int32_t)from, 0);
  buf_byte(b, ' ');
  put_decimal(b, (int32_t)to - 1, 0);
  buf_add(b, STR("]/Nums["));
  for (size_t i = from; i < to; i++) {
    if (i > from)
      buf_byte(b, ' ');
    put_decimal(b, (int32_t)i, 0);
    buf_byte(b, ' ');
    put_ref(b, rows + (uint32_t)i);
  }
  buf_add(b, STR("]>>"));
  file_object(t->pdf->file, no, buf_str(b));
}

// The links' keys: each leads to one element, in each copy.
static void link_keys_write(Tags *t, size_t from, size_t to, uint32_t base,
                            uint32_t no) {
  size_t n = t->pdf->pages->n_pages * t->copies;
  Buf *b = &t->pdf->scratch;
  b->len = 0;
  buf_fmt(b, "<</Limits[%zu %zu]/Nums[", n + from, n + to - 1);
  for (size_t i = from; i < to; i++) {
    put_decimal(b, (int32_t)(n + i), 0);
    buf_byte(b, ' ');
    uint32_t of_copy = base + (uint32_t)(i % t->copies) * t->n;
    put_ref(b, of_copy + t->links.data[i / t->copies]);
    buf_byte(b, ' ');
  }
  buf_add(b, STR("]>>"));
  file_object(t->pdf->file, no, buf_str(b));
}

static HPDF_Dict parent_tree(Tags *t, uint32_t base) {
  Pdf *p = t->pdf;
  size_t one = p->pages->n_pages, n = one * t->copies;
  size_t leaves = (n + LEAF_PAGES - 1) / LEAF_PAGES;
  uint32_t rows = file_numbers(p->file, (uint32_t)(n + leaves));
  for (size_t i = 0; i < n; i++)
    page_row_write(t, i % one, rows + (uint32_t)i,
                   base + (uint32_t)(i / one) * t->n);
  HPDF_Array kids = haru_array(p);
  for (size_t i = 0; i < leaves; i++) {
    size_t from = i * LEAF_PAGES, to = from + LEAF_PAGES;
    uint32_t no = rows + (uint32_t)(n + i);
    leaf_write(t, from, to < n ? to : n, rows, no);
    HPDF_Array_Add(kids, haru_ref(p, no));
  }
  size_t links = t->links.len * t->copies;
  for (size_t i = 0; i < links; i += LEAF_LINKS) {
    size_t to = i + LEAF_LINKS < links ? i + LEAF_LINKS : links;
    uint32_t no = file_number(p->file);
    link_keys_write(t, i, to, base, no);
    HPDF_Array_Add(kids, haru_ref(p, no));
  }
  HPDF_Dict tree = haru_dict(p);
  haru_put(tree, "Kids", kids);
  return tree;
}

static HPDF_Dict scope_class(Pdf *p, const char *scope) {
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "O", "Table");
  HPDF_Dict_AddName(d, "Scope", scope);
  return d;
}

static HPDF_Dict class_map(Pdf *p) {
  HPDF_Dict d = haru_dict(p);
  haru_put(d, "c", scope_class(p, "Column"));
  haru_put(d, "r", scope_class(p, "Row"));
  return d;
}

uint32_t tags_write(Tags *t) {
  Pdf *p = t->pdf;
  uint32_t n = (uint32_t)t->elems.len;
  for (uint32_t i = 0; i < n; i++)
    regroup(t, i, layer_role(elem(t, i)->role));
  uint32_t root = file_number(p->file);
  t->n = n = (uint32_t)t->elems.len;
  uint32_t base = file_numbers(p->file, n * (uint32_t)t->copies);
  HPDF_Array kids = haru_array(p); // a document a copy
  for (size_t copy = 0; copy < t->copies; copy++) {
    for (uint32_t i = 0; i < n && file_ok(p->file); i++)
      elem_write(t, i, base, copy, root);
    HPDF_Array_Add(kids, haru_ref(p, base + (uint32_t)copy * n));
  }
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "StructTreeRoot");
  haru_put(d, "K", kids);
  haru_put(d, "ParentTree", parent_tree(t, base));
  HPDF_Dict_AddNumber(
      d, "ParentTreeNextKey",
      (HPDF_INT32)((p->pages->n_pages + t->links.len) * t->copies));
  haru_put(d, "ClassMap", class_map(p));
  haru_write(p, root, d);
  return root;
}
