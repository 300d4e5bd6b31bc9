// Bookmarks, destinations, links and page labels.
#include "operators.h"
#include "pdf_imp.h"
#include <stdlib.h>

// ---- destinations ----------------------------------------------------------

// [page /XYZ left top null]: the reader's zoom stays.
static void put_dest(const Pdf *p, Buf *b, size_t page, Len x, Len y) {
  buf_byte(b, '[');
  put_ref(b, p->first_page + (uint32_t)page);
  buf_add(b, STR("/XYZ "));
  put_milli(b, x);
  buf_byte(b, ' ');
  put_milli(b, p->pages->doc->master.height - y);
  buf_add(b, STR(" null]"));
}

// ---- bookmarks -------------------------------------------------------------

typedef struct {
  size_t parent, prev, next, first, last; // index + 1; 0: none
  size_t open;                            // entries below
} Node;

static void link_nodes(const Pages *pages, Node *nodes) {
  for (size_t i = 1; i <= pages->n_bookmarks; i++) {
    const Bookmark *b = pages->bookmarks;
    size_t up = i - 1; // the nearest entry above with a lower level
    while (up && b[up - 1].level >= b[i - 1].level)
      up = nodes[up].parent;
    nodes[i].parent = up;
    nodes[i].prev = nodes[up].last;
    if (nodes[up].last)
      nodes[nodes[up].last].next = i;
    else
      nodes[up].first = i;
    nodes[up].last = i;
  }
  for (size_t i = pages->n_bookmarks; i; i--)
    nodes[nodes[i].parent].open += nodes[i].open + 1;
}

static void put_entry(Buf *b, const char *key, uint32_t root, size_t node) {
  if (!node)
    return;
  buf_add(b, str_of(key));
  put_ref(b, root + (uint32_t)node);
}

// Parents stay closed, or a long document's outline would be all there is to
// see: a negative count.
static void bookmark_write(Pdf *p, const Node *n, uint32_t root, size_t i) {
  const Bookmark *mark = &p->pages->bookmarks[i - 1];
  Buf *b = &p->scratch;
  b->len = 0;
  buf_add(b, STR("<</Title"));
  text_string(b, mark->title);
  buf_add(b, STR("/Parent "));
  put_ref(b, root + (uint32_t)n->parent);
  put_entry(b, "/Prev ", root, n->prev);
  put_entry(b, "/Next ", root, n->next);
  put_entry(b, "/First ", root, n->first);
  put_entry(b, "/Last ", root, n->last);
  if (n->open) {
    buf_add(b, STR("/Count -"));
    put_int(b, (int32_t)n->open);
  }
  buf_add(b, STR("/Dest"));
  put_dest(p, b, mark->page, 0, mark->y);
  buf_add(b, STR(">>"));
  file_object(p->file, root + (uint32_t)i, buf_str(b));
}

uint32_t outline_write(Pdf *p) {
  size_t n = p->pages->n_bookmarks;
  if (!n)
    return 0;
  uint32_t root = file_numbers(p->file, (uint32_t)n + 1);
  Node *nodes = NEW_ARRAY(p->arena, Node, n + 1);
  link_nodes(p->pages, nodes);
  size_t top = 0;
  for (size_t i = 1; i <= n; i++) {
    top += nodes[i].parent == 0;
    bookmark_write(p, &nodes[i], root, i);
  }
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "Outlines");
  haru_put_ref(p, d, "First", root + (uint32_t)nodes[0].first);
  haru_put_ref(p, d, "Last", root + (uint32_t)nodes[0].last);
  HPDF_Dict_AddNumber(d, "Count", (HPDF_INT32)top);
  haru_write(p, root, d);
  return root;
}

// ---- the name tree of destinations -----------------------------------------

enum { LEAF = 64 };

static int by_id(const void *x, const void *y) {
  const Destination *const *a = x, *const *b = y;
  return str_cmp((*a)->id, (*b)->id);
}

static void put_name(Buf *b, Str name) {
  buf_byte(b, '<');
  for (size_t i = 0; i < name.len; i++)
    buf_fmt(b, "%02X", (unsigned char)name.data[i]);
  buf_byte(b, '>');
}

static void put_limits(Buf *b, const Destination *const *d, size_t n) {
  buf_add(b, STR("<</Limits["));
  put_name(b, d[0]->id);
  put_name(b, d[n - 1]->id);
  buf_byte(b, ']');
}

static void leaf_write(Pdf *p, uint32_t no, const Destination *const *d,
                       size_t n) {
  Buf b = buf_new(p->arena);
  put_limits(&b, d, n);
  buf_add(&b, STR("/Names["));
  for (size_t i = 0; i < n; i++) {
    put_name(&b, d[i]->id);
    put_dest(p, &b, d[i]->page, d[i]->x, d[i]->y);
  }
  buf_add(&b, STR("]>>"));
  file_object(p->file, no, buf_str(&b));
}

uint32_t dests_write(Pdf *p) {
  size_t n = p->pages->n_dests, kept = 0;
  if (!n)
    return 0;
  const Destination **d = NEW_ARRAY(p->arena, const Destination *, n);
  for (size_t i = 0; i < n; i++)
    d[i] = &p->pages->dests[i];
  qsort(d, n, sizeof *d, by_id);
  for (size_t i = 0; i < n; i++)
    if (!kept || !str_eq(d[kept - 1]->id, d[i]->id))
      d[kept++] = d[i];
  size_t leaves = (kept + LEAF - 1) / LEAF;
  uint32_t root = file_numbers(p->file, (uint32_t)leaves + 1);
  HPDF_Array kids = haru_array(p);
  for (size_t i = 0; i < leaves; i++) {
    size_t from = i * LEAF, size = kept - from < LEAF ? kept - from : LEAF;
    leaf_write(p, root + 1 + (uint32_t)i, d + from, size);
    HPDF_Array_Add(kids, haru_ref(p, root + 1 + (uint32_t)i));
  }
  HPDF_Dict tree = haru_dict(p);
  haru_put(tree, "Kids", kids);
  haru_write(p, root, tree);
  return root;
}

