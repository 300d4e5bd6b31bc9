// history: what may be compared, the words for a change, the ledger.
#include "history.h"
#include "check.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *a;

static Figure blank(void) {
  Figure f = {0};
#define F(field, name) f.field = STR("");
  FIGURE_FIELDS(F)
#undef F
  f.measure = STR("level");
  f.state = STR("auto");
  f.region = STR("甘肃省/河州市");
  return f;
}

static Figure figure(const char *value, const char *unit, const char *period) {
  Figure f = blank();
  f.value = str_of(value);
  f.printed = str_fmt(a, "%s%s", value, unit);
  f.unit = str_of(unit);
  f.period = str_of(period);
  f.indicator = STR("工会驿站");
  f.id = str_fmt(a, "f-%s-%s", value, period);
  return f;
}

// ---- words (R5) ------------------------------------------------------------

static Change change(const char *now, const char *then, const char *unit) {
  Figure x = figure(now, unit, "../2025-12"),
         y = figure(then, unit, "../2025-11");
  return change_of(a, &x, &y, STR_NONE);
}

static bool says(const char *now, const char *then, const char *unit,
                 const char *words) {
  Change c = change(now, then, unit);
  if (!c.known || !str_is(c.words, words))
    printf("%s after %s: '%.*s'\n", now, then, STR_ARG(c.words));
  return c.known && str_is(c.words, words);
}

static void test_words(void) {
  CHECK(says("120", "100", "家", "比上月增加20家，增长20%"));
  CHECK(says("80", "100", "家", "比上月减少20家，下降20%"));
  CHECK(says("2886100", "2997100", "人", "比上月减少11.1万人，下降3.7%"));
  CHECK(says("300000000", "150000000", "元", "比上月增加1.5亿元，增长100%"));
  // Rates change by points, never by percent.
  CHECK(says("96", "91", "%", "比上月提高5个百分点"));
  CHECK(says("93.5", "95.1", "%", "比上月下降1.6个百分点"));
  CHECK(says("4.5", "4.2", "‰", "比上月提高0.3个千分点"));
  // 倍 for growth only.
  CHECK(says("350", "100", "件", "比上月增加250件，增长2.5倍"));
  CHECK(says("299", "100", "件", "比上月增加199件，增长199%"));
  CHECK(says("1", "100", "件", "比上月减少99件，下降99%"));
  CHECK(says("0", "100", "件", "比上月减少100件，下降100%"));
  // Under the threshold nothing moves.
  CHECK(says("318", "318", "座", "与上月持平"));
  CHECK(says("100001", "100000", "人", "与上月持平"));
  CHECK(says("95.12", "95.1", "%", "与上月持平"));
  CHECK(says("95.15", "95.1", "%", "比上月提高0.05个百分点"));
  CHECK(change("100001", "100000", "人").sign == 0);
  // Nothing to grow from: the amount alone.
  CHECK(says("12", "0", "件", "比上月增加12件"));
  CHECK(says("0", "0", "件", "与上月持平"));
  CHECK(says("5", "-5", "度", "比上月增加10度"));
  CHECK(str_is(change("80", "100", "家").difference, "-20"));
  CHECK(str_is(change("80", "100", "家").rate, "-20"));
}

static void test_no_words(void) {
  CHECK(!change("", "100", "家").known);
  CHECK(!change("120", "十", "家").known);
  CHECK(!change("99999999999999999999", "1", "家").known);
  Figure x = figure("12", "家", "../2025-12"),
         y = figure("12", "人", "../2025-11");
  CHECK(!change_of(a, &x, &y, STR_NONE).known);
  x.measure = STR("target");
  CHECK(!change_of(a, &x, &y, STR_NONE).known);
}

static void test_about(void) {
  Figure x = figure("5000", "人", "../2025-12"),
         y = figure("4000", "人", "../2025-11");
  x.qualifier = STR("余");
  CHECK(str_is(change_of(a, &x, &y, STR_NONE).words,
               "比上月增加约1000人，增长约25%"));
}

static bool based(const char *now, const char *then, const char *base) {
  Figure x = figure("1", "家", now), y = figure("1", "家", then);
  Str got = change_base(a, &x, &y);
  if (!str_is(got, base))
    printf("%s, %s: '%.*s'\n", now, then, STR_ARG(got));
  return str_is(got, base);
}

static void test_bases(void) {
  CHECK(based("../2025-12", "../2025-11", "上月"));
  CHECK(based("2025-12", "2025-11", "上月"));
  CHECK(based("../2026-01", "../2025-12", "上月"));
  CHECK(based("../2025-12", "../2024-12", "上年末"));
  CHECK(based("../2025-10", "../2024-12", "上年末"));
  CHECK(based("../2025-10", "../2024-10", "上年同期"));
  CHECK(based("2025-01/2025-10", "2024-01/2024-10", "上年同期"));
  CHECK(based("2025", "2024", "上年"));
  CHECK(based("2025-10/2025-12", "2025-07/2025-09", "上季度"));
  CHECK(based("../2025-12", "../2025-09", "2025年9月底"));
  CHECK(based("../2025-12", "../2025-12", "上期"));
}

