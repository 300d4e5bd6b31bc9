// Whose and where: organisations and places in the text.
#include "extract_imp.h"

enum { CANDIDATES = 12, EACH_FAR = 80 };

const Division *division_level(const Division *d, int level) {
  while (d && d->level > level)
    d = d->parent;
  return d && d->level == level ? d : NULL;
}

// ---- which of several places
// ---------------------------------------------------

static size_t count_within(const Division *const *out, size_t n,
                           const Division *above, const Division **one) {
  size_t hits = 0;
  for (size_t i = 0; above && i < n; i++)
    if (within(out[i], above)) {
      if (!hits)
        *one = out[i];
      hits++;
    }
  return hits;
}

// The candidate that its surroundings mean; NULL where they do not say.
static const Division *choose(const Division *const *out, size_t n,
                              const Scene *s) {
  const Division *one = NULL;
  if (n == 1)
    return out[0];
  const Division *near[] = {s->city, division_level(s->home, 2), s->province,
                            division_level(s->home, 1), s->page};
  for (size_t k = 0; k < sizeof near / sizeof *near; k++)
    if (count_within(out, n, near[k], &one))
      return one;
  // 吉林 朝阳 海南: the higher one, where only one stands highest.
  size_t best = 0;
  for (size_t i = 1; i < n; i++)
    if (out[i]->level < out[best]->level)
      best = i;
  for (size_t i = 0; i < n; i++)
    if (i != best && out[i]->level == out[best]->level)
      return NULL;
  return out[best]->level < 3 ? out[best] : NULL;
}

// 秦安建起: short for a county that the page names in full, where a name may
// stand.
static bool known_here(const Text *t, size_t i, const Scene *s,
                       const Division *d) {
  return d && is_known(s->known, d) &&
         (i == 0 || text_breaks(t, i - 1) || t->kind[i - 1] == CH_LIST ||
          text_any_before(t, i, "在 到 赴 从 与 和"));
}

static bool full_form(const Text *t, size_t end) {
  return text_any_before(t, end, "省 市 县 区 州 盟 旗") > 0;
}

// 文县 康县 成县: the whole name is two characters, and 成 县级 no name.
static bool two_character_county(const Text *t, size_t i, size_t end) {
  if (end - i != 2 || !text_is(t, i + 1, "县") || text_is(t, i, "郊") ||
      text_any(t, end, "级 域 城 里 上 委 内 区"))
    return false;
  return i == 0 || t->kind[i - 1] != CH_HAN ||
         text_any_before(t, i, "在 向 对 从 与 和 由 于 到 赴 省 市 州") > 0;
}

// Words that begin like a place: 安康杯, 长治久安.
static bool is_word(const Text *t, size_t i) {
  return text_any(t, i,
                  "安康杯 长治久安 大同小异 东方红 东方 来宾 白银价 和平共处 "
                  "文山会海 平安 和平 新城 新区 中山桥 中山路 中山装 "
                  "北京时间 南京路 海南岛 朝阳产业 天水围 通州事 长春花 "
                  "新市民 新市场 江北 东风 河口 大方 西部 东部 城中 "
                  "郊区 台江两岸 长江 黄河 永定 兴安 安定 通道 中方 上海合作 "
                  "城市 日照时 日照充 日照不 日照强 日照偏 日照百 哈密瓜 "
                  "普洱茶 大理石 北海道 大城市") > 0;
}

// ---- named places
// -----------------------------------------------------------------

// 酒泉市金塔县, but 姚安县 and no 楚雄彝族自治州姚安县: a county's name with
// its city's, where that is short.
static Str below_city(Arena *a, const Division *d, Str name) {
  const Division *up = d->level == 3 ? d->parent : NULL;
  Str above = str_of(up ? up->name : "");
  return up && above.len <= 4 * 3 && str_ends(above, STR("市"))
             ? str_cat(a, above, name)
             : name;
}

Str whole_name(Arena *a, const Division *d) {
  return d ? below_city(a, d, str_of(d->name)) : STR("");
}

