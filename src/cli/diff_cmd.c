// jianbao diff: what changed between two dossiers (figures, articles), or
// between two maps or page dumps (pages that differ, figures that moved).
#include "cli.h"
#include "history.h"
#include <stdlib.h>

static bool zh(void) {
  return diags_lang_of_env() == LANG_ZH;
}

// ---- dossiers --------------------------------------------------------------

typedef struct {
  FigureAt at;
  bool paired;
} Side;

typedef VEC(Side) Sides;

typedef struct {
  Run *run;
  Buf out;
  size_t added, changed, gone;
} Diff;

static Sides sides_of(Arena *a, const Dossier *d, Map *by_id) {
  Sides all = {0};
  for (size_t i = 0; i < d->pages.len; i++) {
    const Page *p = &d->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      for (size_t j = 0; j < t->figures.len; j++)
        *vec_push(a, &all) = (Side){{p, t, &t->figures.data[j]}, false};
    }
  }
  for (size_t i = 0; i < all.len; i++)
    map_put(by_id, all.data[i].at.figure->id, &all.data[i]);
  return all;
}

static void say_figure(Diff *d, char mark, const FigureAt *at) {
  const Figure *f = at->figure;
  Str place = f->subject.len ? f->subject : f->region;
  buf_fmt(&d->out, "%c %.*s  %.*s  %.*s  %.*s\n", mark, STR_ARG(f->printed),
          STR_ARG(f->indicator), STR_ARG(place), STR_ARG(at->page->file));
}

static void say_field(Diff *d, const char *name, Str was, Str is) {
  buf_fmt(&d->out, "    %s: %.*s → %.*s\n", name,
          STR_ARG(was.len ? was : STR("—")), STR_ARG(is.len ? is : STR("—")));
}

// Fields that a person reads; ids, facts and rules follow from them.
static bool told(const char *name) {
  static const char *const silent[] = {"id", "fact", "rule", "block", NULL};
  for (const char *const *s = silent; *s; s++)
    if (strcmp(name, *s) == 0)
      return false;
  return true;
}

static void compare(Diff *d, const Figure *x, const FigureAt *to) {
  const Figure *y = to->figure;
  const struct {
    const char *name;
    Str was, is;
  } fields[] = {
#define F(field, name) {name, x->field, y->field},
      FIGURE_FIELDS(F)
#undef F
  };
  bool head = false;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (!told(fields[i].name) || str_eq(fields[i].was, fields[i].is))
      continue;
    if (!head) {
      say_figure(d, '~', to);
      d->changed++;
    }
    head = true;
    say_field(d, fields[i].name, fields[i].was, fields[i].is);
  }
}

// What is gone here and added there, of one indicator, place and period, is
// one figure that changed.
static Str role(Arena *a, const Figure *f) {
  return str_fmt(a, "%.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(f->indicator),
                 STR_ARG(f->region), STR_ARG(f->subject), STR_ARG(f->period),
                 STR_ARG(f->unit));
}

static void pair_roles(Diff *d, Sides *x, Sides *y) {
  Arena *a = d->run->arena;
  Map *roles = map_new(a);
  for (size_t i = 0; i < x->len; i++)
    if (!x->data[i].paired && x->data[i].at.figure->indicator.len)
      map_put(roles, role(a, x->data[i].at.figure), &x->data[i]);
  for (size_t i = 0; i < y->len; i++) {
    Side *to = &y->data[i];
    Side *from = to->paired ? NULL : map_lookup(roles, role(a, to->at.figure));
    if (!from || from->paired)
      continue;
    from->paired = to->paired = true;
    compare(d, from->at.figure, &to->at);
  }
}

static void diff_figures(Diff *d, const Dossier *from, const Dossier *to) {
  Arena *a = d->run->arena;
  Map *ids = map_new(a), *ids_to = map_new(a);
  Sides x = sides_of(a, from, ids), y = sides_of(a, to, ids_to);
  for (size_t i = 0; i < y.len; i++) {
    Side *was = map_lookup(ids, y.data[i].at.figure->id);
    if (!was || was->paired)
      continue;
    was->paired = y.data[i].paired = true;
    compare(d, was->at.figure, &y.data[i].at);
  }
  pair_roles(d, &x, &y);
  for (size_t i = 0; i < y.len; i++) {
    if (y.data[i].paired)
      continue;
    say_figure(d, '+', &y.data[i].at);
    d->added++;
  }
  for (size_t i = 0; i < x.len; i++) {
    if (x.data[i].paired)
      continue;
    say_figure(d, '-', &x.data[i].at);
    d->gone++;
  }
}