// ---- what may be compared --------------------------------------------------

static void test_periods(void) {
  CHECK(period_parse(STR("2025")).months == 12);
  CHECK(period_parse(STR("2024-02")).months == 1);
  CHECK(period_parse(STR("2025-01/2025-11")).months == 11);
  CHECK(period_parse(STR("2025-12-01/2025-12-31")).months == 1);
  CHECK(period_parse(STR("2025-12-01/2025-12-07")).months == 0);
  CHECK(period_parse(STR("../2025-12")).kind == PERIOD_STOCK);
  CHECK(period_parse(STR("")).kind == PERIOD_UNKNOWN);
  CHECK(period_parse(STR("2025-13")).kind == PERIOD_UNKNOWN);
  CHECK(period_parse(STR("2025-02-30")).kind == PERIOD_UNKNOWN);
  CHECK(period_parse(STR("2025-12/2025-01")).kind == PERIOD_UNKNOWN);
  CHECK(period_parse(STR("now")).kind == PERIOD_UNKNOWN);
  CHECK(period_parse(STR("2024/..")).kind == PERIOD_UNKNOWN);
  CHECK(str_is(period_words(a, STR("2024/..")), "2024年以来"));
  CHECK(str_is(period_words(a, STR("../2025-11")), "截至2025年11月底"));
}

static Comparable compared(Figure x, Figure y) {
  Str why;
  return figures_compare(a, &x, &y, &why);
}

static void test_keys(void) {
  Figure x = figure("318", "座", "../2025-12"),
         y = figure("301", "个", "../2025-11");
  CHECK(compared(x, y) == COMPARE_YES); // 座 and 个 count the same
  y.period = STR("2025-11");
  CHECK(compared(x, y) == COMPARE_NEAR); // stock and flow never
  Figure m = figure("3", "座", "2025-11"),
         n = figure("30", "座", "2025-01/2025-11");
  CHECK(compared(m, n) == COMPARE_NEAR); // flows of unequal length
  y = figure("301", "座", "../2025-11");
  y.region = STR("甘肃省/兰州市");
  CHECK(compared(x, y) == COMPARE_NEAR);
  y = figure("301", "人次", "../2025-11");
  CHECK(compared(x, y) == COMPARE_NO);
  y = figure("301", "座", "../2025-11");
  y.subject = STR("河州市总工会");
  CHECK(compared(x, y) == COMPARE_YES); // speaks for its region
  y.subject = STR("河州某公司");
  CHECK(compared(x, y) == COMPARE_NEAR);
  y = figure("301", "座", "../2025-11");
  y.indicator = STR("全市 “工会驿站”");
  CHECK(compared(x, y) == COMPARE_YES); // marks and the whole place aside
  y.canon = STR("工会驿站总数");
  CHECK(compared(x, y) == COMPARE_NEAR);
  y.measure = STR("target");
  CHECK(compared(x, y) == COMPARE_NEAR);
  // A total said of a month is the state at its end; what was built is not.
  y = figure("301", "座", "2025-11");
  x.indicator = y.indicator = STR("驿站总数");
  CHECK(compared(x, y) == COMPARE_YES);
  y.period = STR("2025-01/2025-11");
  CHECK(compared(x, y) == COMPARE_NEAR);
  y.period = STR("");
  CHECK(series_key(a, &y).len == 0);
}

static Figure printed(const char *value, const char *print, const char *about) {
  Figure f = figure(value, "人", "../2025-12");
  f.printed = str_of(print);
  f.qualifier = str_of(about);
  return f;
}

static bool agree(Figure x, Figure y) {
  return values_agree(&x, &y) && values_agree(&y, &x);
}

static void test_rounding(void) {
  CHECK(
      agree(printed("42700", "4.27万人", ""), printed("42716", "42716人", "")));
  CHECK(!agree(printed("42700", "4.27万人", ""),
               printed("43700", "4.37万人", "")));
  CHECK(
      agree(printed("5000", "5000余人", "余"), printed("5312", "5312人", "")));
  CHECK(
      !agree(printed("5000", "5000余人", "余"), printed("4912", "4912人", "")));
  CHECK(agree(printed("700", "近700人", "近"), printed("686", "686人", "")));
  CHECK(!agree(printed("1738", "1738人", ""), printed("1783", "1783人", "")));
  Figure range = printed("", "三四百人", "");
  range.low = STR("300");
  range.high = STR("400");
  CHECK(agree(range, printed("360", "360人", "")));
  CHECK(!agree(range, printed("420", "420人", "")));
}

