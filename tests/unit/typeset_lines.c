// typeset: the rules of lines and paragraphs. Each test is named after the rule
// it holds (docs/typesetting.md).
#include "line_checks.h"

// ---- K ---------------------------------------------------------------------

static void test_K1_K2_first_and_last(void) {
  for (Len m = EM * 5; m <= EM * 30; m += EM / 4)
    holds(news, m);
}

static size_t line_ending(Lines l, uint32_t c) {
  size_t n = 0;
  for (size_t i = 0; i + 1 < l.n; i++) {
    Row r = row_of(&l.lines[i]);
    n += r.n && r.chars[r.n - 1].c == c;
  }
  return n;
}

// The solidus: last at level basic only, first never.
static void test_K2_solidus(void) {
  const char *text = "甲乙丙／丁戊己庚／辛壬／癸子丑寅卯／辰巳午／未申酉／戌亥";
  size_t basic = 0, gb = 0;
  for (Len m = EM * 5; m < EM * 16; m += EM / 4) {
    Lines l = set(text, m);
    rows_hold(text, l, m);
    gb += line_ending(l, 0xFF0F);
    doc.profile.kinsoku = 1;
    basic += line_ending(set(text, m), 0xFF0F);
    doc.profile.kinsoku = 2;
  }
  CHECK(gb == 0 && basic > 0);
}

static size_t line_starting(Lines l, uint32_t c) {
  size_t n = 0;
  for (size_t i = 1; i < l.n; i++) {
    Row r = row_of(&l.lines[i]);
    n += r.n && r.chars[0].c == c;
  }
  return n;
}

// How many lines begin with c where the text is set at all measures.
static size_t lines_starting(uint32_t c) {
  const char *text = "工人们都来了——一个也没有少……大家很高兴——都说好";
  size_t n = 0;
  for (Len m = EM * 5; m < EM * 20; m += EM / 2)
    n += line_starting(set(text, m), c);
  return n;
}

static void test_K3_dash_first(void) {
  CHECK(lines_starting(0x2014) > 0 && lines_starting(0x2026) > 0);
  doc.profile.kinsoku = 3;
  CHECK(lines_starting(0x2014) == 0 && lines_starting(0x2026) == 0);
  doc.profile.kinsoku = 2;
}

static void test_K4_push_in_first(void) {
  // Ten em hold eleven characters when the comma gives half an em.
  Lines l = set("工人工人，工人工人工人工人工人工人工人", EM * 10);
  Row r = row_of(&l.lines[0]);
  CHECK(r.right == EM * 10);
}

static void test_K5_two_em_marks(void) {
  CHECK(near(between("工——会", 0, 2) + between("工——会", 0, 1), EM * 4) ||
        near(between("工——会", 0, 2), EM * 3));
  CHECK(near(between("工……会", 0, 3), EM * 3));
  for (Len m = EM * 5; m <= EM * 14; m += EM / 4)
    holds("他想了想……没有说话……又走了——很远很远——再没有回来", m);
  Lines l = set("工会……工会工会工会工会工会工", EM * 11);
  Row r = row_of(&l.lines[0]);
  CHECK(r.n > 4 && near(r.chars[3].x - r.chars[2].x, EM));
}

// Notes that setting the text gives.
static size_t notes_of(const char *text) {
  size_t before = diags_count(d, LEVEL_NOTE);
  set(text, EM * 60);
  return diags_count(d, LEVEL_NOTE) - before;
}

static void test_K5_ellipses_alone(void) {
  CHECK(notes_of("工会……好") == 0);
  CHECK(notes_of("…………") == 0);
  CHECK(notes_of("工会…………好") == 1);
}

static void test_K6_doubled(void) {
  CHECK(near(between("好！！工", 1, 3), EM));
  CHECK(near(between("好？！工", 1, 3), EM));
  CHECK(near(between("好！！！工", 1, 4), EM * 2));
  CHECK(notes_of("好！！！工") == 0);
  CHECK(notes_of("好！！！！工") == 1);
}

// ---- W ---------------------------------------------------------------------

static void test_W1_widths(void) {
  CHECK(near(between("工，会", 0, 2), EM * 2));
  CHECK(near(between("约翰·里", 1, 3) - EM, HALF));
  CHECK(near(between("亩/户工", 0, 2) - EM, HALF));
  CHECK(near(between("甲～乙", 0, 2), EM * 2));
  CHECK(near(between("工12会", 1, 2), HALF));
}

