// Sums inside one sentence: the items of a 分别 and their total, a share and
// its numbers, from and to and the stated change.
#include "conflict_imp.h"

static bool said(const Told *from, const Told *to, const char *word) {
  Str between = str_slice(from->block->text, from->begin, to->begin);
  return str_has(between, str_of(word));
}

static bool same_sentence(const Told *x, const Told *y) {
  return x->block && x->block == y->block && x->sentence == y->sentence;
}

static bool plain(const Told *t, Num *n) {
  return !t->at.figure->qualifier.len && num_parse(t->at.figure->value, n);
}

// Tells that `at` is printed otherwise than the text around makes it.
static void find_made(Finder *f, FindingKind kind, const Told *at,
                      const Told *from, Str words, Str made) {
  find(f, kind, at->at, from->at,
       str_fmt(f->arena, "%.*s%.*s，印作“%.*s”", STR_ARG(words), STR_ARG(made),
               STR_ARG(at->at.figure->printed)));
  f->found.data[f->found.len - 1].detail = made;
}

// ---- 分别 ------------------------------------------------------------------

// The word just before the number, where only that may stand.
static bool is_total(const Told *t) {
  static const char *const totals[] = {"共",   "共计", "合计", "总计",
                                       "一共", "总共", NULL};
  Str before = str_slice(t->block->text, t->sentence, t->begin);
  for (const char *const *w = totals; *w; w++)
    if (str_ends(before, str_of(*w)))
      return true;
  return false;
}

// Items [first, last) after the word 分别, of one unit, without a total.
static size_t items_end(const ToldVec *all, size_t first, size_t end) {
  size_t i = first;
  while (i < end && !is_total(&all->data[i]) &&
         str_eq(all->data[i].at.figure->unit, all->data[first].at.figure->unit))
    i++;
  return i;
}

static void check_items(Finder *f, const ToldVec *all, size_t first,
                        size_t last, const Told *total) {
  Num sum = {0, 0}, n, whole, slack = {0, 0};
  for (size_t i = first; i < last; i++)
    if (!plain(&all->data[i], &n) || !num_add(sum, n, &sum) ||
        !num_add(slack, num_grain(all->data[i].at.figure), &slack))
      return;
  Num off;
  if (!plain(total, &whole) || !num_sub(sum, whole, &off))
    return;
  // Whole numbers must fit; rounded ones may each be off by half a digit.
  bool exact = slack.e >= 0 && num_double(slack) <= (double)(last - first);
  if (exact ? off.m == 0 : num_double(num_abs(off)) <= num_double(slack))
    return;
  Str made = num_str(f->arena, sum);
  find(f, FINDING_SUM, total->at, all->data[first].at,
       str_fmt(f->arena, "分项之和%.*s，与合计“%.*s”不符", STR_ARG(made),
               STR_ARG(total->at.figure->printed)));
  f->found.data[f->found.len - 1].detail = made;
}

// 甲、乙分别3家、5家，共8家; 共8家，甲、乙分别3家、5家.
static void check_respective(Finder *f, const ToldVec *all, size_t begin,
                             size_t end) {
  const Told *t = &all->data[begin];
  Str s = str_slice(t->block->text, t->sentence, t->stop);
  size_t word = str_find(s, STR("分别"), 0);
  if (word == SIZE_MAX)
    return;
  word += t->sentence;
  size_t first = begin;
  while (first < end && all->data[first].begin < word)
    first++;
  if (first == end)
    return;
  size_t last = items_end(all, first, end);
  const Told *total = last < end      ? &all->data[last]
                      : first > begin ? &all->data[first - 1]
                                      : NULL;
  if (last - first < 2 || !total || !is_total(total) ||
      !str_eq(total->at.figure->unit, all->data[first].at.figure->unit))
    return;
  check_items(f, all, first, last, total);
}

// ---- shares ----------------------------------------------------------------

