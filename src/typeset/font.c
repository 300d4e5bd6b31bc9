// A character in a role: which face sets it, how wide, what it is in a line.
#include "line-imp.h"
#include <stdlib.h>
#include <unicode/uchar.h>
#include <wchar.h>

#define BOLD_STROKE 30 // 1/1000 em, where a face has no bold cut

typedef struct {
  uint16_t c;
  uint8_t cls, first, last;
} MarkRow;

static const MarkRow mark_rows[] = {
#define MARK(c, cls, first, last) {c, CL_##cls, first, last},
#include "marks.def"
};

static const MarkRow *mark_lookup(uint32_t c) {
  for (size_t i = 0; i < sizeof mark_rows / sizeof *mark_rows; i++)
    if (mark_rows[i].c == c)
      return &mark_rows[i];
  return NULL;
}

int mark_first(uint32_t c) {
  const MarkRow *m = mark_lookup(c);
  return m ? m->first : 0;
}

int mark_last(uint32_t c) {
  const MarkRow *m = mark_lookup(c);
  return m ? m->last : 0;
}

static bool among(uint32_t c, const wchar_t *set) {
  return c && wcschr(set, (wchar_t)c);
}

// ---- what a character is ---------------------------------------------------

static bool draws_nothing(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

// Width of a space in 1/1000 em, 0: no space.
static int space_width(uint32_t c) {
  static const short general[] = {500, 1000, 500, 1000, 333, 250,
                                  167, 500,  250, 200,  100};
  if (c >= 0x2000 && c <= 0x200A)
    return general[c - 0x2000];
  switch (c) {
  case 0x20:
  case 0xA0:
    return 250;
  case 0x202F:
    return 200;
  case 0x205F:
    return 222;
  case 0x3000:
    return 1000;
  default:
    return 0;
  }
}

static bool is_latin(uint32_t c) {
  return (c < 0x1100 && c != 0xA7 && c != 0xD7 && c != 0xF7) ||
         (c >= 0x1E00 && c <= 0x1FFF) || (c >= 0x2010 && c <= 0x2013) ||
         (c >= 0x2030 && c <= 0x2037) || (c >= 0x2070 && c <= 0x20CF) ||
         c == 0x2212 || c == 0x2122 || c == 0x2126;
}

static bool is_sign(uint32_t c) {
  return c < 0x80 && among(c, L"!\"'()*,./:;?[\\]^_`{|}~");
}

static bool is_rtl(uint32_t c) {
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
         (c >= 0x1E800 && c <= 0x1EFFF);
}

static uint8_t num_of(uint32_t c) {
  if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19))
    return NUM_DIGIT;
  if (among(c, L".,．\u2009\u202F\u00A0"))
    return NUM_POINT;
  if (among(c, L"+-−±＋－￥¥$＄€£№"))
    return NUM_PREFIX;
  if (among(c, L"%％‰℃℉°²³㎡㎞㎏"))
    return NUM_SUFFIX;
  if (among(c, L"万亿"))
    return NUM_SCALE;
  if (among(c, L"～~–—〜"))
    return NUM_RANGE;
  if (among(c, L"年月日时分秒号期届个人元家项倍名位户次条件所场岁米里吨亩公天周"
               L"批只台辆座处支份篇多余种类级页章节款度组队车套起宗例岗"))
    return NUM_UNIT;
  return 0;
}

// A character of the BMP that breaks lines as c does.
static uint16_t feed_of(uint32_t c, uint8_t cls) {
  if (cls == CL_OPEN)
    return 0x3008;
  if (cls == CL_CLOSE)
    return 0x3009;
  if (c < 0xD800 || (c >= 0xE000 && c < 0x10000))
    return (uint16_t)c;
  switch (u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK)) {
  case U_LB_IDEOGRAPHIC:
  case U_LB_E_BASE:
    return 0x4E00;
  case U_LB_COMBINING_MARK:
  case U_LB_E_MODIFIER:
    return 0x300;
  case U_LB_NUMERIC:
    return '0';
  default:
    return 'a';
  }
}

