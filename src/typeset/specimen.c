// A document that shows every role: what face serves it, in sizes and marks.
#include "line-imp.h"

static const char sample[] =
    "各级工会坚持以职工为中心，把“娘家人”的服务送到一线。截至12月底，全省建成工"
    "会"
    "驿站1566个，覆盖率达91.21%，比上年末提高5.3个百分点；《劳动法》《工会法》"
    "（修订）宣讲进企业——进车间、进班组……受到欢迎！";
static const char marks[] =
    "，。、：；？！“”‘’（）《》〈〉【】〔〕…—·～／％℃①②③№+−×÷ "
    "0123456789 ABCDEFGHIJKLM abcdefghijklm";

typedef struct {
  Arena *a;
  LayBlock *first, *last;
} Sheet;

static Style *style_new(Arena *a, Str face, Len size, Len pitch) {
  Style *s = NEW(a, Style);
  *s = (Style){.face = face,
               .size = size,
               .pitch = pitch,
               .align = ALIGN_JUSTIFY,
               .after = PT(4),
               .widows = 2,
               .orphans = 2};
  return s;
}

static LayBlock *para_add(Sheet *sheet, const Style *style, Str text) {
  LayBlock *b = NEW(sheet->a, LayBlock);
  Inline *run = NEW(sheet->a, Inline);
  *run = (Inline){.kind = INLINE_TEXT, .text = text, .style = style};
  b->kind = LAY_PARA;
  b->style = style;
  b->para = (Para){style, run, 1};
  *(sheet->first ? &sheet->last->next : &sheet->first) = b;
  sheet->last = b;
  return b;
}

static void role_show(Sheet *sheet, FontSet *fs, const RoleDef *r) {
  Arena *a = sheet->a;
  const Face *han = role_face(fs, r->name, 0x5DE5);
  const Face *latin = role_face(fs, r->name, 'A');
  Style *head = style_new(a, STR("hei"), PT(14), PT(24));
  head->keep_next = true;
  head->before = PT(10);
  LayBlock *b =
      para_add(sheet, head,
               str_fmt(a, "%.*s（%.*s）", STR_ARG(r->zh), STR_ARG(r->name)));
  b->bookmark = r->zh;
  b->level = 1;
  Style *note = style_new(a, STR("song"), PT(9), PT(14));
  note->colour = 0x606060;
  note->keep_next = true;
  para_add(sheet, note,
           str_fmt(a, "%.*s  %.*s", STR_ARG(han ? face_label(han) : STR("—")),
                   STR_ARG(latin ? face_label(latin) : STR("—"))));
  para_add(sheet, style_new(a, r->name, PT(22), PT(32)), str_of(sample));
  para_add(sheet, style_new(a, r->name, PT(15.75), PT(26)), str_of(sample));
  para_add(sheet, style_new(a, r->name, PT(10.5), PT(17)), str_of(sample));
  para_add(sheet, style_new(a, r->name, PT(15.75), PT(26)), str_of(marks));
}

Document *fonts_specimen(Arena *a, Diags *d, const FontOptions *options) {
  FontSet *fs = fontset_open(a, d, NULL, options);
  Sheet sheet = {.a = a};
  for (size_t i = 0; i < fs->defs.len; i++)
    role_show(&sheet, fs, &fs->defs.data[i]);
  Document *doc = NEW(a, Document);
  *doc = (Document){.title = STR("字体样张"),
                    .lang = STR("zh-CN"),
                    .profile = {.kinsoku = 2,
                                .squeeze = true,
                                .gap_permille = 250,
                                .loose_permille = 250},
                    .master = {.width = MM(210),
                               .height = MM(297),
                               .top = MM(25),
                               .bottom = MM(25),
                               .inner = MM(25),
                               .outer = MM(25)},
                    .first = sheet.first};
  return doc;
}
