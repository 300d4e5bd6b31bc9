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

// Fills a column of `height` from item i on, to the last place where it may
// end; a column that may end nowhere is torn.
static ColumnEnd column_fill(const VList *v, size_t i, size_t end, Len height) {
  ColumnEnd e = {end, 0, 0}, legal = {i, 0, 0};
  Len y = 0;
  for (size_t k = i; k < end; k++) {
    const Item *it = &v->items.data[k];
    if (it->kind == FORCE)
      continue;
    if (it->kind == BOX && y + it->height > height && k > i) {
      Len over = y + it->height - height;
      e = legal.at > i ? legal : (ColumnEnd){k, 0, y};
      e.over = over;
      return e;
    }
    y += it->height;
    if (it->kind != BOX)
      continue;
    e.height = y;
    if (it->penalty < PENALTY_NEVER)
      legal = (ColumnEnd){k + 1, 0, y};
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

void strip_group(Setter *s, VList *v, const LayBlock *b, Len measure) {
  Strip strip = {.columns = b->columns};
  strip.gap = len_clamp(b->rule_width, 0, measure / 4);
  strip.width = (measure - (b->columns - 1) * strip.gap) / b->columns;
  *vec_push(s->arena, &v->strips) = strip;
  v->strip = (uint32_t)v->strips.len;
  size_t from = v->items.len;
  vlist_blocks(s, v, b->first, strip.width);
  items_free(v, from);
  v->strip = 0;
}
