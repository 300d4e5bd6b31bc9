// What may be compared with what: the key of a figure's series, made of
// indicator, place, unit family, measure and kind of period.
#include "compare_imp.h"

// ---- periods ---------------------------------------------------------------

// Days since 1970-01-01 (Howard Hinnant's days_from_civil).
static int32_t day_of(int y, int m, int d) {
  y -= m <= 2;
  int era = y / 400, yoe = y - era * 400;
  int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void date_of(int32_t day, int *y, int *m, int *d) {
  int32_t z = day + 719468, era = z / 146097, doe = z - era * 146097;
  int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int32_t mp = (5 * doy + 2) / 153;
  *d = doy - (153 * mp + 2) / 5 + 1;
  *m = mp < 10 ? mp + 3 : mp - 9;
  *y = yoe + era * 400 + (*m <= 2);
}

int32_t day_month(int32_t day) {
  int y, m, d;
  date_of(day, &y, &m, &d);
  return y * 12 + m - 1;
}

static bool digits(Str s, size_t at, size_t n, int *out) {
  *out = 0;
  for (size_t i = at; i < at + n; i++) {
    if (i >= s.len || s.data[i] < '0' || s.data[i] > '9')
      return false;
    *out = *out * 10 + (s.data[i] - '0');
  }
  return true;
}

static int32_t month_end(int y, int m) {
  return m == 12 ? day_of(y + 1, 1, 1) - 1 : day_of(y, m + 1, 1) - 1;
}

// First and last day of 2025, 2025-12 or 2025-12-05.
static bool read_date(Str s, int32_t *first, int32_t *last) {
  int y, m, d;
  if (!digits(s, 0, 4, &y) || y < 1600)
    return false;
  if (s.len == 4) {
    *first = day_of(y, 1, 1);
    *last = day_of(y, 12, 31);
    return true;
  }
  if (s.len < 7 || s.data[4] != '-' || !digits(s, 5, 2, &m) || m < 1 || m > 12)
    return false;
  *first = day_of(y, m, 1);
  *last = month_end(y, m);
  if (s.len == 7)
    return true;
  if (s.len != 10 || s.data[7] != '-' || !digits(s, 8, 2, &d) || d < 1 ||
      day_of(y, m, d) > *last)
    return false;
  *first = *last = day_of(y, m, d);
  return true;
}

static void count_months(Period *p) {
  int y, m, d, y2, m2, d2;
  date_of(p->start, &y, &m, &d);
  date_of(p->end, &y2, &m2, &d2);
  if (d == 1 && p->end == month_end(y2, m2))
    p->months = (y2 - y) * 12 + m2 - m + 1;
}

Period period_parse(Str s) {
  Period p = {PERIOD_UNKNOWN, 0, 0, 0, 0};
  int32_t unused;
  size_t slash = str_find(s, STR("/"), 0);
  if (slash == SIZE_MAX) {
    if (!read_date(s, &p.start, &p.end))
      return p;
    p.kind = PERIOD_FLOW;
  } else {
    Str from = str_slice(s, 0, slash), to = str_slice(s, slash + 1, s.len);
    if (!read_date(to, &unused, &p.end))
      return p;
    p.start = p.end;
    p.kind = PERIOD_STOCK;
    if (!str_is(from, "..")) {
      if (!read_date(from, &p.start, &unused) || p.start > p.end)
        return p.kind = PERIOD_UNKNOWN, p;
      p.kind = PERIOD_FLOW;
    }
  }
  if (p.kind == PERIOD_FLOW)
    count_months(&p);
  p.end_month = day_month(p.end);
  return p;
}

// What is a state by its name, whatever the words of its period.
static bool names_state(const Figure *f) {
  static const char *const states[] = {"总数",   "总量",   "入会率", "建会率",
                                       "覆盖率", "普及率", "保有量", NULL};
  if (!str_is(f->measure, "level") && !str_ends(f->measure, STR("-to")))
    return false;
  for (const char *const *s = states; *s; s++)
    if (str_ends(f->indicator, str_of(*s)))
      return true;
  return false;
}

Period figure_period(const Figure *f) {
  Period p = period_parse(f->period);
  if (p.kind != PERIOD_FLOW || !names_state(f) || str_has(f->period, STR("/")))
    return p;
  return (Period){PERIOD_STOCK, p.end, p.end, 0, p.end_month};
}

static Str month_name(Arena *a, int32_t month) {
  return str_fmt(a, "%04d-%02d", month / 12, month % 12 + 1);
}

Str period_back(Arena *a, const Figure *f, int back) {
  Period p = figure_period(f);
  int32_t step = p.kind == PERIOD_FLOW && p.months > 1 ? p.months : 1;
  int32_t end = p.end_month - step * back;
  if (p.kind == PERIOD_UNKNOWN || end < 12)
    return STR("");
  if (p.kind == PERIOD_STOCK)
    return str_cat(a, STR("../"), month_name(a, end));
  if (step == 1)
    return month_name(a, end);
  return step == 12 && end % 12 == 11
             ? str_fmt(a, "%04d", end / 12)
             : str_fmt(a, "%.*s/%.*s", STR_ARG(month_name(a, end - step + 1)),
                       STR_ARG(month_name(a, end)));
}

bool period_over(const FigureAt *at) {
  Period p = figure_period(at->figure);
  int32_t first, last;
  return p.kind != PERIOD_UNKNOWN && read_date(at->page->date, &first, &last) &&
         p.end <= first;
}

static void add_date(Buf *b, Str s) {
  int part;
  digits(s, 0, 4, &part);
  buf_fmt(b, "%d年", part);
  if (s.len >= 7 && digits(s, 5, 2, &part))
    buf_fmt(b, "%d月", part);
  if (s.len >= 10 && digits(s, 8, 2, &part))
    buf_fmt(b, "%d日", part);
}

Str period_words(Arena *a, Str period) {
  Buf b = buf_new(a);
  Period p = period_parse(period);
  size_t slash = str_find(period, STR("/"), 0);
  Str since = str_slice(period, 0, slash);
  if (str_ends(period, STR("/..")) &&
      period_parse(since).kind != PERIOD_UNKNOWN) {
    add_date(&b, since);
    buf_add(&b, STR("以来"));
    return buf_str(&b);
  }
  if (p.kind == PERIOD_UNKNOWN)
    return STR("时期不明");
  if (slash == SIZE_MAX) {
    add_date(&b, period);
    return buf_str(&b);
  }
  Str to = str_slice(period, slash + 1, period.len);
  if (p.kind == PERIOD_STOCK) {
    buf_add(&b, STR("截至"));
    add_date(&b, to);
    buf_add(&b, to.len < 10 ? STR("底") : STR(""));
    return buf_str(&b);
  }
  add_date(&b, str_slice(period, 0, slash));
  buf_add(&b, STR("至"));
  add_date(&b, to);
  return buf_str(&b);
}

Str period_key(Arena *a, const Figure *f) {
  Period p = figure_period(f);
  if (p.kind == PERIOD_STOCK)
    return STR("时点");
  if (p.kind == PERIOD_UNKNOWN)
    return STR("");
  return p.months ? str_fmt(a, "%d个月", p.months)
                  : str_fmt(a, "%d天", p.end - p.start + 1);
}

// ---- indicator, place, unit, measure ---------------------------------------

static bool any_start(Str s, const char *const *words, size_t *len) {
  for (; *words; words++)
    if (str_starts(s, str_of(*words))) {
      *len = strlen(*words);
      return true;
    }
  return false;
}

static bool any_end(Str s, const char *const *words, size_t *len) {
  for (; *words; words++)
    if (str_ends(s, str_of(*words))) {
      *len = strlen(*words);
      return true;
    }
  return false;
}

// The canonical name, or the source's words without blanks, marks and the
// word for the whole place (全省).
Str indicator_key(Arena *a, const Figure *f) {
  static const char *const wholes[] = {"全省", "全市", "全县", "全区", "全州",
                                       "全国", "我省", "我市", "我县", NULL};
  if (f->canon.len)
    return f->canon;
  Str s = text_fold(a, f->indicator).text;
  Buf b = buf_new(a);
  size_t skip;
  for (size_t i = any_start(s, wholes, &skip) ? skip : 0; i < s.len;) {
    uint32_t c = utf8_next(s, &i);
    if (char_is_han(c) ||
        (c < 0x80 && (c == '%' || c == '+' || (c >= '0' && c <= '9') ||
                      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))))
      buf_char(&b, c);
  }
  return buf_str(&b);
}

