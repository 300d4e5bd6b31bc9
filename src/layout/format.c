// Lengths and colours read, numbers, dates and periods in words (R1–R6).
#include "layout-imp.h"
#include <stdlib.h>

// ---- reading ----------------------------------------------------------------

bool parse_decimal(Str s, double *out) {
  char z[64];
  s = str_trim(s);
  if (!s.len || s.len >= sizeof z)
    return false;
  memcpy(z, s.data, s.len);
  z[s.len] = 0;
  if (strspn(z, "0123456789.-+") != s.len)
    return false;
  char *end;
  *out = strtod(z, &end);
  return *end == 0 && end != z;
}

bool parse_int(Str s, long *out) {
  char z[16];
  s = str_trim(s);
  if (!s.len || s.len >= sizeof z)
    return false;
  memcpy(z, s.data, s.len);
  z[s.len] = 0;
  char *end;
  *out = strtol(z, &end, 10);
  return *end == 0 && end != z;
}

bool parse_bool(Str s, bool *out) {
  if (str_is(s, "yes") || str_is(s, "true") || str_is(s, "1"))
    *out = true;
  else if (str_is(s, "no") || str_is(s, "false") || str_is(s, "0"))
    *out = false;
  else
    return false;
  return true;
}

static const struct {
  Str name;
  Len size;
} sizes[] = {
    {ROW("初号"), 42000}, {ROW("小初"), 36000}, {ROW("一号"), 27500},
    {ROW("小一"), 24000}, {ROW("二号"), 21000}, {ROW("小二"), 18000},
    {ROW("三号"), 15750}, {ROW("小三"), 15000}, {ROW("四号"), 14000},
    {ROW("小四"), 12000}, {ROW("五号"), 10500}, {ROW("小五"), 9000},
    {ROW("六号"), 7875},  {ROW("七号"), 5250},
};

bool parse_length(Str s, Len em, Len line, Len *out) {
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    if (str_eq(s, sizes[i].name)) {
      *out = sizes[i].size;
      return true;
    }
  const struct {
    Str unit;
    double in_mpt;
  } units[] = {
      {STR("pt"), 1000}, {STR("mm"), 72000 / 25.4}, {STR("cm"), 720000 / 25.4},
      {STR("lh"), line}, {STR("em"), em},           {STR("字"), em},
      {STR("行"), line}};
  double v;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (!str_ends(s, units[i].unit))
      continue;
    if (!parse_decimal(str_slice(s, 0, s.len - units[i].unit.len), &v))
      return false;
    v *= units[i].in_mpt;
    if (v > 1e8 || v < -1e8)
      return false;
    *out = (Len)(v + (v < 0 ? -0.5 : 0.5));
    return true;
  }
  *out = 0;
  return str_is(s, "0");
}