static void test_W3_pairs(void) {
  CHECK(near(between("工“《会", 1, 3), EM + HALF - 0));
  CHECK(near(between("会》。工", 1, 3), EM + HALF));
  CHECK(near(between("会。”工", 1, 3), EM + HALF));
  CHECK(near(between("会》（工", 1, 3), EM + HALF));
  CHECK(near(between("会。”（工", 1, 4), EM * 2));
  CHECK(near(between("会》）。工", 1, 4), EM * 2));
  CHECK(near(between("会）工", 1, 2), EM)); // nothing taken beside Han
  CHECK(near(between("会，7", 1, 2), EM));
  doc.profile.squeeze = false;
  CHECK(near(between("会》。工", 1, 3), EM * 2));
  doc.profile.squeeze = true;
}

static void test_W3_tight_pairs(void) {
  doc.profile.tight_pairs = true;
  CHECK(near(between("工“《会", 0, 3), EM * 2));
  CHECK(near(between("会。”工", 1, 3), EM));
  CHECK(near(between("会》（工", 1, 3), EM));
  CHECK(near(between("会）工", 1, 2), EM)); // a single mark keeps its box
  for (Len m = EM * 5; m <= EM * 14; m += EM / 4)
    holds("他说：“（这）是《工会法》，不是《劳动法》。”大家（都）笑了", m);
  doc.profile.tight_pairs = false;
}

// In Taiwan and Hong Kong stops stand in the middle of their box; brackets do
// not.
static void test_W2_slack_side(void) {
  static const char *const langs[] = {"zh-TW", "zh-HK"};
  FontSet *mainland = setter.fonts;
  for (size_t i = 0; i < 2; i++) {
    doc.lang = str_of(langs[i]);
    setter.fonts = fontset_open(a, d, &doc, NULL);
    const CharInfo *stop =
        role_char(role_of(setter.fonts, STR("song"), false), 0x3002, false);
    CHECK(stop->left > 200000 && stop->right > 200000);
    CHECK(near(between("會。」工", 0, 3), EM * 2 + HALF));
    CHECK(near(between("會。「工", 1, 3), EM + HALF));
    CHECK(near(between("會」。工", 1, 3), EM + HALF));
    CHECK(near(between("會。工", 1, 2), EM));
    for (Len m = EM * 5; m <= EM * 14; m += EM / 4)
      holds("他說：「這是《工會法》，好！」大家（都）笑了。真的，很好", m);
  }
  setter.fonts = mainland;
  doc.lang = STR_NONE;
}

static void test_W4_line_end(void) {
  const char *text = "工人工人工人工人工。工人工人工人工人";
  Lines l = set(text, EM * 9 + HALF);
  Row r = row_of(&l.lines[0]);
  CHECK(r.n == 10 && r.chars[9].c == 0x3002);
  CHECK(near(r.right - r.chars[9].x, HALF) && r.right == EM * 9 + HALF);
  for (Len m = EM * 5; m < EM * 12; m += EM / 4) // a blank takes no room there
    holds("一版责编　何以宁　三版责编　余半山　校对　万千里　美编　苏晓晓", m);
  for (Len m = EM / 2; m < EM * 4; m += EM / 4) { // nor a line of its own
    l = set("何以宁……　余半山12\xE2\x80\x80%　", m);
    for (size_t i = 0; i < l.n; i++)
      CHECK(l.lines[i].n_marks);
  }
}

static void test_W5_line_start(void) {
  body.indent = 2 * EM;
  Lines l = set("（一）工会", EM * 20);
  Row r = row_of(&l.lines[0]);
  CHECK(near(r.chars[0].x, EM * 2 - HALF)); // ink box begins at 2 em
  CHECK(near(r.chars[1].x, EM * 2 + HALF));
  body.indent = 0;
}

static void test_W6_hang(void) {
  const char *text = "工人工人工人工人工人。工人工人工人工人工人工人";
  doc.profile.hang = true;
  Lines l = set(text, EM * 10);
  Row r = row_of(&l.lines[0]);
  CHECK(r.n == 11 && r.chars[10].c == 0x3002 && near(r.chars[10].x, EM * 10));
  doc.profile.hang = false;
  l = set(text, EM * 10);
  r = row_of(&l.lines[0]);
  CHECK(r.right <= EM * 10);
}

// ---- L ---------------------------------------------------------------------

