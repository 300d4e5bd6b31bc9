// The door of HarfBuzz: one face of one font file, its numbers,
// glyphs and widths.
#define _DEFAULT_SOURCE // madvise
#include "line-imp.h"
#include <fcntl.h>
#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define TTC_MAX  64
#define KERN_LOW 0x20
#define KERN_N   0x5F // ASCII from the space to ~
#define KERN_NEW INT16_MIN

struct FontLib {
  void *map;
  size_t size;
  bool borrowed; // the map is the caller's
  hb_blob_t *blob;
  hb_face_t *face;
  hb_font_t *font;
  hb_buffer_t *buffer;
  hb_language_t chinese;
  Cff cff;
  int16_t (*kern)[KERN_N];
};

static void lib_close(void *p) {
  FontLib *l = p;
  hb_buffer_destroy(l->buffer);
  hb_font_destroy(l->font);
  hb_face_destroy(l->face);
  hb_blob_destroy(l->blob);
  if (l->map && !l->borrowed)
    munmap(l->map, l->size);
}

// ---- opening ---------------------------------------------------------------

#define REFUSE(en, zh) return why[0] = (en), why[1] = (zh), false

static bool file_map(FontLib *l, Str path, Arena *a, const char *why[2]) {
  int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    REFUSE("it cannot be opened", "无法打开");
  struct stat st;
  bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 12 &&
            (uintmax_t)st.st_size <= FILE_MAX;
  if (ok) {
    l->size = (size_t)st.st_size;
    void *p = mmap(NULL, l->size, PROT_READ, MAP_PRIVATE, fd, 0);
    l->map = p == MAP_FAILED ? NULL : p;
  }
  close(fd);
  if (!l->map)
    REFUSE("it is no font file", "不是字体文件");
  return true;
}

static uint32_t be32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
         p[3];
}

static uint32_t be16(const unsigned char *p) {
  return (uint32_t)p[0] << 8 | p[1];
}

// Whether every table that the face at `offset` lists lies inside the file.
static bool directory_whole(const FontLib *l, size_t offset) {
  const unsigned char *p = l->map;
  if (offset > l->size || l->size - offset < 12)
    return false;
  size_t n = be16(p + offset + 4);
  if (n == 0 || l->size - offset - 12 < n * 16)
    return false;
  for (size_t i = 0; i < n; i++) {
    const unsigned char *row = p + offset + 12 + i * 16;
    uint32_t begin = be32(row + 8), len = be32(row + 12);
    if (begin > l->size || len > l->size - begin)
      return false;
  }
  return true;
}

static size_t face_offset(const FontLib *l, unsigned index) {
  const unsigned char *p = l->map;
  if (memcmp(p, "ttcf", 4) != 0)
    return 0;
  size_t at = 12 + (size_t)index * 4;
  return at + 4 <= l->size ? be32(p + at) : SIZE_MAX;
}

static Str ps_name(Arena *a, hb_face_t *face) {
  char name[128];
  unsigned len = sizeof name;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                      hb_language_from_string("en", -1), &len, name);
  size_t n = 0; // only what a PDF name may hold unescaped
  for (size_t i = 0; i < len && name[i]; i++)
    if (name[i] > ' ' && name[i] < 127 && !strchr("[](){}<>/%#", name[i]))
      name[n++] = name[i];
  return n ? str_copy(a, (Str){name, n}) : STR("Unnamed");
}

static bool name_wanted(Str name, Str ps) {
  if (ps.len)
    return str_has(name, ps);
  return str_has(name, STR("sc-")) || str_has(name, STR("SC-")) ||
         str_has(name, STR("CN")) || str_has(name, STR("GB"));
}

enum { NO_FACE = 0xFFFF };