typedef struct {
  size_t end;  // of the names
  size_t last; // where the last begins
  const Division *division;
  bool doubtful, full;
  int names; // how many, one below the other
  bool of;   // the last two joined by 的
} Named;

// 甘肃省酒泉市肃北, 山东乳山市: names one below the other.
static Named chain_at(const Text *t, size_t i, const Scene *s) {
  Named named = {.end = i};
  for (int k = 0; k < 3; k++) {
    const Division *out[CANDIDATES];
    size_t len;
    bool of = k && text_is(t, named.end, "的"); // 临夏州的东乡县
    size_t at = named.end + of;
    if (at >= t->n)
      break;
    size_t n = division_match(t->plain, t->at[at], &len, out, CANDIDATES);
    if (!n)
      break;
    size_t chars = len / 3;
    size_t end = at + chars;
    bool full =
        (full_form(t, end) && chars > 2) || two_character_county(t, at, end);
    if (of && !full)
      break;
    if (!full &&
        (is_word(t, at) || (lex_at(t, at, W_VERB | W_NOUN, NULL) >= chars &&
                            !text_any(t, end, "县 旗"))))
      break;
    if (named.division) {
      const Division *one = NULL;
      if (!count_within(out, n, named.division, &one) || one == named.division)
        break;
      named = (Named){end, at, one, false, full, named.names + 1, of};
      continue;
    }
    const Division *one = choose(out, n, s);
    bool low = !full && (!one || one->level == 3);
    if (low &&
        (!text_any(t, end, "县 市 区 总工会 工会") ||
         text_any(t, end, "区块 区域 区间 区内 区位 县级 县域 市场 市级")) &&
        !short_union(t, end) && !known_here(t, at, s, one))
      break;
    named = (Named){end, i, one, !one, full, 1, false};
    if (!one)
      break;
  }
  return named;
}

static size_t named_at(Arena *a, const Text *t, size_t i, const Scene *s,
                       Mention *out) {
  Named named = chain_at(t, i, s);
  if (named.end == i)
    return 0;
  *out = (Mention){.begin = i, .end = named.end, .division = named.division};
  out->doubtful = named.doubtful;
  size_t end = org_end(t, named.end);
  Str name = text_slice(t, i, named.end);
  if (named.names > 1 && (end == named.end || named.of)) {
    Str last = text_slice(t, named.last, named.end);
    name = below_city(a, named.division, // the region has the province
                      named.full ? last : str_of(named.division->name));
  }
  if (named.names > 1 && end == named.end) {
    ; // a place alone
  } else if (end > named.end) {
    out->org = true;
    Str tail = text_slice(t, named.end, end);
    tail = union_named(a, tail);
    if (!named.full && str_starts(tail, STR("总工会")) && named.division)
      name = str_of(named.division->name);
    name = str_cat(a, name, tail);
  } else if (!named.full && named.division &&
             !(named.division->level == 1 &&
               str_ends(str_of(named.division->name), STR("自治区")))) {
    name = str_of(named.division->name); // 广西 stays as printed
  }
  // 金塔县总工会 → 酒泉市金塔县总工会
  const Division *d = named.division;
  if (d && d->level == 3 && named.names < 2 &&
      str_starts(name, str_of(d->name)))
    name = str_cat(a, whole_name(a, d),
                   str_slice(name, strlen(d->name), name.len));
  out->end = end;
  out->subject = name;
  return end - i;
}

static const Division *common(const Division *x, const Division *y) {
  while (x && !within(y, x))
    x = x->parent;
  return x;
}

// 三州市, 5个省, 3个省(市): how many there are; where it ends, 0 if none.
static size_t counted_places(const Text *t, size_t i) {
  size_t k = i + text_any(t, i, "两 二 三 四 五 六 七 八 九 十");
  while (k < i + 2 && k < t->n && t->kind[k] == CH_DIGIT)
    k++;
  size_t level = k > i ? text_any(t, k,
                                  "州市 市州 县区 县市 市县 省市 省区 市 县 区 "
                                  "州 省 个省 个市 个县 个区 个州 地")
                       : 0;
  if (!level)
    return 0;
  k += level;
  return k < t->n && t->kind[k] == CH_OPEN && t->pair[k] > k &&
                 t->pair[k] < k + 6
             ? t->pair[k] + 1
             : k;
}

