// People: who wrote, photographed, edited. 本报记者 李某, (记者甲 通讯员乙),
// □甲 乙, 丙 摄, 责编:丁 美编:戊.
#include "read_imp.h"

typedef struct {
  const uint16_t *word, *role;
} Role;

static const Role roles[] = {
    {u"特约通讯员", u"通讯员"},
    {u"通讯员", u"通讯员"},
    {u"见习记者", u"记者"},
    {u"实习记者", u"记者"},
    {u"记者", u"记者"},
    {u"实习生", u"实习生"},
    {u"特约评论员", u"评论员"},
    {u"评论员", u"评论员"},
    {u"责任编辑", u"责编"},
    {u"责编", u"责编"},
    {u"美术编辑", u"美编"},
    {u"美编", u"美编"},
    {u"版式设计", u"版式"},
    {u"版式", u"版式"},
    {u"责任校对", u"校对"},
    {u"校对", u"校对"},
    {u"值班主任", u"主任"},
    {u"值班总编", u"总编"},
    {u"本版主编", u"主编"},
    {u"主编", u"主编"},
    {u"编辑", u"编辑"},
    {u"统筹", u"统筹"},
    {u"审读", u"审读"},
    {u"检校", u"校对"},
    {u"视觉", u"视觉"},
    {u"制图", u"制图"},
    {u"作者", u"作者"},
    {u"摄影报道", u"摄"},
    {u"摄影", u"摄"},
    {u"供图", u"摄"},
    {u"文图", u"文图"},
    {u"文", u"文"},
    {u"图", u"摄"},
    {u"摄", u"摄"},
    {u"整理", u"整理"},
    {u"报道", u"记者"},
};
enum { ROLES = sizeof roles / sizeof roles[0], LONG_ROLES = ROLES - 6 };

static bool parts(uint16_t c) {
  return c == ' ' || c == 0x3001 || c == ',' || c == '/' || c == ':' ||
         c == ';' || c == '(' || c == ')' || c == 0x25A1 || c == 0x25A0 ||
         c == 0x25CF || c == 0x25CB || c == 0x25C6 || c == 0x25B2 ||
         c == 0x2014 || c == '|' || c == 0x3010 || c == 0x3011;
}

typedef struct {
  size_t begin, end; // the name
  const uint16_t *role_before;
  bool role_only;  // the token is a role, maybe with a paper's name before
  bool role_after; // a trailing 摄 or 报道 goes to the people before
} Token;

static size_t length(const uint16_t *w) {
  size_t n = 0;
  while (w[n])
    n++;
  return n;
}

// The characters that roles begin with.
static const uint16_t role_starts[] =
    u"特通见实记评责美版校值本主编统审检视制作"
    u"摄供文图整报";

// The role word that stands last in t[b, e) among the long ones, or alone.
static const Role *role_in(Chars t, size_t b, size_t e, size_t *at) {
  const Role *best = NULL;
  for (size_t i = b; i < e; i++) {
    const uint16_t *start = role_starts;
    while (*start && *start != t.c[i])
      start++;
    for (size_t r = 0; *start && r < ROLES; r++) {
      if (roles[r].word[0] != *start)
        continue;
      size_t n = ch_at(ch_slice(t, 0, e), i, roles[r].word);
      bool alone = i == b && i + n == e;
      if (n && (alone || r < LONG_ROLES) && (!best || i + n > *at)) {
        best = &roles[r];
        *at = i + n;
      }
    }
  }
  return best;
}

static bool name_like(Chars t, size_t b, size_t e, bool strict) {
  size_t n = e - b, len;
  bool dotted = false;
  for (size_t i = b; i < e; i++) {
    dotted = dotted || t.c[i] == 0xB7;
    if (!ch_han(t.c[i]) && t.c[i] != 0xB7)
      return false;
  }
  if (dotted)
    return n >= 4 && n <= 16;
  if (n < 2 || n > 4)
    return false;
  bool known = surname_at(t, b, &len);
  return known ? n - len >= 1 && n - len <= 2 : !strict && n <= 3;
}

// Where the token that begins at i ends.
static size_t token_end(Chars t, size_t i, size_t end) {
  while (i < end && !parts(t.c[i]))
    i++;
  return i;
}

