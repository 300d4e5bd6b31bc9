// Names and roles: 本报记者 李某 通讯员 王 强 郑一/文 何雨/图. A stretch is cut
// at spaces and marks into words, a word at the roles inside it.
#include "people.h"
#include "lexicon.h"

typedef struct {
  const uint16_t *word, *role;
  enum { FRONT, BACK, ALONE } how;
} Role;

static const Role roles[] = {
#include "roles.def"
};
enum { ROLES = sizeof roles / sizeof roles[0] };

static const uint16_t *const name_parts[] = {
#include "names.def"
};

// Stand before a role and are no one's name: 本报记者, 青禾日报全媒体记者.
static const uint16_t *const office_fronts[] = {
    u"本报", u"本刊",   u"本网",     u"本台",   u"新华社", u"中新社",
    u"首席", u"全媒体", u"全媒",     u"融媒体", u"融媒",   u"多媒体",
    u"特约", u"特派",   u"特邀",     u"高级",   u"资深",   u"见习",
    u"实习", u"值班",   u"报告文学", NULL};
// Ends of names of bodies.
static const uint16_t *const body_ends[] = {
    u"报",   u"网",     u"社",   u"台",     u"媒",   u"媒体",   u"会",
    u"部",   u"局",     u"委",   u"处",     u"科",   u"院",     u"校",
    u"厂",   u"公司",   u"中心", u"集团",   u"站",   u"组",     u"所",
    u"厅",   u"办",     u"县",   u"市",     u"总",   u"客户端", u"频道",
    u"大学", u"学院",   u"支队", u"大队",   u"乡",   u"镇",     u"街道",
    u"分会", u"法院",   u"车间", u"段",     u"队",   u"矿",     u"小学",
    u"中学", u"幼儿园", u"工区", u"作业区", u"支行", u"分行",   u"银行",
    u"农场", u"林场",   u"牧场", u"基地",   u"油田", u"水库",   u"社区",
    u"馆",   u"团",     u"店",   NULL};
static const uint16_t *const offices[] = {
    u"主席",   u"书记",   u"局长",   u"主任",   u"院长",     u"校长",
    u"教授",   u"所长",   u"部长",   u"会长",   u"经理",     u"县长",
    u"市长",   u"区长",   u"处长",   u"站长",   u"厂长",     u"研究员",
    u"理事长", u"董事长", u"厅长",   u"秘书长", u"律师",     u"讲师",
    u"博士",   u"委员",   u"工程师", u"服务官", u"分析师",   u"预报员",
    u"农艺师", u"医师",   u"教师",   u"技术员", u"专家",     u"调查员",
    u"园长",   u"队长",   u"段长",   u"矿长",   u"行长",     u"台长",
    u"馆长",   u"镇长",   u"乡长",   u"村官",   u"第一书记", u"支书",
    u"班主任", u"学生",   NULL};
// Words that stand among people and name none.
static const uint16_t *const fields[] = { // of two that begin alike the longer
    u"电话",     u"热线",     u"邮箱",     u"信箱",     u"传真",   u"微信",
    u"地址",     u"网址",     u"投稿信箱", u"投稿邮箱", u"投稿",   u"联系电话",
    u"新闻热线", u"单位",     u"受访者",   u"资料图片", u"资料图", u"资料",
    u"视觉中国", u"人民视觉", u"新华社发", u"新华社",   u"中新社", u"影像中国",
    u"东方IC",   u"星期一",   u"星期二",   u"星期三",   u"星期四", u"星期五",
    u"星期六",   u"星期日",   u"要闻",     u"综合",     u"编辑部", u"编辑邮箱",
    u"本版图片", u"等",       NULL};

static bool parts(uint16_t c) {
  return c == ' ' || c == 0x3001 || c == ',' || c == '/' || c == ':' ||
         c == ';' || c == '(' || c == ')' || c == 0x25A1 || c == 0x25A0 ||
         c == 0x25CF || c == 0x25CB || c == 0x25C6 || c == 0x25C7 ||
         c == 0x25CE || c == 0x25B2 || c == 0x2014 || c == '|' || c == 0x3010 ||
         c == 0x3011 || c == 0x4E28 || c == 0x3014 || c == 0x3015 || c == '[' ||
         c == ']' || c == 0x2605 || c == 0x2606;
}