// Whether the subject speaks for the whole of its region: none, the place
// itself, its union or government; not a company or a township in it.
static bool speaks_for_region(Str s) {
  static const char *const offices[] = {"总工会", "工会", "人民政府", "政府",
                                        NULL};
  static const char *const places[] = {"省", "市", "县", "区",
                                       "州", "旗", "盟", NULL};
  static const char *const wholes[] = {"全省", "全市", "全县", "全区",
                                       "全州", "全国", "各",   NULL};
  size_t n;
  if (any_end(s, offices, &n))
    s.len -= n;
  return s.len == 0 || any_end(s, places, &n) || any_start(s, wholes, &n);
}

Str place_key(Arena *a, const Figure *f) {
  if (!f->region.len)
    return f->subject;
  return speaks_for_region(f->subject)
             ? f->region
             : str_fmt(a, "%.*s·%.*s", STR_ARG(f->region), STR_ARG(f->subject));
}

// Counting words that count the same things stand for each other.
Str unit_family(Str unit) {
  static const char *const families[][16] = {
      {"人", "名", "位", NULL},
      {"个", "家", "户", "所", "座", "处", "间", "项", "件", "起", "宗", "例",
       "条", NULL},
      {"场", "场次", "次", "期", "批", NULL},
      {"公斤", "千克", NULL},
  };
  for (size_t i = 0; i < sizeof families / sizeof *families; i++)
    for (const char *const *u = families[i]; *u; u++)
      if (str_is(unit, *u))
        return str_of(families[i][0]);
  return unit;
}

