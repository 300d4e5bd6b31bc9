// typeset: faces by role, fallback, fonts that are damaged or must not be
// embedded.
#include "check.h"
#include "line-imp.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static Arena *a;
static Diags *d;
static Document doc;
static char folder[] = "/tmp/typeset-fonts-XXXXXX";

static Str face_of(FontSet *fs, const char *role, uint32_t c) {
  const Face *f = role_face(fs, str_of(role), c);
  return f ? face_label(f) : STR("none");
}

static void test_roles(void) {
  FontSet *fs = fontset_open(a, d, &doc, NULL);
  CHECK(str_is(face_of(fs, "title", 0x5DE5), "NotoSerifCJKsc-Bold"));
  CHECK(str_is(face_of(fs, "小标宋", 0x5DE5), "NotoSerifCJKsc-Bold"));
  CHECK(str_is(face_of(fs, "hei", 0x5DE5), "NotoSansCJKsc-Regular"));
  CHECK(str_is(face_of(fs, "kai", 0x5DE5), "GBZenKai-Medium"));
  CHECK(str_is(face_of(fs, "song", 0x5DE5), "NotoSerifCJKsc-Regular"));
  CHECK(str_is(face_of(fs, "song", '7'), "LiberationSerif"));
  CHECK(str_is(face_of(fs, "body", '7'), "LiberationSerif"));
  CHECK(str_is(face_of(fs, "body", 0xFF0C), "NotoSerifCJKsc-Regular"));
  CHECK(fontset_faces(fs) == 5 && face_number(fontset_face(fs, 1)) == 1);
}

static void test_fallback_for_each_character(void) {
  FontSet *fs = fontset_open(a, d, &doc, NULL);
  CHECK(!str_is(face_of(fs, "kai", 0x9555), "GBZenKai-Medium")); // 镕
  CHECK(fs->stand_ins.len == 1 && str_is(fs->stand_ins.data[0].chars, "镕"));
  CHECK(!role_face(fs, STR("song"), 0x5DE5)->info.italic);
  const CharInfo *none = role_char(role_of(fs, STR("song"), false), 0xF0000, 0);
  CHECK(none->missing && none->face); // 〓 stands for it
}

static void test_numbers_of_a_face(void) {
  FontSet *fs = fontset_open(a, d, &doc, NULL);
  const Face *f = role_face(fs, STR("song"), 0x4E2D);
  const FaceInfo *i = face_info(f);
  CHECK(i->cff && i->upem == 1000 && i->ascent > 800 && i->descent < 0);
  CHECK(i->size > 1000000 && memcmp(i->data, "ttcf", 4) == 0);
  CHECK(face_advance(f, face_glyph(f, 0x4E2D)) == 1000);
  CHECK(face_cid(f, face_glyph(f, 0x4E2D)) == face_glyph(f, 0x4E2D));
  const Face *latin = role_face(fs, STR("song"), 'A');
  CHECK(!face_info(latin)->cff && face_cid(latin, 36) == 36);
}

static void test_marks_mended(void) {
  FontSet *fs = fontset_open(a, d, &doc, NULL);
  static const char *const roles[] = {"title", "body", "hei", "kai", "song"};
  for (size_t i = 0; i < 5; i++) {
    Role *r = role_of(fs, str_of(roles[i]), false);
    const CharInfo *dot = role_char(r, 0xB7, false);
    CHECK(dot->adv == 500000 && dot->cls == CL_DOT);
    const CharInfo *dash = role_dash(r, false);
    CHECK(dash->adv == 2000000 || dash->adv == 1000000);
    static const uint32_t marks[] = {0xFF0C, 0x3002, 0x201C, 0x300B, 0xFF1F};
    for (size_t k = 0; k < 5; k++) {
      const CharInfo *m = role_char(r, marks[k], false);
      CHECK(m->adv == 1000000 && m->left + m->right == 500000);
    }
  }
  const CharInfo *han = role_char(role_of(fs, STR("body"), false), 0x5DE5, 0);
  if (str_is(face_label(han->face), "FandolFang-Regular"))
    CHECK(han->dy == 65 && han->embolden == 8);
}

