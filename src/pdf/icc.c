// The sRGB profile (ICC.1:2001-04): primaries after Bradford adaptation to D50
// and the curve of IEC 61966-2-1.
#include "icc.h"
#include <math.h>

enum { CURVE = 256, HEADER = 128, TAGS = 9, TABLE = 4 + TAGS * 12 };

static void put32(Buf *b, uint32_t v) {
  for (int shift = 24; shift >= 0; shift -= 8)
    buf_byte(b, (char)(v >> shift & 0xFF));
}

static void put16(Buf *b, unsigned v) {
  buf_byte(b, (char)(v >> 8 & 0xFF));
  buf_byte(b, (char)(v & 0xFF));
}

static void pad(Buf *b, size_t to) {
  while (b->len < to)
    buf_byte(b, 0);
}

static void header(Buf *b, uint32_t size) {
  put32(b, size);
  put32(b, 0);
  put32(b, 0x02100000); // version 2.1
  buf_add(b, STR("mntrRGB XYZ "));
  static const unsigned date[] = {2000, 1, 1, 0, 0, 0};
  for (int i = 0; i < 6; i++)
    put16(b, date[i]);
  buf_add(b, STR("acsp"));
  pad(b, 68);
  put32(b, 0xF6D6); // D50 in s15Fixed16
  put32(b, 0x10000);
  put32(b, 0xD32D);
  pad(b, HEADER);
}

static void xyz(Buf *b, const uint32_t v[3]) {
  buf_add(b, STR("XYZ "));
  put32(b, 0);
  for (int i = 0; i < 3; i++)
    put32(b, v[i]);
}

static void curve(Buf *b) {
  buf_add(b, STR("curv"));
  put32(b, 0);
  put32(b, CURVE);
  for (int i = 0; i < CURVE; i++) {
    double v = i / (CURVE - 1.0);
    double linear = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    put16(b, (unsigned)lround(linear * 65535));
  }
}

static void text(Buf *b, Str s) {
  buf_add(b, STR("text"));
  put32(b, 0);
  buf_add(b, s);
  buf_byte(b, 0);
}

static void description(Buf *b, Str s) {
  buf_add(b, STR("desc"));
  put32(b, 0);
  put32(b, (uint32_t)s.len + 1);
  buf_add(b, s);
  size_t end = b->len + 1 + 8 + 3 + 67; // no Unicode, no ScriptCode
  pad(b, end);
}

static void tag_data(Buf *b, int tag) {
  static const uint32_t points[][3] = {
      {0xF351, 0x10000, 0x116CC}, // white
      {0x6FA2, 0x38F5, 0x390},    // red
      {0x6299, 0xB785, 0x18DA},   // green
      {0x24A0, 0xF84, 0xB6CF},    // blue
  };
  if (tag == 0)
    description(b, STR("sRGB IEC61966-2.1"));
  else if (tag == 1)
    text(b, STR("No copyright, use freely"));
  else if (tag <= 5)
    xyz(b, points[tag - 2]);
  else
    curve(b);
}

Str icc_srgb(Arena *a) {
  static const char names[TAGS][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                      "bXYZ", "rTRC", "gTRC", "bTRC"};
  Buf data = buf_new(a), table = buf_new(a), all = buf_new(a);
  put32(&table, TAGS);
  size_t at = 0, end = 0;
  for (int tag = 0; tag < TAGS; tag++) {
    if (tag <= 6) { // the curves share one
      at = data.len;
      tag_data(&data, tag);
      end = data.len;
      pad(&data, (end + 3) / 4 * 4);
    }
    buf_add(&table, (Str){names[tag], 4});
    put32(&table, (uint32_t)(HEADER + TABLE + at));
    put32(&table, (uint32_t)(end - at));
  }
  header(&all, (uint32_t)(HEADER + TABLE + data.len));
  buf_add(&all, buf_str(&table));
  buf_add(&all, buf_str(&data));
  return buf_str(&all);
}