Str measure_key(Arena *a, const Figure *f) {
  if (str_is(f->measure, "increase-by"))
    return str_fmt(a, "增%.*s", STR_ARG(f->base));
  if (str_is(f->measure, "decrease-by"))
    return str_fmt(a, "减%.*s", STR_ARG(f->base));
  if (str_is(f->measure, "target"))
    return STR("目标");
  return str_is(f->measure, "rank") ? STR("位次") : STR("水平");
}

static void name_figure(const Map *names, Figure *f) {
  const Indicator *in = f->canon.len || !f->indicator.len
                            ? NULL
                            : map_lookup(names, f->indicator);
  if (in &&
      (!in->unit.len || str_eq(unit_family(in->unit), unit_family(f->unit))))
    f->canon = in->canon;
}

void dictionary_apply(Arena *a, Dossier *dossier,
                      const Dictionary *dictionary) {
  Map *names = map_new(a);
  for (size_t i = 0; dictionary && i < dictionary->n_indicators; i++) {
    const Indicator *in = &dictionary->indicators[i];
    map_put(names, in->canon, (void *)in);
    for (size_t k = 0; k < in->n_aliases; k++)
      map_put(names, in->aliases[k], (void *)in);
  }
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      Article *t = &p->articles.data[k];
      for (size_t j = 0; j < t->figures.len; j++)
        name_figure(names, &t->figures.data[j]);
    }
  }
}

Str frame_key(Arena *a, const Figure *f) {
  Str place = place_key(a, f);
  if (!place.len)
    return STR("");
  return str_fmt(a, "%.*s|%.*s|%.*s", STR_ARG(place),
                 STR_ARG(unit_family(f->unit)), STR_ARG(measure_key(a, f)));
}

Str line_key(Arena *a, const Figure *f) {
  Str frame = frame_key(a, f), indicator = indicator_key(a, f);
  if (!frame.len || !indicator.len)
    return STR("");
  return str_fmt(a, "%.*s|%.*s|%.*s", STR_ARG(indicator), STR_ARG(frame),
                 STR_ARG(period_key(a, f)));
}

Str series_key(Arena *a, const Figure *f) {
  return figure_period(f).kind == PERIOD_UNKNOWN ? STR("") : line_key(a, f);
}

// ---- values ----------------------------------------------------------------

bool figure_certain(const Figure *f) {
  return !f->doubt.len || str_is(f->state, "confirmed");
}

static bool one_of(Str s, const char *const *words) {
  while (*words && !str_is(s, *words))
    words++;
  return *words != NULL;
}