// ---- the ledger ------------------------------------------------------------

static char folder[] = "/tmp/jianbao-history-XXXXXX";

static Str in_folder(const char *name) {
  return str_fmt(a, "%s/%s", folder, name);
}

static Dossier *month(const char *period, const Figure *figures, size_t n) {
  Dossier *d = dossier_new(a);
  d->period = str_of(period);
  Page *p = vec_push(a, &d->pages);
  *p = (Page){.id = STR("p1"), .file = STR("甲报.txt")};
  p->date = str_fmt(a, "%s-20", period);
  Article *t = vec_push(a, &p->articles);
  *t = (Article){.id = STR("p1a1"), .kind = STR("news"), .use = STR("yes")};
  for (size_t i = 0; i < n; i++)
    *vec_push(a, &t->figures) = figures[i];
  return d;
}

static Issue add(Ledger *l, const char *period, const Figure *f, size_t n) {
  Issue issue = {0};
  CHECK(ledger_add(l, month(period, f, n), &issue));
  return issue;
}

static void fill(Ledger *l) {
  Figure november[4] = {
      figure("301", "座", "../2025-11"), figure("9", "座", "../2025-11"),
      figure("288", "座", "../2024-12"), figure("44", "座", "2025-10")};
  november[1].doubt = STR("缺字");
  Issue issue = add(l, "2025-11", november, 4);
  CHECK(issue.figures == 3 && issue.confirmed == 0);
  CHECK(str_is(issue.number, "1") && str_is(issue.running, "1"));
  Figure december = figure("318", "座", "../2025-12");
  december.state = STR("confirmed");
  issue = add(l, "2025-12", &december, 1);
  CHECK(issue.confirmed == 1 && str_is(issue.number, "2"));
  issue = add(l, "2026-01", &december, 0);
  CHECK(str_is(issue.number, "1") && str_is(issue.running, "3"));
  issue = add(l, "2025-12", &december, 1); // replaced, keeps its numbers
  CHECK(str_is(issue.number, "2") && str_is(issue.running, "2"));
  CHECK(ledger_issues(l).len == 3);
}

static void test_ledger(Ledger *l) {
  Diags *d = diags_new(a, LANG_EN);
  Figure now = figure("318", "座", "../2025-12");
  History *h = history_new(a, STR("2025-12"));
  FigureAt was;
  history_set_ledger(h, l);
  CHECK(history_lookup(h, &now, BACK_PREVIOUS, &was) &&
        str_is(was.figure->value, "301"));
  CHECK(history_lookup(h, &now, BACK_YEAR, &was) &&
        str_is(was.figure->value, "288"));
  CHECK(history_lookup(h, &now, BACK_YEAR_START, &was) &&
        str_is(was.figure->value, "288"));
  FigureList series = history_series(h, &now, 3);
  CHECK(series.len == 3 && !series.data[0].figure && series.data[1].figure &&
        series.data[2].figure == &now);
  CHECK(history_status(h, &now, &was) == STATUS_SAME);
  Figure other = figure("12", "间", "../2025-12");
  other.indicator = STR("职工书屋");
  CHECK(history_status(h, &other, &was) == STATUS_NEW);
  Figure revised = figure("305", "座", "../2024-12");
  CHECK(history_status(h, &revised, &was) == STATUS_REVISED);
  revised = figure("305", "座", "../2025-11"); // was said on the 20th
  CHECK(history_status(h, &revised, &was) == STATUS_SAME);
  CHECK(history_dropped(h, month("2025-12", &other, 1)).len == 2);
  CHECK(history_dropped(h, month("2025-12", &now, 1)).len == 1);
  Figure near = figure("320", "座", "../2025-12");
  near.indicator = STR("挂牌驿站");
  CHECK(history_near(h, &near).len == 1);
  CHECK(diags_errors(d) == 0);
}

static void test_dossiers(void) {
  Figure before = figure("301", "座", "../2025-11");
  Figure now = figure("318", "座", "../2025-12");
  History *h = history_new(a, STR("2025-12"));
  history_add(h, month("2025-11", &before, 1));
  FigureAt was;
  CHECK(history_lookup(h, &now, BACK_PREVIOUS, &was) &&
        was.figure->value.data == before.value.data);
  Figure two[2] = {before, figure("330", "座", "../2025-11")};
  h = history_new(a, STR("2025-12"));
  history_add(h, month("2025-11", two, 2)); // contradicts itself
  CHECK(!history_lookup(h, &now, BACK_PREVIOUS, &was));
}

// ---- conflicts -------------------------------------------------------------