typedef struct {
  Arena *a;
  const Piece *p;
  Chars t;
  People *out;
  const uint16_t *role;
  size_t first; // people of this credit begin here
  bool roles;   // a role was printed
  bool strange; // a token is neither role nor name
  bool strict;
  bool surnames; // only known surnames begin a name
  uint32_t lone; // begin of a one-character token, UINT32_MAX none
} Parse;

static Str utf8_of(Arena *a, const uint16_t *w) {
  Buf b = buf_new(a);
  for (; *w; w++)
    buf_char(&b, *w);
  return buf_str(&b);
}

static void person(Parse *x, size_t b, size_t e) {
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

// 王 强, 夏丽 萍: a character set apart belongs to the name before it.
static bool join_lone(Parse *x, size_t b, size_t e) {
  if (e - b != 1 || !ch_han(x->t.c[b]))
    return false;
  if (x->lone != UINT32_MAX) {
    person(x, x->lone, e);
    x->lone = UINT32_MAX;
    return true;
  }
  Person *last =
      x->out && x->out->len > x->first ? &x->out->data[x->out->len - 1] : NULL;
  if (last && last->end + 1 == b && last->end - last->begin == 2) {
    size_t begin = last->begin;
    x->out->len--;
    person(x, begin, e);
    return true;
  }
  x->lone = (uint32_t)b;
  return true;
}

static void names(Parse *x, size_t b, size_t e) {
  size_t n = e - b, len;
  while (n > 2 && (x->t.c[e - 1] == u"摄"[0]))
    e--, n--;
  if (n > 4 && ch_at(x->t, e - 2, u"报道"))
    e -= 2, n -= 2;
  if (join_lone(x, b, e))
    return;
  if (n >= 4 && n <= 6 && surname_at(x->t, b, &len) && len == 1) {
    size_t cut = n == 5 && !surname_at(x->t, b + 3, &len) ? 2 : (n + 1) / 2;
    if (surname_at(x->t, b + cut, &len) && name_like(x->t, b, b + cut, true) &&
        name_like(x->t, b + cut, e, true)) {
      person(x, b, b + cut);
      person(x, b + cut, e);
      return;
    }
  }
  if (name_like(x->t, b, e, x->surnames || (x->strict && !x->roles)))
    person(x, b, e);
  else
    x->strange = true;
}

static void token(Parse *x, size_t b, size_t e) {
  size_t at = 0;
  if (ch_latin(x->t.c[b]) || ch_digit(x->t.c[b]) || ch_at(x->t, b, u"邮箱"))
    return; // an address between names
  const Role *r = role_in(x->t, b, e, &at);
  if (!r) {
    names(x, b, e);
    return;
  }
  bool photo = r->role[0] == u"摄"[0] || length(r->role) == 1;
  bool after = photo && at == e && at - b == length(r->word) && x->out &&
               x->out->len > x->first;
  x->roles = true;
  if (after) {
    Str role = utf8_of(x->a, r->role);
    for (size_t i = x->first; i < x->out->len; i++)
      x->out->data[i].role = role;
    return;
  }
  x->role = r->role;
  if (at < e)
    names(x, at, e);
}

static void parse(Parse *x, size_t begin, size_t end) {
  x->role = u"记者";
  x->lone = UINT32_MAX;
  x->first = x->out ? x->out->len : 0;
  for (size_t i = begin; i < end;) {
    if (parts(x->t.c[i])) {
      i++;
      continue;
    }
    size_t e = token_end(x->t, i, end);
    token(x, i, e);
    i = e;
  }
  if (x->lone != UINT32_MAX)
    x->strange = true;
}

bool byline_line(Chars t) {
  if (t.n < 2 || t.n > 70 || ch_has(t, u"。") || ch_has(t, u","))
    return false;
  Parse x = {.t = t, .strict = true};
  bool marked = t.c[0] == 0x25A1 || t.c[0] == 0x25A0 || t.c[0] == 0x25CF ||
                t.c[0] == 0x25CB;
  parse(&x, 0, t.n);
  return !x.strange && (x.roles || marked);
}

void byline_people(Arena *a, const Piece *p, size_t begin, size_t end,
                   People *out) {
  Parse x = {.a = a, .p = p, .t = p->fold, .out = out};
  parse(&x, begin, end);
}

// The page's editors, among its date, its number and its telephone.
void byline_editors(Arena *a, const Piece *p, People *out) {
  static const uint16_t *const words[] = {
      u"责任编辑", u"责编", u"美术编辑", u"美编",     u"版式",
      u"编辑",     u"主编", u"校对",     u"责任校对", NULL};
  Parse x = {.a = a, .p = p, .t = p->fold, .out = out, .surnames = true};
  for (size_t i = 0; i < p->fold.n; i++)
    if (ch_any(p->fold, i, words)) {
      parse(&x, i, p->fold.n);
      return;
    }
}

// (记者甲 通讯员乙): the bracket that opens a report, or its torn end 乙)
static void opening(Arena *a, const Piece *p, People *out) {
  Chars t = p->fold;
  size_t limit = t.n < 90 ? t.n : 90;
  Chars head = ch_slice(t, 0, limit);
  size_t open = ch_find(head, u"(", 0), close = ch_find(head, u")", 0);
  if (close == SIZE_MAX)
    return;
  if (open == SIZE_MAX || open > close) {
    Parse torn = {.t = ch_slice(t, 0, close), .strict = true};
    if (close > 16)
      return;
    parse(&torn, 0, close);
    size_t from = torn.lone != UINT32_MAX ? torn.lone + 1 : 0;
    Parse rest = {.t = ch_slice(t, 0, close), .strict = true};
    parse(&rest, from, close);
    if (!rest.strange)
      byline_people(a, p, from, close, out);
    return;
  }
  if (open > 30)
    return;
  Chars in = ch_slice(t, 0, close);
  if (ch_find(in, u"记者", open) != SIZE_MAX ||
      ch_find(in, u"通讯员", open) != SIZE_MAX)
    byline_people(a, p, open + 1, close, out);
}

size_t byline_credit(Chars t) {
  if (t.n < 3)
    return t.n;
  size_t i = t.n, least = t.n > 50 ? t.n - 50 : 0;
  while (i > least && !ch_stop(t.c[i - 1]))
    i--;
  while (i < t.n && (ch_closer(t.c[i]) || t.c[i] == ' ' || t.c[i] == '"'))
    i++;
  if (i < t.n && byline_line(ch_slice(t, i, t.n)))
    return i;
  // … 130余家企业 赵某 摄/视觉中国: the credit follows torn text
  size_t shot = ch_find(t, u" 摄", least);
  if (shot == SIZE_MAX || t.n - shot > 10)
    return t.n;
  for (size_t b = shot; b > least && shot - b < 6; b--)
    if (t.c[b - 1] == ' ' && name_like(t, b, shot, true))
      return b;
  return t.n;
}

size_t byline_signature(Chars t, size_t from, size_t *end) {
  enum { LONGEST = 24 };
  for (size_t i = from; i + 3 < t.n; i++) {
    if (t.c[i] != '(' || i == 0 ||
        !(ch_stop(t.c[i - 1]) || ch_closer(t.c[i - 1]) || t.c[i - 1] == '"'))
      continue;
    size_t close = i + 1;
    while (close < t.n && close - i < LONGEST && t.c[close] != ')')
      close++;
    if (close >= t.n || t.c[close] != ')' || close == i + 1)
      continue;
    Parse x = {.t = t, .strict = true, .surnames = true};
    parse(&x, i + 1, close);
    if (!x.strange) {
      *end = close + 1;
      return i;
    }
  }
  return t.n;
}

// (记者甲) or (甲 乙) after the last stop of a report.
static void closing(Arena *a, const Piece *p, People *out) {
  Chars t = p->fold;
  size_t i = byline_credit(t);
  if (i < t.n) {
    size_t e = ch_find(t, u"摄/", i);
    byline_people(a, p, i, e == SIZE_MAX ? t.n : e, out);
    return;
  }
  if (t.n < 5 || t.c[t.n - 1] != ')')
    return;
  size_t open = t.n - 1;
  while (open > 0 && t.n - open < 30 && t.c[open] != '(')
    open--;
  if (t.c[open] != '(' || open == 0 || !ch_stop(t.c[open - 1]))
    return;
  Parse x = {.t = ch_slice(t, 0, t.n), .strict = true};
  parse(&x, open + 1, t.n - 1);
  if (!x.strange)
    byline_people(a, p, open + 1, t.n - 1, out);
}

void byline_of_body(Arena *a, const Piece *p, People *out) {
  opening(a, p, out);
  closing(a, p, out);
}