// 会员4.6万名，其中女会员1.9万名，占41.3%; 计划新建200家，已建150家，完成75%.
static bool is_share_of(const Told *whole, const Told *part,
                        const Told *share) {
  const Figure *w = whole->at.figure, *p = part->at.figure;
  bool plan = str_is(w->measure, "target") && !str_is(p->measure, "target");
  return str_is(share->at.figure->unit, "%") && str_eq(w->unit, p->unit) &&
         ((said(part, share, "占") && str_eq(p->part_of, w->id)) ||
          (said(part, share, "完成") && plan));
}

static void check_share(Finder *f, const Told *whole, const Told *part,
                        const Told *share) {
  Num w, p, s;
  if (!is_share_of(whole, part, share) || !plain(whole, &w) ||
      !plain(part, &p) || !plain(share, &s))
    return;
  double a = num_double(w), b = num_double(p);
  if (a <= 0 || b < 0)
    return;
  double made = b / a * 100;
  double slack =
      num_double(num_grain(share->at.figure)) +
      made * (num_double(num_grain(whole->at.figure)) / a +
              (b > 0 ? num_double(num_grain(part->at.figure)) / b : 0));
  double off = made - num_double(s);
  if (off < slack && off > -slack)
    return;
  find_made(f, FINDING_PERCENT, share, part, STR("占比应为"),
            str_fmt(f->arena, "%.1f%%", made));
}

// ---- from and to -----------------------------------------------------------

static void stated_as_points(Finder *f, const Told *move, const Told *stated) {
  Num from, to, change, off;
  if (!num_parse(move->at.figure->from, &from) || !plain(move, &to) ||
      !plain(stated, &change) || !num_sub(to, from, &off))
    return;
  if (str_is(stated->at.figure->measure, "decrease-by"))
    off.m = -off.m;
  Num gap;
  if (!num_sub(off, change, &gap) ||
      num_cmp(num_abs(gap), num_grain(stated->at.figure)) < 0)
    return;
  find_made(f, FINDING_CHANGE, stated, move, STR("由、到之差为"),
            num_str(f->arena, off));
}

static void stated_as_percent(Finder *f, const Told *move, const Told *stated) {
  Num from, to, change;
  if (!num_parse(move->at.figure->from, &from) || !plain(move, &to) ||
      !plain(stated, &change))
    return;
  double a = num_double(from), b = num_double(to), c = num_double(change);
  if (a <= 0)
    return;
  double made = (b - a) / a * 100;
  if (str_is(stated->at.figure->measure, "decrease-by"))
    made = -made;
  double slack = num_double(num_grain(stated->at.figure)) +
                 num_double(num_grain(move->at.figure)) / a * 200;
  if (made - c < slack && c - made < slack)
    return;
  find_made(f, FINDING_CHANGE, stated, move, STR("由、到的变化为"),
            str_fmt(f->arena, "%.1f%%", made));
}

// 由88.4%提高到95.1%，提高6.7个百分点; a base of its own (比10月底) is another
// comparison.
static void check_change(Finder *f, const Told *move, const Told *stated) {
  const Figure *m = move->at.figure, *s = stated->at.figure;
  bool by =
      str_is(s->measure, "increase-by") || str_is(s->measure, "decrease-by");
  if (!str_is(m->measure, "from-to") || !by || s->base.len ||
      said(move, stated, "比") || said(move, stated, "；"))
    return;
  if (str_is(m->unit, "%") ? str_is(s->unit, "个百分点")
                           : str_eq(m->unit, s->unit))
    stated_as_points(f, move, stated);
  else if (!str_is(m->unit, "%") && str_is(s->unit, "%"))
    stated_as_percent(f, move, stated);
}

void conflicts_in_sentences(Finder *f, const ToldVec *all) {
  for (size_t begin = 0, end; begin < all->len; begin = end) {
    end = begin + 1;
    while (end < all->len && same_sentence(&all->data[begin], &all->data[end]))
      end++;
    if (end - begin >= 3)
      check_respective(f, all, begin, end);
    for (size_t i = begin + 1; i < end; i++) {
      check_change(f, &all->data[i - 1], &all->data[i]);
      if (i >= begin + 2)
        check_share(f, &all->data[i - 2], &all->data[i - 1], &all->data[i]);
    }
  }
}
