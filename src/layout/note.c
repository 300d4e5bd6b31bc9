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

// Whether the remark says already what it is: 注：, 注1：, 资料来源：.
static bool labelled(Str text, Str label) {
  static const char *const words[] = {"注",       "附注",     "说明", "备注",
                                      "资料来源", "数据来源", "来源"};
  text = str_trim(text);
  if (label.len && str_starts(text, label))
    return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (!str_starts(text, str_of(words[i])))
      continue;
    size_t at = strlen(words[i]);
    while (at < text.len && strchr("0123456789 ", text.data[at]))
      at++;
    Str rest = str_slice(text, at, text.len);
    if (str_starts(rest, STR("：")) || str_starts(rest, STR(":")))
      return true;
  }
  return false;
}

Para note_remark(Binder *b, const Node *n, const Style *s) {
  Runs text = {0}, all = {0};
  Str label = bind_text(b, n, "label");
  runs_of(b, &text, n, s);
  if (!text.len || !labelled(text.data[0].text, label))
    run_text(b, &all, label.len ? label : STR("注："), s, n->at);
  for (size_t i = 0; i < text.len; i++)
    *vec_push(b->arena, &all) = text.data[i];
  return para_of(b, &all, s);
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
