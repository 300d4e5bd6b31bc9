// Images and QR codes as boxes: size, resolution, alt text. Pixels are pdf's
// matter; only the head of the file is read here.
#include "typeset-imp.h"
#include <qrencode.h>

enum {
  SIDE_MAX = 20000,    // pixels
  DPI_LEAST = 120,     // below it print looks coarse
  QR_QUIET = 4,        // modules of white around the code
  HEAD_SCAN = 1 << 22, // bytes of a JPEG searched for its size
};

typedef struct {
  uint32_t width, height; // pixels
  uint32_t dpi;           // 0: not said
} Picture;

// ---- heads of files --------------------------------------------------------

static uint32_t be32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
         p[3];
}

static uint32_t be16(const unsigned char *p) {
  return (uint32_t)p[0] << 8 | p[1];
}

static bool png_head(const unsigned char *p, size_t n, Picture *out) {
  static const unsigned char magic[] = "\x89PNG\r\n\x1a\n";
  if (n < 33 || memcmp(p, magic, 8) != 0 || memcmp(p + 12, "IHDR", 4) != 0)
    return false;
  *out = (Picture){be32(p + 16), be32(p + 20), 0};
  for (size_t at = 33; at + 12 <= n;) {
    uint32_t len = be32(p + at);
    if (len > n || memcmp(p + at + 4, "IDAT", 4) == 0)
      break;
    if (memcmp(p + at + 4, "pHYs", 4) == 0 && len == 9 && at + 17 <= n &&
        p[at + 16] == 1)
      out->dpi = (uint32_t)((uint64_t)be32(p + at + 8) * 254 / 10000);
    at += 12 + (size_t)len;
  }
  return true;
}

static bool is_frame(unsigned char m) {
  return m >= 0xc0 && m <= 0xcf && m != 0xc4 && m != 0xc8 && m != 0xcc;
}

static bool jpeg_head(const unsigned char *p, size_t n, Picture *out) {
  if (n < 4 || p[0] != 0xff || p[1] != 0xd8)
    return false;
  *out = (Picture){0};
  n = n < HEAD_SCAN ? n : HEAD_SCAN;
  for (size_t at = 2; at + 9 <= n && p[at] == 0xff;) {
    unsigned char m = p[at + 1];
    if (m == 0xff) {
      at++;
      continue;
    }
    uint32_t len = be16(p + at + 2);
    if (m == 0xe0 && len >= 14 && at + 16 <= n && p[at + 11] == 1)
      out->dpi = be16(p + at + 12);
    if (is_frame(m)) {
      out->height = be16(p + at + 5), out->width = be16(p + at + 7);
      return true;
    }
    at += 2 + (size_t)len;
  }
  return false;
}

static bool picture_head(Setter *s, const LayBlock *b, Picture *pic) {
  const Image *im = b->image;
  File *f = file_load(s->arena, s->diags, im->path);
  if (!f)
    return false;
  const unsigned char *p = (const unsigned char *)f->raw.data;
  Str why = STR("unknown format");
  bool ok = png_head(p, f->raw.len, pic) || jpeg_head(p, f->raw.len, pic);
  if (ok && (pic->width == 0 || pic->height == 0)) {
    why = STR("no size");
    ok = false;
  }
  if (!ok) {
    diag(s->diags, D_IMAGE_READ, b->at, why);
    return false;
  }
  if (pic->width <= SIDE_MAX && pic->height <= SIDE_MAX)
    return true;
  diag(s->diags, D_IMAGE_LARGE, b->at, str_int(s->arena, pic->width),
       str_int(s->arena, pic->height));
  return false;
}

// ---- sizes -----------------------------------------------------------------

typedef struct {
  Len w, h;
} Size;

// Given sizes win; one given keeps the proportion; none: the file's own
// resolution, else 200 dots an inch. Never larger than the page.
static Size image_size(Setter *s, const Image *im, const Picture *pic,
                       Len measure) {
  double w = im->width, h = im->height;
  double ratio = (double)pic->height / pic->width;
  if (w <= 0 && h <= 0)
    w = 72000.0 * pic->width / (pic->dpi ? pic->dpi : 200);
  if (w <= 0)
    w = h / ratio;
  if (h <= 0)
    h = w * ratio;
  double most_h = page_height(s->doc) * 0.9;
  double scale = w > measure ? measure / w : 1;
  if (h * scale > most_h)
    scale = most_h / h;
  w *= scale, h *= scale;
  return (Size){w < 1 ? 1 : (Len)w, h < 1 ? 1 : (Len)h};
}