static size_t length(const uint16_t *w) {
  size_t n = 0;
  while (w[n])
    n++;
  return n;
}

static bool ends_with(Chars t, size_t b, size_t e,
                      const uint16_t *const *list) {
  return ch_ends_any(ch_slice(t, b, e), list);
}

// Whether t[b, e) begins with a word of the list and goes on with figures or
// nothing.
static bool is_field(Chars t, size_t b, size_t e) {
  size_t n = ch_any(ch_slice(t, 0, e), b, fields);
  return (n && (b + n == e || ch_digit(t.c[b + n]))) || ch_latin(t.c[b]) ||
         ch_digit(t.c[b]);
}

// ---- names ------------------------------------------------------------------

// A word of the dictionary, with blanks inside or not.
static bool known_word(Chars t, size_t b, size_t e) {
  uint16_t w[WORD_MAX];
  size_t n = 0;
  for (size_t i = b; i < e; i++) {
    if (t.c[i] == ' ')
      continue;
    if (n == WORD_MAX)
      return false;
    w[n++] = t.c[i];
  }
  return word_cost(w, n) > 0;
}

// Made of two or more parts of names, or of one and a few characters.
static bool of_parts(Chars t, size_t b, size_t e) {
  size_t n = 0, i = b;
  for (size_t w; i < e; i += w, n++) {
    w = ch_any(ch_slice(t, 0, e), i, name_parts);
    if (!w)
      return false;
  }
  return n >= 2;
}

bool name_like(Chars t, size_t b, size_t e, bool strict) {
  size_t n = e - b, len;
  bool dotted = false;
  for (size_t i = b; i < e; i++) {
    dotted = dotted || t.c[i] == 0xB7;
    if (!ch_han(t.c[i]) && t.c[i] != 0xB7)
      return false;
  }
  if (dotted)
    return n >= 4 && n <= 16 && t.c[b] != 0xB7 && t.c[e - 1] != 0xB7 &&
           !ch_has(ch_slice(t, b, e), u"报");
  if (n < 2 || n > 8)
    return false;
  if (surname_at(t, b, &len) && n - len >= 1 && n - len <= 2)
    return true;
  if (n >= 4)
    return of_parts(t, b, e);
  return n <= 3 && (of_parts(t, b, e) || (!strict && !known_word(t, b, e)));
}

static Str utf8_of(Arena *a, const uint16_t *w) {
  Buf b = buf_new(a);
  for (; *w; w++)
    buf_char(&b, *w);
  return buf_str(&b);
}

static void person(Parse *x, size_t b, size_t e) {
  x->names++;
  x->group_names++;
  x->words += known_word(x->t, b, e);
  x->last_begin = (uint32_t)b;
  x->last = (uint32_t)e;
  if (!x->out)
    return;
  Str name = piece_str(x->p, b, e);
  if (str_has(name, STR(" "))) {
    Buf joined = buf_new(x->a);
    for (size_t i = 0; i < name.len; i++)
      if (name.data[i] != ' ')
        buf_byte(&joined, name.data[i]);
    name = buf_str(&joined);
  }
  *vec_push(x->a, x->out) =
      (Person){(uint32_t)b, (uint32_t)e, name, utf8_of(x->a, x->role)};
}

// The one-character words that wait: 王 强, 张 胜 男, 欧 阳 晴; two names where
// the third character is a surname and a fourth follows.
static void close_lone(Parse *x) {
  size_t n = x->n_lone, len;
  x->n_lone = 0;
  if (n == 0)
    return;
  if (n == 1) {
    x->strange = true;
    return;
  }
  for (size_t i = 0; i < n;) {
    size_t rest = n - i;
    size_t take = rest == 3                                             ? 3
                  : rest > 4 && !surname_at(x->t, x->lone[i + 2], &len) ? 3
                                                                        : 2;
    if (take > rest) {
      x->strange = true;
      return;
    }
    person(x, x->lone[i], x->lone[i + take - 1] + 1);
    i += take;
  }
}