// 甲市、乙市、丙州三州市: several places as one, in what holds them all; in
// none where they are of several provinces.
static void join_places(const Text *t, const Scene *s, Mention *m) {
  size_t k = m->end, n = 1;
  const Division *d = m->division;
  while (n < CANDIDATES && m->division && k + 2 < t->n &&
         (t->kind[k] == CH_LIST || text_any(t, k, "和 与 及"))) {
    Named named = chain_at(t, k + 1, s);
    if (named.end == k + 1 || !named.division)
      break;
    d = common(d, named.division);
    k = named.end;
    n++;
  }
  size_t counted = n > 1 ? counted_places(t, k) : 0;
  if (n > 1 && text_is(t, k, "等地") && !text_any(t, k + 1, "地区 地方 地级"))
    counted = k + 2; // 甲、乙、丙等地达到…
  bool there =
      n > 1 && text_any_before(t, m->begin, "在 赴") && t->kind[k] == CH_HAN;
  if (!counted && !(there && d))
    return;
  k = counted ? counted : k;
  for (size_t i = k; i < k + EACH_FAR && i < t->n && !text_stops(t, i); i++)
    if (text_any(t, i, "分别 各"))
      return; // each has its own
  m->end = k;
  m->division = d;
  m->org = m->foreign = !d;
  m->subject = text_slice(t, m->begin, k);
}

// ---- all of a block
// ---------------------------------------------------------------

static bool head_of_clause(const Text *t, size_t i, bool country) {
  while (i && (t->kind[i - 1] == CH_SPACE || t->kind[i - 1] == CH_QUOTE ||
               t->c[i - 1] == '"'))
    i--;
  if (i == 0 || text_breaks(t, i - 1) || (t->inside[i - 1] & INSIDE_TIME))
    return true;
  if (t->kind[i - 1] == CH_CLOSE ||
      ((t->kind[i - 1] == CH_UNQUOTE || t->c[i - 1] == '"') && i > 1 &&
       (text_breaks(t, i - 2) || t->inside[i - 2] & INSIDE_TIME)))
    return true;
  if (lex_before(t, i, W_LEAD | W_TIME, NULL) > 0)
    return true;
  return !country &&
         text_any_before(t, i, "在 据 从 走进 地处 位于 来自 于 截至 由");
}

static void remember(Scene *s, const Mention *m) {
  const Division *d = m->division;
  if (m->org && !m->person)
    remember_body(s, m);
  if (d)
    s->last_division = d;
  if (!d || m->generic)
    return;
  // 来自山东的农机手: a province named in passing is not 全省
  const Division *home = division_level(s->home, 1);
  if (!m->strong && home && home != division_level(d, 1))
    return;
  if (!m->org && d->level == 2 && str_has(str_of(d->name), STR("自治")) &&
      str_ends(m->subject, STR("州")) && m->subject.len < 18) {
    s->as_printed = d;
    s->printed = m->subject;
  }
  s->province = division_level(d, 1);
  if (d->level >= 2)
    s->city = division_level(d, 2);
  else if (s->city && !within(s->city, d))
    s->city = NULL;
  if (d->level == 3) {
    s->county = d;
    s->left = false;
  } else if (s->county && !within(s->county, d)) {
    s->county = NULL;
  }
}

// What leads to where something was.
static const char beside[] = "在 到 赴 于 来自 走进 地处 位于 入职 落户 前往";

// What leads to one of those that a sentence speaks of.
static const char parts[] =
    "其中 其中以 例如 比如 譬如 诸如 如 尤其是 特别是 尤以";