// ---- links -----------------------------------------------------------------

static bool byte_in_uri(unsigned char c) {
  return c > ' ' && c < 0x7F && !strchr("<>\"{}|\\^`()", c);
}

// Characters outside ASCII and those that URIs must not hold: percent signs.
static void put_uri(Buf *b, Str uri) {
  buf_add(b, STR("/A<</S/URI/URI("));
  for (size_t i = 0; i < uri.len; i++) {
    unsigned char c = (unsigned char)uri.data[i];
    if (byte_in_uri(c))
      buf_byte(b, (char)c);
    else
      buf_fmt(b, "%%%02X", c);
  }
  buf_add(b, STR(")>>"));
}

// Where the mark leads: #id or URI of a link; the entry of a figure's source.
static bool put_target(const Pdf *p, Buf *b, const Mark *m) {
  Str id = m->target;
  if (m->kind == MARK_LINK && !str_starts(id, STR("#"))) {
    if (id.len)
      put_uri(b, id);
    return id.len > 0;
  }
  if (m->kind == MARK_LINK)
    id = str_slice(id, 1, id.len);
  const Destination *d = map_lookup(p->dests, id);
  if (!d)
    return false;
  buf_add(b, STR("/Dest"));
  put_dest(p, b, d->page, d->x, d->y);
  return true;
}

static void put_rect(const Pdf *p, Buf *b, const Mark *m) {
  Len height = p->pages->doc->master.height;
  const Len upright[] = {m->x, height - m->y - m->h, m->x + m->w,
                         height - m->y};
  const Len turned[] = {m->y, m->x, m->y + m->h, m->x + m->w};
  const Len *sides = m->turned ? turned : upright;
  for (int i = 0; i < 4; i++) {
    buf_add(b, i ? STR(" ") : STR("/Rect["));
    put_milli(b, sides[i]);
  }
  buf_byte(b, ']');
}

// Runs of one line that lead to the same place are one link.
static bool link_joins(const Mark *a, const Mark *b) {
  Len gap = b->x - (a->x + a->w), low = b->y + b->h - (a->y + a->h);
  return a->kind == b->kind && a->element == b->element &&
         a->turned == b->turned && str_eq(a->target, b->target) &&
         gap > -a->h && gap < a->h && low < a->h && low > -a->h;
}

static void link_join(Mark *a, const Mark *b) {
  Len right = b->x + b->w, low = a->y + a->h;
  low = b->y + b->h > low ? b->y + b->h : low;
  a->y = b->y < a->y ? b->y : a->y;
  a->h = low - a->y;
  a->w = right - a->x;
}

// False: it leads nowhere.
static bool link_write(Pdf *p, Buf *page_dict, const Mark *m, size_t page,
                       bool first) {
  p->scratch.len = 0;
  buf_add(&p->scratch, STR("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]"));
  put_rect(p, &p->scratch, m);
  if (!put_target(p, &p->scratch, m))
    return false;
  uint32_t no = file_number(p->file);
  int key = p->tags ? tags_link(p->tags, m, page, no) : -1;
  if (key >= 0)
    buf_fmt(&p->scratch, "/StructParent %d", key);
  buf_add(&p->scratch, STR(">>"));
  file_object(p->file, no, buf_str(&p->scratch));
  buf_add(page_dict, first ? STR("/Annots[") : STR(" "));
  put_ref(page_dict, no);
  return true;
}

void links_add(Pdf *p, Buf *page_dict, const PageMarks *pm, size_t page) {
  bool any = false, open = false;
  Mark link = {0};
  for (size_t i = 0; i < pm->n_marks; i++) {
    const Mark *m = &pm->marks[i];
    if (m->kind != MARK_LINK && m->kind != MARK_FIGURE)
      continue;
    if (open && link_joins(&link, m)) {
      link_join(&link, m);
      continue;
    }
    any |= open && link_write(p, page_dict, &link, page, !any);
    link = *m;
    open = true;
  }
  any |= open && link_write(p, page_dict, &link, page, !any);
  if (any)
    buf_byte(page_dict, ']');
}

// ---- page labels -----------------------------------------------------------

// A range begins where the printed number does not follow the one before.
void labels_put(Pdf *p, HPDF_Dict catalog) {
  HPDF_Array nums = haru_array(p);
  size_t n = p->pages->n_pages;
  for (size_t i = 0; i < p->n_out; i++) {
    int number = p->pages->pages[i % n].number;
    if (i % n && number == p->pages->pages[i % n - 1].number + 1 && number != 1)
      continue;
    if (HPDF_Array_Items(nums) > 8000)
      break;
    HPDF_Dict range = haru_dict(p);
    if (number > 0) {
      HPDF_Dict_AddName(range, "S", "D");
      HPDF_Dict_AddNumber(range, "St", number);
    }
    HPDF_Array_AddNumber(nums, (HPDF_INT32)i);
    HPDF_Array_Add(nums, range);
  }
  HPDF_Dict labels = haru_dict(p);
  haru_put(labels, "Nums", nums);
  haru_put(catalog, "PageLabels", labels);
}