// The number in "#2"; NO_FACE where the file has no such face.
static unsigned index_numbered(Str ps, unsigned n) {
  unsigned index = 0;
  for (size_t i = 1; i < ps.len && index < TTC_MAX; i++)
    index = index * 10 + (unsigned)(ps.data[i] - '0');
  return index < n ? index : NO_FACE;
}

static unsigned index_choose(FontLib *l, Arena *a, Str ps) {
  unsigned n = hb_face_count(l->blob);
  if (str_starts(ps, STR("#")))
    return index_numbered(ps, n);
  for (unsigned i = 0; i < n && i < TTC_MAX && n > 1; i++) {
    hb_face_t *face = hb_face_create(l->blob, i);
    bool found = name_wanted(ps_name(a, face), ps);
    hb_face_destroy(face);
    if (found)
      return i;
  }
  return 0;
}

static hb_blob_t *table_of(hb_face_t *face, const char *tag,
                           const unsigned char **data, unsigned *len) {
  hb_blob_t *blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
  *data = (const unsigned char *)hb_blob_get_data(blob, len);
  if (!*data)
    *len = 0;
  return blob;
}

static bool table_has(hb_face_t *face, const char *tag) {
  const unsigned char *data;
  unsigned len;
  hb_blob_destroy(table_of(face, tag, &data, &len));
  return len > 0;
}

// OS/2: fsType must allow embedding a subset.
static bool licence_read(FaceInfo *f, hb_face_t *face, const char *why[2]) {
  const unsigned char *p;
  unsigned len;
  hb_blob_t *blob = table_of(face, "OS/2", &p, &len);
  unsigned type = len >= 10 ? be16(p + 8) : 0;
  unsigned weight = len >= 6 ? be16(p + 4) : 400;
  bool heights = len >= 90 && be16(p) >= 2;
  f->cap_height = heights ? (int16_t)be16(p + 88) : 0;
  hb_blob_destroy(blob);
  if (weight < 1 || weight > 1000)
    weight = 400;
  f->stem_v = (int)(weight * weight / 2500 + 20);
  // Bits 0-3 are a usage level of which 2 alone forbids embedding; 8: no
  // subset; 9: bitmaps only.
  if ((type & 15) == 2 || type & 0x300)
    REFUSE("its licence (fsType) forbids embedding",
           "其许可（fsType）不准嵌入");
  return true;
}

static bool head_read(FaceInfo *f, hb_face_t *face) {
  const unsigned char *p;
  unsigned len;
  hb_blob_t *blob = table_of(face, "head", &p, &len);
  bool ok = len >= 54;
  if (ok) {
    f->upem = (int)be16(p + 18);
    for (int i = 0; i < 4; i++)
      f->bbox[i] = (int16_t)be16(p + 36 + i * 2);
  }
  hb_blob_destroy(blob);
  blob = table_of(face, "post", &p, &len);
  f->italic = len >= 8 ? (int16_t)be16(p + 4) : 0;
  hb_blob_destroy(blob);
  return ok && f->upem >= 16 && f->upem <= 16384;
}

static void outlines_read(Arena *a, FontLib *l) {
  const unsigned char *data;
  unsigned len;
  hb_blob_t *cff = table_of(l->face, "CFF ", &data, &len);
  if (len) // the bytes lie in the file's map
    l->cff = cff_read(a, data, len, hb_face_get_glyph_count(l->face));
  hb_blob_destroy(cff);
}

static bool face_read(Arena *a, Face *f, const char *why[2]) {
  FontLib *l = f->lib;
  hb_face_t *face = l->face;
  FaceInfo *info = &f->info;
  info->cff = table_has(face, "CFF ");
  outlines_read(a, l);
  if (!head_read(info, face) || hb_face_get_glyph_count(face) == 0 ||
      !table_has(face, "cmap") || !table_has(face, "hmtx") ||
      (!info->cff && !(table_has(face, "glyf") && table_has(face, "loca"))))
    REFUSE("it is damaged, or not TrueType or CFF",
           "已损坏，或不是 TrueType、CFF 字体");
  if (!licence_read(info, face, why))
    return false;
  hb_font_extents_t x;
  if (hb_font_get_h_extents(l->font, &x)) {
    info->ascent = x.ascender;
    info->descent = x.descender;
  }
  if (info->cap_height <= 0)
    info->cap_height = info->ascent > 0 ? info->ascent * 4 / 5 : info->upem;
  return true;
}