// 以他名字命名的工作室: by the person's name, and where the person is.
static void named_after(Arena *a, const Text *t, const Scene *s, Mention *m) {
  size_t to = text_find(t, m->begin, m->end, "名字 姓名 的名字 命名");
  if (to == SIZE_MAX || to > m->begin + 6)
    return;
  bool known = text_any(t, m->begin + 1, "他 她") > 0;
  Str name = known ? s->person : text_slice(t, m->begin + 1, to);
  if (known || str_eq(name, s->person))
    m->division = s->person_division;
  m->subject = str_cat(a, name, m->subject);
}

// 她所在的苗绣合作社: the body behind it.
static size_t place_of_work(const Text *t, size_t i, Mention *m) {
  size_t lead = text_any(t, i, "他所在的 她所在的 其所在的");
  size_t len = lead ? team_at(t, i + lead, m) : 0;
  if (lead && !len)
    len = org_at(t, i + lead, m);
  m->begin = len ? i : m->begin;
  return len ? lead + len : 0;
}

// The place, body or person named at i; length, 0 if none.
static size_t mention_from(Arena *a, const Text *t, size_t i, Scene *scene,
                           Mention *m) {
  uint8_t head = t->head[i];
  bool opens = head & HEAD_CLAUSE;
  size_t len = 0;
  if (opens)
    len = t->kind[i] == CH_QUOTE ? quoted_at(t, i, m) : foreign_at(t, i, m);
  if (!len && opens &&
      (t->kind[i] == CH_QUOTE || t->kind[i] == CH_DIGIT ||
       t->kind[i] == CH_LATIN))
    len = team_at(t, i, m);
  if (len || t->kind[i] != CH_HAN ||
      (t->inside[i] & (INSIDE_BOOK | INSIDE_QUOTE)))
    return len;
  if (!(head & (HEAD_NAME | HEAD_GENERIC | HEAD_CLAUSE)))
    return person_at(t, i, scene, m);
  if (head & HEAD_NAME && t->at[i] + 6 <= t->text.len &&
      division_may_begin(division_filter(), t->plain.data + t->at[i]))
    len = named_at(a, t, i, scene, m);
  if (len && !m->org) {
    join_places(t, scene, m);
    return m->end - i;
  }
  if (!len && head & HEAD_GENERIC)
    len = generic_at(a, t, i, scene, m);
  if (!len && head & (HEAD_GENERIC | HEAD_CLAUSE))
    len = again_at(t, i, scene, m);
  if (!len && opens)
    len = place_of_work(t, i, m);
  if (!len && opens)
    len = fair_at(t, i, m);
  if (!len && opens && (len = org_at(t, i, m)) && text_is(t, i, "以"))
    named_after(a, t, scene, m);
  if (!len && opens)
    len = team_at(t, i, m);
  if (!len && head & HEAD_PERSON)
    len = person_at(t, i, scene, m);
  return !len && opens ? town_at(t, i, m) : len;
}

// 高学斌,是吉林省吉林市一家…: where the person named before is.
static bool place_of_person(const Text *t, Scene *s, const Mention *m,
                            Mentions *out) {
  Mention *who = out->len ? &out->data[out->len - 1] : NULL;
  if (!who || !who->person || !m->division || who->end + 8 < m->begin ||
      !text_any_before(t, m->begin, "是 来自"))
    return false;
  who->division = s->person_division = m->division;
  return true;
}

// 帮扶中心全部建立,…: what came about did not do what follows.
static bool came_about(const Text *t, const Mention *m) {
  size_t i = m->end + text_any(t, m->end,
                               "全部 已全部 均已 已 相继 陆续 正式 先后 顺利");
  i += text_any(t, i,
                "建立 建成 成立 挂牌 揭牌 投用 启用 落成 投入使用 开放 组建");
  return m->org && i > m->end + 1 && i < t->n && text_breaks(t, i);
}