static void test_L1_gap(void) {
  CHECK(near(between("共7个", 0, 1), EM + EM / 4));
  CHECK(near(between("共7个", 1, 2), HALF + EM / 4));
  CHECK(near(between("共 7 个", 0, 2), EM + EM / 4)); // the space is the gap
  CHECK(near(between("（7）个", 1, 2), HALF));        // none beside marks
  CHECK(near(between("达92%的", 3, 4) - between("达92%达", 3, 4), 0));
  const Inline runs[] = {
      {.text = STR("共")}, {.text = STR("7")}, {.text = STR("个")}};
  Lines l = set_runs(runs, 3, EM * 20);
  Row r = row_of(&l.lines[0]);
  CHECK(near(r.chars[1].x, EM + EM / 4) && near(r.chars[2].x, 2 * EM));
  doc.profile.gap_permille = 0;
  CHECK(near(between("共7个", 0, 1), EM));
  doc.profile.gap_permille = 250;
}

static void test_L1_none_at_edges(void) {
  for (Len m = EM * 5; m < EM * 16; m += EM / 4) {
    Lines l = set("共有2025个人参加12场比赛1999年以后又有300个人来", m);
    for (size_t i = 0; i < l.n; i++) {
      Row r = row_of(&l.lines[i]);
      CHECK(r.n && near(r.chars[0].x, 0));
    }
  }
}

static bool broken_inside(const char *text, const char *whole) {
  for (Len m = EM * 9; m < EM * 20; m += EM / 4) {
    Lines l = set(text, m);
    bool found = false;
    for (size_t i = 0; i < l.n; i++) {
      Row r = row_of(&l.lines[i]);
      found |= str_has((Str){r.text, r.len}, str_of(whole));
    }
    if (!found)
      return true;
  }
  return false;
}

static void test_L2_latin(void) {
  CHECK(!broken_inside("工会会员们都在使用Windows系统办公", "Windows"));
  Lines l =
      set("见http://example.com/news/2025/index.html?page=12&lang=zh", EM * 8);
  for (size_t i = 0; i + 1 < l.n; i++) {
    Row r = row_of(&l.lines[i]);
    CHECK(among("/.-?&", r.chars[r.n - 1].c) || r.chars[r.n - 1].c > 0x2000);
  }
}

static void test_L2_file_names(void) {
  size_t before = diags_count(d, LEVEL_WARNING);
  for (Len m = EM * 19; m < EM * 24; m += EM / 2) {
    Lines l = set("文句中断处：000_ec84518ae9499b66.txt，第17行。", m);
    for (size_t i = 0; i < l.n; i++)
      CHECK(l.lines[i].loose <= 250);
  }
  CHECK(diags_count(d, LEVEL_WARNING) == before);
  CHECK(!broken_inside("共有工会会员填写__________并且签字", "__________"));
}

// ---- J ---------------------------------------------------------------------

static void test_J1_order(void) {
  // The bracket gives before the comma, the comma before the full stop, and
  // those between Han and Latin in their turn.
  const char *text = "工（人工人，工人工人。工人工人工";
  Row r = row_of(&set(text, EM * 15 + HALF).lines[0]);
  CHECK(r.n == 16 && near(r.chars[2].x - r.chars[0].x, EM + HALF));
  CHECK(near(r.chars[6].x - r.chars[5].x, EM));
  r = row_of(&set(text, EM * 15).lines[0]);
  CHECK(r.n == 16 && near(r.chars[6].x - r.chars[5].x, HALF));
  CHECK(near(r.chars[11].x - r.chars[10].x, EM));
  r = row_of(&set("工人，工人。工", EM * 6).lines[0]);
  CHECK(r.n == 7 && near(r.chars[6].x - r.chars[5].x, HALF));
  r = row_of(&set("工7会。工", EM * 4 + EM / 2 + EM / 4).lines[0]);
  CHECK(r.n == 5 && near(r.chars[1].x, EM + EM / 8)); // L1 before 。
}

static void test_J2_equal(void) {
  Lines l = set("工人工人工人工人工人工人工人工人", EM * 10 + EM * 3 / 10);
  Row r = row_of(&l.lines[0]);
  CHECK(l.n == 2 && r.right == EM * 10 + EM * 3 / 10);
  Len least = EM * 9, most = 0;
  for (size_t i = 1; i < r.n; i++) {
    Len each = r.chars[i].x - r.chars[i - 1].x;
    least = each < least ? each : least;
    most = each > most ? each : most;
  }
  CHECK(most - least <= 1);
}