// Nothing is open yet; what is opened goes with the arena.
static FontLib *lib_new(Arena *a, Str lang) {
  FontLib *l = NEW(a, FontLib);
  l->chinese = hb_language_from_string(lang.data, (int)lang.len);
  l->buffer = hb_buffer_create();
  arena_defer(a, lib_close, l);
  return l;
}

static Face *lib_face(Arena *a, FontLib *l, Str path, Str ps,
                      const char *why[2]) {
  l->blob = hb_blob_create(l->map, (unsigned)l->size, HB_MEMORY_MODE_READONLY,
                           NULL, NULL);
  unsigned index = index_choose(l, a, ps);
  if (index == NO_FACE) {
    why[0] = "it has no face of this number";
    why[1] = "文件里没有此序号的字体";
    return NULL;
  }
  if (!directory_whole(l, face_offset(l, index))) {
    why[0] = "it is damaged or cut short";
    why[1] = "已损坏或不完整";
    return NULL;
  }
  l->face = hb_face_create(l->blob, index);
  l->font = hb_font_create(l->face);
  Face *f = NEW(a, Face);
  f->lib = l;
  f->file = path;
  f->number = -1;
  f->info.data = l->map;
  f->info.size = l->size;
  f->info.index = index;
  f->info.ps_name = ps_name(a, l->face);
  f->label = f->info.ps_name;
  return face_read(a, f, why) ? f : NULL;
}

Face *face_open(Arena *a, Str path, Str ps, Str lang, const char *why[2]) {
  FontLib *l = lib_new(a, lang);
  why[0] = why[1] = "";
  return file_map(l, path, a, why) ? lib_face(a, l, path, ps, why) : NULL;
}

Face *face_in_memory(Arena *a, Str bytes, Str ps, Str lang,
                     const char *why[2]) {
  FontLib *l = lib_new(a, lang);
  why[0] = why[1] = "";
  l->map = (void *)bytes.data;
  l->size = bytes.len;
  l->borrowed = true;
  return bytes.len >= 12 ? lib_face(a, l, STR(""), ps, why) : NULL;
}

// ---- what pdf asks ---------------------------------------------------------

const FaceInfo *face_info(const Face *f) {
  return &f->info;
}

int face_number(const Face *f) {
  return f->number;
}

Str face_label(const Face *f) {
  return f->info.ps_name;
}

int face_advance(const Face *f, uint32_t glyph) {
  return hb_font_get_glyph_h_advance(f->lib->font, glyph);
}

uint32_t face_cid(const Face *f, uint32_t glyph) {
  return f->info.cff ? cff_cid(&f->lib->cff, glyph) : glyph;
}

// The kernel maps more of a file than is asked for, and keeps it.
void face_rest(const Face *f) {
  if (!f->lib->borrowed)
    madvise(f->lib->map, f->lib->size, MADV_DONTNEED);
}

// ---- characters ------------------------------------------------------------

uint32_t face_glyph(const Face *f, uint32_t c) {
  hb_codepoint_t glyph;
  return hb_font_get_nominal_glyph(f->lib->font, c, &glyph) ? glyph : 0;
}

