// Bookmarks, destinations, links and page labels.
#include "operators.h"
#include "pdf_imp.h"
#include <stdlib.h>

// ---- destinations ----------------------------------------------------------

Spot page_spot(const Pdf *p, size_t page, size_t copy) {
  if (p->booklet)
    return booklet_spot(p, page, copy);
  return (Spot){copy * p->pages->n_pages + page, 0, 0, 100000};
}

static Len scaled(Len v, int scale) {
  return (Len)((int64_t)v * scale / 100000);
}

// [page /XYZ left top null]: the reader's zoom stays.
static void put_dest(const Pdf *p, Buf *b, const Destination *d, size_t copy) {
  Spot spot = page_spot(p, d->page, copy);
  Len up = p->pages->doc->master.height - d->y;
  buf_byte(b, '[');
  put_ref(b, p->first_page + (uint32_t)spot.out);
  buf_add(b, STR("/XYZ "));
  put_milli(b, spot.x + scaled(d->x, spot.scale));
  buf_byte(b, ' ');
  put_milli(b, spot.y + scaled(up, spot.scale));
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
  put_dest(p, b, &(Destination){.page = mark->page, .y = mark->y}, 0);
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
    put_dest(p, &b, d[i], 0);
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
static bool put_target(const Pdf *p, Buf *b, const Mark *m, size_t copy) {
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
  put_dest(p, b, d, copy);
  return true;
}

static void put_rect(const Pdf *p, Buf *b, const Mark *m, const Spot *spot) {
  Len height = p->pages->doc->master.height;
  const Len upright[] = {m->x, height - m->y - m->h, m->x + m->w,
                         height - m->y};
  const Len turned[] = {m->y, m->x, m->y + m->h, m->x + m->w};
  const Len *sides = m->turned ? turned : upright;
  for (int i = 0; i < 4; i++) {
    buf_add(b, i ? STR(" ") : STR("/Rect["));
    put_milli(b, (i % 2 ? spot->y : spot->x) + scaled(sides[i], spot->scale));
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

// One annotation a copy; none where it leads nowhere.
static void link_write(Pdf *p, const Mark *m, size_t page) {
  Buf *b = &p->scratch;
  b->len = 0;
  if (!put_target(p, b, m, 0))
    return;
  uint32_t no = file_numbers(p->file, (uint32_t)p->linked);
  int key = p->tags ? tags_link(p->tags, m, page, no) : -1;
  for (size_t copy = 0; copy < p->linked && file_ok(p->file); copy++) {
    Spot spot = page_spot(p, page, copy);
    b->len = 0;
    buf_add(b, STR("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]"));
    put_rect(p, b, m, &spot);
    put_target(p, b, m, copy);
    if (key >= 0 && copy < tags_copies(p->tags))
      buf_fmt(b, "/StructParent %zu", (size_t)key + copy);
    buf_add(b, STR(">>"));
    file_object(p->file, no + (uint32_t)copy, buf_str(b));
  }
  *vec_push(p->arena, &p->link_objects) = no;
  p->links[page].n++;
}

void links_write(Pdf *p, const PageMarks *pm, size_t page) {
  bool open = false;
  Mark link = {0};
  p->links[page].first = p->link_objects.len;
  for (size_t i = 0; i < pm->n_marks; i++) {
    const Mark *m = &pm->marks[i];
    if (m->kind != MARK_LINK && m->kind != MARK_FIGURE)
      continue;
    if (open && link_joins(&link, m)) {
      link_join(&link, m);
      continue;
    }
    if (open)
      link_write(p, &link, page);
    link = *m;
    open = true;
  }
  if (open)
    link_write(p, &link, page);
}

void links_put(const Pdf *p, Buf *b, size_t page, size_t copy) {
  const PageLinks *l = &p->links[page];
  for (size_t k = 0; copy < p->linked && k < l->n; k++) {
    buf_byte(b, ' ');
    put_ref(b, p->link_objects.data[l->first + k] + (uint32_t)copy);
  }
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