static size_t found(Dossier *d, FindingKind kind) {
  Findings f = conflicts_find(a, d, NULL, NULL);
  size_t n = 0;
  for (size_t i = 0; i < f.len; i++)
    n += f.data[i].kind == kind;
  return n;
}

static void test_conflicts(void) {
  Figure two[2] = {figure("1738", "座", "../2025-11"),
                   figure("1783", "座", "../2025-11")};
  two[0].canon = two[1].canon = STR("工会驿站总数");
  Dossier *d = month("2025-12", two, 1);
  Page *p = vec_push(a, &d->pages);
  *p = month("2025-12", two + 1, 1)->pages.data[0];
  CHECK(found(d, FINDING_CONFLICT) == 1);
  Findings f = conflicts_find(a, d, NULL, NULL);
  conflicts_doubt(a, d, &f);
  CHECK(d->pages.data[0].articles.data[0].figures.data[0].doubt.len);
  CHECK(p->articles.data[0].figures.data[0].doubt.len);
  Figure *x = &p->articles.data[0].figures.data[0];
  d->pages.data[0].articles.data[0].figures.data[0].doubt = x->doubt = STR("");
  x->value = STR("17380");
  CHECK(found(d, FINDING_SLIP) == 1);
  x->value = STR("1738");
  CHECK(conflicts_find(a, d, NULL, NULL).len == 0);
  Figure rate = figure("107", "%", "../2025-11");
  rate.indicator = STR("快递员入会率");
  CHECK(found(month("2025-12", &rate, 1), FINDING_RANGE) == 1);
}

static Dossier *sentence(const char *text, const Figure *figures, size_t n) {
  Dossier *d = month("2025-12", figures, n);
  Article *t = &d->pages.data[0].articles.data[0];
  *vec_push(a, &t->blocks) = (TextBlock){.kind = BLOCK_PARA, .id = STR("b")};
  t->blocks.data[0].text = str_of(text);
  for (size_t i = 0; i < n; i++) {
    t->figures.data[i].block = STR("b");
    t->figures.data[i].quote = t->figures.data[i].printed;
    t->figures.data[i].id = str_fmt(a, "s%zu", i);
  }
  return d;
}

static void test_sums(void) {
  Figure f[3] = {figure("3", "家", "2025-11"), figure("5", "家", "2025-11"),
                 figure("9", "家", "2025-11")};
  const char *text = "甲县、乙县分别新建3家、5家，共9家。";
  CHECK(found(sentence(text, f, 3), FINDING_SUM) == 1);
  f[2] = figure("8", "家", "2025-11");
  CHECK(found(sentence("甲县、乙县分别新建3家、5家，共8家。", f, 3),
              FINDING_SUM) == 0);
  Figure g[3] = {figure("200", "人", "2025-11"), figure("80", "人", "2025-11"),
                 figure("50", "%", "2025-11")};
  g[1].part_of = STR("s0");
  text = "会员200人，其中女会员80人，占50%。";
  CHECK(found(sentence(text, g, 3), FINDING_PERCENT) == 1);
  g[2] = figure("40", "%", "2025-11");
  CHECK(found(sentence("会员200人，其中女会员80人，占40%。", g, 3),
              FINDING_PERCENT) == 0);
  g[1].value = STR("260");
  CHECK(found(sentence(text, g, 2), FINDING_PARTS) == 1);
  Figure c[2] = {figure("95.1", "%", "../2025-11"),
                 figure("7.6", "个百分点", "../2025-11")};
  c[0].measure = STR("from-to");
  c[0].from = STR("88.4");
  c[1].measure = STR("increase-by");
  text = "由88.4%提高到95.1%，提高7.6个百分点。";
  CHECK(found(sentence(text, c, 2), FINDING_CHANGE) == 1);
  c[1] = figure("6.7", "个百分点", "../2025-11");
  c[1].measure = STR("increase-by");
  CHECK(found(sentence("由88.4%提高到95.1%，提高6.7个百分点。", c, 2),
              FINDING_CHANGE) == 0);
}

int main(void) {
  a = arena_new();
  test_words();
  test_no_words();
  test_about();
  test_bases();
  test_periods();
  test_keys();
  test_rounding();
  test_dossiers();
  test_conflicts();
  test_sums();
  if (mkdtemp(folder)) {
    Diags *d = diags_new(a, LANG_EN);
    Arena *inner = arena_new();
    Str path = in_folder("l.db");
    Ledger *l = ledger_open(inner, d, path, LEDGER_WRITE);
    CHECK(l && diags_errors(d) == 0);
    if (l) {
      fill(l);
      test_ledger(l);
      CHECK(ledger_remove(l, STR("2025-11")) && ledger_issues(l).len == 2);
    }
    diags_print(d);
    arena_free(inner);
    unlink(str_z(a, path));
    rmdir(folder);
  }
  int failed = check_done();
  arena_free(a);
  return failed;
}
