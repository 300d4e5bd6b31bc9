// Numbers, dates and figures in words (R1-R6), lengths, templates.
#include "check.h"
#include "layout-imp.h"

static Arena *a;

static bool is(Str got, const char *want) {
  if (!str_is(got, want))
    printf("got '%.*s', want '%s'\n", STR_ARG(got), want);
  return str_is(got, want);
}

static Figure figure(const char *printed, const char *value, const char *unit) {
  return (Figure){.printed = str_of(printed),
                  .value = str_of(value),
                  .unit = str_of(unit),
                  .measure = STR("level")};
}

static Str whole(Figure f, const char *scale) {
  return figure_whole(a, &f, str_of(scale), STR(""));
}

static void check_numbers(void) {
  CHECK(is(format_hanzi(a, 12), "十二"));
  CHECK(is(format_hanzi(a, 205), "二百零五"));
  CHECK(is(format_hanzi(a, 110), "一百一十"));
  CHECK(is(format_hanzi(a, 1001), "一千零一"));
  CHECK(is(format_shift(a, STR("42700"), 4), "4.27"));
  CHECK(is(format_shift(a, STR("5"), 4), "0.0005"));
  CHECK(is(format_shift(a, STR("-123456789"), 8), "-1.23456789"));
  CHECK(is(format_shift(a, STR("100000"), 4), "10"));
  CHECK(is(format_shift(a, STR("0.50"), 0), "0.5"));
  CHECK(is(format_group(a, STR("12345.6")), "12,345.6"));
  CHECK(is(format_group(a, STR("1234")), "1234"));
  CHECK(is(format_group(a, STR("-1234567")), "-1,234,567"));
  CHECK(is(format_number(a, 3.14159, STR("0.00")), "3.14"));
  CHECK(is(format_number(a, 12345.5, STR(",##0.##")), "12,345.5"));
  CHECK(is(format_number(a, 0.256, STR("0.0%")), "25.6%"));
  CHECK(is(format_number(a, -0.0001, STR("0.0")), "-0.0") ||
        is(format_number(a, -0.0001, STR("0.#")), "0"));
}

static void check_dates(void) {
  CHECK(is(format_date(a, STR("2025-12-03"), STR("")), "2025年12月3日"));
  CHECK(is(format_date(a, STR("2025-12-03"), STR("YYYY-MM-DD")), "2025-12-03"));
  CHECK(is(format_date(a, STR("2025-12"), STR("")), "2025年12月"));
  CHECK(is(format_date(a, STR("去年"), STR("")), "去年"));
  CHECK(is(format_date(a, STR("2025"), STR("YYYY年M月")), "2025年"));
  CHECK(is(format_date(a, STR("2025-12"), STR("YYYY-MM-DD")), "2025年12月"));
  CHECK(is(period_last_day(a, STR("2024-02")), "2024-02-29"));
  CHECK(is(period_last_day(a, STR("2025")), "2025-12-31"));
  CHECK(is(format_period(a, STR("../2025-11"), STR("")), "截至2025年11月"));
  CHECK(is(format_period(a, STR("2025-01/2025-11"), STR("")), "2025年1—11月"));
  CHECK(is(format_period(a, STR("2024-10/2025-03"), STR("")),
           "2024年10月至2025年3月"));
  CHECK(is(format_period(a, STR(""), STR("近年来")), "近年来"));
  CHECK(is(format_period(a, STR(""), STR("")), "时间未详"));
  CHECK(period_within(a, STR("../2025-12"), STR("2025-12")));
  CHECK(period_within(a, STR("2025"), STR("2025-12")));
  CHECK(!period_within(a, STR("2025"), STR("2025-11")));
  CHECK(!period_within(a, STR("2024-12"), STR("2025-12")));
  CHECK(!period_within(a, STR(""), STR("2025-12")));
}

