// PNG of every kind → rows of eight-bit grey or RGB, transparency on white.
#include "pdf_image.h"
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  Arena *arena;
  Str bytes;
  size_t at;
  Picture *pic;
  char fault[96];
  png_structp png;
  png_infop info;
  png_bytep *rows;
  size_t row_size;
  int channels; // with alpha
} Reader;

static void on_error(png_structp png, png_const_charp what) {
  Reader *r = png_get_error_ptr(png);
  snprintf(r->fault, sizeof r->fault, "broken PNG (%s)", what);
  longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp what) {
  (void)png, (void)what;
}

static void on_read(png_structp png, png_bytep to, size_t n) {
  Reader *r = png_get_io_ptr(png);
  if (n > r->bytes.len - r->at)
    png_error(png, "file ends too early");
  memcpy(to, r->bytes.data + r->at, n);
  r->at += n;
}

// Samples of eight bits, no palette, transparency as an alpha channel.
static void expand(Reader *r) {
  png_set_expand(r->png);
  png_set_scale_16(r->png);
  png_set_interlace_handling(r->png);
  png_read_update_info(r->png, r->info);
  r->channels = png_get_channels(r->png, r->info);
  r->row_size = png_get_rowbytes(r->png, r->info);
}

static void read_rows(Reader *r) {
  Picture *pic = r->pic;
  unsigned char *all = arena_alloc(r->arena, r->row_size * pic->height);
  r->rows = NEW_ARRAY(r->arena, png_bytep, pic->height);
  for (uint32_t y = 0; y < pic->height; y++)
    r->rows[y] = all + y * r->row_size;
  png_read_image(r->png, r->rows);
  png_read_end(r->png, NULL);
  pic->bytes = (Str){(char *)all, r->row_size * pic->height};
}

static bool read_all(Reader *r) {
  if (setjmp(png_jmpbuf(r->png)))
    return false;
  png_set_read_fn(r->png, r, on_read);
  png_set_user_limits(r->png, SIDE_MAX, SIDE_MAX);
  png_set_chunk_cache_max(r->png, 100);
  png_set_chunk_malloc_max(r->png, 1 << 22);
  png_read_info(r->png, r->info);
  r->pic->width = png_get_image_width(r->png, r->info);
  r->pic->height = png_get_image_height(r->png, r->info);
  const char *limit = picture_limit(r->pic->width, r->pic->height);
  if (limit)
    png_error(r->png, limit);
  expand(r);
  read_rows(r);
  return true;
}

static unsigned char on_white(unsigned char v, unsigned char alpha) {
  return (unsigned char)((v * alpha + 255 * (255 - alpha) + 127) / 255);
}

static void flatten(Reader *r) {
  Picture *pic = r->pic;
  int colours = r->channels - 1;
  size_t n = (size_t)pic->width * pic->height;
  unsigned char *all = r->rows[0], *to = all;
  for (size_t i = 0; i < n; i++, all += r->channels) {
    unsigned char a = all[colours];
    for (int k = 0; k < colours; k++)
      *to++ = on_white(all[k], a);
  }
  pic->bytes.len = n * (size_t)colours;
}

const char *png_read(Arena *a, Str bytes, Picture *pic) {
  Reader *r = NEW(a, Reader);
  r->arena = a;
  r->bytes = bytes;
  r->pic = pic;
  r->png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
  r->info = r->png ? png_create_info_struct(r->png) : NULL;
  bool ok = r->info && read_all(r);
  png_destroy_read_struct(&r->png, &r->info, NULL);
  if (!ok)
    return r->fault[0] ? r->fault : "libpng has no memory";
  bool with_alpha = r->channels == 2 || r->channels == 4;
  pic->channels = with_alpha ? r->channels - 1 : r->channels;
  if (with_alpha)
    flatten(r);
  return NULL;
}