static void test_J3_loose(void) {
  size_t before = diags_count(d, LEVEL_WARNING);
  Lines l = set("工会internationalization工会工会", EM * 11);
  CHECK(l.n >= 2 && diags_count(d, LEVEL_WARNING) > before);
  before = diags_count(d, LEVEL_WARNING);
  holds(news, EM * 28);
  CHECK(diags_count(d, LEVEL_WARNING) == before);
}

// A line that fits no way is set as it falls, and said.
static void test_J3_short(void) {
  size_t before = diags_count(d, LEVEL_WARNING);
  Lines l = set("http://example.com/aaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbb/c工会",
                EM * 12);
  CHECK(l.n > 2 && row_of(&l.lines[0]).right < EM * 12 - EM / 20);
  CHECK(diags_count(d, LEVEL_WARNING) > before);
}

static void test_J3_last_line_natural(void) {
  Lines l = set("工人工人工人工人工人工人工人", EM * 10);
  Row r = row_of(&l.lines[l.n - 1]);
  CHECK(r.right == EM * (Len)r.n);
}

// ---- N ---------------------------------------------------------------------

static void test_N1_hard(void) {
  static const char *const whole[] = {
      "2.05万", "3,000", "＋3.5",   "-3.5", "￥120",        "96%", "1‰",
      "36℃",    "1２％", "2.5万亿", "60%",  "〔2024〕15号", "№7"};
  for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
    Str t = str_fmt(a, "工会工会工会工会工会%s工会工会工会工会工会", whole[i]);
    bool broken = broken_inside(t.data, whole[i]);
    if (broken)
      printf("broken: %s\n", whole[i]);
    CHECK(!broken);
  }
  CHECK(!broken_inside("工会工作如下：（1）总结工作经验，（2）安排工作",
                       "（1）总"));
}

// A row of numbers may end a line after each 、.
static void test_N1_row_of_numbers(void) {
  const char *text = "文句中断第11、15、21、29、37、97、131、139行。";
  for (Len m = EM * 8; m < EM * 16; m += EM / 2) {
    Lines l = set(text, m);
    for (size_t i = 0; i < l.n; i++)
      CHECK(l.lines[i].loose <= 250);
  }
  CHECK(!broken_inside("工会工作安排如下：1、总结工作经验；2、安排工作",
                       "1、总"));
}

static size_t broken_count(const char *text, const char *whole) {
  size_t n = 0;
  for (Len m = EM * 8; m < EM * 30; m += EM / 8) {
    Lines l = set(text, m);
    bool found = false;
    for (size_t i = 0; i < l.n; i++) {
      Row r = row_of(&l.lines[i]);
      found |= str_has((Str){r.text, r.len}, str_of(whole));
    }
    n += !found;
  }
  return n;
}

static void test_N1_soft(void) {
  const char *soft = "工会工作人员，工会工作人员工会工作人员，工会工作人员"
                     "共有2025人参加了工会工作会议";
  const char *free_ = "工会工作人员，工会工作人员工会工作人员，工会工作人员"
                      "共有2025和参加了工会工作会议";
  CHECK(broken_count(soft, "2025人") < broken_count(free_, "2025和"));
}

static void test_N1_long_degrades(void) {
  size_t before = diags_count(d, LEVEL_WARNING);
  Lines l =
      set("号码12345678901234567890123456789012345678901234567890。", EM * 12);
  for (size_t i = 0; i < l.n; i++)
    CHECK(row_of(&l.lines[i]).right <= EM * 12 + EM / 20);
  CHECK(diags_count(d, LEVEL_WARNING) > before);
}