static void check_figures(void) {
  Figure f = figure("4.27万家", "42700", "家");
  CHECK(is(whole(f, ""), "4.27万家"));
  CHECK(is(whole(f, "none"), "42,700家"));
  f = figure("1700余条", "1700", "条");
  f.qualifier = STR("余");
  CHECK(is(whole(f, ""), "1700余条"));
  f = figure("500多万人", "5000000", "人");
  f.qualifier = STR("多");
  CHECK(is(whole(f, ""), "500多万人"));
  f = figure("约3万人", "30000", "人");
  f.qualifier = STR("约");
  CHECK(is(whole(f, ""), "约3万人"));
  f = figure("5个百分点", "5", "个百分点");
  f.measure = STR("increase-by");
  f.base = STR("上年末");
  CHECK(is(whole(f, ""), "比上年末提高5个百分点"));
  f = figure("8.5%", "8.5", "%");
  f.measure = STR("decrease-by");
  f.base = STR("同比");
  CHECK(is(whole(f, ""), "同比下降8.5%"));
  f = figure("20万元至30万元", "", "元");
  f.low = STR("200000"), f.high = STR("300000");
  CHECK(is(whole(f, ""), "20万～30万元"));
  f = figure("数千人", "", "人");
  f.low = STR("1000"), f.high = STR("9999");
  CHECK(is(whole(f, ""), "数千人"));
  f = figure("三分之一", "33.3333", "%");
  CHECK(is(whole(f, ""), "三分之一"));
  f = figure("40万吨扩大到52万吨", "520000", "吨");
  f.measure = STR("from-to");
  f.from = STR("400000");
  CHECK(is(whole(f, ""), "由40万到52万吨"));
}

static void check_marks(void) {
  CHECK(is(set_marks_all(a, STR("加强,\"三抓\"行动(试行)")),
           "加强，“三抓”行动（试行）"));
  CHECK(is(set_marks_all(a, STR("约3,000人")), "约3,000人"));
  CHECK(is(set_marks_all(a, STR("plain, text")), "plain, text"));
}

static void check_templates(void) {
  Pieces p = {0};
  size_t bad = 0;
  CHECK(template_parse(a, STR("甲{x}乙{{丙}}"), &p, &bad));
  CHECK(p.len == 3 && p.data[1].expr && is(p.data[2].text, "乙{丙}"));
  p = (Pieces){0};
  CHECK(template_parse(a, STR("{concat('}', $a)}"), &p, &bad) && p.len == 1);
  CHECK(!template_parse(a, STR("甲{x"), &p, &bad) && bad == 3);
  Len n;
  CHECK(parse_length(STR("三号"), 0, 0, &n) && n == 15750);
  CHECK(parse_length(STR("2em"), PT(10), 0, &n) && n == 20000);
  CHECK(parse_length(STR("25.4mm"), 0, 0, &n) && n == 72000);
  CHECK(!parse_length(STR("2 pixels"), 0, 0, &n));
  Colour c;
  CHECK(parse_colour(STR("#f00"), &c) && c == 0xFF0000);
  CHECK(!parse_colour(STR("#f0"), &c));
}

static void test_S1_sizes(void) {
  static const struct {
    const char *name;
    Len size;
  } sizes[] = {{"初号", 42000}, {"一号", 27500}, {"小一", 24000},
               {"二号", 21000}, {"小二", 18000}, {"三号", 15750},
               {"四号", 14000}, {"小四", 12000}, {"五号", 10500},
               {"小五", 9000},  {"六号", 7875},  {"七号", 5250}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    Len n = 0;
    CHECK(parse_length(str_of(sizes[i].name), 0, 0, &n) && n == sizes[i].size);
  }
  Len n;
  CHECK(!parse_length(STR("九号"), 0, 0, &n));
}

static void test_R2_grouping(void) {
  CHECK(is(format_group(a, STR("1234")), "1234")); // four digits stay free
  CHECK(is(format_group(a, STR("12345")), "12,345"));
  CHECK(is(format_group(a, STR("-1234567.8901")), "-1,234,567.8901"));
  Figure year = figure("2025年", "2025", "年");
  CHECK(is(whole(year, ""), "2025年"));
}

int main(void) {
  a = arena_new();
  check_numbers();
  check_dates();
  check_figures();
  check_marks();
  check_templates();
  test_S1_sizes();
  test_R2_grouping();
  arena_free(a);
  return check_done();
}
