// extract: sentences and the figures they hold, from tests/figures/*.tsv.
// Columns: sentence, or paragraphs joined by "¶" (one that begins with @ is a
// heading, with ! a headline); expected figures joined by " | ", or "-";
// headline whose figures do not count (optional). A figure is its printed text,
// then key=value pairs; only the keys given are compared. "_" stands for a
// blank in a value. The page's date is 2025-12-30. `unit_figures FILE` prints
// what is found in the sentences of a file; `unit_figures --table FILE` prints
// it as lines for the table.
#include "check.h"
#include "extract.h"
#include <dirent.h>
#include <stdlib.h>

static Str column(Str *line) {
  size_t tab = str_find(*line, STR("\t"), 0);
  Str c = str_slice(*line, 0, tab == SIZE_MAX ? line->len : tab);
  *line = tab == SIZE_MAX ? STR_NONE : str_slice(*line, tab + 1, line->len);
  return c;
}

static TextBlock block(Arena *a, BlockKind kind, Str text) {
  static size_t made;
  TextBlock b = {.kind = kind, .text = text};
  b.id = str_fmt(a, "t%zu", ++made);
  b.lines = b.role = b.place = b.date = b.certainty = STR("");
  return b;
}

static void add_paragraphs(Arena *a, Article *article, Str text) {
  do {
    size_t at = str_find(text, STR("¶"), 0);
    Str para = str_slice(text, 0, at == SIZE_MAX ? text.len : at);
    text = at == SIZE_MAX ? STR_NONE : str_slice(text, at + 2, text.len);
    BlockKind kind = str_starts(para, STR("@"))   ? BLOCK_HEADING
                     : str_starts(para, STR("!")) ? BLOCK_TITLE
                                                  : BLOCK_PARA;
    *vec_push(a, &article->blocks) =
        block(a, kind, str_slice(para, kind != BLOCK_PARA, para.len));
  } while (text.data);
}

static Dossier *dossier_of(Arena *a, Str sentence, Str title) {
  Dossier *dossier = dossier_new(a);
  Page *page = vec_push(a, &dossier->pages);
  *page = (Page){.id = STR("p1"), .date = STR("2025-12-30")};
  Article *article = vec_push(a, &page->articles);
  *article = (Article){.id = STR("p1a1"), .kind = STR("news")};
  if (title.len)
    *vec_push(a, &article->blocks) = block(a, BLOCK_TITLE, title);
  add_paragraphs(a, article, sentence);
  Diags *d = diags_new(a, LANG_EN);
  extract_figures(a, d, dossier, NULL);
  return dossier;
}

static Str field(const Figure *f, Str key) {
#define F(member, name)                                                        \
  if (str_is(key, name))                                                       \
    return f->member;
  FIGURE_FIELDS(F)
#undef F
  return STR_NONE;
}

static Str next_part(Str *s, Str by) {
  size_t at = str_find(*s, by, 0);
  Str part = str_slice(*s, 0, at == SIZE_MAX ? s->len : at);
  *s = at == SIZE_MAX ? STR_NONE : str_slice(*s, at + by.len, s->len);
  return str_trim(part);
}

static Str with_blanks(Arena *a, Str s) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < s.len; i++)
    buf_byte(&b, s.data[i] == '_' ? ' ' : s.data[i]);
  return buf_str(&b);
}

static bool figure_is(Arena *a, const Figure *f, Str want) {
  Str printed = with_blanks(a, next_part(&want, STR(" ")));
  bool same = str_eq(printed, f->printed);
  if (!same)
    printf("  printed: want %.*s, got %.*s\n", STR_ARG(printed),
           STR_ARG(f->printed));
  while (want.data && want.len) {
    Str pair = next_part(&want, STR(" "));
    Str key = next_part(&pair, STR("="));
    Str value = with_blanks(a, pair), got = field(f, key);
    if (str_eq(value, got) ||
        (str_is(key, "part-of") && got.len && str_is(value, "yes")))
      continue;
    printf("  %.*s: want %.*s, got %.*s\n", STR_ARG(key), STR_ARG(value),
           STR_ARG(got));
    same = false;
  }
  return same;
}

static void check_case(Arena *a, Str line) {
  Str sentence = column(&line), want = column(&line), title = column(&line);
  Dossier *dossier = dossier_of(a, sentence, title);
  const Article *article = &dossier->pages.data[0].articles.data[0];
  bool same = true;
  size_t i = 0, from = 0;
  while (title.len && from < article->figures.len &&
         str_has(title, article->figures.data[from].quote))
    from++;
  size_t found = article->figures.len - from;
  if (!str_is(want, "-"))
    for (Str rest = want; rest.data && rest.len; i++) {
      Str one = next_part(&rest, STR(" | "));
      if (i < found)
        same &= figure_is(a, &article->figures.data[from + i], one);
    }
  if (i != found) {
    printf("  want %zu figures, got %zu:", i, found);
    for (size_t k = 0; k < found; k++)
      printf(" %.*s", STR_ARG(article->figures.data[from + k].printed));
    printf("\n");
    same = false;
  }
  if (!same)
    printf("%.*s\n", STR_ARG(sentence));
  CHECK(same);
}