// A one-character word. 夏丽 萍: it belongs to the two characters before.
static bool take_lone(Parse *x, size_t b, size_t e) {
  if (e - b != 1 || !ch_han(x->t.c[b]))
    return false;
  if (!x->n_lone && x->last + 1 == b && x->last - x->last_begin == 2 &&
      x->names) {
    size_t len;
    bool begins = surname_at(x->t, b, &len) && b + 2 < x->t.n &&
                  x->t.c[b + 1] == ' ' && b + 3 <= x->t.n &&
                  (b + 3 == x->t.n || parts(x->t.c[b + 3]));
    if (!begins) { // 王强 李 明: the next is alone too, a name of its own
      size_t begin = x->last_begin;
      x->names--;
      x->group_names--;
      if (x->out && x->out->len)
        x->out->len--;
      person(x, begin, e);
      return true;
    }
  }
  if (x->n_lone == sizeof x->lone / sizeof x->lone[0])
    close_lone(x);
  x->lone[x->n_lone++] = (uint32_t)b;
  return true;
}

// Whether the four signs are rather two names: 何雨韩林.
static bool glued_like(Chars t, size_t b, size_t e) {
  size_t len;
  return e - b >= 4 && surname_at(t, b, &len) && len == 1 &&
         ch_any(ch_slice(t, 0, e), b, name_parts) < 2 &&
         ((surname_at(t, b + 2, &len) && name_like(t, b + 2, e, true)) ||
          (e - b > 4 && surname_at(t, b + 3, &len)));
}

// Two or three names without a space between: 何雨韩小林.
static bool take_glued(Parse *x, size_t b, size_t e) {
  size_t n = e - b, len;
  if (n < 4 || n > 9 || !surname_at(x->t, b, &len) || len != 1 ||
      ch_any(ch_slice(x->t, 0, e), b, name_parts) >= 2)
    return false;
  size_t cuts[2], k = 0, at = b;
  while (e - at > 3) {
    size_t rest = e - at;
    if (k == 2)
      return false;
    size_t two = at + 2, three = at + 3;
    bool second = surname_at(x->t, two, &len);
    bool third = rest > 4 && surname_at(x->t, three, &len);
    if (!second && !third)
      return false;
    at = third && (rest >= 6 || !second || rest == 5) ? three : two;
    cuts[k++] = at;
  }
  if (!name_like(x->t, at, e, true))
    return false;
  size_t from = b;
  for (size_t i = 0; i < k; from = cuts[i++])
    if (!name_like(x->t, from, cuts[i], true))
      return false;
  from = b;
  for (size_t i = 0; i < k; from = cuts[i++])
    person(x, from, cuts[i]);
  person(x, from, e);
  return true;
}

// A province, city or county: 河北 before 甲某.
static bool place(Chars t, size_t b, size_t e) {
  char name[3 * 12];
  size_t n = 0, len;
  const Division *d;
  if (e - b < 2 || e - b > sizeof name / 3)
    return false;
  for (size_t i = b; i < e; i++) {
    if (!ch_han(t.c[i]))
      return false;
    name[n++] = (char)(0xE0 | t.c[i] >> 12);
    name[n++] = (char)(0x80 | (t.c[i] >> 6 & 0x3F));
    name[n++] = (char)(0x80 | (t.c[i] & 0x3F));
  }
  return division_match((Str){name, n}, 0, &len, &d, 1) && len == n;
}

// 布日古德: four to seven signs, no two of them a word but parts of names.
static bool transliterated(Chars t, size_t b, size_t e) {
  if (e - b < 4 || e - b > 7)
    return false;
  for (size_t i = b; i < e; i++)
    if (!ch_han(t.c[i]) ||
        (i + 1 < e && word_cost(t.c + i, 2) && ch_any(t, i, name_parts) < 2))
      return false;
  return true;
}

// A name behind a role that no surname begins: 扎西, 布日古德.
static bool other_name(Chars t, size_t b, size_t e) {
  return ch_any(ch_slice(t, 0, e), b, name_parts) == e - b ||
         transliterated(t, b, e);
}

