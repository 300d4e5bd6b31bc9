// JPEG: its segments are walked to the end before it goes into the file.
#include "pdf_image.h"

typedef struct {
  const unsigned char *b;
  size_t len, at;
} Walk;

enum {
  SOF0 = 0xC0,
  SOF2 = 0xC2,
  DHT = 0xC4,
  JPG = 0xC8,
  DAC = 0xCC,
  RST0 = 0xD0,
  RST7 = 0xD7,
  EOI = 0xD9,
  SOS = 0xDA,
  APP14 = 0xEE,
  TEM = 0x01,
};

static unsigned word(const unsigned char *b) {
  return (unsigned)b[0] << 8 | b[1];
}

static bool is_frame(int marker) {
  return marker >= SOF0 && marker <= 0xCF && marker != DHT && marker != JPG &&
         marker != DAC;
}

// The next marker at or after the place; -1: the file ends.
static int next_marker(Walk *w) {
  while (w->at + 1 < w->len) {
    if (w->b[w->at] != 0xFF || w->b[w->at + 1] == 0xFF) {
      w->at++;
      continue;
    }
    int marker = w->b[w->at + 1];
    w->at += 2;
    bool in_scan = marker == 0 || (marker >= RST0 && marker <= RST7);
    if (!in_scan && marker != TEM)
      return marker;
  }
  return -1;
}

static const char *frame(Picture *pic, int marker, const unsigned char *s,
                         unsigned size) {
  if (marker > SOF2)
    return "JPEG of a kind that PDF does not know";
  if (size < 8 || s[2] != 8)
    return "JPEG with other than 8 bits a sample";
  if (pic->channels)
    return "JPEG with two frames";
  pic->height = word(s + 3);
  pic->width = word(s + 5);
  pic->channels = s[7];
  if (pic->channels != 1 && pic->channels != 3 && pic->channels != 4)
    return "JPEG with an unusual number of channels";
  if (size < 8u + 3u * (unsigned)pic->channels)
    return "broken JPEG (frame too short)";
  return picture_limit(pic->width, pic->height);
}

const char *jpeg_read(Str bytes, Picture *pic) {
  Walk w = {(const unsigned char *)bytes.data, bytes.len, 2};
  bool scan = false, adobe = false;
  for (int marker; (marker = next_marker(&w)) != EOI;) {
    if (marker < 0 || w.at + 2 > w.len)
      return "broken JPEG (file ends too early)";
    const unsigned char *s = w.b + w.at;
    unsigned size = word(s);
    if (size < 2 || size > w.len - w.at)
      return "broken JPEG (segment leaves the file)";
    const char *fault = is_frame(marker) ? frame(pic, marker, s, size) : NULL;
    if (fault)
      return fault;
    adobe |= marker == APP14 && size >= 7 && memcmp(s + 2, "Adobe", 5) == 0;
    scan |= marker == SOS;
    w.at += size;
  }
  if (!pic->channels || !scan)
    return "broken JPEG (no picture in it)";
  pic->jpeg = true;
  pic->inverted = adobe && pic->channels == 4;
  pic->bytes = bytes;
  return NULL;
}