static int hex(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool parse_colour(Str s, Colour *out) {
  const struct {
    Str name;
    Colour c;
  } names[] = {{STR("black"), 0},         {STR("red"), 0xC8102E},
               {STR("grey"), 0x666666},   {STR("gray"), 0x666666},
               {STR("silver"), 0xAAAAAA}, {STR("white"), 0xFFFFFF}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_eq(s, names[i].name)) {
      *out = names[i].c;
      return true;
    }
  if ((s.len != 4 && s.len != 7) || s.data[0] != '#')
    return false;
  Colour c = 0;
  for (size_t i = 1; i < s.len; i++) {
    int h = hex(s.data[i]);
    if (h < 0)
      return false;
    c = c << 4 | (Colour)h;
    if (s.len == 4)
      c = c << 4 | (Colour)h;
  }
  *out = c;
  return true;
}

// ---- numbers ----------------------------------------------------------------

Str format_hanzi(Arena *a, long n) {
  static const char *const digits[] = {"〇", "一", "二", "三", "四",
                                       "五", "六", "七", "八", "九"};
  static const char *const places[] = {"千", "百", "十", ""};
  if (n < 0 || n > 9999)
    return str_int(a, n);
  if (n == 0)
    return STR("〇");
  Buf b = buf_new(a);
  long unit = 1000;
  bool gap = false;
  for (int i = 0; i < 4; i++, unit /= 10) {
    long k = n / unit % 10;
    if (!k) {
      gap = b.len > 0;
      continue;
    }
    if (gap)
      buf_add(&b, STR("零"));
    gap = false;
    if (!(k == 1 && i == 2 && !b.len)) // 十二, not 一十二
      buf_add(&b, str_of(digits[k]));
    buf_add(&b, str_of(places[i]));
  }
  return buf_str(&b);
}

static bool is_decimal(Str v) {
  double x;
  return parse_decimal(v, &x);
}

Str format_shift(Arena *a, Str value, int places) {
  if (!is_decimal(value))
    return value;
  bool minus = value.data[0] == '-';
  if (minus || value.data[0] == '+')
    value = str_slice(value, 1, value.len);
  size_t dot = str_find(value, STR("."), 0);
  size_t whole = dot == SIZE_MAX ? value.len : dot;
  Buf digits = buf_new(a);
  for (size_t i = whole; i <= (size_t)places; i++)
    buf_byte(&digits, '0'); // so that one digit stands before the mark
  size_t point = digits.len + whole - (size_t)places;
  buf_add(&digits, str_slice(value, 0, whole));
  if (dot != SIZE_MAX)
    buf_add(&digits, str_slice(value, dot + 1, value.len));
  Str all = buf_str(&digits);
  size_t end = all.len;
  while (end > point && all.data[end - 1] == '0')
    end--;
  size_t from = 0;
  while (from + 1 < point && all.data[from] == '0')
    from++;
  return str_fmt(a, "%s%.*s%s%.*s", minus ? "-" : "",
                 STR_ARG(str_slice(all, from, point)), end > point ? "." : "",
                 STR_ARG(str_slice(all, point, end)));
}

Str format_group(Arena *a, Str v) {
  size_t dot = str_find(v, STR("."), 0);
  size_t end = dot == SIZE_MAX ? v.len : dot;
  size_t from = v.len && v.data[0] == '-' ? 1 : 0;
  if (end - from < 5)
    return v;
  Buf b = buf_new(a);
  for (size_t i = 0; i < v.len; i++) {
    if (i > from && i < end && (end - i) % 3 == 0)
      buf_byte(&b, ',');
    buf_byte(&b, v.data[i]);
  }
  return buf_str(&b);
}

Str format_number(Arena *a, double v, Str picture) {
  if (v != v || v > 1e15 || v < -1e15)
    return STR("");
  if (str_ends(picture, STR("%"))) {
    picture.len--;
    return str_cat(a, format_number(a, v * 100, picture), STR("%"));
  }
  size_t dot = str_find(picture, STR("."), 0);
  int places = 0, least = 0;
  for (size_t i = dot == SIZE_MAX ? picture.len : dot; i < picture.len; i++) {
    if (picture.data[i] == '0')
      places++, least = places;
    else if (picture.data[i] == '#')
      places++;
  }
  Str s = str_fmt(a, "%.*f", places > 9 ? 9 : places, v);
  while (places > least && str_ends(s, STR("0")))
    s.len--, places--;
  if (str_ends(s, STR(".")))
    s.len--;
  if (str_is(s, "-0"))
    s = STR("0");
  return str_has(picture, STR(",")) ? format_group(a, s) : s;
}

// ---- dates and periods ------------------------------------------------------

static long field(Str s, size_t from, size_t len) {
  long n = 0;
  for (size_t i = from; i < from + len; i++) {
    if (i >= s.len || s.data[i] < '0' || s.data[i] > '9')
      return -1;
    n = n * 10 + (s.data[i] - '0');
  }
  return n;
}

typedef struct {
  long y, m, d; // -1: none
} Date;

static Date date_of(Str iso) {
  Date t = {field(iso, 0, 4), -1, -1};
  if (t.y >= 0 && iso.len >= 7 && iso.data[4] == '-')
    t.m = field(iso, 5, 2);
  if (t.m >= 0 && iso.len >= 10 && iso.data[7] == '-')
    t.d = field(iso, 8, 2);
  return t;
}

static void put_field(Buf *b, char c, size_t run, Date t) {
  long v = c == 'Y' ? t.y : c == 'M' ? t.m : t.d;
  if (v < 0)
    return;
  buf_fmt(b, run >= 2 && c != 'Y' ? "%02ld" : "%ld", v);
}

Str format_date(Arena *a, Str iso, Str picture) {
  Date t = date_of(iso);
  if (t.y < 0)
    return iso;
  bool vague = (t.d < 0 && str_has(picture, STR("D"))) ||
               (t.m < 0 && str_has(picture, STR("M")));
  if (!picture.len || vague) // no day is made up
    picture = t.d >= 0   ? STR("YYYY年M月D日")
              : t.m >= 0 ? STR("YYYY年M月")
                         : STR("YYYY年");
  Buf b = buf_new(a);
  for (size_t i = 0; i < picture.len;) {
    char c = picture.data[i];
    size_t run = 1;
    while (i + run < picture.len && picture.data[i + run] == c)
      run++;
    if (c == 'Y' || c == 'M' || c == 'D')
      put_field(&b, c, run, t);
    else
      buf_add(&b, str_slice(picture, i, i + run));
    i += run;
  }
  return buf_str(&b);
}

static int month_days(long y, long m) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0))
    return 29;
  return m >= 1 && m <= 12 ? days[m - 1] : 31;
}