static Str title_of(const Article *t) {
  const TextBlock *b = article_block(t, BLOCK_TITLE);
  return b ? b->text : t->id;
}

static Map *articles_of(Arena *a, const Dossier *d) {
  Map *m = map_new(a);
  for (size_t i = 0; i < d->pages.len; i++)
    for (size_t k = 0; k < d->pages.data[i].articles.len; k++)
      map_put(m, d->pages.data[i].articles.data[k].id,
              &d->pages.data[i].articles.data[k]);
  return m;
}

static void diff_articles(Diff *d, const Dossier *from, const Dossier *to) {
  Map *before = articles_of(d->run->arena, from);
  for (size_t i = 0; i < to->pages.len; i++) {
    const Page *p = &to->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      const Article *was = map_lookup(before, t->id);
      if (!was || (str_eq(title_of(was), title_of(t)) &&
                   str_eq(was->use, t->use) && str_eq(was->topic, t->topic)))
        continue;
      buf_fmt(&d->out, "~ 《%.*s》  %.*s\n", STR_ARG(title_of(was)),
              STR_ARG(p->file));
      if (!str_eq(title_of(was), title_of(t)))
        say_field(d, "title", title_of(was), title_of(t));
      if (!str_eq(was->use, t->use))
        say_field(d, "use", was->use, t->use);
      if (!str_eq(was->topic, t->topic))
        say_field(d, "topic", was->topic, t->topic);
    }
  }
}

static void diff_dossiers(Diff *d, const File *x, const File *y) {
  Dossier *from = dossier_read(d->run->arena, d->run->diags, x);
  Dossier *to = dossier_read(d->run->arena, d->run->diags, y);
  if (!from || !to)
    return;
  diff_articles(d, from, to);
  diff_figures(d, from, to);
  buf_fmt(&d->out,
          zh() ? "新增 %zu 个数字，改动 %zu 个，不见 %zu 个\n"
               : "%zu figures added, %zu changed, %zu gone\n",
          d->added, d->changed, d->gone);
}

// ---- pages -----------------------------------------------------------------

typedef VEC(Str) Texts;

// One text a page of a --dump=pages.
static Texts split_pages(Arena *a, Str s) {
  Texts pages = {0};
  for (size_t at = 0; at < s.len;) {
    size_t next = str_find(s, STR("\npage "), at + 1);
    size_t end = next == SIZE_MAX ? s.len : next + 1;
    *vec_push(a, &pages) = str_slice(s, at, end);
    at = end;
  }
  return pages;
}

// The figures whose values stand on the pages: id → its page's number.
static Map *figures_on(Arena *a, const Texts *pages, Texts *ids) {
  Map *m = map_new(a);
  for (size_t i = 0; i < pages->len; i++) {
    Str s = pages->data[i];
    for (size_t at = 0, end; at < s.len; at = end + 1) {
      end = str_find(s, STR("\n"), at);
      end = end == SIZE_MAX ? s.len : end;
      Str line = str_slice(s, at, end);
      size_t word = str_find(line, STR(" value "), 0), last = line.len;
      if (word == SIZE_MAX || word > 12)
        continue;
      while (last > 0 && line.data[last - 1] != ' ')
        last--;
      Str id = str_slice(line, last, line.len);
      if (map_lookup(m, id))
        continue;
      map_put(m, id, (void *)(uintptr_t)(i + 1));
      *vec_push(a, ids) = id;
    }
  }
  return m;
}

static void diff_printed(Diff *d, const Texts *x, const Texts *y) {
  Arena *a = d->run->arena;
  Texts before = {0}, after = {0};
  Map *from = figures_on(a, x, &before), *to = figures_on(a, y, &after);
  for (size_t i = 0; i < after.len; i++) {
    size_t is = (size_t)(uintptr_t)map_lookup(to, after.data[i]);
    size_t was = (size_t)(uintptr_t)map_lookup(from, after.data[i]);
    if (!was)
      buf_fmt(&d->out, zh() ? "+ %.*s  第%zu页\n" : "+ %.*s  page %zu\n",
              STR_ARG(after.data[i]), is);
    d->added += !was;
  }
  for (size_t i = 0; i < before.len; i++) {
    size_t was = (size_t)(uintptr_t)map_lookup(from, before.data[i]);
    if (map_lookup(to, before.data[i]))
      continue;
    buf_fmt(&d->out, zh() ? "- %.*s  第%zu页\n" : "- %.*s  page %zu\n",
            STR_ARG(before.data[i]), was);
    d->gone++;
  }
}

