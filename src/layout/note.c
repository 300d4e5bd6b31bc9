// Notes called in running text: at the page's foot, or under their table (F1).
#include "layout-imp.h"

Str note_number(Arena *a, long n) {
  Buf b = buf_new(a);
  if (n < 1 || n > 50)
    return str_fmt(a, "(%ld)", n);
  uint32_t first = n <= 20 ? 0x2460 : n <= 35 ? 0x3251 : 0x32B1;
  buf_char(&b, first + (uint32_t)(n - (n <= 20 ? 1 : n <= 35 ? 21 : 36)));
  return buf_str(&b);
}

static const Style *call_style(Binder *b, const Style *around) {
  Str key = str_fmt(b->arena, "note-call@%d", around->size);
  const Style *known = style_lookup(b->styles, key);
  if (known)
    return known;
  Style *c = style_copy(b->styles, key, around);
  c->size = around->size * 6 / 10;
  c->shift = around->size * 2 / 5;
  return c;
}

// Text of a header, a footer or another note has no foot of its own.
static void in_brackets(Binder *b, Runs *r, const Node *n, const Style *s) {
  diag(b->diags, D_NOTE_PLACE, n->at, STR_NONE);
  run_text(b, r, STR("（"), s, n->at);
  runs_of(b, r, n, s);
  run_text(b, r, STR("）"), s, n->at);
}

static Para note_para(Binder *b, const Node *n, Str label, const char *style) {
  Runs r = {0};
  const Style *s = bind_style(b, n, style);
  run_text(b, &r, label, s, n->at);
  b->no_notes++;
  runs_of(b, &r, n, s);
  b->no_notes--;
  return para_of(b, &r, s);
}

void run_note(Binder *b, Runs *r, const Node *n, const Style *s) {
  if (b->no_notes) {
    in_brackets(b, r, n, s);
    return;
  }
  const Style *raised = call_style(b, s);
  if (b->cell_notes) {
    Str number = note_number(b->arena, ++b->cell_count);
    run_text(b, r, number, raised, n->at);
    *vec_push(b->arena, b->cell_notes) = note_para(b, n, number, "table-note");
    return;
  }
  Footnote f = {.para = note_para(b, n, STR(""), "footnote")};
  size_t count = b->feet.len + 1;
  f.number = note_number(b->arena, (long)count - b->feet_since);
  f.id = str_fmt(b->arena, "note:%zu", count);
  *vec_push(b->arena, &b->feet) = f;
  run_add(b, r, INLINE_NOTE, f.number, raised, n->at);
  Inline *call = &r->data[r->len - 1];
  call->note = (uint32_t)count;
  call->link = str_cat(b->arena, STR("#"), f.id);
}