static bool one_date_right(Str s) {
  Date t = date_of(s);
  bool year = s.len == 4 && t.y >= 0;
  bool month = s.len == 7 && t.m >= 1 && t.m <= 12;
  bool day = s.len == 10 && t.m >= 1 && t.m <= 12 && t.d >= 1 &&
             t.d <= month_days(t.y, t.m);
  return year || month || day || str_is(s, "..");
}

bool date_right(Str s) {
  size_t i = str_find(s, STR("/"), 0);
  if (i == SIZE_MAX)
    return one_date_right(s);
  return one_date_right(str_slice(s, 0, i)) &&
         one_date_right(str_slice(s, i + 1, s.len));
}

Str period_last_day(Arena *a, Str period) {
  Date t = date_of(period_end(period));
  if (t.y < 0)
    return STR("");
  long m = t.m < 0 ? 12 : t.m;
  long d = t.d < 0 ? month_days(t.y, m) : t.d;
  return str_fmt(a, "%04ld-%02ld-%02ld", t.y, m, d);
}

static size_t slash(Str p) {
  return str_find(p, STR("/"), 0);
}

Str period_end(Str p) {
  size_t i = slash(p);
  return i == SIZE_MAX ? p : str_slice(p, i + 1, p.len);
}

static Str period_begin(Str p) {
  size_t i = slash(p);
  return i == SIZE_MAX ? p : str_slice(p, 0, i);
}

Str format_period(Arena *a, Str p, Str printed) {
  if (!p.len)
    return printed.len ? printed : STR("时间未详");
  if (slash(p) == SIZE_MAX)
    return format_date(a, p, STR(""));
  Str from = period_begin(p), to = period_end(p);
  Date f = date_of(from), t = date_of(to);
  if (t.y < 0)
    return str_cat(a, format_date(a, from, STR("")), STR("以来"));
  if (f.y < 0)
    return str_cat(a, STR("截至"), format_date(a, to, STR("")));
  if (str_eq(from, to))
    return format_date(a, to, STR(""));
  if (f.y == t.y && t.m > 0 && t.d < 0 && (f.m == 1 || f.m < 0))
    return t.m == 12 ? str_fmt(a, "%ld年", t.y)
                     : str_fmt(a, "%ld年1—%ld月", t.y, t.m);
  if (f.y == t.y && f.m > 0 && t.m > 0 && f.d < 0 && t.d < 0)
    return str_fmt(a, "%ld年%ld—%ld月", t.y, f.m, t.m);
  if (f.m < 0 && t.m < 0)
    return str_fmt(a, "%ld—%ld年", f.y, t.y);
  return str_fmt(a, "%.*s至%.*s", STR_ARG(format_date(a, from, STR(""))),
                 STR_ARG(format_date(a, to, STR(""))));
}

