// What the press needs around the trimmed page: boxes, crop and registration
// marks (X1).
#include "operators.h"
#include "pdf_imp.h"

enum {
  OFF = 8504,   // 3 mm: marks keep off the trimmed page
  ARM = 14173,  // 5 mm long
  EDGE = 5669,  // 2 mm beyond them
  CROSS = 5669, // radius of a registration mark
  HAIR = 250,   // thick
};

static Len marks_off(const PageMaster *m) {
  return m->bleed > OFF ? m->bleed : OFF;
}

Len press_room(const Pdf *p) {
  const PageMaster *m = &p->pages->doc->master;
  if (!p->options->print || p->booklet) // a booklet is trimmed when folded
    return 0;
  Len bleed = m->bleed > 0 ? m->bleed : 0;
  return m->crop_marks ? marks_off(m) + ARM + EDGE : bleed;
}

static void put_box(Buf *b, const char *name, const PageMaster *m, Len room) {
  const Len sides[] = {-room, -room, m->width + room, m->height + room};
  buf_fmt(b, "/%s[", name);
  for (int i = 0; i < 4; i++) {
    put_milli(b, sides[i]);
    buf_byte(b, i < 3 ? ' ' : ']');
  }
}

void press_boxes(const Pdf *p, Buf *page_dict) {
  const PageMaster *m = &p->pages->doc->master;
  if (!press_room(p))
    return;
  put_box(page_dict, "TrimBox", m, 0);
  put_box(page_dict, "BleedBox", m, m->bleed > 0 ? m->bleed : 0);
}

static void put_line(Buf *b, Len x, Len y, Len dx, Len dy) {
  const Len at[] = {x, y, x + dx, y + dy};
  for (int i = 0; i < 4; i++) {
    put_milli(b, at[i]);
    buf_add(b, i == 1 ? STR(" m ") : i == 3 ? STR(" l S\n") : STR(" "));
  }
}

// Two marks at a corner, outward from it.
static void put_corner(Buf *b, Len x, Len y, Len out_x, Len out_y, Len off) {
  put_line(b, x + out_x * off, y, out_x * ARM, 0);
  put_line(b, x, y + out_y * off, 0, out_y * ARM);
}

// A cross in a diamond at the middle of a side.
static void put_target(Buf *b, Len x, Len y) {
  const Len half = CROSS / 2;
  put_line(b, x - CROSS, y, 2 * CROSS, 0);
  put_line(b, x, y - CROSS, 0, 2 * CROSS);
  put_line(b, x - half, y, half, half);
  put_line(b, x, y + half, half, -half);
  put_line(b, x + half, y, -half, -half);
  put_line(b, x, y - half, -half, half);
}

void press_marks(const Pdf *p, Buf *b) {
  const PageMaster *m = &p->pages->doc->master;
  if (!press_room(p) || !m->crop_marks)
    return;
  Len off = marks_off(m), middle = off + ARM / 2;
  // Registration black: on every plate.
  buf_add(b, p->cmyk ? STR("/Artifact BMC q 1 1 1 1 K ")
                     : STR("/Artifact BMC q 0 G "));
  put_milli(b, HAIR);
  buf_add(b, STR(" w\n"));
  for (int i = 0; i < 4; i++)
    put_corner(b, i & 1 ? m->width : 0, i & 2 ? m->height : 0, i & 1 ? 1 : -1,
               i & 2 ? 1 : -1, off);
  put_target(b, m->width / 2, -middle);
  put_target(b, m->width / 2, m->height + middle);
  put_target(b, -middle, m->height / 2);
  put_target(b, m->width + middle, m->height / 2);
  buf_add(b, STR("Q EMC\n"));
}
