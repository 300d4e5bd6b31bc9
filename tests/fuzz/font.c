// Any bytes as a font file: opening, asking, and now and then setting a
// line in it and writing the PDF, must end.
#include "line-imp.h"
#include "patch.h"
#include "pdf.h"
#include <fcntl.h>
#include <hb-subset.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] = "工会 AVA，2025——（“一”）fi";
static char folder[] = "/dev/shm/fuzz-font-XXXXXX", path[80];
static Arena *always;
static Str good[2]; // small faces: CFF or TrueType with ideographs, Latin

static void folder_remove(void) {
  unlink(path);
  rmdir(folder);
}

// What is left of the face when it has these characters alone.
static Str subset(const Face *face) {
  const FaceInfo *info = face_info(face);
  hb_blob_t *blob = hb_blob_create(info->data, (unsigned)info->size,
                                   HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_face_t *whole = hb_face_create(blob, info->index);
  hb_subset_input_t *in = hb_subset_input_create_or_fail();
  hb_set_t *wanted = hb_subset_input_unicode_set(in);
  Str t = str_of(text);
  for (size_t i = 0; i < t.len;)
    hb_set_add(wanted, utf8_next(t, &i));
  hb_set_t *features =
      hb_subset_input_set(in, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  hb_set_clear(features);
  hb_set_invert(features); // all
  hb_face_t *small = hb_subset_or_fail(whole, in);
  hb_blob_t *bytes =
      small ? hb_face_reference_blob(small) : hb_blob_get_empty();
  unsigned len;
  const char *p = hb_blob_get_data(bytes, &len);
  Str kept = str_copy(always, (Str){p, len});
  hb_blob_destroy(bytes);
  hb_face_destroy(small);
  hb_subset_input_destroy(in);
  hb_face_destroy(whole);
  hb_blob_destroy(blob);
  return kept;
}

static void start(void) {
  if (!mkdtemp(folder))
    abort();
  snprintf(path, sizeof path, "%s/fuzz.ttf", folder);
  atexit(folder_remove);
  always = arena_new();
  static Document doc;
  Diags *d = diags_new(always, LANG_EN);
  FontSet *fs = fontset_open(always, d, &doc, &(FontOptions){0});
  Role *r = fs ? role_of(fs, STR("body"), false) : NULL;
  const uint32_t one_of[2] = {0x5DE5, 'A'};
  for (int i = 0; r && i < 2; i++)
    if (role_char(r, one_of[i], false)->face)
      good[i] = subset(role_char(r, one_of[i], false)->face);
}

static bool font_write(Str bytes) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool ok = fd >= 0 && write(fd, bytes.data, bytes.len) == (ssize_t)bytes.len;
  return (fd < 0 || close(fd) == 0) && ok;
}

static void ask(Arena *a, const Face *f, int question) {
  Str t = str_of(text);
  int advance;
  switch (question) {
  case 0:
    for (uint32_t g = 0; g < 20; g++)
      face_cid(f, g);
    break;
  case 1:
    face_kern_open(a, f);
    face_kern(f, 'A', 'V');
    break;
  case 2:
    face_dash(f, &advance);
    break;
  default:
    for (size_t i = 0; i < t.len;)
      face_char(f, utf8_next(t, &i), question % 2);
  }
}

static void set_and_write(Arena *a, Diags *d) {
  const Str faces[] = {STR("fuzz.ttf")}, dirs[] = {str_of(folder)};
  const FontRole role = {STR("odd"), faces, 1};
  Document *doc = NEW(a, Document);
  *doc = (Document){.fonts = &role, .n_fonts = 1};
  doc->profile = (Profile){.kinsoku = 2, .squeeze = true, .gap_permille = 250};
  doc->master = (PageMaster){.width = MM(80), .height = MM(80)};
  FontSet *fs = fontset_open(a, d, doc, &(FontOptions){dirs, 1});
  Style style = {.face = STR("odd"), .size = PT(10)};
  Inline run = {.text = str_of(text), .style = &style};
  LayBlock block = {.kind = LAY_PARA, .style = &style};
  block.para = (Para){&style, &run, 1};
  doc->first = &block;
  Pages *pages = fs ? typeset(a, d, doc, fs) : NULL;
  if (pages)
    pdf_write(a, d, pages, &(PdfOptions){.tagged = true}, STR("/dev/null"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!always)
    start();
  Arena *a = arena_new();
  Str bytes = patched(a, good[size && data[0] & 1], data, size);
  const char *why[2];
  Face *f = face_in_memory(a, bytes, STR(""), STR("zh-Hans"), why);
  unsigned chance = (unsigned)(str_hash((Str){(const char *)data, size}) >> 32);
  if (f)
    ask(a, f, (int)(chance % 8));
  if (f && chance / 8 % 256 == 0) {
    if (!font_write(bytes))
      abort();
    set_and_write(a, diags_new(a, LANG_EN));
  }
  arena_free(a);
  return 0;
}
