// Pictures: PNG decoded by libpng, JPEG checked and taken as it is. Whatever
// the file's name says, its bytes decide.
#include "pdf_image.h"
#include <stdio.h>

typedef struct {
  int n; // of /Im<n>; 0: refused
  uint32_t no;
} Embedded;

struct Images {
  Map *by_path;
  VEC(Embedded *) all;
};

const char *picture_limit(uint64_t width, uint64_t height) {
  if (!width || !height)
    return "no pixels";
  return width * height > PIXELS_MAX || width > SIDE_MAX || height > SIDE_MAX
             ? "more than 40 million pixels"
             : NULL;
}

static const char *const spaces[] = {
    [1] = "DeviceGray", [3] = "DeviceRGB", [4] = "DeviceCMYK"};

static HPDF_Dict image_dict(Pdf *p, const Picture *pic) {
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "XObject");
  HPDF_Dict_AddName(d, "Subtype", "Image");
  HPDF_Dict_AddNumber(d, "Width", (HPDF_INT32)pic->width);
  HPDF_Dict_AddNumber(d, "Height", (HPDF_INT32)pic->height);
  HPDF_Dict_AddName(d, "ColorSpace", spaces[pic->channels]);
  HPDF_Dict_AddNumber(d, "BitsPerComponent", 8);
  return d;
}

// Adobe's CMYK JPEGs hold inverted values.
static void put_inverted(Pdf *p, HPDF_Dict d) {
  HPDF_Array decode = haru_array(p);
  for (int i = 0; i < 8; i++)
    HPDF_Array_AddNumber(decode, i % 2 == 0);
  haru_put(d, "Decode", decode);
}

static void picture_write(Pdf *p, const Picture *pic, uint32_t no) {
  HPDF_Dict d = image_dict(p, pic);
  if (pic->inverted)
    put_inverted(p, d);
  if (pic->jpeg)
    HPDF_Dict_AddName(d, "Filter", "DCTDecode");
  haru_stream(p, no, d, pic->bytes, pic->jpeg ? STREAM_AS_IS : STREAM_DEFLATE);
}

const char *picture_read(Arena *a, Str bytes, Picture *pic) {
  *pic = (Picture){0};
  if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
    return png_read(a, bytes, pic);
  if (str_starts(bytes, STR("\xFF\xD8")))
    return jpeg_read(bytes, pic);
  return "neither PNG nor JPEG";
}

static const char *embed(Pdf *p, Arena *scratch, Str path, Embedded *e) {
  File *file = file_load(scratch, p->diags, path);
  if (!file) {
    p->failed = true;
    return NULL;
  }
  Picture pic;
  const char *fault = picture_read(scratch, file->raw, &pic);
  if (fault)
    return fault;
  if (p->options->archive && pic.channels == 4)
    return "CMYK pictures cannot stand in PDF/A with sRGB colours";
  p->cmyk_picture |= pic.channels == 4;
  e->n = (int)p->images->all.len + 1;
  e->no = file_number(p->file);
  *vec_push(p->arena, &p->images->all) = e;
  picture_write(p, &pic, e->no);
  return NULL;
}

int image_of(Pdf *p, Str path) {
  if (!p->images) {
    p->images = NEW(p->arena, Images);
    p->images->by_path = map_new(p->arena);
  }
  Embedded *e = map_lookup(p->images->by_path, path);
  if (e)
    return e->n;
  e = NEW(p->arena, Embedded);
  map_put(p->images->by_path, path, e);
  Arena *scratch = arena_new();
  const char *fault = embed(p, scratch, path, e);
  if (fault) {
    diag_file(p->diags, D_PDF_IMAGE, path, str_of(fault));
    p->failed = true;
  }
  arena_free(scratch);
  return e->n;
}

void images_resources(Pdf *p, HPDF_Dict resources) {
  if (!p->images || !p->images->all.len)
    return;
  HPDF_Dict d = haru_dict(p);
  for (size_t i = 0; i < p->images->all.len; i++) {
    char name[24];
    snprintf(name, sizeof name, "Im%d", p->images->all.data[i]->n);
    haru_put_ref(p, d, name, p->images->all.data[i]->no);
  }
  haru_put(resources, "XObject", d);
}