static void names(Parse *x, size_t b, size_t e) {
  size_t len;
  if (x->n_lone == 1 && x->lone[0] + 2 == b && e - b == 2 &&
      ch_han(x->t.c[b]) && surname_at(x->t, x->lone[0], &len)) {
    x->n_lone = 0; // 尚 可欣: a line ended inside the name
    person(x, x->lone[0], e);
    return;
  }
  if (e <= b || take_lone(x, b, e))
    return;
  close_lone(x);
  if (ch_at(ch_slice(x->t, 0, e), e - 1, u"等") && e - b > 2)
    e--;
  bool strict = x->surnames || (x->strict && !x->roles);
  bool sure = name_like(x->t, b, e, true) ||
              (x->front && !x->credit && e - b >= 2 &&
               !glued_like(x->t, b, e) && other_name(x->t, b, e));
  bool school = e - b > 3 && x->t.c[e - 1] == u"中"[0] &&
                ch_numeral(x->t.c[e - 2]); // 北川一中
  bool body = (school || ends_with(x->t, b, e, body_ends)) &&
              (!sure || (e - b > 2 && !x->front));
  body = body || (x->bare && place(x->t, b, e));
  if (!sure && ends_with(x->t, b, e, offices)) {
    x->office = true;
    return;
  }
  if (!body &&
      (sure || (!take_glued(x, b, e) && name_like(x->t, b, e, strict))))
    person(x, b, e);
  else if (body)
    x->bodies++;
  else if (x->last != (uint32_t)e)
    x->strange = true;
}

// ---- roles ------------------------------------------------------------------

// Which characters roles begin with, by all their bits; made once.
static const uint64_t *role_starts(void) {
  static _Thread_local uint64_t starts[1024];
  if (!starts[roles[0].word[0] / 64])
    for (size_t r = 0; r < ROLES; r++)
      starts[roles[r].word[0] / 64] |= UINT64_C(1) << roles[r].word[0] % 64;
  return starts;
}

static bool role_start(uint16_t c) {
  return role_starts()[c / 64] >> c % 64 & 1;
}

bool may_have_role(Chars t) {
  const uint64_t *starts = role_starts();
  for (size_t i = 0; i < t.n; i++)
    if (starts[t.c[i] / 64] >> t.c[i] % 64 & 1)
      return true;
  return false;
}

// 甲某摄, 王 强摄, 甲某文/图: a role of one sign behind a name.
static bool glued_role(Chars t, size_t b, size_t i, size_t e) {
  size_t len;
  if (t.c[i] == u"摄"[0])
    return i - b >= 2 || (b >= 2 && t.c[b - 1] == ' ' &&
                          surname_at(t, b - 2, &len) && len == 1);
  return i - b >= 2 && e + 1 < t.n && t.c[e] == '/' && e == i + 1 &&
         (ch_at(t, e + 1, u"图") || ch_at(t, e + 1, u"摄") ||
          ch_at(t, e + 1, u"文"));
}

// The first role in t[b, e): where it begins, or e. Of roles that begin there
// the longest.
static const Role *role_in(Chars t, size_t b, size_t e, size_t *begin) {
  Chars in = ch_slice(t, 0, e);
  for (size_t i = b; i < e; i++) {
    const Role *best = NULL;
    for (size_t r = 0; role_start(t.c[i]) && r < ROLES; r++) {
      size_t n = roles[r].word[0] == t.c[i] ? ch_at(in, i, roles[r].word) : 0;
      bool fits = n && (roles[r].how == FRONT || i + n == e) &&
                  (roles[r].how != ALONE || i == b || glued_role(t, b, i, e));
      if (fits && (!best || n > length(best->word)))
        best = &roles[r];
    }
    if (best) {
      *begin = i;
      return best;
    }
  }
  *begin = e;
  return NULL;
}

// What stands before a role in its word: 本报, 青禾日报全媒体, 李某 (whose own
// role came before), 李某本报.
static void before_role(Parse *x, size_t b, size_t e) {
  static const uint16_t *const houses[] = {u"全媒体", u"全媒",   u"融媒体",
                                           u"融媒",   u"多媒体", NULL};
  bool front = true;
  if (e - b >= 4 && ch_any(ch_slice(x->t, 0, e), b + 2, houses))
    b += 2; // 江源融媒记者: a house's name
  while (front && e > b) {
    front = false;
    for (const uint16_t *const *f = office_fronts; *f && !front; f++)
      if (ch_ends(ch_slice(x->t, b, e), *f)) {
        e -= length(*f);
        front = true;
      }
  }
  if (e - b < 2 || ends_with(x->t, b, e, body_ends) || is_field(x->t, b, e))
    return;
  if (name_like(x->t, b, e, true))
    person(x, b, e);
  else
    take_glued(x, b, e);
}