// Where the ink of the glyph ends or begins, EM.
static int32_t dash_edge(const CharInfo *ch, uint32_t c, bool end) {
  FaceChar fc = face_char(ch->face, c, true);
  int units = end ? fc.ink_right : fc.ink_left;
  return ch->dx + (int32_t)((int64_t)units * EM / ch->face->info.upem);
}

static void dash_joins(Role *r) {
  const CharInfo *one = role_dash(r, false), *two = role_dash(r, true);
  if (one->adv > EM * 3 / 2)
    return;
  uint32_t c = face_glyph(one->face, 0x2500) == one->glyph ? 0x2500 : 0x2014;
  CHECK(one->adv == EM && two->adv == EM);
  CHECK(dash_edge(one, c, true) >= EM + dash_edge(two, c, false));
  CHECK(dash_edge(one, c, false) < EM / 5 &&
        dash_edge(two, c, true) > EM * 4 / 5);
}

static const char *const plain_files[] = {"ukai.ttc", "gkai00mp.ttf"};

static Role *plain_role(const char *file) {
  Str *faces = NEW(a, Str);
  FontRole *role = NEW(a, FontRole);
  Document *plain = NEW(a, Document);
  *faces = str_of(file);
  *role = (FontRole){STR("plain"), faces, 1};
  *plain = doc;
  plain->fonts = role;
  plain->n_fonts = 1;
  return role_of(fontset_open(a, d, plain, NULL), STR("plain"), false);
}

// —— is one line of two em in every face (K5).
static void test_dash_is_one_line(void) {
  FontSet *fs = fontset_open(a, d, &doc, NULL);
  static const char *const roles[] = {"title", "body", "hei", "kai", "song"};
  for (size_t i = 0; i < 5; i++)
    dash_joins(role_of(fs, str_of(roles[i]), false));
  for (size_t i = 0; i < 2; i++)
    dash_joins(plain_role(plain_files[i]));
  dash_joins(plain_role("wqy-microhei.ttc")); // or what stands for it
}

// A face without halt: its marks are half blank all the same.
static void test_marks_without_halt(void) {
  static const uint32_t marks[] = {0xFF0C, 0x3002, 0x201D, 0x300B, 0xFF1A,
                                   0x201C, 0x300A, 0xFF08, 0xFF1B};
  for (size_t i = 0; i < 2; i++) {
    Role *r = plain_role(plain_files[i]);
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
      const CharInfo *m = role_char(r, marks[k], false);
      CHECK(m->left + m->right > 440000 && m->left + m->right <= 500000);
      CHECK((m->left > 0) == (m->cls == CL_OPEN));
    }
  }
}

// ---- files -----------------------------------------------------------------

