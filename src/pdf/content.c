// The operators of a page: text, rules, polygons, pictures.
#include "pdf_imp.h"
#include "text_show.h"

// What the viewer's graphics state holds, so that only changes are written.
struct Content {
  Pdf *pdf;
  Buf out;
  Len height; // of the page
  bool in_text, in_mark;
  uint32_t element; // of the marked content that is open
  Tag tag;
  Colour fill, stroke;
  bool fill_set, stroke_set;
  Len width; // of strokes
  ShowState show;
  TextLine *line;
};

Content *content_new(Pdf *p) {
  Content *c = NEW(p->arena, Content);
  c->pdf = p;
  c->out = buf_new(p->arena);
  c->line = text_line_new(p);
  return c;
}

// ---- colours ---------------------------------------------------------------

static void put_parts(Buf *b, const int *parts, int n) {
  for (int i = 0; i < n; i++) {
    put_milli(b, (Len)((parts[i] * 1000 + 127) / 255));
    buf_byte(b, ' ');
  }
}

static int at_most(int v, int top) {
  return v < top ? v : top;
}

// The masthead's red is M80 Y80 in print, whatever red a screen shows; other
// colours give up their grey part to black.
static void print_parts(int r, int g, int b, int cmyk[4]) {
  bool red = r >= 0x80 && g <= r / 3 && b <= r / 3;
  int k = 255 - (r > g ? (r > b ? r : b) : (g > b ? g : b));
  cmyk[0] = 255 - r - k;
  cmyk[1] = 255 - g - k;
  cmyk[2] = 255 - b - k;
  cmyk[3] = k;
  if (red) {
    cmyk[0] = cmyk[3] = 0;
    cmyk[1] = cmyk[2] = 204;
  }
  for (int i = 0; i < 4; i++)
    cmyk[i] = at_most(cmyk[i], 255);
}

void content_colour(const Pdf *p, Buf *out, Colour colour, bool stroke) {
  int rgb[3] = {(int)(colour >> 16 & 255), (int)(colour >> 8 & 255),
                (int)(colour & 255)};
  if (rgb[0] == rgb[1] && rgb[1] == rgb[2]) {
    put_parts(out, rgb, 1);
    buf_add(out, stroke ? STR("G\n") : STR("g\n"));
    return;
  }
  if (!p->cmyk) {
    put_parts(out, rgb, 3);
    buf_add(out, stroke ? STR("RG\n") : STR("rg\n"));
    return;
  }
  int cmyk[4];
  print_parts(rgb[0], rgb[1], rgb[2], cmyk);
  put_parts(out, cmyk, 4);
  buf_add(out, stroke ? STR("K\n") : STR("k\n"));
}

static void set_fill(Content *c, Colour colour) {
  if (c->fill_set && c->fill == colour)
    return;
  c->fill = colour;
  c->fill_set = true;
  content_colour(c->pdf, &c->out, colour, false);
}

static void set_stroke(Content *c, Colour colour, Len width) {
  if (!c->stroke_set || c->stroke != colour) {
    c->stroke = colour;
    c->stroke_set = true;
    content_colour(c->pdf, &c->out, colour, true);
  }
  if (c->width != width) {
    c->width = width;
    put_milli(&c->out, width);
    buf_add(&c->out, STR(" w\n"));
  }
}

static void set_paint(Content *c, const Mark *m) {
  if (m->pattern == PATTERN_NONE) {
    set_fill(c, m->colour);
    return;
  }
  pattern_paint(c->pdf, &c->out, m->pattern, m->colour);
  c->fill_set = false;
}

// ---- structure -------------------------------------------------------------

static void text_end(Content *c) {
  if (c->in_text)
    buf_add(&c->out, STR("ET\n"));
  c->in_text = false;
}

static void mark_end(Content *c) {
  if (c->in_mark)
    buf_add(&c->out, STR("EMC\n"));
  c->in_mark = false;
}

static bool mark_continues(const Content *c, const Mark *m) {
  if (!c->in_mark || c->tag != m->tag)
    return false;
  return m->tag == TAG_ARTIFACT || c->element == m->element;
}

static void mark_begin(Content *c, const Mark *m, size_t page) {
  if (!c->pdf->tags || mark_continues(c, m))
    return;
  mark_end(c);
  c->in_mark = true;
  c->element = m->element;
  c->tag = m->tag;
  int mcid = tags_piece(c->pdf->tags, m, page);
  if (mcid < 0)
    buf_add(&c->out, STR("/Artifact BMC\n"));
  else
    put_piece(&c->out, tags_name(m), mcid);
}