static int classify(CharInfo *ch, bool latin) {
  uint32_t c = ch->c;
  const MarkRow *m = mark_lookup(c);
  ch->num = num_of(c);
  ch->rtl = is_rtl(c);
  int kind = is_latin(c) ? CHAIN_LATIN : CHAIN_MARK;
  if (draws_nothing(c))
    ch->cls = CL_NONE;
  else if (space_width(c))
    ch->cls = c == 0x20 || c == 0xA0 ? CL_SPACE : CL_FIXED;
  else if (m && !latin) {
    ch->cls = m->cls;
    ch->first = m->first;
    ch->last = m->last;
    kind = m->cls == CL_DOT ? CHAIN_MARK : kind;
  } else if (latin || is_latin(c)) {
    ch->cls = is_sign(c) || m ? CL_SIGN : CL_LATIN;
    kind = CHAIN_LATIN;
  } else {
    bool han = char_is_han(c) || (c >= 0x3040 && c <= 0x312F) ||
               (c >= 0xAC00 && c <= 0xD7A3);
    ch->cls = han ? CL_HAN : CL_WIDE;
    kind = han ? CHAIN_HAN : CHAIN_MARK;
  }
  ch->feed = feed_of(c, ch->cls);
  return kind;
}

// ---- which face ------------------------------------------------------------

static Face *face_used(FontSet *fs, Face *f) {
  if (f->number < 0) {
    f->number = (int)fs->faces.len;
    *vec_push(fs->arena, &fs->faces) = f;
  }
  return f;
}

// Says once that the role's own face is missing.
static void missing_say(Role *r, const Source *s, const Source *instead) {
  RoleDef *def = &r->fs->defs.data[r->def];
  if (def->reported)
    return;
  def->reported = true;
  if (s->why[LANG_EN].len)
    return; // refused: that was said
  diag(r->fs->diags, s->folder.len ? D_FONT_MISSING : D_FONT_OWN_MISSING,
       SPAN_NONE, s->file, def->zh, instead->label);
}

// Notes that another face sets c in this role.
static void stand_in_note(Role *r, const Face *f, uint32_t c) {
  FontSet *fs = r->fs;
  Str role = fs->defs.data[r->def].zh;
  char utf8[4];
  Str shown = {utf8, utf8_put(utf8, c)};
  for (size_t i = 0; i < fs->stand_ins.len; i++) {
    StandIn *s = &fs->stand_ins.data[i];
    if (str_eq(s->role, role) && str_eq(s->face, f->label)) {
      if (!str_has(s->chars, shown))
        s->chars = str_cat(fs->arena, s->chars, shown);
      return;
    }
  }
  *vec_push(fs->arena, &fs->stand_ins) =
      (StandIn){role, f->label, str_copy(fs->arena, shown)};
}

void fontset_summary(FontSet *fs) {
  for (size_t i = 0; i < fs->stand_ins.len; i++) {
    const StandIn *s = &fs->stand_ins.data[i];
    diag(fs->diags, D_FONT_STAND_IN, SPAN_NONE, s->role, s->face, s->chars);
  }
}

static const Source *chain_find(Role *r, int kind, uint32_t c, bool halt,
                                FaceChar *found) {
  FontSet *fs = r->fs;
  const RoleDef *def = &fs->defs.data[r->def];
  const Source *absent = NULL;
  for (int i = 0; i < def->n[r->bold][kind]; i++) {
    size_t source = def->chain[r->bold][kind][i];
    Face *f = source_face(fs, source);
    const Source *s = &fs->sources.data[source];
    if (!f) {
      absent = i == 0 ? s : absent;
      continue;
    }
    *found = face_char(f, c, halt);
    if (!found->glyph || (found->blank && !space_width(c)))
      continue;
    if (absent)
      missing_say(r, absent, s);
    if (i > 0 && !absent && kind == CHAIN_HAN)
      stand_in_note(r, f, c);
    return s;
  }
  return NULL;
}

static int em(const Face *f, int units) {
  return (int)((int64_t)units * EM / f->info.upem);
}