// A form longer than the line is torn beside its numbers, not in them.
static void test_N2_long_form(void) {
  static const char *const texts[] = {
      "工会组织（〔2024〕15号开展活动，职工参加比赛",
      "工会组织〔2024〕15号）。开展活动，职工参加比赛",
      "工会组织‰〔2024〕15号开展活动，职工参加比赛",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (Len m = EM * 5; m <= EM * 8; m += EM / 3)
      holds(texts[i], m);
}

static void test_N2_digits(void) {
  for (Len m = EM * 6; m < EM * 20; m += EM / 4)
    holds("去年1234567人，前年7654321人，今年10086个，共3 000 000元", m);
  CHECK(!broken_inside("全省今年共备手套围巾和帽子185，000份送到各县",
                       "185，000"));
}

// ---- P, E ------------------------------------------------------------------

static void test_P1_indent(void) {
  body.indent = 2 * EM;
  Lines l = set(news, EM * 20);
  CHECK(row_of(&l.lines[0]).chars[0].x == 2 * EM);
  rows_hold(news, l, EM * 20);
  CHECK(near(row_of(&l.lines[1]).chars[0].x, 0));
  body.indent = -2 * EM;
  body.left = 2 * EM;
  l = set(news, EM * 20);
  CHECK(row_of(&l.lines[0]).chars[0].x == 0);
  CHECK(near(row_of(&l.lines[1]).chars[0].x, 2 * EM));
  body.indent = body.left = 0;
}

// What hangs ends in a blank that reaches to where the other lines begin.
static void test_P1_label(void) {
  static const char *const labels[] = {"1　", "12　", "（一）　"};
  for (size_t i = 0; i < 3; i++)
    for (Len m = EM * 12; m < EM * 16; m += EM / 4) {
      body.indent = -(body.left = i < 2 ? 2 * EM : 3 * EM);
      const Inline runs[] = {{.text = str_of(labels[i])},
                             {.text = str_of(news)}};
      Row r = row_of(&set_runs(runs, 2, m).lines[0]);
      size_t at = utf8_count(str_of(labels[i]));
      CHECK(near(r.chars[at].x, body.left));
    }
  body.indent = body.left = 0;
}

static void test_P3_orphan(void) {
  const char *han =
      "工会组织职工参加安全生产知识竞赛活动取得圆满成功工会组织职工";
  for (size_t n = 20; n <= 32; n++)
    for (Len m = EM * 8; m <= EM * 14; m += EM) {
      Str t = str_fmt(a, "%.*s。", (int)(n * 3), han);
      Lines l = set(t.data, m);
      Row r = row_of(&l.lines[l.n - 1]);
      if (l.n > 1)
        CHECK(r.n >= 3);
    }
  Style up = body; // a note mark is no character
  up.size = EM / 2;
  up.shift = EM / 3;
  const Inline runs[] = {
      {.text = STR("工会组织职工参加安全生产知识竞赛活动取得")},
      {.text = STR("12"), .style = &up},
      {.text = STR("。")}};
  for (Len m = EM * 6; m < EM * 12; m += EM / 2) {
    Lines l = set_runs(runs, 3, m);
    Row r = row_of(&l.lines[l.n - 1]);
    CHECK(l.n == 1 || r.n >= 5);
  }
}

static void test_P5_title(void) {
  body.align = ALIGN_CENTRE;
  Lines l = set("全市总工会召开专题会议研究部署明年重点工作", EM * 16);
  Row one = row_of(&l.lines[0]), two = row_of(&l.lines[1]);
  CHECK(l.n == 2 && two.n > 6); // symmetric, not 16 and 5
  CHECK(near(one.chars[0].x + one.right, EM * 16));
  body.align = ALIGN_JUSTIFY;
}

// A title's line ends between words where it can.
static void test_P5_words(void) {
  static const char *const words[] = {"市总工会", "召开", "专题", "会议",
                                      "研究",     "部署", "明年", "重点"};
  body.align = ALIGN_CENTRE;
  for (Len m = EM * 12; m < EM * 20; m += EM / 2) {
    Lines l = set("全市总工会召开专题会议研究部署明年重点工作", m);
    Row one = row_of(&l.lines[0]);
    CHECK(l.n == 2);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
      Str w = str_of(words[i]), line = {one.text, one.len};
      for (size_t k = 3; k < w.len; k += 3)
        CHECK(!str_ends(line, str_slice(w, 0, k)) ||
              str_ends(line, str_slice(w, k, w.len)));
    }
  }
  body.align = ALIGN_JUSTIFY;
}

static void test_E1_marks(void) {
  Style dotted = body, named = body;
  dotted.dots = true;
  named.underline = true;
  const Inline runs[] = {{.text = STR("着重"), .style = &dotted},
                         {.text = STR("张三"), .style = &named},
                         {.text = STR("李四"), .style = &named}};
  Lines l = set_runs(runs, 3, EM * 20);
  Len ends[4];
  size_t dots = 0, rules = 0;
  for (size_t i = 0; i < l.lines[0].n_marks; i++) {
    const Mark *m = &l.lines[0].marks[i];
    if (m->kind == MARK_PATH) {
      Len middle = (m->points[0] + m->points[8]) / 2; // opposite corners
      CHECK(near(middle, HALF + EM * (Len)dots) && m->tag == TAG_ARTIFACT);
      dots++;
    } else if (m->kind == MARK_RECT && rules < 2) {
      ends[rules * 2] = m->x;
      ends[rules * 2 + 1] = m->x + m->w;
      rules++;
    }
  }
  CHECK(dots == 2 && rules == 2 && ends[1] < ends[2]);
  const Inline many = {.text = str_of(news), .style = &dotted};
  rows_hold(news, set_runs(&many, 1, EM * 20), EM * 20);
}

