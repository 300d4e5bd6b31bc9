// A booklet: pages as forms, two a side of a sheet, in the order of saddle
// stitch, moved toward the fold on inner sheets (X1).
#include "operators.h"
#include "pdf_imp.h"

typedef struct Booklet {
  Len width, height; // of the sheet, lying
  size_t sheets;     // of one copy
  int scale;         // of pages, 1/100 000
} Booklet;

static const struct {
  Str name;
  Len width, height;
} papers[] = {{{"A3", 2}, 1190551, 841890}, {{"A4", 2}, 841890, 595276}};

static int scale_of(const Booklet *k, const PageMaster *m) {
  int64_t across = (int64_t)k->width / 2 * 100000 / m->width;
  int64_t up = (int64_t)k->height * 100000 / m->height;
  int64_t scale = across < up ? across : up;
  return (int)(scale > 99900 ? 100000 : scale); // A4 is A4, whatever rounding
}

bool booklet_plan(Pdf *p) {
  const PageMaster *m = &p->pages->doc->master;
  Booklet *k = NEW(p->arena, Booklet);
  for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
    if (str_eq(p->options->sheet, papers[i].name))
      k->width = papers[i].width, k->height = papers[i].height;
  size_t n = p->pages->n_pages;
  if (!k->width || !n || m->width <= 0 || m->height <= 0)
    return false;
  p->booklet = k;
  k->sheets = (n + 3) / 4;
  k->scale = scale_of(k, m);
  p->n_out = p->copies * k->sheets * 2;
  if (k->scale < 100000)
    diag(p->diags, D_PDF_SHEET, SPAN_NONE, p->options->sheet,
         str_int(p->arena, k->scale / 1000));
  diag(p->diags, D_PDF_BOOKLET, SPAN_NONE, str_int(p->arena, (long long)n),
       str_int(p->arena, (long long)(k->sheets * 4 - n)),
       str_int(p->arena, (long long)k->sheets), p->options->sheet);
  return true;
}

HPDF_Box booklet_box(const Pdf *p) {
  return (HPDF_Box){0, 0, (float)p->booklet->width / 1000.0f,
                    (float)p->booklet->height / 1000.0f};
}

// A sheet carries its outer two pages on the front, the inner two on the back;
// odd numbers stand on the right.
Spot booklet_spot(const Pdf *p, size_t page, size_t copy) {
  const Booklet *k = p->booklet;
  const PageMaster *m = &p->pages->doc->master;
  size_t facing = k->sheets * 4 - 1 - page;
  size_t lower = page < facing ? page : facing, sheet = lower / 2;
  Len width = (Len)((int64_t)m->width * k->scale / 100000);
  Len height = (Len)((int64_t)m->height * k->scale / 100000);
  int64_t creep = (int64_t)p->options->creep * (int64_t)sheet;
  Len in = (Len)(creep < k->width / 8 ? creep : k->width / 8);
  return (Spot){.out = copy * k->sheets * 2 + lower,
                .x = page % 2 ? k->width / 2 - width + in : k->width / 2 - in,
                .y = (k->height - height) / 2,
                .scale = k->scale};
}

// page: whose tags it carries; SIZE_MAX: none.
static uint32_t form_write(Pdf *p, Str content, size_t page) {
  const PageMaster *m = &p->pages->doc->master;
  Buf b = buf_new(p->arena);
  buf_add(&b, STR("/Type/XObject/Subtype/Form/BBox[0 0 "));
  put_milli(&b, m->width);
  buf_byte(&b, ' ');
  put_milli(&b, m->height);
  buf_add(&b, STR("]/Resources "));
  put_ref(&b, p->resources);
  if (p->tags && page != SIZE_MAX)
    buf_fmt(&b, "/StructParents %zu", page);
  uint32_t no = file_number(p->file);
  file_stream(p->file, no, buf_str(&b), content, STREAM_FAST);
  return no;
}

// One side under way.
typedef struct {
  Buf content, forms, links;
  int n; // forms so far
} Side;

static void side_put(Pdf *p, Side *side, uint32_t form, Len x, Len y) {
  side->n++;
  buf_fmt(&side->forms, "/P%d ", side->n);
  put_ref(&side->forms, form);
  Buf *b = &side->content;
  buf_add(b, STR("q "));
  put_decimal(b, p->booklet->scale, 5);
  buf_add(b, STR(" 0 0 "));
  put_decimal(b, p->booklet->scale, 5);
  buf_byte(b, ' ');
  put_milli(b, x);
  buf_byte(b, ' ');
  put_milli(b, y);
  buf_fmt(b, " cm /P%d Do Q\n", side->n);
}

// Page `page` (from 0) on its half of a sheet.
static void half_put(Pdf *p, Content *content, Side *side, size_t page,
                     size_t copy) {
  const Document *doc = p->pages->doc;
  if (page >= p->pages->n_pages)
    return; // a blank one
  Spot spot = booklet_spot(p, page, copy);
  side_put(p, side, p->streams[page], spot.x, spot.y);
  links_put(p, &side->links, page, copy);
  Str own = doc->copy_first
                ? content_copy(content, page, doc->copy_first + (int)copy)
                : STR("");
  if (own.len)
    side_put(p, side, form_write(p, own, SIZE_MAX), spot.x, spot.y);
}

// Side i of a copy: its sheet's front (right page odd), then its back.
static void side_write(Pdf *p, Content *content, size_t copy, size_t i,
                       uint32_t parents) {
  const Booklet *k = p->booklet;
  size_t outer = 4 * k->sheets - 1 - i;
  Side side = {.content = buf_new(p->arena),
               .forms = buf_new(p->arena),
               .links = buf_new(p->arena)};
  half_put(p, content, &side, i % 2 ? i : outer, copy);
  half_put(p, content, &side, i % 2 ? outer : i, copy);
  uint32_t stream = file_number(p->file);
  file_stream(p->file, stream, STR(""), buf_str(&side.content), STREAM_FAST);
  size_t at = copy * k->sheets * 2 + i;
  Buf *b = &p->page_dict;
  b->len = 0;
  buf_add(b, STR("<</Type/Page/Parent "));
  put_ref(b, parents + (uint32_t)(at / TREE_FAN));
  buf_add(b, STR("/Contents "));
  put_ref(b, stream);
  buf_add(b, STR("/Resources<</XObject<<"));
  buf_add(b, buf_str(&side.forms));
  buf_add(b, STR(">>>>"));
  if (side.links.len) {
    buf_add(b, STR("/Tabs/S/Annots["));
    buf_add(b, buf_str(&side.links));
    buf_byte(b, ']');
  }
  buf_add(b, STR(">>"));
  file_object(p->file, p->first_page + (uint32_t)at, buf_str(b));
}

void booklet_write(Pdf *p, Content *content, uint32_t parents) {
  PageReader *reader = page_reader_new(p->arena);
  for (size_t i = 0; i < p->pages->n_pages && file_ok(p->file); i++) {
    PageMarks pm = page_marks(reader, &p->pages->pages[i]);
    p->streams[i] = form_write(p, content_page(content, &pm, i), i);
    if (p->tags)
      tags_page_end(p->tags, i);
    links_write(p, &pm, i);
  }
  size_t sides = p->booklet->sheets * 2;
  for (size_t i = 0; i < sides * p->copies && file_ok(p->file); i++)
    side_write(p, content, i / sides, i % sides, parents);
}
