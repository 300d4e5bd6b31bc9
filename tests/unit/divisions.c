// lexicon: divisions in full, in short, renamed and of one name.
#include "check.h"
#include "lexicon.h"

static Arena *a;

// "from name" of the surest division that starts the text, all joined by "|".
static Str found(const char *text, size_t *len) {
  const Division *out[8];
  Str s = str_of(text);
  size_t n = division_match(s, 0, len, out, 8);
  Buf b = buf_new(a);
  for (size_t i = 0; i < n; i++) {
    if (i)
      buf_byte(&b, '|');
    buf_add(&b, division_chain(a, out[i]));
  }
  return buf_str(&b);
}

static void is(const char *text, const char *form, const char *chains) {
  size_t len;
  Str got = found(text, &len);
  if (!str_is(got, chains) || len != strlen(form))
    printf("%s: got %.*s\n", text, STR_ARG(got));
  CHECK(str_is(got, chains));
  CHECK(len == strlen(form));
}

int main(void) {
  a = arena_new();
  is("临泽县总工会", "临泽县", "甘肃省/张掖市/临泽县");
  is("肃北召开", "肃北", "甘肃省/酒泉市/肃北蒙古族自治县");
  is("积石山县大河家镇", "积石山县",
     "甘肃省/临夏回族自治州/积石山保安族东乡族撒拉族自治县");
  is("临夏州总工会", "临夏州", "甘肃省/临夏回族自治州");
  is("内蒙古自治区", "内蒙古自治区", "内蒙古自治区");
  is("广西各级", "广西", "广西壮族自治区");
  is("北京市丰台区", "北京市", "北京市");
  is("丰台区总工会", "丰台区", "北京市/丰台区");
  is("城口县", "城口县", "重庆市/城口县");
  is("仙桃市", "仙桃市", "湖北省/仙桃市");
  is("襄樊市", "襄樊市", "湖北省/襄阳市");
  is("思茅市", "思茅市", "云南省/普洱市");
  is("吴江市", "吴江市", "江苏省/苏州市/吴江区");
  is("鼓楼区", "鼓楼区",
     "江苏省/南京市/鼓楼区|江苏省/徐州市/鼓楼区|福建省/福州市/鼓楼区|"
     "河南省/开封市/鼓楼区");
  is("城区建设", "", "");
  is("工会", "", "");
  const Division *d = division_of_code(620725);
  CHECK(d == NULL || d->level == 3);
  CHECK(division_of_code(999999) == NULL);
  arena_free(a);
  return check_done();
}