// Marked content lies wholly inside a text object or wholly around it.
static void enter_text(Content *c, const Mark *m, size_t page) {
  if (!c->in_text) {
    mark_end(c);
    buf_add(&c->out, STR("BT\n"));
    show_begin(&c->show);
  }
  c->in_text = true;
  mark_begin(c, m, page);
}

static void enter_graphics(Content *c, const Mark *m, size_t page) {
  if (c->in_text) {
    mark_end(c);
    text_end(c);
  }
  mark_begin(c, m, page);
}

// ---- marks -----------------------------------------------------------------

static void put_point(Content *c, Len x, Len y, const char *op) {
  put_milli(&c->out, x);
  buf_byte(&c->out, ' ');
  put_milli(&c->out, c->height - y);
  buf_add(&c->out, str_of(op));
}

static void draw_text(Content *c, const Mark *m) {
  set_fill(c, m->colour);
  if (text_emboldened(c->pdf, m))
    set_stroke(c, m->colour, m->embolden);
  text_line_show(c->line, m, &c->out, &c->show, c->height);
}

static void draw_rect(Content *c, const Mark *m) {
  set_paint(c, m);
  put_point(c, m->x, m->y + m->h, " ");
  put_milli(&c->out, m->w);
  buf_byte(&c->out, ' ');
  put_milli(&c->out, m->h);
  buf_add(&c->out, STR(" re f\n"));
}

static void draw_line(Content *c, const Mark *m) {
  set_stroke(c, m->colour, m->stroke);
  put_point(c, m->x, m->y, " m ");
  put_point(c, m->x2, m->y2, " l S\n");
}

static void draw_path(Content *c, const Mark *m) {
  if (m->n_points < 3)
    return;
  set_paint(c, m);
  for (size_t i = 0; i < m->n_points; i++)
    put_point(c, m->points[2 * i], m->points[2 * i + 1], i ? " l\n" : " m\n");
  buf_add(&c->out, STR("h f\n"));
}

static void draw_image(Content *c, const Mark *m) {
  int n = image_of(c->pdf, m->target);
  if (!n)
    return;
  buf_add(&c->out, STR("q "));
  put_milli(&c->out, m->w);
  buf_add(&c->out, STR(" 0 0 "));
  put_milli(&c->out, m->h);
  buf_byte(&c->out, ' ');
  put_point(c, m->x, m->y + m->h, " cm ");
  buf_fmt(&c->out, "/Im%d Do Q\n", n);
}

static void draw_graphics(Content *c, const Mark *m, size_t page) {
  enter_graphics(c, m, page);
  if (m->kind == MARK_RECT)
    draw_rect(c, m);
  else if (m->kind == MARK_LINE)
    draw_line(c, m);
  else if (m->kind == MARK_PATH)
    draw_path(c, m);
  else if (m->kind == MARK_IMAGE)
    draw_image(c, m);
}

// A figure's tag tells what is drawn in it.
static void figure_note(Content *c, const Mark *m, size_t page) {
  if (m->tag == TAG_FIGURE && c->pdf->tags)
    tags_figure(c->pdf->tags, m, page);
}

static bool is_text(const Mark *m) {
  return m->kind == MARK_TEXT && m->n_glyphs && m->face && m->size > 0;
}

// A page's number of its copy, which waits for the other copies.
static void copy_keep(Content *c, const Mark *m, size_t page) {
  Pdf *p = c->pdf;
  CopyMark *k = vec_push(p->arena, &p->copy_marks);
  Glyph *g = NEW_ARRAY(p->arena, Glyph, m->n_glyphs);
  memcpy(g, m->glyphs, m->n_glyphs * sizeof *g);
  *k = (CopyMark){page, *m};
  k->mark.glyphs = g;
  k->mark.tag = TAG_ARTIFACT;
}

// Draws the marks of a line from i on; gives the next one. Where a gap would
// copy as a space the line carries its text.
static size_t draw_line_of_text(Content *c, const PageMarks *pm, size_t i,
                                size_t page) {
  bool gaps;
  const Mark *m = &pm->marks[i];
  size_t n = text_line_take(c->line, m, pm->n_marks - i, &gaps);
  enter_text(c, m, page);
  if (gaps)
    put_actual_text(&c->out, m, n);
  for (size_t k = 0; k < n; k++) {
    figure_note(c, &m[k], page);
    if (m[k].kind == MARK_TEXT)
      draw_text(c, &m[k]);
  }
  if (gaps)
    buf_add(&c->out, STR("EMC\n"));
  return i + n;
}