void find_mentions(Arena *a, Text *t, Scene *scene, Mentions *out) {
  const uint8_t heads = HEAD_NAME | HEAD_GENERIC | HEAD_CLAUSE | HEAD_PERSON;
  scene->left = true;
  for (size_t i = 0; (i = text_head(t, i, heads)) < t->n;) {
    Mention m;
    size_t len = mention_from(a, t, i, scene, &m);
    if (!len) {
      i++;
      continue;
    }
    m.event = is_event(t, &m);
    make_example(t, &m);
    bool theirs = place_of_person(t, scene, &m, out);
    bool head = head_of_clause(t, m.begin, m.country) ||
                (m.event && t->head[m.begin] & HEAD_CLAUSE);
    m.strong = m.person || (head && !theirs && !tells_only(t, &m));
    m.part = text_any_before(t, m.begin, parts) > 0 || came_about(t, &m);
    m.beside = text_any_before(t, m.begin, beside) && !text_breaks(t, i + len);
    for (size_t k = m.begin; k < i + len && !m.generic; k++)
      t->inside[k] |= INSIDE_PLACE;
    remember(scene, &m);
    *vec_push(a, out) = m;
    i += len;
    size_t by = text_any(t, i, "主办的 承办的 举办的 联合主办的 牵头举办的");
    if (by) // 由市人社局主办的|招聘会
      t->head[i + by] |= HEAD_CLAUSE;
  }
}

// ---- an article's place
// --------------------------------------------------------------

static bool names_body(const Mention *m) {
  return m->org && !m->event && !m->foreign && m->strong &&
         !str_has(m->subject, STR("某"));
}

static const Mention *scan(Arena *a, Scene *scene, Str s, Mentions *out) {
  if (!scene->work)
    scene->work = NEW(a, Text);
  text_load(a, scene->work, s);
  find_mentions(a, scene->work, scene, out);
  const Mention *best = NULL;
  for (size_t i = 0; i < out->len; i++) {
    const Mention *m = &out->data[i];
    if ((!m->division && (!m->org || m->event)) || m->person || m->foreign ||
        whence(scene->work, m))
      continue;
    if (!best || names_body(m))
      best = m;
    if (names_body(best))
      break;
  }
  for (size_t i = 0; best && i < out->len; i++)
    if (&out->data[i] == best)
      out->data[i].subject = told_by(
          a, scene->work, best, i + 1 < out->len ? &out->data[i + 1] : NULL);
  return best;
}

// 前9月|全国新建…
static bool only_time(const Text *t, size_t end) {
  for (size_t i = 0; i < end; i++)
    if (t->kind[i] == CH_HAN &&
        !text_any(t, i,
                  "前 上 下 半 今 去 年 季 度 月 日 底 末 至 一 二 三 四"))
      return false;
  return true;
}

// 本报北京…日电 全国铁路…: where it was filed is not what it is about.
static bool of_country(Arena *a, Scene *scene, const Article *article) {
  for (size_t i = 0; i < article->blocks.len; i++) {
    const TextBlock *b = &article->blocks.data[i];
    if (b->kind != BLOCK_PARA)
      continue;
    Mentions found = {0};
    Scene before = *scene;
    scan(a, scene, str_slice(b->text, 0, 600), &found);
    before.work = scene->work; // made by the first scan
    *scene = before;
    if (str_has(str_slice(b->text, 0, 300), STR("中国铁路")) ||
        str_has(str_slice(b->text, 0, 300), STR("国家铁路")) ||
        str_has(str_slice(b->text, 0, 300), STR("全国铁路")))
      return true;
    for (size_t k = 0; k < found.len; k++) {
      const Mention *m = &found.data[k];
      if (m->country && m->org && m->end > 0)
        return true; // also where it only tells
      if (m->strong && !tells_only(scene->work, m))
        return m->country && m->end > 0;
    }
    return false;
  }
  return false;
}

// 2025年|全国总工会机关…: a headline behind its year.
static Str behind_year(Str s) {
  bool year = s.len > 9 && s.data[0] >= '1' && s.data[0] <= '2';
  for (size_t i = 1; year && i < 4; i++)
    year = s.data[i] >= '0' && s.data[i] <= '9';
  return year && str_starts(str_slice(s, 4, s.len), STR("年"))
             ? str_slice(s, 7, s.len)
             : s;
}

