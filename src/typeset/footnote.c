// Footnotes (F1): lines at the foot of the page whose text calls them, under a
// short rule; what does not fit goes on at the next page's foot.
#include "typeset-imp.h"

enum {
  ABOVE_RULE = 5000,
  UNDER_RULE = 4000,
  RULE = 500,
  LEAST = 2, // lines of a note on the page that calls it
};

static void note_set(Setter *s, VList *v, uint32_t note, size_t item) {
  const Para *p = &s->doc->notes[note - 1].para;
  Lines l = para_set(s, p, page_measure(s->doc), TAG_NOTE, 0);
  for (size_t i = 0; i < l.n; i++) {
    Lines one = {&l.lines[i], 1, l.pitch};
    NoteLine *n = vec_push(s->arena, &v->notes);
    *n = (NoteLine){.item = item, .note = note, .line = (uint32_t)i};
    n->height = lines_place(s, &one, p->style, 0);
    n->marks = l.lines[i].marks;
    n->n_marks = (uint32_t)l.lines[i].n_marks;
  }
  v->items.data[item].notes = true;
  v->nested |= para_is_dynamic(p);
}

static size_t next_call(const Para *p, size_t i) {
  while (i < p->n && p->runs[i].kind != INLINE_NOTE)
    i++;
  return i;
}

// A call is found in its line by its link, which no other run has.
void notes_take(Setter *s, VList *v, const Para *p, size_t from) {
  size_t call = next_call(p, 0);
  for (size_t i = from; call < p->n && i < v->items.len; i++) {
    const Item it = v->items.data[i];
    for (size_t k = 0; k < it.n_marks && call < p->n; k++) {
      if (it.marks[k].kind != MARK_LINK ||
          it.marks[k].target.data != p->runs[call].link.data)
        continue;
      note_set(s, v, p->runs[call].note, i);
      call = next_call(p, call + 1);
    }
  }
}

size_t notes_before(const VList *v, size_t item) {
  size_t low = v->carried, high = v->notes.len;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (v->notes.data[mid].item < item)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

// ---- what a page needs -----------------------------------------------------

Fill fill_begin(const VList *v, size_t begin, size_t note) {
  Fill f = {.from = note, .called = notes_before(v, begin)};
  for (size_t i = note; i < f.called && f.notes < INT32_MAX / 4; i++) {
    f.notes += v->notes.data[i].height;
    if (i < note + LEAST)
      f.least = f.notes;
  }
  return f;
}

void fill_notes(const VList *v, Fill *f, size_t i) {
  for (; f->called < v->notes.len && v->notes.data[f->called].item <= i;
       f->called++) {
    const NoteLine *l = &v->notes.data[f->called];
    if (f->notes > INT32_MAX / 4)
      continue;
    f->notes += l->height;
    if (l->line < LEAST)
      f->least = f->notes;
  }
}

static Len with_rule(Len lines) {
  return lines > 0 ? ABOVE_RULE + RULE + UNDER_RULE + lines : 0;
}

Len notes_least(const Fill *f) {
  return with_rule(f->least);
}

size_t notes_fit(const VList *v, const Fill *f, Len room, Len *height) {
  size_t i = f->from;
  Len lines = 0;
  for (; i < f->called; i++) {
    Len more = lines + v->notes.data[i].height;
    if (with_rule(more) > room && more > f->least)
      break;
    lines = more;
  }
  *height = with_rule(lines);
  return i;
}

Len notes_height(const VList *v, size_t from, size_t to) {
  Len lines = 0;
  for (size_t i = from; i < to; i++)
    lines += v->notes.data[i].height;
  return with_rule(lines);
}

// ---- how they look ---------------------------------------------------------

Mark notes_rule(const Document *doc, Len y) {
  return (Mark){.kind = MARK_RECT,
                .y = y + ABOVE_RULE,
                .w = page_measure(doc) / 4,
                .h = RULE,
                .tag = TAG_ARTIFACT};
}

Line note_label(Setter *s, const NoteLine *l) {
  const Footnote *f = &s->doc->notes[l->note - 1];
  Style *st = NEW(s->arena, Style);
  *st = *f->para.style;
  st->left = st->right = st->indent = 0;
  st->align = ALIGN_LEFT;
  Inline *run = NEW(s->arena, Inline);
  *run = (Inline){.kind = INLINE_NOTE, .note = l->note, .text = f->number};
  Para p = {st, run, 1};
  Lines set = para_set(s, &p, page_measure(s->doc), TAG_NOTE, 0);
  lines_place(s, &set, st, 0);
  for (size_t i = 0; i < set.lines[0].n_marks; i++)
    if (l->n_marks)
      set.lines[0].marks[i].element = l->marks[0].element;
  return set.lines[0];
}