static void draw_marks(Content *c, const PageMarks *pm, size_t page) {
  for (size_t i = 0; i < pm->n_marks;) {
    const Mark *m = &pm->marks[i];
    if (m->copy) {
      copy_keep(c, m, page);
      i++;
      continue;
    }
    if (is_text(m)) {
      i = draw_line_of_text(c, pm, i, page);
      continue;
    }
    figure_note(c, m, page);
    if (m->kind != MARK_TEXT && m->kind != MARK_LINK && m->kind != MARK_FIGURE)
      draw_graphics(c, m, page);
    i++;
  }
}

// Marks of a turned table have a space of their own, a quarter turn to the
// left of the page's (D8).
static void draw_turned(Content *c, const PageMarks *pm, size_t page) {
  mark_end(c);
  text_end(c);
  buf_add(&c->out, STR("q 0 1 -1 0 "));
  put_milli(&c->out, c->height);
  buf_add(&c->out, STR(" 0 cm\n"));
  c->fill_set = c->stroke_set = false;
  draw_marks(c, pm, page);
  mark_end(c);
  text_end(c);
  buf_add(&c->out, STR("Q\n"));
  c->fill_set = c->stroke_set = false;
  c->width = PT(1);
}

static void draw_page(Content *c, const PageMarks *pm, size_t page) {
  for (size_t i = 0, end; i < pm->n_marks; i = end) {
    bool turned = pm->marks[i].turned;
    for (end = i + 1; end < pm->n_marks && pm->marks[end].turned == turned;)
      end++;
    PageMarks part = *pm;
    part.marks = pm->marks + i, part.n_marks = end - i;
    if (turned)
      draw_turned(c, &part, page);
    else
      draw_marks(c, &part, page);
  }
}

// Across the page from the left foot up. It is not copied with the text.
static void draw_watermark(Content *c) {
  const Pages *pages = c->pdf->pages;
  const PageMaster *m = &pages->doc->master;
  if (!pages->n_watermark)
    return;
  buf_add(&c->out, STR("/Artifact<</Type/Pagination/Subtype/Watermark>>BDC "
                       "/Span<</ActualText()>>BDC\nq .70711 .70711 -.70711 "
                       ".70711 "));
  put_milli(&c->out, m->width / 2);
  buf_byte(&c->out, ' ');
  put_milli(&c->out, m->height / 2);
  buf_add(&c->out, STR(" cm BT\n"));
  show_begin(&c->show);
  c->height = 0;
  for (size_t i = 0; i < pages->n_watermark;) {
    const Mark *first = &pages->watermark[i];
    bool gaps;
    size_t n = is_text(first) ? text_line_take(c->line, first,
                                               pages->n_watermark - i, &gaps)
                              : 1;
    for (size_t k = 0; k < n && is_text(first); k++)
      draw_text(c, &first[k]);
    i += n;
  }
  c->height = m->height;
  buf_add(&c->out, STR("ET Q\nEMC EMC\n"));
  c->fill_set = c->stroke_set = false;
  c->width = PT(1);
}

static void content_begin(Content *c) {
  Buf out = c->out;
  out.len = 0;
  *c = (Content){.pdf = c->pdf,
                 .out = out,
                 .line = c->line,
                 .height = c->pdf->pages->doc->master.height,
                 .width = PT(1)};
}

// ---- numbers of copies -----------------------------------------------------

// The digits of another copy, each as wide as the old one.
static void copy_draw(Content *c, const CopyMark *k, Str digits) {
  Mark m = k->mark;
  Glyph *g = NEW_ARRAY(c->pdf->arena, Glyph, m.n_glyphs);
  memcpy(g, m.glyphs, m.n_glyphs * sizeof *g);
  for (size_t i = 0; i < m.n_glyphs && i < digits.len; i++)
    g[i].glyph = face_glyph(m.face, (unsigned char)digits.data[i]);
  m.glyphs = g;
  m.text = digits;
  bool gaps;
  text_line_take(c->line, &m, 1, &gaps);
  enter_text(c, &m, k->page);
  draw_text(c, &m);
}

Str content_copy(Content *c, size_t page, int number) {
  const Pdf *p = c->pdf;
  content_begin(c);
  Str digits = str_fmt(p->arena, "%06d", number);
  for (size_t i = 0; i < p->copy_marks.len; i++)
    if (p->copy_marks.data[i].page == page)
      copy_draw(c, &p->copy_marks.data[i], digits);
  mark_end(c);
  text_end(c);
  return buf_str(&c->out);
}

Str content_page(Content *c, const PageMarks *pm, size_t page) {
  content_begin(c);
  draw_watermark(c);
  draw_page(c, pm, page);
  mark_end(c);
  text_end(c);
  press_marks(c->pdf, &c->out);
  return buf_str(&c->out);
}