static int at_most_half(int blank) {
  return blank < 0 ? 0 : blank > EM / 2 ? EM / 2 : blank;
}

// Stops of Taiwan and Hong Kong stand in the middle of their box (W2).
static bool stands_in_middle(const FontSet *fs, uint8_t cls) {
  bool there = str_is(fs->lang, "zh-TW") || str_is(fs->lang, "zh-HK");
  return there && cls >= CL_COMMA && cls <= CL_EXCLAIM;
}

// A mark of a face that does not tell of its blank: ink that fits is moved to
// the half of the box where it belongs.
static void box_plain(const FontSet *fs, CharInfo *ch, int ink_left,
                      int ink_right) {
  bool fits = ink_right - ink_left <= EM / 2 && ch->adv >= EM * 9 / 10;
  if (stands_in_middle(fs, ch->cls)) {
    ch->left = at_most_half(ink_left * 2) / 2;
    ch->right = at_most_half((ch->adv - ink_right) * 2) / 2;
  } else if (ch->cls == CL_OPEN) {
    int half = ch->adv - EM / 2;
    ch->dx = fits && ink_left < half ? half - ink_left : 0;
    ch->left = at_most_half(ink_left + ch->dx);
  } else {
    ch->dx = fits && ink_right > EM / 2 ? EM / 2 - ink_right : 0;
    ch->right = at_most_half(ch->adv - ink_right - ch->dx);
  }
}

// Full-width marks sit in a box of one em whose blank half can be taken (W2).
static void box_mark(const FontSet *fs, CharInfo *ch, const Face *f,
                     const FaceChar *fc) {
  ch->left = em(f, fc->left);
  ch->right = em(f, fc->right);
  if (ch->adv < EM * 3 / 4) { // a proportional face: make the box
    int rest = EM - ch->adv;
    int blank = rest < EM / 2 ? rest : EM / 2;
    ch->dx = ch->cls == CL_OPEN ? rest : 0;
    ch->left = ch->cls == CL_OPEN ? blank : 0;
    ch->right = ch->cls == CL_OPEN ? 0 : blank;
    ch->adv = EM;
  } else if (fc->left + fc->right == 0) { // a face without halt
    box_plain(fs, ch, em(f, fc->ink_left), em(f, fc->ink_right));
  }
}

static void box_half(CharInfo *ch) {
  ch->dx = (EM / 2 - ch->adv) / 2;
  ch->adv = EM / 2;
}

static void box(const FontSet *fs, CharInfo *ch, const Face *f,
                const FaceChar *fc) {
  switch (ch->cls) {
  case CL_OPEN:
  case CL_CLOSE:
  case CL_COMMA:
  case CL_STOP:
  case CL_EXCLAIM:
    box_mark(fs, ch, f, fc);
    break;
  case CL_DOT:
    box_half(ch);
    break;
  case CL_SOLIDUS:
    if (ch->c == '/')
      box_half(ch);
    break;
  default:
    break;
  }
}

static void face_put(Role *r, CharInfo *ch, const Source *s,
                     const FaceChar *fc) {
  Face *f = face_used(r->fs, s->face);
  ch->face = f;
  ch->glyph = fc->glyph;
  ch->adv = em(f, fc->advance);
  ch->dy = (int16_t)s->shift;
  bool own_bold = s->bold || str_is(r->name, "title");
  ch->embolden =
      (int16_t)(s->embolden + (r->bold && !own_bold ? BOLD_STROKE : 0));
}

CharInfo *role_char_new(Role *r, uint32_t c, bool latin) {
  Arena *a = r->fs->arena;
  if (c >= 0x110000 || (c >= 0xD800 && c < 0xE000))
    c = 0xFFFD;
  CharInfo ***block = &r->blocks[latin][c >> 8];
  if (!*block)
    *block = NEW_ARRAY(a, CharInfo *, 256);
  CharInfo *ch = (*block)[c & 255] = NEW(a, CharInfo);
  ch->c = c;
  int kind = classify(ch, latin);
  if (ch->cls == CL_NONE)
    return ch;
  FaceChar fc;
  bool halt = ch->cls >= CL_OPEN && ch->cls <= CL_EXCLAIM;
  int space = space_width(c);
  const Source *s = chain_find(r, kind, space ? ' ' : c, halt, &fc);
  if (!s) {
    ch->missing = true;
    s = chain_find(r, CHAIN_MARK, 0x3013, false, &fc);
  }
  if (!s)
    return ch;
  face_put(r, ch, s, &fc);
  if (space)
    ch->adv = space * (EM / 1000);
  box(r->fs, ch, s->face, &fc);
  return ch;
}