// The fields that are often empty, where they are not.
static void show_more(const Figure *f) {
  const struct {
    const char *name;
    Str value;
  } more[] = {
      {"qualifier", f->qualifier},
      {"from", f->from},
      {"base", f->base},
      {"subject", f->subject},
      {"region", f->region},
      {"period", f->period},
      {"cumulative", f->cumulative},
      {"part_of", f->part_of},
      {"distributes", f->distributes},
      {"doubt", f->doubt},
  };
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    if (more[i].value.len && !str_is(more[i].value, "no"))
      printf(" %s=%.*s", more[i].name, STR_ARG(more[i].value));
  printf("\n");
}

static void show(Arena *a, Str line) {
  Str sentence = column(&line);
  column(&line);
  Str title = column(&line);
  Dossier *dossier = dossier_of(a, sentence, title);
  const Article *article = &dossier->pages.data[0].articles.data[0];
  printf("%.*s%s%.*s\n", STR_ARG(sentence), title.len ? "  @" : "",
         STR_ARG(title));
  for (size_t i = 0; i < article->figures.len; i++) {
    const Figure *f = &article->figures.data[i];
    printf("    %.*s\t%.*s%.*s..%.*s %.*s\t[%.*s] %.*s", STR_ARG(f->printed),
           STR_ARG(f->value), STR_ARG(f->low), STR_ARG(f->high),
           STR_ARG(f->unit), STR_ARG(f->indicator), STR_ARG(f->measure));
    show_more(f);
  }
}

// Prints the case as a line of the table, with what is found as expected.
static void put_value(const char *key, Str value) {
  if (!value.len)
    return;
  printf("%s%s", key, *key == ' ' ? "=" : "");
  for (size_t i = 0; i < value.len; i++)
    putchar(value.data[i] == ' ' ? '_' : value.data[i]);
}

static void line_of(Arena *a, Str line) {
  Str sentence = column(&line);
  column(&line);
  Str title = column(&line);
  Dossier *dossier = dossier_of(a, sentence, title);
  const Article *article = &dossier->pages.data[0].articles.data[0];
  printf("%.*s\t", STR_ARG(sentence));
  size_t n = 0;
  for (size_t i = 0; i < article->figures.len; i++) {
    const Figure *f = &article->figures.data[i];
    if (title.len && str_has(title, f->quote))
      continue;
    printf("%s", n++ ? " | " : "");
    put_value("", f->printed);
    put_value(" value", f->value);
    put_value(" low", f->low);
    put_value(" high", f->high);
    put_value(" unit", f->unit);
    put_value(" indicator", f->indicator);
    if (!str_is(f->measure, "level"))
      put_value(" measure", f->measure);
    put_value(" qualifier", f->qualifier);
    put_value(" from", f->from);
    put_value(" base", f->base);
    put_value(" subject", f->subject);
    put_value(" region", f->region);
    put_value(" period", f->period);
    put_value(" distributes", f->distributes);
    put_value(" doubt", f->doubt);
    if (str_is(f->cumulative, "yes"))
      put_value(" cumulative", f->cumulative);
  }
  printf(n ? "%s%.*s\n" : "-%s%.*s\n", title.len ? "\t" : "", STR_ARG(title));
}

static void each_line(const char *path, void (*fn)(Arena *, Str)) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  File *f = file_load(a, d, str_of(path));
  CHECK(f != NULL);
  for (Str rest = f ? f->text : STR_NONE; rest.data && rest.len;) {
    Str line = next_part(&rest, STR("\n"));
    Arena *one = arena_new();
    if (line.len && line.data[0] != '#')
      fn(one, line);
    arena_free(one);
  }
  arena_free(a);
}

int main(int argc, char **argv) {
  if (argc > 1) {
    bool table = str_is(str_of(argv[1]), "--table") && argc > 2;
    each_line(table ? argv[2] : argv[1], table ? line_of : show);
    return 0;
  }
  Arena *a = arena_new();
  Str here = STR(__FILE__);
  size_t cut = 0;
  for (size_t i = 0; (i = str_find(here, STR("/"), i)) != SIZE_MAX; i++)
    cut = i;
  Str folder = str_cat(a, str_slice(here, 0, cut), STR("/../figures"));
  DIR *dir = opendir(str_z(a, folder));
  CHECK(dir != NULL);
  for (struct dirent *e; dir && (e = readdir(dir));)
    if (str_ends(str_of(e->d_name), STR(".tsv")))
      each_line(str_z(a, str_fmt(a, "%.*s/%s", STR_ARG(folder), e->d_name)),
                check_case);
  if (dir)
    closedir(dir);
  arena_free(a);
  return check_done();
}