// Shapes up to two characters; the glyphs stay in the buffer.
static unsigned shape(FontLib *l, const uint32_t *text, int n,
                      const char *feature) {
  hb_buffer_reset(l->buffer);
  hb_buffer_add_utf32(l->buffer, text, n, 0, n);
  hb_buffer_set_direction(l->buffer, HB_DIRECTION_LTR);
  hb_buffer_set_script(l->buffer,
                       text[0] < 0x250 ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN);
  hb_buffer_set_language(l->buffer, l->chinese);
  hb_feature_t set[1];
  unsigned features = feature && hb_feature_from_string(feature, -1, &set[0]);
  hb_shape(l->font, l->buffer, set, features);
  return hb_buffer_get_length(l->buffer);
}

static void half_width(const Face *f, uint32_t c, FaceChar *ch) {
  unsigned n = shape(f->lib, &c, 1, "halt");
  unsigned len;
  hb_glyph_position_t *p = hb_buffer_get_glyph_positions(f->lib->buffer, &len);
  if (n != 1 || p[0].x_advance >= ch->advance || p[0].x_advance <= 0 ||
      p[0].x_offset > 0)
    return;
  int taken = ch->advance - p[0].x_advance;
  ch->left = -p[0].x_offset < taken ? -p[0].x_offset : taken;
  ch->right = taken - ch->left;
}

// Drawing a CFF glyph to see its extent takes long, and of an ideograph only
// matters whether there is one: an empty one has a number and a command.
static bool surely_inked(const Face *f, uint32_t c, uint32_t glyph) {
  enum { BLANK_MAX = 12 };
  return char_is_han(c) && cff_outline_len(&f->lib->cff, glyph) > BLANK_MAX;
}

FaceChar face_char(const Face *f, uint32_t c, bool halt) {
  FaceChar ch = {.glyph = face_glyph(f, c)};
  if (!ch.glyph)
    return ch;
  ch.advance = face_advance(f, ch.glyph);
  if (ch.advance < 0 || ch.advance > f->info.upem * 8)
    ch.advance = f->info.upem;
  if (!halt && surely_inked(f, c, ch.glyph))
    return ch;
  hb_glyph_extents_t x = {0};
  ch.blank = !hb_font_get_glyph_extents(f->lib->font, ch.glyph, &x) ||
             x.width == 0 || x.height == 0;
  ch.ink_left = x.x_bearing;
  ch.ink_right = x.x_bearing + x.width;
  if (halt)
    half_width(f, c, &ch);
  return ch;
}

uint32_t face_dash(const Face *f, int *advance) {
  const uint32_t text[2] = {0x2014, 0x2014};
  if (shape(f->lib, text, 2, NULL) != 1)
    return 0;
  unsigned len;
  uint32_t glyph = hb_buffer_get_glyph_infos(f->lib->buffer, &len)[0].codepoint;
  *advance = face_advance(f, glyph);
  return *advance > f->info.upem ? glyph : 0;
}

int face_kern(const Face *f, uint32_t a, uint32_t b) {
  FontLib *l = f->lib;
  a -= KERN_LOW;
  b -= KERN_LOW;
  if (!l->kern || a >= KERN_N || b >= KERN_N)
    return 0;
  int16_t *k = &l->kern[a][b];
  if (*k != KERN_NEW)
    return *k;
  const uint32_t text[2] = {a + KERN_LOW, b + KERN_LOW};
  *k = 0;
  if (shape(l, text, 2, "liga=0") == 2) {
    unsigned len;
    hb_glyph_info_t *g = hb_buffer_get_glyph_infos(l->buffer, &len);
    hb_glyph_position_t *p = hb_buffer_get_glyph_positions(l->buffer, &len);
    int kern = p[0].x_advance - face_advance(f, g[0].codepoint);
    *k = (int16_t)(abs(kern) < f->info.upem / 4 ? kern : 0);
  }
  return *k;
}

void face_kern_open(Arena *a, const Face *f) {
  f->lib->kern = arena_array(a, KERN_N, sizeof *f->lib->kern);
  for (int i = 0; i < KERN_N * KERN_N; i++)
    f->lib->kern[i / KERN_N][i % KERN_N] = KERN_NEW;
}