// Months since year 0, of the first or last month meant; -1 if unknown.
static long month_of(Str iso, bool last) {
  Date t = date_of(iso);
  if (t.y < 0)
    return -1;
  return t.y * 12 + (t.m > 0 ? t.m - 1 : last ? 11 : 0);
}

bool period_within(Arena *a, Str period, Str briefing) {
  (void)a;
  long end = month_of(period_end(period), true);
  long from = month_of(period_begin(briefing), false);
  long to = month_of(period_end(briefing), true);
  return end >= 0 && from >= 0 && end >= from && end <= to;
}

// ---- figures in words -------------------------------------------------------

static const struct {
  Str name;
  int places;
} scales[] = {{ROW("万亿"), 12}, {ROW("亿"), 8}, {ROW("万"), 4}};

static int scale_row(const Figure *f, Str scale) {
  Str look = str_is(scale, "万") || str_is(scale, "亿") ? scale : f->printed;
  if (str_is(scale, "none") || str_is(f->unit, "%"))
    return -1;
  double v;
  if (str_is(scale, "auto") && parse_decimal(f->value, &v)) {
    v = v < 0 ? -v : v;
    return v >= 1e8 ? 1 : v >= 1e5 ? 2 : -1;
  }
  for (int i = 0; i < 3; i++)
    if (str_has(look, scales[i].name))
      return i;
  return -1;
}

static Str number_part(Arena *a, Str value, int row) {
  Str v = row < 0 ? format_shift(a, value, 0)
                  : format_shift(a, value, scales[row].places);
  return format_group(a, v);
}

static bool one_of(Str s, const char *const *list) {
  for (; *list; list++)
    if (str_is(s, *list))
      return true;
  return false;
}

// 500多万: the word stands before the scale where the source has it so.
static Str with_scale(Arena *a, const Figure *f, Str number, int row,
                      Str after) {
  Str scale = row < 0 ? STR("") : scales[row].name;
  size_t q = after.len ? str_find(f->printed, after, 0) : SIZE_MAX;
  size_t s = scale.len ? str_find(f->printed, scale, 0) : SIZE_MAX;
  bool before = q != SIZE_MAX && s != SIZE_MAX && q < s;
  return before ? str_fmt(a, "%.*s%.*s%.*s", STR_ARG(number), STR_ARG(after),
                          STR_ARG(scale))
                : str_fmt(a, "%.*s%.*s%.*s", STR_ARG(number), STR_ARG(scale),
                          STR_ARG(after));
}

static Str range_part(Arena *a, const Figure *f, int row) {
  Str low = number_part(a, f->low, row), high = number_part(a, f->high, row);
  Str again = str_is(f->unit, "%") ? f->unit
              : row < 0            ? STR("")
                                   : scales[row].name;
  Str end = row < 0 ? STR("") : scales[row].name;
  return str_fmt(a, "%.*s%.*s～%.*s%.*s", STR_ARG(low), STR_ARG(again),
                 STR_ARG(high), STR_ARG(end));
}

// 升至 减少 …: what the figure's measure and unit call for.
static Str moved_word(const Figure *f, bool up) {
  if (str_ends(f->measure, STR("-to")))
    return up ? STR("升至") : STR("降至");
  if (str_is(f->unit, "个百分点"))
    return up ? STR("提高") : STR("下降");
  if (str_is(f->unit, "%") || str_is(f->unit, "倍"))
    return up ? STR("增长") : STR("下降");
  return up ? STR("增加") : STR("减少");
}

