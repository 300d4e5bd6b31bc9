// Any dossier, its figures made out of the bytes: its contradictions, its
// review page, its history.
#include "review.h"
#include "door.h"
#include "history.h"

typedef struct {
  const uint8_t *data;
  size_t size, at;
  Buf text;
} Maker;

static unsigned take(Maker *m) {
  return m->at < m->size ? m->data[m->at++] : 0;
}

// A word of the list, or some of the bytes as they are.
static void attribute(Maker *m, const char *name, const char *const *words,
                      size_t n) {
  unsigned which = take(m);
  buf_fmt(&m->text, " %s=\"", name);
  if (which < 224) {
    buf_add(&m->text, str_of(words[which % n]));
  } else {
    for (unsigned i = which - 224; i && m->at < m->size; i--) {
      unsigned c = take(m);
      if (c >= ' ' && c < 127 && c != '<' && c != '&' && c != '"')
        buf_byte(&m->text, (char)c);
    }
  }
  buf_byte(&m->text, '"');
}

#define WORDS(m, name, ...)                                                    \
  attribute(m, name, (const char *const[]){__VA_ARGS__},                       \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void figure(Maker *m, int n) {
  buf_fmt(&m->text, "<figure id=\"f-%d\"", n);
  WORDS(m, "block", "t1", "t2", "h1", "t1", "t9");
  WORDS(m, "quote", "共有3万人", "其中女会员1.9万名", "占41.3%", "分别3家",
        "由88.4%提高到95.1%", "提高6.7个百分点", "");
  WORDS(m, "printed", "3万", "1.9万", "41.3%", "3", "95.1%", "6.7", "5", "8",
        "");
  WORDS(m, "value", "30000", "19000", "41.3", "3", "95.1", "6.7", "5", "8",
        "-1", "0", "99999999999999999999", "1e9", "");
  WORDS(m, "low", "", "", "1", "30000");
  WORDS(m, "high", "", "", "2", "40000");
  WORDS(m, "unit", "人", "名", "%", "家", "个百分点", "", "万元");
  WORDS(m, "indicator", "会员", "女会员", "入会率", "", "会员总数");
  WORDS(m, "canon", "", "会员人数", "入会率");
  WORDS(m, "subject", "", "省总工会", "甘肃省总工会");
  WORDS(m, "region", "甘肃省", "甘肃省/兰州市", "");
  WORDS(m, "measure", "level", "from-to", "increase-by", "decrease-by",
        "increase-to", "target", "rank");
  WORDS(m, "from", "", "88.4", "20000");
  WORDS(m, "base", "", "同比", "上年末", "环比");
  WORDS(m, "qualifier", "", "约", "余", "超", "不足");
  WORDS(m, "period", "2025-12", "2025-11", "2025", "../2025-12",
        "2025-01/2025-12", "", "2024-12", "2025-13", "../2025-11-30");
  WORDS(m, "part-of", "", "f-1", "f-2", "f-3");
  WORDS(m, "distributes", "", "甲|乙", "|", "甲");
  WORDS(m, "fact", "", "k-1", "k-2");
  WORDS(m, "state", "auto", "confirmed", "auto", "dropped");
  WORDS(m, "doubt", "", "", "", "lost-text", "conflict");
  unsigned begin = take(m), len = take(m) % 16;
  buf_fmt(&m->text, "><place begin=\"%u\" end=\"%u\"/></figure>", begin,
          begin + len);
}

static Str made(Arena *a, const uint8_t *data, size_t size) {
  Maker m = {.data = data, .size = size, .text = buf_new(a)};
  buf_add(&m.text, STR("<dossier xmlns=\"urn:jianbao:dossier\" version=\"1\" "
                       "period=\"2025-12\" state=\"draft\">"));
  int n = 0;
  for (int page = 1; page < 4 && m.at < size; page++) {
    buf_fmt(&m.text,
            "<page id=\"p%d\" file=\"%d.txt\" encoding=\"UTF-8\" sha256=\"\"",
            page, page);
    WORDS(&m, "publication", "甲报", "乙报", "");
    WORDS(&m, "date", "2025-12-03", "2025-11-30", "", "2025-02-30");
    buf_fmt(&m.text, " date-from=\"name\"><article id=\"p%da1\"", page);
    WORDS(&m, "kind", "news", "feature", "caption", "special");
    WORDS(&m, "topic", "组织", "");
    WORDS(&m, "use", "yes", "no");
    buf_fmt(&m.text,
            " continues=\"\"><title id=\"h%d\">题目</title>"
            "<para id=\"t%d\" lines=\"1-2\">",
            page, page);
    static const char *const texts[] = {
        "共有3万人，其中女会员1.9万名，占41.3%。",
        "甲、乙分别3家、5家，共8家。",
        "入会率由88.4%提高到95.1%，提高6.7个百分点。", ""};
    buf_add(&m.text, str_of(texts[take(&m) % 4]));
    buf_add(&m.text, STR("</para>"));
    for (unsigned k = 1 + take(&m) % 6; k && m.at < size; k--)
      figure(&m, ++n);
    buf_add(&m.text, STR("</article></page>"));
  }
  buf_add(&m.text, STR("</dossier>"));
  return buf_str(&m.text);
}

static void look_back(Arena *a, const Dossier *d) {
  History *h = history_new(a, STR(""));
  history_add(h, d);
  for (size_t i = 0; i < d->pages.len; i++)
    for (size_t k = 0; k < d->pages.data[i].articles.len; k++) {
      const Article *t = &d->pages.data[i].articles.data[k];
      for (size_t j = 0; j < t->figures.len && j < 8; j++) {
        const Figure *f = &t->figures.data[j];
        FigureAt was;
        if (history_lookup(h, f, BACK_PREVIOUS, &was))
          change_of(a, f, was.figure, STR_NONE);
        history_near(h, f);
        history_series(h, f, 12);
      }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Dossier *dossier =
      dossier_read(a, d, file_of(a, STR("d.xml"), made(a, data, size)));
  if (dossier) {
    Findings found = conflicts_find(a, dossier, NULL, NULL);
    ReviewOptions options = {.findings = found.data, .n_findings = found.len};
    if (size % 4 == 0)
      review_page(a, dossier, &options);
    conflicts_doubt(a, dossier, &found);
    look_back(a, dossier);
  }
  arena_free(a);
  return 0;
}
