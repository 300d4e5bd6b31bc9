// Text in columns: a run of items that fills one column after the other; on
// each page the columns are as even as their breaks allow.
#include "typeset-imp.h"

// ---- breaking --------------------------------------------------------------

typedef struct {
  size_t at;  // item that begins the next column
  Len over;   // by how much the column is too low for one item more
  Len height; // used
} ColumnEnd;

static size_t skip_blank(const VList *v, size_t i, size_t end) {
  while (i < end && v->items.data[i].kind != BOX)
    i++;
  return i;
}

static int64_t foot_of(const VList *v, size_t i) {
  return v->items.data[i].foot;
}

// The first box behind i whose foot lies below `foot`, or end.
static size_t box_below(const VList *v, size_t i, size_t end, int64_t foot) {
  size_t low = i + 1, high = end;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (foot_of(v, middle) > foot)
      high = middle;
    else
      low = middle + 1;
  }
  return skip_blank(v, low, end);
}

// Fills a column of `height` from box i on, to the last place where it may
// end; a column that may end nowhere is torn.
static ColumnEnd column_fill(const VList *v, size_t i, size_t end, Len height) {
  int64_t top = foot_of(v, i) - v->items.data[i].height;
  size_t k = box_below(v, i, end, top + height);
  if (k == end) {
    while (v->items.data[k - 1].kind != BOX)
      k--;
    return (ColumnEnd){end, 0, (Len)(foot_of(v, k - 1) - top)};
  }
  const Item *it = &v->items.data[k];
  ColumnEnd e = {k, (Len)(it->foot - top - height),
                 (Len)(it->foot - it->height - top)};
  size_t legal = k - 1 - v->items.data[k - 1].back;
  if (v->items.data[k - 1].back < k - i) {
    e.at = legal + 1;
    e.height = (Len)(foot_of(v, legal) - top);
  }
  return e;
}

Len strip_height(const VList *v, size_t begin, size_t end, Len least) {
  const Strip *s = &v->strips.data[v->items.data[begin].strip - 1];
  for (Len height = least;;) {
    size_t i = begin;
    Len more = INT32_MAX, most = 0;
    for (int k = 0; k < s->columns && i < end; k++) {
      ColumnEnd e = column_fill(v, i, end, height);
      more = e.at < end && e.over < more ? e.over : more;
      most = e.height > most ? e.height : most;
      i = skip_blank(v, e.at, end);
    }
    if (i >= end || more == INT32_MAX || height > INT32_MAX / 4)
      return most > height ? most : height;
    height += more > 0 ? more : 1;
  }
}

void strip_places(const VList *v, size_t begin, size_t end, Len height,
                  StripPlace *places) {
  const Strip *s = &v->strips.data[v->items.data[begin].strip - 1];
  size_t i = begin;
  for (int k = 0; i < end; k++) {
    bool last = k + 1 >= s->columns;
    size_t to = last ? end : column_fill(v, i, end, height).at;
    Len y = 0;
    for (; i < to; i++) {
      places[i - begin] = (StripPlace){k * (s->width + s->gap), y};
      y += v->items.data[i].kind == FORCE ? 0 : v->items.data[i].height;
    }
    i = skip_blank(v, i, end);
  }
}

size_t strip_end(const VList *v, size_t i, size_t end) {
  uint32_t strip = v->items.data[i].strip;
  while (i < end && v->items.data[i].strip == strip)
    i++;
  return i;
}

// ---- setting ---------------------------------------------------------------

static void items_free(VList *v, size_t from) {
  for (size_t i = from; i < v->items.len; i++) {
    Item *it = &v->items.data[i];
    it->repeat = NULL; // a table's head stands once
    it->pinned = false;
  }
}

// Where items end in one endless column, and how far back the last of them
// after which a column may end.
static void items_sum(VList *v, size_t from) {
  int64_t foot = 0;
  uint32_t back = UINT32_MAX / 2;
  for (size_t i = from; i < v->items.len; i++) {
    Item *it = &v->items.data[i];
    foot += it->kind == FORCE ? 0 : it->height;
    back = it->kind == BOX && it->penalty < PENALTY_NEVER ? 0 : back + 1;
    it->foot = foot;
    it->back = back;
  }
}

void strip_group(Setter *s, VList *v, const LayBlock *b, Len measure) {
  Strip strip = {.columns = b->columns};
  strip.gap = len_clamp(b->rule_width, 0, measure / 4);
  strip.width = (measure - (b->columns - 1) * strip.gap) / b->columns;
  *vec_push(s->arena, &v->strips) = strip;
  v->strip = (uint32_t)v->strips.len;
  size_t from = v->items.len;
  vlist_blocks(s, v, b->first, strip.width);
  items_free(v, from);
  items_sum(v, from);
  v->strip = 0;
}
