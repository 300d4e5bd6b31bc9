// dossier: what is written is read back, and written again the same.
#include "dossier.h"
#include "check.h"

static Arena *a;

static TextBlock para(void) {
  static const uint32_t gaps[] = {6, 10};
  static const TextRun runs[] = {{0, 100}, {6, 110}};
  TextBlock t = {.kind = BLOCK_PARA, .id = STR("p1a1t1")};
  t.text = STR("全省<工会&\"");
  t.gaps = gaps;
  t.n_gaps = 2;
  t.runs = runs;
  t.n_runs = 2;
  t.lines = STR("3-4");
  t.role = t.place = t.date = t.certainty = STR("");
  return t;
}

static Figure figure(void) {
  static const Place places[] = {{10, 14}, {20, 26}};
  Figure f = {0};
#define F(field, name) f.field = STR("");
  FIGURE_FIELDS(F)
#undef F
  f.id = STR("f-1");
  f.value = STR("42700");
  f.printed = STR("4.27万家");
  f.measure = STR("level");
  f.places = places;
  f.n_places = 2;
  return f;
}

static Dossier *sample(void) {
  Dossier *dossier = dossier_new(a);
  dossier->period = STR("2025-12");
  Page *p = vec_push(a, &dossier->pages);
  *p = (Page){.id = STR("p1"), .file = STR("甲 \"乙\".txt")};
  p->encoding = STR("UTF-8");
  p->sha256 = p->publication = p->date = p->date_from = STR("");
  Article *t = vec_push(a, &p->articles);
  *t = (Article){.id = STR("p1a1"), .kind = STR("news"), .use = STR("yes")};
  t->topic = t->continues = STR("");
  *vec_push(a, &t->blocks) = para();
  *vec_push(a, &t->figures) = figure();
  Flag *flag = vec_push(a, &p->flags);
  *flag = (Flag){STR("lost-text"), STR("此处"), 7};
  return dossier;
}

static void test_round_trip(void) {
  Diags *d = diags_new(a, LANG_EN);
  Str first = dossier_text(a, sample());
  Dossier *back = dossier_read(a, d, file_of(a, STR("d.xml"), first));
  CHECK(back && diags_count(d, LEVEL_WARNING) == 0);
  if (!back)
    return;
  CHECK(str_eq(dossier_text(a, back), first));
  const Article *t = &back->pages.data[0].articles.data[0];
  CHECK(str_is(t->blocks.data[0].text, "全省<工会&\""));
  CHECK(t->blocks.data[0].n_gaps == 2 && t->blocks.data[0].gaps[1] == 10);
  CHECK(t->figures.data[0].n_places == 2);
  CHECK(t->figures.data[0].places[1].end == 26);
  CHECK(back->pages.data[0].flags.data[0].line == 7);
}

static void test_source(void) {
  TextBlock t = para();
  CHECK(block_source(&t, 0) == 100 && block_source(&t, 5) == 105);
  CHECK(block_source(&t, 6) == 110 && block_source(&t, 9) == 113);
  t.n_runs = 0;
  CHECK(block_source(&t, 0) == UINT32_MAX);
}

static bool refused(const char *inside) {
  Diags *d = diags_new(a, LANG_EN);
  Str text = str_fmt(a,
                     "<dossier xmlns='" DOSSIER_NS
                     "' version='1' period='' state='draft'>"
                     "<page id='p1'>%s</page></dossier>",
                     inside);
  return !dossier_read(a, d, file_of(a, STR("d.xml"), text)) &&
         diags_errors(d) > 0;
}

static void test_refusals(void) {
  CHECK(refused("<article id='x' kind='novel' use='yes'/>"));
  CHECK(refused("<article id='p1' kind='news' use='yes'/>")); // id twice
  CHECK(refused("<article kind='news' use='yes'>"
                "<figure measure='level' value='1e5'/></article>"));
  CHECK(refused("<article kind='news' use='yes'>"
                "<figure measure='level'><place begin='9' end='3'/></figure>"
                "</article>"));
  CHECK(refused("<flag kind='x' line='-1'/>"));
}

int main(void) {
  a = arena_new();
  test_round_trip();
  test_source();
  test_refusals();
  arena_free(a);
  return check_done();
}