static Str change_word(Arena *a, const Figure *f, int row) {
  Str m = f->measure;
  bool up = str_starts(m, STR("increase"));
  bool down = str_starts(m, STR("decrease"));
  if (str_is(m, "target"))
    return STR("目标");
  if (str_is(m, "rank"))
    return str_starts(f->printed, STR("第")) ? STR("第") : STR("");
  if (str_is(m, "from-to") && f->from.len)
    return str_fmt(a, "由%.*s%.*s到", STR_ARG(number_part(a, f->from, row)),
                   STR_ARG(row < 0 ? STR("") : scales[row].name));
  if (!up && !down)
    return STR("");
  Str word = moved_word(f, up), base = f->base;
  bool bare = !base.len || str_is(base, "同比") || str_is(base, "环比");
  return str_fmt(a, "%s%.*s%.*s", bare ? "" : "比", STR_ARG(base),
                 STR_ARG(word));
}

// 数千 lies between 1000 and 9999 too, but is not printed so.
static bool printed_as_range(const Figure *f) {
  static const char *const marks[] = {"～", "~",  "—",  "–",
                                      "-",  "至", "到", "、"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (str_has(f->printed, str_of(marks[i])))
      return true;
  return !f->printed.len;
}

// 三分之一, 四成: a number that figures would falsify stands as printed.
static bool only_in_words(const Figure *f) {
  static const char *const words[] = {"分之", "成", "半", "番", "折"};
  for (size_t i = 0; i < f->printed.len; i++)
    if (f->printed.data[i] >= '0' && f->printed.data[i] <= '9')
      return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_has(f->printed, str_of(words[i])))
      return true;
  return false;
}

// The value after the picture; as it is where there is no picture, or where the
// picture would make nothing of something: 12 at 万.
static Str pictured(Arena *a, const Figure *f, int row, Str picture) {
  double v;
  Str s = format_shift(a, f->value, row < 0 ? 0 : scales[row].places);
  bool digits = str_has(picture, STR("0")) || str_has(picture, STR("#"));
  if (!digits || !parse_decimal(s, &v))
    return number_part(a, f->value, row);
  if (str_ends(picture, STR("%"))) // the figure's own unit says it
    picture.len--;
  Str number = format_number(a, v, picture);
  double shown;
  bool lost = v != 0 && parse_decimal(number, &shown) && shown == 0;
  return lost ? number_part(a, f->value, row) : number;
}

FigureText figure_text(Arena *a, const Figure *f, Str scale, Str format) {
  static const char *const leading[] = {"约",   "近",   "超", "不足",
                                        "最多", "至少", "仅", NULL};
  static const char *const trailing[] = {"余",   "多",   "几",   "以上",
                                         "以下", "以内", "左右", NULL};
  int row = scale_row(f, scale);
  FigureText t = {.unit = f->unit, .before = change_word(a, f, row)};
  if (f->distributes.len) // 各46个
    t.before = str_cat(a, t.before, STR("各"));
  if (only_in_words(f)) {
    t.number = f->printed;
    t.unit = STR("");
    return t;
  }
  if (f->value.len) {
    t.number = format.len ? pictured(a, f, row, format)
                          : number_part(a, f->value, row);
    bool inner = str_is(f->qualifier, "余") || str_is(f->qualifier, "多") ||
                 str_is(f->qualifier, "几");
    t.number = with_scale(a, f, t.number, row, inner ? f->qualifier : STR(""));
    if (!inner && one_of(f->qualifier, trailing))
      t.unit = str_cat(a, f->unit, f->qualifier);
  } else if (f->low.len && f->high.len && printed_as_range(f)) {
    t.number = range_part(a, f, row);
  } else {
    t.number = f->printed;
    if (str_ends(f->printed, f->unit))
      t.number.len -= f->unit.len;
  }
  if (f->value.len && one_of(f->qualifier, leading))
    t.number = str_cat(a, f->qualifier, t.number);
  return t;
}

#define FOUR_HAN 12 // bytes: less is no label

static bool drop_end(Str *s, const char *const *words, size_t least) {
  for (; *words; words++)
    if (str_ends(*s, str_of(*words)) && s->len >= least) {
      s->len -= strlen(*words);
      return true;
    }
  return false;
}