static void open_by(Arena *a, Scene *scene, Str s, bool head) {
  s = head ? behind_year(s) : s;
  Mentions found = {0};
  Scene before = *scene;
  const Mention *m = scan(a, scene, str_slice(s, 0, 600), &found);
  const Mention *first = found.len ? &found.data[0] : NULL;
  if (first && !scene->home && first->country &&
      (head ? first->strong || only_time(scene->work, first->begin)
            : only_publishes(scene->work, first)))
    scene->country = true; // 全国农民工总量…, 国家统计局发布…
  if (!m)
    return;
  if (!scene->home && m->division && !scene->country)
    scene->home = m->division;
  bool unnamed = str_has(m->subject, STR("一家")) ||
                 str_has(m->subject, STR("一处")) ||
                 str_has(m->subject, STR("一座"));
  bool item = str_starts(s, STR("□")) || str_starts(s, STR("■")) ||
              str_starts(s, STR("●")) || str_starts(s, STR("◆"));
  if (!scene->subject.len && names_body(m) && !m->part &&
      (head || !(unnamed || item))) {
    scene->subject = m->subject;
    scene->seat = m->division;
  }
  if (!m->division && before.home)
    scene->home = before.home;
}

void scene_open(Arena *a, Scene *scene, const Article *article,
                const Division *page, const Known *known) {
  *scene = (Scene){
      .known = known, .page = page, .work = scene->work, .subject = STR("")};
  Str dateline = STR("");
  size_t paras = 0;
  for (size_t i = 0; i < article->blocks.len; i++) {
    const TextBlock *b = &article->blocks.data[i];
    if (b->kind == BLOCK_KICKER || b->kind == BLOCK_TITLE ||
        b->kind == BLOCK_SUBTITLE)
      open_by(a, scene, b->text, true);
    if (b->kind == BLOCK_DATELINE && b->place.len)
      dateline = b->place;
  }
  if (!scene->home && str_is(dateline, "北京") && of_country(a, scene, article))
    scene->country = true;
  if (!scene->home && !scene->country && dateline.len)
    open_by(a, scene, dateline, true);
  bool headed = scene->home, speaks = false;
  for (size_t i = 0; i < article->blocks.len && paras < 2; i++) {
    const TextBlock *b = &article->blocks.data[i];
    if (b->kind != BLOCK_PARA)
      continue;
    paras++;
    speaks |= str_has(str_slice(b->text, 0, 600), STR("我市"));
    if (!scene->home || !scene->subject.len)
      open_by(a, scene, b->text, false);
  }
  // a city's paper names its districts in passing
  const Division *own = page && page->level == 2 ? page
                        : speaks                 ? known->city
                                                 : NULL;
  if (!headed && own && within(scene->home, own))
    scene->home = own;
  if (scene->person_division && within(scene->person_division, scene->home))
    scene->home = scene->person_division;
  if (scene->seat && !within(scene->home, scene->seat) &&
      !within(scene->seat, scene->home)) {
    scene->home = scene->seat; // 甲市干部何某 works in a village elsewhere
    scene->moved = true;
  }
  if (!scene->home && !scene->country)
    scene->home = page;
  if (!scene->home && !scene->country && !scene->subject.len)
    scene->country = of_country(a, scene, article);
  scene->province = division_level(scene->home, 1);
  scene->city = division_level(scene->home, 2);
  scene->county = division_level(scene->home, 3);
}

void scene_heading(Arena *a, Scene *scene, const Scene *base,
                   const TextBlock *b) {
  Mentions found = {0};
  const Mention *m = scan(a, scene, str_slice(b->text, 0, 300), &found);
  bool names = m && m->strong && !m->generic && m->begin <= 1;
  scene->subject = names ? m->subject : base->subject;
  scene->home = names && m->division ? m->division : base->home;
}