static Str temp_font(const char *from, const char *name) {
  Str to = str_fmt(a, "%s/%s", folder, name);
  File *f = file_load(a, d, str_of(from));
  int fd = open(to.data, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  bool ok =
      f && fd >= 0 && write(fd, f->raw.data, f->raw.len) == (ssize_t)f->raw.len;
  close(fd);
  return ok ? to : STR_NONE;
}

static void patch(Str path, size_t at, const void *bytes, size_t n) {
  int fd = open(path.data, O_WRONLY);
  CHECK(fd >= 0 && pwrite(fd, bytes, n, (off_t)at) == (ssize_t)n);
  close(fd);
}

// Sets a line in a face of the file; the name of the face that set it.
static Str set_with(Arena *in, Diags *to, const char *file) {
  const Str faces[] = {str_of(file)};
  const FontRole role = {STR("odd"), faces, 1};
  const Str dirs[] = {str_of(folder)};
  Document odd = doc;
  odd.fonts = &role;
  odd.n_fonts = 1;
  FontOptions options = {dirs, 1};
  FontSet *fs = fontset_open(in, to, &odd, &options);
  Style style = {.face = STR("odd"), .size = PT(10)};
  Inline run = {.text = STR("工会 News，2025——（“一”）")};
  Para p = {&style, &run, 1};
  Setter s = {.arena = in, .diags = to, .doc = &odd, .fonts = fs};
  Lines l = para_set(&s, &p, PT(60), TAG_P, 0);
  for (size_t i = 0; i < fs->faces.len; i++)
    for (uint32_t g = 0; g < 40; g++)
      face_cid(fs->faces.data[i], g * 97);
  CHECK(l.n > 0);
  return face_of(fs, "odd", 'N');
}

static size_t table_at(const File *f, const char *tag) {
  const unsigned char *p = (const unsigned char *)f->raw.data;
  for (size_t i = 0; i < (size_t)(p[4] << 8 | p[5]); i++)
    if (memcmp(p + 12 + i * 16, tag, 4) == 0)
      return (size_t)p[20 + i * 16] << 24 | (size_t)p[21 + i * 16] << 16 |
             (size_t)p[22 + i * 16] << 8 | p[23 + i * 16];
  return 0;
}

#define LATIN_FILE                                                             \
  "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"

static void test_own_face(void) {
  temp_font(LATIN_FILE, "own.ttf");
  CHECK(str_is(set_with(a, d, "own.ttf"), "LiberationSerif"));
}

// An office's own 小标宋 brings its marks, its own 仿宋 does not.
static void test_roles_overridden(void) {
  const Str own[] = {STR("own.ttf")}, dirs[] = {str_of(folder)};
  const FontRole roles[] = {
      {STR("title"), own, 1}, {STR("仿宋"), own, 1}, {STR("latin"), own, 1}};
  Document office = doc;
  office.fonts = roles;
  office.n_fonts = 3;
  FontOptions options = {dirs, 1};
  FontSet *fs = fontset_open(a, d, &office, &options);
  CHECK(str_is(face_of(fs, "title", 0x201C), "LiberationSerif"));
  CHECK(str_is(face_of(fs, "title", 0x5DE5), "NotoSerifCJKsc-Bold"));
  CHECK(str_is(face_of(fs, "body", 0x201C), "NotoSerifCJKsc-Regular"));
  CHECK(str_starts(role_face(fs, STR("song"), 'A')->file, dirs[0]));
}

// A face of a collection by its number; without one the Chinese face.
static void test_collection(void) {
  const Str files[] = {STR("NotoSerifCJK-Regular.ttc#0"),
                       STR("NotoSerifCJK-Regular.ttc#99"),
                       STR("NotoSerifCJK-Regular.ttc")};
  const FontRole roles[] = {{STR("first"), files, 1},
                            {STR("none"), files + 1, 1},
                            {STR("plain"), files + 2, 1}};
  Document office = doc;
  office.fonts = roles;
  office.n_fonts = 3;
  size_t said = diags_count(d, LEVEL_WARNING);
  FontSet *fs = fontset_open(a, d, &office, NULL);
  CHECK(str_is(face_of(fs, "first", 0x5DE5), "NotoSerifCJKjp-Regular"));
  CHECK(diags_count(d, LEVEL_WARNING) == said);
  CHECK(str_is(face_of(fs, "plain", 0x5DE5), "NotoSerifCJKsc-Regular"));
  face_of(fs, "none", 0x5DE5);
  CHECK(diags_count(d, LEVEL_WARNING) == said + 1);
}

static void test_licence(void) {
  Str path = temp_font(LATIN_FILE, "locked.ttf");
  size_t os2 = table_at(file_load(a, d, path), "OS/2");
  static const unsigned char types[][2] = {{0, 2}, {1, 0}, {2, 0}};
  for (size_t i = 0; i < 3; i++) {
    patch(path, os2 + 8, types[i], 2);
    size_t before = diags_count(d, LEVEL_WARNING);
    set_with(a, d, "locked.ttf");
    CHECK(diags_count(d, LEVEL_WARNING) > before);
  }
  patch(path, os2 + 8, "\0\4", 2); // preview and print
  size_t before = diags_count(d, LEVEL_WARNING);
  set_with(a, d, "locked.ttf");
  CHECK(diags_count(d, LEVEL_WARNING) == before);
}

static void test_cut_short(void) {
  Str path = temp_font(LATIN_FILE, "cut.ttf");
  for (off_t size = 300000; size >= 0; size -= 37501) {
    CHECK(truncate(path.data, size) == 0);
    size_t before = diags_count(d, LEVEL_WARNING);
    set_with(a, d, "cut.ttf");
    CHECK(diags_count(d, LEVEL_WARNING) > before);
  }
}

// ---- mutated files ---------------------------------------------------------

static uint64_t seed;

static uint64_t next_random(void) { // splitmix64
  uint64_t z = (seed += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// Most changes fall on the directory and the tables' heads.
static size_t place(const File *f) {
  const unsigned char *p = (const unsigned char *)f->raw.data;
  size_t n = (size_t)(p[4] << 8 | p[5]);
  uint64_t r = next_random();
  if (r % 4 == 0)
    return (size_t)(next_random() % (12 + n * 16));
  if (r % 4 == 1)
    return (size_t)(next_random() % f->raw.len);
  const unsigned char *row = p + 12 + (next_random() % n) * 16;
  size_t at = (size_t)row[8] << 24 | (size_t)row[9] << 16 |
              (size_t)row[10] << 8 | row[11];
  at += (size_t)(next_random() % (r % 4 == 2 ? 64 : 4096));
  return at < f->raw.len ? at : f->raw.len - 1;
}

static size_t refused;

static void mutate(const char *from, const char *name, int times) {
  Str path = temp_font(from, name);
  if (!path.data) {
    printf("no %s: skipped\n", from);
    return;
  }
  const File *f = file_load(a, d, path);
  clock_t begin = clock();
  for (int i = 0; i < times; i++) {
    size_t at[8];
    size_t n = 1 + (size_t)(next_random() % 8);
    for (size_t k = 0; k < n; k++) {
      at[k] = place(f);
      char byte = (char)next_random();
      patch(path, at[k], &byte, 1);
    }
    Arena *one = arena_new();
    Diags *said = diags_new(one, LANG_EN);
    set_with(one, said, name);
    refused += diags_count(said, LEVEL_WARNING) > 0;
    arena_free(one);
    for (size_t k = 0; k < n; k++)
      patch(path, at[k], f->raw.data + at[k], 1);
  }
  double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  CHECK(seconds < 120);
}

static void test_mutated(void) {
  const char *home = getenv("HOME");
  seed = 20260101;
  mutate(LATIN_FILE, "m1.ttf", 400);
  mutate("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", "m2.ttf",
         100);
  Str fang = str_fmt(a, "%s/.local/share/jianbao/fonts/FandolFang-Regular.otf",
                     home ? home : "");
  if (access(fang.data, R_OK) == 0)
    mutate(fang.data, "m3.otf", 300);
  printf("mutated: %zu refused\n", refused);
  CHECK(refused > 100);
}

static void remove_folder(void) {
  static const char *const names[] = {"own.ttf", "locked.ttf", "cut.ttf",
                                      "m1.ttf",  "m2.ttf",     "m3.otf"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    unlink(str_fmt(a, "%s/%s", folder, names[i]).data);
  rmdir(folder);
}

int main(void) {
  a = arena_new();
  d = diags_new(a, LANG_EN);
  doc.profile = (Profile){.kinsoku = 2, .squeeze = true, .gap_permille = 250};
  CHECK(mkdtemp(folder) != NULL);
  test_roles();
  test_fallback_for_each_character();
  test_numbers_of_a_face();
  test_marks_mended();
  test_dash_is_one_line();
  test_marks_without_halt();
  test_own_face();
  test_roles_overridden();
  test_collection();
  test_licence();
  test_cut_short();
  test_mutated();
  remove_folder();
  arena_free(a);
  return check_done();
}