// The values that a figure's words leave open.
static bool reach(const Figure *f, double *low, double *high) {
  static const char *const more[] = {"余",   "多", "超", "以上",
                                     "至少", "几", NULL};
  static const char *const less[] = {"近",   "不足", "以下",
                                     "以内", "最多", NULL};
  Num n, m;
  if (!num_parse(f->value, &n)) {
    if (!num_parse(f->low, &n) || !num_parse(f->high, &m))
      return false;
    *low = num_double(n);
    *high = num_double(m);
    return true;
  }
  double v = num_double(n), grain = num_double(num_grain(f)) * 0.999999;
  double wide = (v < 0 ? -v : v) * 0.2;
  bool about = str_is(f->qualifier, "约");
  *low = v - (one_of(f->qualifier, less) ? wide : about ? wide / 2 : grain);
  *high = v + (one_of(f->qualifier, more) ? wide : about ? wide / 2 : grain);
  return true;
}

bool values_agree(const Figure *x, const Figure *y) {
  double low, high, low2, high2;
  if (!reach(x, &low, &high) || !reach(y, &low2, &high2))
    return str_eq(x->value, y->value) && str_eq(x->low, y->low);
  Num n, m;
  if (num_parse(x->value, &n) && num_parse(y->value, &m)) {
    double v = num_double(n), w = num_double(m);
    return (w >= low && w <= high) || (v >= low2 && v <= high2);
  }
  return low <= high2 && low2 <= high;
}

// ---- near ones -------------------------------------------------------------

typedef struct {
  uint32_t c[48];
  size_t n;
} Word;

static Word word_of(Str s) {
  Word w = {.n = 0};
  for (size_t i = 0; i < s.len && w.n < 48;)
    w.c[w.n++] = utf8_next(s, &i);
  return w;
}

static bool telling(const uint32_t *c, size_t n) {
  static const char *const empty[] = {
      "新增", "累计", "总数", "人数", "数量", "达到", "服务", "工作", "活动",
      "建设", "开展", "发放", "组织", "完成", "职工", "实现", "投入", NULL};
  char text[64];
  size_t len = 0;
  for (size_t i = 0; i < n && i < 12; i++)
    len += utf8_put(text + len, c[i]);
  return n >= 2 && !one_of((Str){text, len}, empty);
}

bool indicators_akin(Arena *a, const Figure *x, const Figure *y) {
  Word w = word_of(indicator_key(a, x)), v = word_of(indicator_key(a, y));
  for (size_t i = 0; i < w.n; i++) {
    for (size_t k = 0; k < v.n; k++) {
      size_t n = 0;
      while (i + n < w.n && k + n < v.n && w.c[i + n] == v.c[k + n])
        n++;
      if (telling(w.c + i, n))
        return true;
    }
  }
  return false;
}

static void add_why(Buf *b, const char *what, Str x, Str y) {
  buf_fmt(b, "%s%s不同：“%.*s”与“%.*s”", b->len ? "；" : "", what, STR_ARG(x),
          STR_ARG(y));
}

static void why_not(Arena *a, Buf *b, const Figure *x, const Figure *y) {
  Str px = period_key(a, x), py = period_key(a, y);
  if (!str_eq(indicator_key(a, x), indicator_key(a, y)))
    add_why(b, "指标", x->canon.len ? x->canon : x->indicator,
            y->canon.len ? y->canon : y->indicator);
  if (!str_eq(place_key(a, x), place_key(a, y)))
    add_why(b, "地区或主体", place_key(a, x), place_key(a, y));
  if (!str_eq(unit_family(x->unit), unit_family(y->unit)))
    add_why(b, "单位", x->unit, y->unit);
  if (!str_eq(measure_key(a, x), measure_key(a, y)))
    add_why(b, "含义", measure_key(a, x), measure_key(a, y));
  if (!str_eq(px, py))
    add_why(b, "时期", px.len ? px : STR("未写明"),
            py.len ? py : STR("未写明"));
  else if (!px.len)
    buf_fmt(b, "%s时期都未写明", b->len ? "；" : "");
}

Comparable figures_compare(Arena *a, const Figure *x, const Figure *y,
                           Str *why) {
  Str kx = series_key(a, x), ky = series_key(a, y);
  *why = STR("");
  if (kx.len && str_eq(kx, ky))
    return COMPARE_YES;
  if (!indicators_akin(a, x, y) ||
      !str_eq(unit_family(x->unit), unit_family(y->unit)))
    return COMPARE_NO;
  Buf b = buf_new(a);
  why_not(a, &b, x, y);
  *why = buf_str(&b);
  return COMPARE_NEAR;
}