Str figure_label(Arena *a, const Figure *f) {
  static const char *const before[] = {"和", "与", "及", "并", "其中", NULL};
  static const char *const done[] = {"完成", "实现", NULL};
  static const char *const manner[] = {"如期", "按期", "全面", "全部", "高质量",
                                       "圆满", "顺利", "基本", NULL};
  Str s = f->indicator;
  for (size_t i = 0; before[i]; i++)
    if (str_starts(s, str_of(before[i])) && s.len > FOUR_HAN)
      s = str_slice(s, strlen(before[i]), s.len);
  if (drop_end(&s, done, 2 * FOUR_HAN))
    while (drop_end(&s, manner, FOUR_HAN + 6))
      ;
  return set_marks_all(a, s);
}

Str text_without(Arena *a, Str s, Str part) {
  size_t from = 0;
  Buf b = buf_new(a);
  for (size_t i = str_find(s, part, 0); part.len && i != SIZE_MAX;
       i = str_find(s, part, from)) {
    buf_add(&b, str_slice(s, from, i));
    from = i + part.len;
  }
  buf_add(&b, str_slice(s, from, s.len));
  return buf_str(&b);
}

NumberParts number_parts(Str s) {
  size_t from = 0, to = s.len;
  while (from < to && (s.data[from] < '0' || s.data[from] > '9'))
    from++;
  while (to > from && (s.data[to - 1] < '0' || s.data[to - 1] > '9'))
    to--;
  if (from == to)
    return (NumberParts){STR(""), s, STR("")};
  if (from && s.data[from - 1] == '-')
    from--;
  return (NumberParts){str_slice(s, 0, from), str_slice(s, from, to),
                       str_slice(s, to, s.len)};
}

Str figure_whole(Arena *a, const Figure *f, Str scale, Str format) {
  FigureText t = figure_text(a, f, scale, format);
  return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(t.before), STR_ARG(t.number),
                 STR_ARG(t.unit));
}

Str figure_place(Arena *a, const Figure *f) {
  (void)a;
  Str r = f->region;
  size_t from = 0;
  for (size_t i = str_find(r, STR("/"), 0); i != SIZE_MAX;
       i = str_find(r, STR("/"), from))
    from = i + 1;
  return r.len ? str_slice(r, from, r.len) : f->subject;
}

bool figure_blank(const Figure *f) {
  return !f->value.len && !f->low.len && !f->high.len && !f->printed.len;
}

bool figure_doubtful(const Figure *f) {
  return f->doubt.len && !str_is(f->state, "confirmed");
}

Back base_back(Str base) {
  return str_is(base, "year")         ? BACK_YEAR
         : str_is(base, "year-start") ? BACK_YEAR_START
                                      : BACK_PREVIOUS;
}

Str figure_status(const Dossier *dossier, const Figure *f) {
  static const Str words[] = {
      [STATUS_SAME] = ROW("same"),
      [STATUS_NEW] = ROW("new"),
      [STATUS_REVISED] = ROW("revised"),
  };
  FigureAt was;
  return dossier->history ? words[history_status(dossier->history, f, &was)]
                          : STR("");
}

Change figure_change(Arena *a, const Dossier *dossier, const Figure *f,
                     Str base) {
  FigureAt then;
  if (!dossier->history || !f->value.len ||
      !history_lookup(dossier->history, f, base_back(base), &then))
    return (Change){0};
  return change_of(a, f, then.figure, STR_NONE);
}

static Str good_direction(const Dictionary *dict, Str canon) {
  for (size_t i = 0; canon.len && i < dict->n_indicators; i++)
    if (str_eq(dict->indicators[i].canon, canon))
      return dict->indicators[i].direction;
  return STR("");
}

// The way that the source itself tells of: 提高1.5个百分点, 由88%降到86%.
static int told_sign(const Figure *f) {
  double from, to;
  if (str_starts(f->measure, STR("increase")))
    return 1;
  if (str_starts(f->measure, STR("decrease")))
    return -1;
  if (!parse_decimal(f->from, &from) || !parse_decimal(f->value, &to))
    return 0;
  return (to > from) - (to < from);
}

