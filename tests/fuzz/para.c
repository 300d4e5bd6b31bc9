// Any text in any styles and measure: lines must end, hold all of the text,
// and keep to the measure where a character fits.
#include "line-imp.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FontSet *fonts;
static Document doc;
static Arena *always;

static void start(void) {
  if (fonts)
    return;
  always = arena_new();
  doc.profile = (Profile){.kinsoku = 2,
                          .squeeze = true,
                          .gap_permille = 250,
                          .loose_permille = 250};
  fonts = fontset_open(always, diags_new(always, LANG_EN), &doc, NULL);
}

static Str valid(Arena *a, Str t) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < t.len;)
    buf_char(&b, utf8_next(t, &i));
  return buf_str(&b);
}

// What is left of the text when blanks and what draws nothing are taken out.
static Str essence(Arena *a, Str t) {
  Buf b = buf_new(a);
  Role *r = role_of(fonts, STR("song"), false);
  for (size_t i = 0; i < t.len;) {
    size_t begin = i;
    uint8_t cls = role_char(r, utf8_next(t, &i), false)->cls;
    if (cls != CL_NONE && cls != CL_SPACE && cls != CL_FIXED)
      buf_add(&b, str_slice(t, begin, i));
  }
  return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 4 || size > 4000)
    return 0;
  start();
  Arena *a = arena_new();
  doc.profile.kinsoku = data[0] & 3;
  doc.profile.hang = data[0] & 4;
  doc.profile.squeeze = !(data[0] & 8);
  Style one = {.face = STR("song"), .size = PT(10)};
  one.align = (Align)(data[0] >> 4 & 3);
  one.indent = PT((data[1] & 7) * 5);
  Style two = one;
  two.face = STR("body");
  two.size = PT(1 + (data[2] & 31));
  two.shift = PT((data[2] >> 5) - 3);
  two.nobreak = data[2] & 1;
  Str text = valid(a, (Str){(const char *)data + 4, size - 4});
  size_t half = text.len * data[3] / 256;
  while (half < text.len && ((unsigned char)text.data[half] & 0xC0) == 0x80)
    half++;
  Inline runs[2] = {{.text = str_slice(text, 0, half), .style = &one},
                    {.text = str_slice(text, half, text.len), .style = &two}};
  Para p = {&one, runs, 2};
  Diags *d = diags_new(a, LANG_EN);
  Setter s = {.arena = a, .diags = d, .doc = &doc, .fonts = fonts};
  Lines l = para_set(&s, &p, PT(20 + (data[1] >> 3) * 15), TAG_P, 0);
  Buf out = buf_new(a);
  for (size_t i = 0; i < l.n; i++)
    for (size_t k = 0; k < l.lines[i].n_marks; k++) {
      const Mark *m = &l.lines[i].marks[k];
      for (size_t g = 0; g < m->n_glyphs; g++)
        if (m->glyphs[g].text > m->text.len)
          abort();
      buf_add(&out, m->text);
    }
  if (!str_eq(essence(a, buf_str(&out)), essence(a, text)))
    abort();
  arena_free(a);
  return 0;
}