static Len align_x(const Style *st, Len measure, Len w) {
  Len room = inner_measure(st, measure) - w;
  return st->left + (st->align == ALIGN_RIGHT    ? room
                     : st->align == ALIGN_CENTRE ? room / 2
                                                 : 0);
}

static void check_dots(Setter *s, const LayBlock *b, const Picture *pic,
                       Size size) {
  int64_t dpi = (int64_t)pic->width * 72000 / size.w;
  if (dpi < DPI_LEAST)
    diag(s->diags, D_IMAGE_COARSE, b->at, str_int(s->arena, dpi));
}

static void push_box(Setter *s, VList *v, const LayBlock *b, Len h, Mark *marks,
                     size_t n) {
  vlist_glue(s, v, b->style->before);
  vlist_box(s, v, h, marks, n)->block = b;
  if (b->style->keep_next)
    vlist_keep(v);
  vlist_glue(s, v, b->style->after);
}

static void picture_set(Setter *s, VList *v, const LayBlock *b, Len measure) {
  Picture pic;
  if (!picture_head(s, b, &pic))
    return;
  Size size = image_size(s, b->image, &pic, measure);
  check_dots(s, b, &pic, size);
  Mark *m = NEW(s->arena, Mark);
  *m = (Mark){.kind = MARK_IMAGE,
              .x = align_x(b->style, measure, size.w),
              .w = size.w,
              .h = size.h,
              .target = b->image->path,
              .text = b->image->alt,
              .tag = b->image->alt.len ? TAG_FIGURE : TAG_ARTIFACT,
              .element = ++s->elements};
  push_box(s, v, b, size.h, m, 1);
}

// ---- QR codes --------------------------------------------------------------

// Dark modules of a row in runs, a rectangle each.
static size_t qr_row(const QRcode *qr, int y, Mark *out, const Mark *like) {
  size_t n = 0;
  const unsigned char *row = qr->data + y * qr->width;
  for (int x = 0; x < qr->width; x++) {
    if (!(row[x] & 1))
      continue;
    int end = x;
    while (end < qr->width && row[end] & 1)
      end++;
    if (out) {
      out[n] = *like;
      out[n].x += like->h * (x + QR_QUIET);
      out[n].y += like->h * (y + QR_QUIET);
      out[n].w = like->h * (end - x);
    }
    n++;
    x = end;
  }
  return n;
}

static void qr_set(Setter *s, VList *v, const LayBlock *b, Len measure) {
  const Image *im = b->image;
  QRcode *qr = NULL;
  if (im->path.len <= 2900)
    qr = QRcode_encodeString8bit(str_z(s->arena, im->path), 0, QR_ECLEVEL_M);
  if (!qr) {
    diag(s->diags, D_QR_LONG, b->at,
         str_int(s->arena, (long long)im->path.len));
    return;
  }
  int side = qr->width + 2 * QR_QUIET;
  Len want = im->width > 0 ? im->width : im->height > 0 ? im->height : MM(25);
  want = want > measure ? measure : want;
  Mark like = {.kind = MARK_RECT,
               .h = want / side > 0 ? want / side : 1,
               .tag = TAG_FIGURE,
               .element = ++s->elements};
  like.x = align_x(b->style, measure, like.h * side);
  size_t n = 0;
  for (int y = 0; y < qr->width; y++)
    n += qr_row(qr, y, NULL, &like);
  Mark *marks = NEW_ARRAY(s->arena, Mark, n);
  n = 0;
  for (int y = 0; y < qr->width; y++)
    n += qr_row(qr, y, marks + n, &like);
  if (n) // what the code says, for those who cannot see it
    marks[0].text = str_cat(s->arena, STR("二维码："), im->path);
  push_box(s, v, b, like.h * side, marks, n);
  QRcode_free(qr);
}

void image_set(Setter *s, VList *v, const LayBlock *b, Len measure) {
  if (b->image->qr)
    qr_set(s, v, b, measure);
  else
    picture_set(s, v, b, measure);
}