static void test_E2_even_spacing(void) {
  Style even = body;
  even.spread = EM * 4;
  const Inline runs[] = {{.text = STR("张三"), .style = &even},
                         {.text = STR("李小四"), .style = &even},
                         {.text = STR("工会")}};
  Lines l = set_runs(runs, 3, EM * 20);
  Row r = row_of(&l.lines[0]);
  CHECK(near(r.chars[1].x, EM * 3));              // the last at the end
  CHECK(near(r.chars[3].x, EM * 4 + EM * 3 / 2)); // the middle in the middle
  CHECK(near(r.chars[5].x, EM * 8));
}

// ---- inlines ---------------------------------------------------------------

static int page_seven(void *ctx, Str id) {
  (void)ctx;
  return str_is(id, "s1") ? 7 : 0;
}

static void test_leader_and_page(void) {
  const Inline runs[] = {{.text = STR("组织建设")},
                         {.kind = INLINE_LEADER, .text = STR("…")},
                         {.kind = INLINE_PAGE_REF, .text = STR("s1")}};
  setter.page_of = page_seven;
  Lines l = set_runs(runs, 3, EM * 20);
  Row r = row_of(&l.lines[0]);
  CHECK(l.n == 1 && r.right == EM * 20 && r.chars[r.n - 1].c == '7');
  setter.page_of = NULL;
  const Mark *m = &l.lines[0].marks[1];
  CHECK(m->tag == TAG_ARTIFACT && m->n_glyphs > 10);
}

static void test_forced_break(void) {
  const Inline runs[] = {
      {.text = STR("工会工作")}, {.kind = INLINE_BREAK}, {.text = STR("简报")}};
  Lines l = set_runs(runs, 3, EM * 20);
  CHECK(l.n == 2 && row_of(&l.lines[0]).n == 4 && row_of(&l.lines[1]).n == 2);
}

static void test_links_and_figures(void) {
  const Inline runs[] = {{.text = STR("共")},
                         {.text = STR("36"), .figure = STR("f-1")},
                         {.text = STR("家见"), .link = STR("#s2")}};
  Lines l = set_runs(runs, 3, EM * 20);
  size_t seen = 0;
  for (size_t i = 0; i < l.lines[0].n_marks; i++) {
    const Mark *m = &l.lines[0].marks[i];
    if (m->kind == MARK_FIGURE)
      seen +=
          str_is(m->target, "f-1") && near(m->w, EM) && near(m->x, EM + EM / 4);
    if (m->kind == MARK_LINK)
      seen += str_is(m->target, "#s2") && near(m->w, EM * 2);
  }
  CHECK(seen == 2);
}

static void test_widths(void) {
  Inline in = {.text = STR("工会共7个")};
  Para p = {&body, &in, 1};
  CHECK(near(para_width(&setter, &p), EM * 5));
  in.text = STR("工会2025年");
  CHECK(near(para_min_width(&setter, &p), EM * 2));
}

int main(void) {
  paragraphs_begin();
  test_K1_K2_first_and_last();
  test_K2_solidus();
  test_K3_dash_first();
  test_K4_push_in_first();
  test_K5_two_em_marks();
  test_K5_ellipses_alone();
  test_K6_doubled();
  test_W1_widths();
  test_W2_slack_side();
  test_W3_pairs();
  test_W3_tight_pairs();
  test_W4_line_end();
  test_W5_line_start();
  test_W6_hang();
  test_L1_gap();
  test_L1_none_at_edges();
  test_L2_latin();
  test_L2_file_names();
  test_J1_order();
  test_J2_equal();
  test_J3_loose();
  test_J3_short();
  test_J3_last_line_natural();
  test_N1_hard();
  test_N1_row_of_numbers();
  test_N1_soft();
  test_N1_long_degrades();
  test_N2_digits();
  test_N2_long_form();
  test_P1_indent();
  test_P1_label();
  test_P3_orphan();
  test_P5_title();
  test_P5_words();
  test_E1_marks();
  test_E2_even_spacing();
  test_leader_and_page();
  test_forced_break();
  test_links_and_figures();
  test_widths();
  arena_free(a);
  return check_done();
}
