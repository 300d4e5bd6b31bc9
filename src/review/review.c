// Puts the review page together: style, body, data and script in one file. A
// policy lets nothing run but the one script, and nothing be fetched.
#include "review_imp.h"

extern const unsigned char review_body[], review_style[], review_script[];
extern const size_t review_body_len, review_style_len, review_script_len;

static int nibble(char c) {
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

// The SHA-256 of a text in base 64, as a Content-Security-Policy names it.
static Str hash_base64(Arena *a, Str text) {
  static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Str hex = file_sha256(a, file_of(a, STR(""), text));
  Buf b = buf_new(a);
  uint32_t bits = 0, n = 0;
  for (size_t i = 0; i < hex.len; i++) {
    bits = bits << 4 | (uint32_t)nibble(hex.data[i]);
    for (n += 4; n >= 6; n -= 6)
      buf_byte(&b, digits[bits >> (n - 6) & 63]);
  }
  if (n) // 256 bits: four are left, and one sign of filling
    buf_byte(&b, digits[bits << (6 - n) & 63]);
  buf_byte(&b, '=');
  return buf_str(&b);
}

static Str embedded(const unsigned char *bytes, size_t len) {
  return (Str){(const char *)bytes, len};
}

static void add_policy(Buf *b, Str style, Str script) {
  buf_add(b, STR("<meta http-equiv=\"Content-Security-Policy\" content=\""
                 "default-src 'none'; base-uri 'none'; form-action 'none'; "
                 "style-src 'sha256-"));
  buf_add(b, hash_base64(b->arena, style));
  buf_add(b, STR("'; script-src 'sha256-"));
  buf_add(b, hash_base64(b->arena, script));
  buf_add(b, STR("'\">\n"));
}

Str review_page(Arena *a, const Dossier *dossier,
                const ReviewOptions *options) {
  Str style = embedded(review_style, review_style_len);
  Str script = embedded(review_script, review_script_len);
  Buf b = buf_new(a);
  buf_add(&b, STR("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n"
                  "<meta charset=\"utf-8\">\n"));
  add_policy(&b, style, script);
  buf_add(&b, STR("<meta name=\"viewport\" content=\"width=device-width\">\n"
                  "<title>数字校核</title>\n<style>"));
  buf_add(&b, style);
  buf_add(&b, STR("</style>\n</head>\n<body>\n"));
  buf_add(&b, embedded(review_body, review_body_len));
  buf_add(&b, STR("<script type=\"application/json\" id=\"dossier\">"));
  buf_add(&b, review_data(a, dossier, options));
  buf_add(&b, STR("</script>\n<script>"));
  buf_add(&b, script);
  buf_add(&b, STR("</script>\n</body>\n</html>\n"));
  return buf_str(&b);
}