// 甲某 文/图: both.
static const uint16_t *role_behind(Chars t, const Role *r, size_t i) {
  bool both = r->how == ALONE && i >= 2 && t.c[i - 1] == '/' &&
              (t.c[i - 2] == u"文"[0] || t.c[i - 2] == u"图"[0]);
  return both ? u"文图" : r->role;
}

static void set_roles(Parse *x, const uint16_t *role) {
  if (!x->out || !role[0])
    return;
  Str s = utf8_of(x->a, role);
  for (size_t i = x->group; i < x->out->len; i++)
    x->out->data[i].role = s;
}

static void next_group(Parse *x) {
  x->group = x->out ? x->out->len : 0;
  x->group_names = 0;
}

// 文/甲 摄影:乙, 记者 甲 摄影 乙: a role of its own word with a stroke or a
// colon and a name behind it, or a name only where the names before have
// theirs.
static bool stands_before(const Parse *x, const Role *r, size_t e) {
  size_t b = e + 1, to = b, at, len;
  if (e + 2 >= x->t.n)
    return false;
  while (to < x->t.n && !parts(x->t.c[to]))
    to++;
  bool marked = x->t.c[e] == 0x2F || x->t.c[e] == 0x3A || x->t.c[e] == 0x7C;
  bool photo = x->front && x->t.c[e] == ' ' && r->word[0] == u"摄"[0];
  if ((!marked && !photo) || to == b || role_in(x->t, b, to, &at))
    return false;
  size_t own = e - length(r->word);
  if (own > 0 && x->t.c[own - 1] == '/')
    return false;
  return surname_at(x->t, b, &len) && name_like(x->t, b, to, true);
}

// Whether a role that may stand on both sides stands behind names here.
static bool stands_behind(const Parse *x, const Role *r, size_t begin, size_t b,
                          size_t e) {
  size_t end = begin + length(r->word);
  if ((x->prefix && r->how == ALONE && begin == b) ||
      (begin == b && end == e && stands_before(x, r, e)))
    return false;
  return end == e && (begin > b || x->group_names > 0 || x->n_lone > 0);
}

static void word(Parse *x, size_t b, size_t e) {
  while (b < e) {
    size_t i;
    const Role *r = role_in(x->t, b, e, &i);
    if (!r) {
      if (!is_field(x->t, b, e))
        names(x, b, e);
      return;
    }
    size_t end = i + length(r->word);
    bool back = r->how != FRONT && stands_behind(x, r, i, b, e);
    if (back) {
      bool place = ch_at(x->t, i, u"报道") && x->group_names > 0;
      if (i > b && !place && !is_field(x->t, b, i)) // 甲某 北川报道
        names(x, b, i);
      close_lone(x);
      x->roles = x->credit = true;
      set_roles(x, role_behind(x->t, r, i));
      bool two = end < x->t.n && x->t.c[end] == '/'; // 文/图
      if (!two)
        next_group(x);
      return;
    }
    close_lone(x);
    if (i > b)
      before_role(x, b, i);
    x->roles = true;
    x->front = x->front || r->how == FRONT;
    x->prefix = x->prefix || (r->how == ALONE && !x->names);
    if (r->role[0])
      x->role = r->role;
    next_group(x);
    b = end;
  }
}

void people_parse(Parse *x, size_t begin, size_t end) {
  x->role = u"作者";
  x->last = UINT32_MAX;
  next_group(x);
  for (size_t i = begin; i < end;) {
    if (x->strange && !x->out)
      return; // nobody asks for more
    if (parts(x->t.c[i])) {
      i++;
      continue;
    }
    size_t e = i;
    while (e < end && !parts(x->t.c[e]))
      e++;
    if (is_field(x->t, i, e))
      close_lone(x);
    else
      word(x, i, e);
    i = e;
  }
  close_lone(x);
}