// The ink of c in the face runs from edge to edge of an em, so that two of them
// are one line.
static bool runs_through(const Face *f, const FaceChar *fc) {
  int hair = f->info.upem / 50;
  return fc->glyph && abs(fc->advance - f->info.upem) <= hair &&
         fc->ink_left <= hair && fc->advance - fc->ink_right <= hair;
}

// Two glyphs side by side, moved together until their ink meets: a line of
// nearly two em.
static void dash_of_two(Role *r, const FaceChar *fc) {
  const Face *f = r->dash[0].face;
  int ends = em(f, fc->ink_right), begins = em(f, fc->ink_left);
  int overlap = EM / 100; // no seam
  r->dash[0].adv = r->dash[1].adv = EM;
  r->dash[0].dx = EM - ends + overlap / 2;
  r->dash[1].dx = -begins - overlap / 2;
}

// The box drawing line of the dash's own face, where that has no dash that
// makes a line.
static bool dash_of_box(Role *r, const Face *f) {
  FaceChar line = face_char(f, 0x2500, true);
  if (!runs_through(f, &line))
    return false;
  for (int i = 0; i < 2; i++) {
    r->dash[i].glyph = line.glyph;
    r->dash[i].adv = EM;
  }
  return true;
}

const CharInfo *role_dash(Role *r, bool second) {
  if (r->dash)
    return &r->dash[second];
  const CharInfo *one = role_char(r, 0x2014, false);
  int advance;
  uint32_t glyph = one->face ? face_dash(one->face, &advance) : 0;
  r->dash = NEW_ARRAY(r->fs->arena, CharInfo, 2);
  r->dash[0] = r->dash[1] = *one;
  if (glyph) {
    r->dash[0].glyph = glyph;
    r->dash[0].adv = em(one->face, advance);
  } else if (one->face && !one->missing) {
    FaceChar own = face_char(one->face, 0x2014, true);
    if (runs_through(one->face, &own) || !dash_of_box(r, one->face))
      dash_of_two(r, &own);
  }
  return &r->dash[second];
}

// ---- roles -----------------------------------------------------------------

static size_t def_index(const FontSet *fs, Str name) {
  for (size_t i = 0; i < fs->defs.len; i++)
    if (str_eq(fs->defs.data[i].name, name) ||
        str_eq(fs->defs.data[i].zh, name))
      return i;
  return SIZE_MAX;
}

Role *role_of(FontSet *fs, Str name, bool bold) {
  if (!name.len)
    name = STR("body");
  for (size_t i = 0; i < fs->roles.len; i++)
    if (fs->roles.data[i]->bold == bold &&
        str_eq(fs->roles.data[i]->name, name))
      return fs->roles.data[i];
  size_t def = def_index(fs, name);
  if (def == SIZE_MAX) {
    if (!fs->unknown)
      fs->unknown = map_new(fs->arena);
    if (!map_lookup(fs->unknown, name)) {
      map_put(fs->unknown, str_copy(fs->arena, name), fs);
      diag(fs->diags, D_FONT_ROLE, SPAN_NONE, name);
    }
    return role_of(fs, STR("body"), bold);
  }
  Role *r = NEW(fs->arena, Role);
  r->fs = fs;
  r->name = name;
  r->def = def;
  r->bold = bold;
  *vec_push(fs->arena, &fs->roles) = r;
  return r;
}

const Face *role_face(FontSet *fs, Str role, uint32_t c) {
  return role_char(role_of(fs, role, false), c, false)->face;
}
