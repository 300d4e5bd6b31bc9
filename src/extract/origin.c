// Numbers that are no figures of their own for what stands behind them: what a
// from–to began with, and spans of time that say when.
#include "extract_imp.h"

static bool broken_between(const Text *t, size_t from, size_t to) {
  while (from < to && !text_breaks(t, from))
    from++;
  return from < to;
}

// 由2021年的1216件增加到2023年的4085件: what happened between the two, and
// nothing that holds for the clauses behind.
static void span_times(Arena *a, const Time *from, Time *to) {
  if (from->period.len == 4 && to->period.len == 4 && !to->base)
    to->period = str_cat(a, str_cat(a, from->period, STR("/")), to->period);
  to->frame = to->adverb = false;
}

// The number a from–to began with is no figure of its own.
void use_origins(Arena *a, const Text *t, Numbers *numbers, Times *times) {
  size_t past = 0; // times that end before the number
  for (size_t i = 1; i < numbers->len; i++) {
    Number *n = &numbers->data[i];
    Number *m = (Number *)number_before(t, numbers, i);
    if (!m)
      continue;
    bool bare =
        m->refused && n->unit &&
        (strcmp(m->refused, "no unit") == 0 ||
         (strcmp(m->refused, "span of time") == 0 && m->unit == n->unit));
    if ((m->refused && !bare) || n->refused || n->begin < m->end ||
        n->begin - behind_note(t, m) > 16)
      continue;
    size_t from = m->begin > 24 ? m->begin - 24 : 0;
    for (size_t k = m->begin; k-- > from;)
      if (text_breaks(t, k)) {
        from = k + 1;
        break;
      }
    size_t mark = text_rfind(t, from, m->begin, "由 从");
    bool now = text_any(t, m->end, "到如今 到现在 到目前 到今天");
    if (mark == SIZE_MAX || broken_between(t, behind_note(t, m), n->begin) ||
        !(now || text_any_before(t, n->begin, "到了 至约 到约 至近 到近") ||
          changes_to(t, m->end, seat_of(t, m->end, n->begin))))
      continue;
    m->used = true;
    m->refused = "origin";
    while (past < times->len && times->data[past].end <= m->begin)
      past++;
    Time *from_time = NULL;
    for (size_t k = past; k-- > 0 && times->data[k].begin > mark;) {
      from_time = &times->data[k];
      from_time->base = true;
    }
    if (from_time && past < times->len && times->data[past].end <= n->begin)
      span_times(a, from_time, &times->data[past]);
  }
}

// 连续8年 says when, not what.
void mark_spans(Text *t, const Numbers *numbers) {
  for (size_t i = 0; i < numbers->len; i++) {
    const Number *n = &numbers->data[i];
    bool streak = n->unit && n->unit->kind == U_SPAN && // 连续5天突破…
                  text_any_before(t, n->begin, "连续");
    if (!n->unit || (n->unit->kind != U_TIME && !streak))
      continue;
    size_t from = n->begin - text_any_before(t, n->begin, "连续 近 历时");
    size_t end = n->end + text_any(t, n->end, "以来 来");
    for (size_t k = from; k < end; k++)
      t->inside[k] |= INSIDE_TIME;
  }
}