static const char *page_words(char mark) {
  if (zh())
    return mark == '-'   ? "- 第%zu页\n"
           : mark == '+' ? "+ 第%zu页\n"
                         : "~ 第%zu页\n";
  return mark == '-'   ? "- page %zu\n"
         : mark == '+' ? "+ page %zu\n"
                       : "~ page %zu\n";
}

static void say_page(Diff *d, char mark, size_t number) {
  Str words = str_of(page_words(mark));
  size_t hole = str_find(words, STR("%zu"), 0);
  buf_add(&d->out, str_slice(words, 0, hole));
  buf_fmt(&d->out, "%zu", number);
  buf_add(&d->out, str_slice(words, hole + 3, words.len));
}

static void diff_pages(Diff *d, const File *x, const File *y) {
  Texts from = split_pages(d->run->arena, x->text);
  Texts to = split_pages(d->run->arena, y->text);
  size_t most = from.len > to.len ? from.len : to.len, differ = 0;
  for (size_t i = 0; i < most; i++) {
    char mark = i >= to.len                        ? '-'
                : i >= from.len                    ? '+'
                : str_eq(from.data[i], to.data[i]) ? '='
                                                   : '~';
    bool same = mark == '=';
    if (!same)
      say_page(d, mark, i + 1);
    differ += !same;
  }
  diff_printed(d, &from, &to);
  buf_fmt(&d->out,
          zh() ? "%zu 页不同；新印 %zu 个数字，不见 %zu 个\n"
               : "%zu pages differ; %zu figures printed anew, %zu gone\n",
          differ, d->added, d->gone);
}

// The text between `open` and the next `close`.
static Str between(Str line, const char *open, const char *close) {
  size_t from = str_find(line, str_of(open), 0);
  if (from == SIZE_MAX)
    return STR("");
  from += strlen(open);
  size_t to = str_find(line, str_of(close), from);
  return str_slice(line, from, to == SIZE_MAX ? line.len : to);
}

enum { PAGES_MAX = 1000000 };

// A map of build --map as a dump of pages that holds the figures alone.
static const File *dump_of_map(Arena *a, const File *f) {
  Buf b = buf_new(a);
  long last = 0;
  for (size_t i = 0; i < f->lines; i++) {
    size_t end = i + 1 < f->lines ? f->line_starts[i + 1] : f->text.len;
    Str line = str_slice(f->text, f->line_starts[i], end);
    Str number = between(line, "{\"page\":", ",");
    long page = strtol(str_z(a, number), NULL, 10);
    if (page < 1 || page > PAGES_MAX)
      continue;
    while (last < page) // pages without figures count too
      buf_fmt(&b, "page %ld\n", ++last);
    Str box = between(line, "\"box\":[", "]");
    Str id = between(line, "\"figure\":\"", "\"");
    buf_fmt(&b, " value %.*s %.*s\n", STR_ARG(box), STR_ARG(id));
  }
  return file_of(a, f->path, buf_str(&b));
}

static bool is_map(const File *f) {
  return str_starts(f->text, STR("[\n{\"page\":"));
}

void command_diff(Run *r) {
  if (!enough_inputs(
          r, 2, "two dossiers, two maps, or two dumps of pages",
          "两份卷宗、两份数字位置表（--map）或两份页面清单（--dump=pages）"))
    return;
  File *x = file_load(r->arena, r->diags, r->options.inputs.data[0]);
  File *y = file_load(r->arena, r->diags, r->options.inputs.data[1]);
  if (!x || !y)
    return;
  Diff d = {.run = r, .out = buf_new(r->arena)};
  if (is_map(x) && is_map(y)) {
    diff_pages(&d, dump_of_map(r->arena, x), dump_of_map(r->arena, y));
    output_write(r, r->options.output.len ? r->options.output : STR("-"),
                 buf_str(&d.out));
    return;
  }
  bool pages =
      str_starts(x->text, STR("page ")) && str_starts(y->text, STR("page "));
  if (pages)
    diff_pages(&d, x, y);
  else
    diff_dossiers(&d, x, y);
  if (diags_errors(r->diags) == 0)
    output_write(r, r->options.output.len ? r->options.output : STR("-"),
                 buf_str(&d.out));
}
