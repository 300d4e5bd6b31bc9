// Patterns beside colour, so that a grey printer tells parts of a chart apart:
// uncoloured tiles that take the mark's colour.
#include "pdf_imp.h"

static const struct {
  Pattern pattern;
  const char *name;
  int tile;              // side, pt
  const char *operators; // of the tile
} tiles[] = {
    // Lines leave the tile at both ends so that neighbours meet.
    {PATTERN_HATCH, "P1", 4,
     "0.8 w 0 0 m 4 4 l S -1 3 m 1 5 l S 3 -1 m 5 1 l S"},
    {PATTERN_CROSS, "P2", 4, "0.5 w 0 0 m 4 4 l S 0 4 m 4 0 l S"},
    {PATTERN_DOTS, "P3", 3, "1 1 1 1 re f"},
    {PATTERN_FALL, "P4", 4,
     "0.8 w 0 4 m 4 0 l S -1 1 m 1 -1 l S 3 5 m 5 3 l S"},
    {PATTERN_ROWS, "P5", 3, "0 1 3 1 re f"},
    {PATTERN_COLUMNS, "P6", 3, "1 0 1 3 re f"},
    {PATTERN_CHECKS, "P7", 4, "0 0 2 2 re 2 2 2 2 re f"},
    {PATTERN_GRID, "P8", 4, "0 1 4 0.7 re 1 0 0.7 4 re f"},
    {PATTERN_BRICKS, "P9", 4, "0 0 2.6 1 re 2 2 2 1 re 0 2 0.6 1 re f"},
};

enum { TILES = sizeof tiles / sizeof *tiles };

// Greys stay greys: each colour space has a pattern space of its own.
static const char *const spaces[][2] = {
    {"CsG", "DeviceGray"}, {"CsRGB", "DeviceRGB"}, {"CsCMYK", "DeviceCMYK"}};

void pattern_paint(Pdf *p, Buf *out, Pattern pattern, Colour colour) {
  p->patterns = true;
  Buf b = buf_new(p->arena);
  content_colour(p, &b, colour, false);
  Str parts = str_trim(buf_str(&b));
  int space = parts.data[parts.len - 1] == 'k'                    ? 2
              : parts.len > 1 && parts.data[parts.len - 2] == 'r' ? 1
                                                                  : 0;
  parts.len -= space == 1 ? 2 : 1;
  for (int i = 0; i < TILES; i++)
    if (tiles[i].pattern == pattern)
      buf_fmt(out, "/%s cs %.*s/%s scn\n", spaces[space][0], STR_ARG(parts),
              tiles[i].name);
}

static HPDF_Array box(Pdf *p, int side) {
  HPDF_Array a = haru_array(p);
  for (int i = 0; i < 4; i++)
    HPDF_Array_AddNumber(a, i < 2 ? 0 : side);
  return a;
}

static void tile_write(Pdf *p, int i, uint32_t no) {
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "Pattern");
  HPDF_Dict_AddNumber(d, "PatternType", 1);
  HPDF_Dict_AddNumber(d, "PaintType", 2);
  HPDF_Dict_AddNumber(d, "TilingType", 1);
  haru_put(d, "BBox", box(p, tiles[i].tile));
  HPDF_Dict_AddNumber(d, "XStep", tiles[i].tile);
  HPDF_Dict_AddNumber(d, "YStep", tiles[i].tile);
  haru_put(d, "Resources", haru_dict(p));
  haru_stream(p, no, d, str_of(tiles[i].operators), STREAM_AS_IS);
}

void patterns_resources(Pdf *p, HPDF_Dict resources) {
  if (!p->patterns)
    return;
  HPDF_Dict patterns = haru_dict(p), cs = haru_dict(p);
  for (int i = 0; i < TILES; i++) {
    uint32_t no = file_number(p->file);
    tile_write(p, i, no);
    haru_put_ref(p, patterns, tiles[i].name, no);
  }
  for (int i = 0; i < (p->cmyk ? 3 : 2); i++) {
    HPDF_Array space = haru_array(p);
    HPDF_Array_AddName(space, "Pattern");
    HPDF_Array_AddName(space, spaces[i][1]);
    haru_put(cs, spaces[i][0], space);
  }
  haru_put(resources, "Pattern", patterns);
  haru_put(resources, "ColorSpace", cs);
}
