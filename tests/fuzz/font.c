// Any bytes as a font file: opening, asking and setting a line in it must end.
#include "line-imp.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/fuzz-font-XXXXXX";

static void folder_remove(void) {
  char path[64];
  snprintf(path, sizeof path, "%s/fuzz.ttf", folder);
  unlink(path);
  rmdir(folder);
}

static bool font_write(const uint8_t *data, size_t size) {
  static bool made;
  if (!made) {
    made = mkdtemp(folder) != NULL;
    atexit(folder_remove);
  }
  char path[64];
  snprintf(path, sizeof path, "%s/fuzz.ttf", folder);
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(data, 1, size, f) == size;
  return f && fclose(f) == 0 && ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!font_write(data, size))
    return 0;
  Arena *a = arena_new();
  const Str faces[] = {STR("fuzz.ttf")}, dirs[] = {str_of(folder)};
  const FontRole role = {STR("odd"), faces, 1};
  Document doc = {.fonts = &role, .n_fonts = 1};
  doc.profile = (Profile){.kinsoku = 2, .squeeze = true, .gap_permille = 250};
  FontOptions options = {dirs, 1};
  Diags *d = diags_new(a, LANG_EN);
  FontSet *fs = fontset_open(a, d, &doc, &options);
  Style style = {.face = STR("odd"), .size = PT(10)};
  Inline run = {.text = STR("工会 AVA，2025——（“一”）fi")};
  Para p = {&style, &run, 1};
  Setter s = {.arena = a, .diags = d, .doc = &doc, .fonts = fs};
  para_set(&s, &p, PT(60), TAG_P, 0);
  for (size_t i = 0; i < fs->faces.len; i++)
    for (uint32_t g = 0; g < 20; g++)
      face_cid(fs->faces.data[i], g);
  arena_free(a);
  return 0;
}
