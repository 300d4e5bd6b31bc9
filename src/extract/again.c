// What takes up a body named before: 该港, 全厂, 这支队伍, 工作室.
#include "extract_imp.h"

static const struct {
  const char *words, *named; // as taken up; what its name ends with
  bool alone;                // also without 该, before what it did
} again[] = {
#define AGAIN(words, named, alone) {words, named, alone},
#include "again.def"
#undef AGAIN
};

// What leads to it; 这支队伍 needs no more.
static const char leads[] =
    "该 本 全 我 这家 这座 这支 这艘 这个 这条 这台 这口 这所 这处 这部 这趟 "
    "这项 这列 这一 这";

void remember_body(Scene *s, const Mention *m) {
  Body body = {m->subject, m->division};
  memmove(s->bodies + 1, s->bodies, sizeof s->bodies - sizeof *s->bodies);
  s->bodies[0] = body;
}

static bool ends_with_any(Str name, const char *ends) {
  while (*ends) {
    const char *to = ends;
    while (*to && *to != ' ')
      to++;
    if (str_ends(name, (Str){ends, (size_t)(to - ends)}))
      return true;
    ends = *to ? to + 1 : to;
  }
  return false;
}

// 某公司工会 is no 公司, but of one.
static Str without_union(Str name) {
  return str_ends(name, STR("工会")) && !str_ends(name, STR("总工会"))
             ? str_slice(name, 0, name.len - 6)
             : name;
}

// The last body of a kind; else whose article it is.
static bool body_named(const Scene *s, const char *ends, Body *out) {
  for (size_t i = 0; i <= BODIES; i++) {
    *out = i < BODIES ? s->bodies[i] : (Body){s->subject, s->home};
    Str whole = without_union(out->subject);
    if (ends_with_any(out->subject, ends))
      return true;
    if (whole.len < out->subject.len && ends_with_any(whole, ends)) {
      out->subject = whole;
      return true;
    }
  }
  return false;
}

static bool does_at(const Text *t, size_t i) {
  return lex_at(t, i, W_VERB | W_LIGHT | W_PREP | W_ADVERB | W_VALUE, NULL) ||
         text_any(t, i, "准备 打算 全长 主跨") || (t->inside[i] & INSIDE_TIME);
}

// 本届大赛, 本次大会 stand in the table as they are.
size_t again_at(const Text *t, size_t i, const Scene *s, Mention *out) {
  static const char first[] = // what leads and words of `again` begin with
      "该 本 全 我 这 公 集 口 合 联 工 大 社 医 学 油 平 项 车 图 法 检 队 "
      "企 厂 村 院 校 矿 站 镇 乡 局 所";
  if (!text_any(t, i, first) || (!s->bodies[0].subject.len && !s->subject.len))
    return 0;
  size_t lead = text_any(t, i, leads);
  size_t row, len = ROWS_AT(t, i + lead, again, &row);
  if (!len && lead) {
    lead = 0;
    len = ROWS_AT(t, i, again, &row);
  }
  Body body;
  size_t end = i + lead + len;
  if (!len || (!lead && !(again[row].alone && does_at(t, end))) ||
      !body_named(s, again[row].named, &body))
    return 0;
  *out = (Mention){.begin = i, .end = end, .org = true};
  out->generic = true;
  out->division = body.division;
  out->subject = body.subject;
  return end - i;
}