int figure_trend(Arena *a, const Dossier *dossier, const Dictionary *dict,
                 const Figure *f, Str base) {
  Str good = good_direction(dict, f->canon);
  if (!good.len)
    return 0;
  Change c = figure_change(a, dossier, f, base);
  bool by = str_ends(f->measure, STR("-by")); // 新建36座 is good after 41, too
  int sign = c.known && !by ? c.sign : told_sign(f);
  return str_is(good, "down") ? -sign : sign;
}

// ---- marks ------------------------------------------------------------------

static bool wide(uint32_t c) {
  return char_is_han(c) || (c >= 0x3000 && c <= 0x303F) || c >= 0xFF00 ||
         (c >= 0x2018 && c <= 0x201D) || c == 0x2014 || c == 0x2026;
}

static uint32_t before_at(Str t, size_t i) {
  while (i > 0) {
    uint32_t c = utf8_prev(t, &i);
    if (c != '"')
      return c;
  }
  return 0;
}

static uint32_t after_at(Str t, size_t i) {
  while (i < t.len) {
    uint32_t c = utf8_next(t, &i);
    if (c != '"')
      return c;
  }
  return 0;
}

static uint32_t full_mark(uint32_t c) {
  switch (c) {
  case ',':
    return 0xFF0C;
  case ';':
    return 0xFF1B;
  case ':':
    return 0xFF1A;
  case '?':
    return 0xFF1F;
  case '!':
    return 0xFF01;
  case '(':
    return 0xFF08;
  case ')':
    return 0xFF09;
  default:
    return c;
  }
}

static bool digit(uint32_t c) {
  return c >= '0' && c <= '9';
}

static bool has_han(Str t) {
  for (size_t i = 0; i < t.len && i < 300;)
    if (char_is_han(utf8_next(t, &i)))
      return true;
  return false;
}

static uint32_t mark_at(Str t, size_t i, size_t next, uint32_t c, bool *open) {
  uint32_t left = before_at(t, i), right = after_at(t, next);
  bool chinese = wide(left) || wide(right);
  if (c == '"' && has_han(t)) {
    *open = !*open;
    return *open ? 0x201C : 0x201D;
  }
  if ((c == ',' || c == ';') && left == '%' && has_han(t))
    return full_mark(c); // 98.4%,8起
  if (!chinese || (digit(left) && digit(right)))
    return c;
  if (c == '(' || c == ')' || wide(left) || !right || wide(right))
    return full_mark(c);
  return c;
}

static bool wide_digit(uint32_t c) {
  return c >= 0xFF10 && c <= 0xFF19;
}

// １，３２６ as 1,326: exactly three digits follow.
static bool groups(Str t, size_t i) {
  int n = 0;
  while (i < t.len && n < 4 && wide_digit(utf8_next(t, &i)))
    n++;
  return n == 3;
}

// Digits stand in half-width bodies (GB/T 15835), and so do their marks.
static uint32_t narrow_at(Str t, size_t i, size_t next, uint32_t c) {
  if (wide_digit(c))
    return c - 0xFF10 + '0';
  bool left = wide_digit(before_at(t, i)),
       right = wide_digit(after_at(t, next));
  if (c == 0xFF05 && left)
    return '%';
  if (c == 0xFF0E && left && right)
    return '.';
  return c == 0xFF0C && left && groups(t, next) ? ',' : c;
}

Str set_marks(Arena *a, Str text, size_t from, size_t to, bool *open) {
  Buf b = buf_new(a);
  for (size_t i = from; i < to;) {
    size_t at = i;
    uint32_t c = utf8_next(text, &i);
    if (c < 0x80 && !digit(c))
      c = mark_at(text, at, i, c, open);
    else if (c >= 0xFF00)
      c = narrow_at(text, at, i, c);
    buf_char(&b, c);
  }
  return buf_str(&b);
}

Str set_marks_all(Arena *a, Str text) {
  bool open = false;
  return set_marks(a, text, 0, text.len, &open);
}
