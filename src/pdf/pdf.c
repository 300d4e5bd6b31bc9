// Pages of marks → a PDF file: the objects in their order.
#include "operators.h"
#include "pdf_imp.h"

// ---- pages -----------------------------------------------------------------

// The stream of a copy's number on a page; 0: the page has none.
static uint32_t copy_write(Pdf *p, Content *content, size_t i, size_t copy) {
  int first = p->pages->doc->copy_first;
  Str out = first ? content_copy(content, i, first + (int)copy) : STR("");
  if (!out.len)
    return 0;
  uint32_t no = file_number(p->file);
  file_stream(p->file, no, STR(""), out, STREAM_FAST);
  return no;
}

// Copies behind the first share its streams.
static void page_write(Pdf *p, Content *content, size_t i, size_t copy,
                       uint32_t parent) {
  uint32_t own = copy_write(p, content, i, copy);
  Buf *b = &p->page_dict;
  b->len = 0;
  buf_add(b, STR("<</Type/Page/Parent "));
  put_ref(b, parent);
  buf_add(b, own ? STR("/Contents[") : STR("/Contents "));
  put_ref(b, p->streams[i]);
  if (own) {
    buf_byte(b, ' ');
    put_ref(b, own);
    buf_byte(b, ']');
  }
  size_t at = copy * p->pages->n_pages + i;
  if (p->tags && copy < tags_copies(p->tags)) {
    buf_add(b, STR("/Tabs/S/StructParents "));
    put_int(b, (int32_t)at);
  }
  press_boxes(p, b);
  if (p->links[i].n && copy < p->linked) {
    buf_add(b, STR("/Annots["));
    links_put(p, b, i, copy);
    buf_byte(b, ']');
  }
  buf_add(b, STR(">>"));
  file_object(p->file, p->first_page + (uint32_t)at, buf_str(b));
}

static HPDF_Box page_box(const Pdf *p) {
  const PageMaster *m = &p->pages->doc->master;
  float room = (float)press_room(p) / 1000.0f;
  return (HPDF_Box){-room, -room, (float)m->width / 1000.0f + room,
                    (float)m->height / 1000.0f + room};
}

// Nodes of a level stand in a row; each holds TREE_FAN of the level below.
typedef struct {
  uint32_t first; // number of its first node
  size_t nodes;
} TreeLevel;

enum { TREE_LEVELS = 8 };

static void node_write(Pdf *p, const TreeLevel *levels, size_t level, size_t i,
                       uint32_t up) {
  const TreeLevel *below = &levels[level - 1];
  size_t from = i * TREE_FAN, to = from + TREE_FAN, span = 1;
  to = to < below->nodes ? to : below->nodes;
  for (size_t k = 0; k < level; k++)
    span *= TREE_FAN;
  size_t begin = i * span, end = begin + span;
  end = end < p->n_out ? end : p->n_out;
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "Pages");
  HPDF_Dict_AddNumber(d, "Count", (HPDF_INT32)(end - begin));
  HPDF_Array kids = haru_array(p);
  for (size_t k = from; k < to; k++)
    HPDF_Array_Add(kids, haru_ref(p, below->first + (uint32_t)k));
  haru_put(d, "Kids", kids);
  if (up) {
    haru_put_ref(p, d, "Parent", up);
  } else { // what all pages inherit
    HPDF_Box box = p->booklet ? booklet_box(p) : page_box(p);
    haru_put(d, "MediaBox", HPDF_Box_Array_New(d->mmgr, box));
    haru_put_ref(p, d, "Resources", p->resources);
  }
  haru_write(p, levels[level].first + (uint32_t)i, d);
}

// The page tree's inner levels, from the pages up; gives the number of levels.
static size_t tree_plan(Pdf *p, TreeLevel *levels) {
  size_t n = 1;
  levels[0] = (TreeLevel){p->first_page, p->n_out};
  do {
    size_t nodes = (levels[n - 1].nodes + TREE_FAN - 1) / TREE_FAN;
    nodes = nodes ? nodes : 1;
    levels[n] = (TreeLevel){file_numbers(p->file, (uint32_t)nodes), nodes};
  } while (levels[n++].nodes > 1);
  return n;
}

static uint32_t tree_write(Pdf *p, const TreeLevel *levels, size_t n) {
  for (size_t level = 1; level < n; level++)
    for (size_t i = 0; i < levels[level].nodes; i++) {
      bool top = level + 1 == n;
      uint32_t up =
          top ? 0 : levels[level + 1].first + (uint32_t)(i / TREE_FAN);
      node_write(p, levels, level, i, up);
    }
  return levels[n - 1].first;
}

static void pages_write(Pdf *p, const TreeLevel *levels) {
  Content *content = content_new(p);
  PageReader *reader = page_reader_new(p->arena);
  size_t n = p->pages->n_pages;
  if (p->booklet) {
    booklet_write(p, content, levels[1].first);
    return;
  }
  for (size_t i = 0; i < n && file_ok(p->file); i++) {
    PageMarks pm = page_marks(reader, &p->pages->pages[i]);
    p->streams[i] = file_number(p->file);
    file_stream(p->file, p->streams[i], STR(""), content_page(content, &pm, i),
                STREAM_FAST);
    if (p->tags)
      tags_page_end(p->tags, i);
    links_write(p, &pm, i);
    page_write(p, content, i, 0, levels[1].first + (uint32_t)(i / TREE_FAN));
  }
  for (size_t copy = 1; copy < p->copies; copy++)
    for (size_t i = 0; i < n && file_ok(p->file); i++)
      page_write(p, content, i, copy,
                 levels[1].first + (uint32_t)((copy * n + i) / TREE_FAN));
}

// ---- the document ----------------------------------------------------------

static void resources_write(Pdf *p) {
  HPDF_Dict d = haru_dict(p);
  fonts_resources(p, d);
  images_resources(p, d);
  patterns_resources(p, d);
  haru_write(p, p->resources, d);
}

static uint32_t info_write(Pdf *p) {
  const Document *doc = p->pages->doc;
  const struct {
    const char *key;
    Str text;
  } rows[] = {
      {"Title", doc->title},       {"Author", doc->author},
      {"Subject", doc->subject},   {"Keywords", doc->keywords},
      {"Creator", STR("jianbao")}, {"Producer", p->options->producer},
  };
  HPDF_Dict d = haru_dict(p);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].text.len)
      haru_put_text(p, d, rows[i].key, rows[i].text);
  if (iso_date(doc->date)) {
    Str date = str_fmt(p->arena, "D:%.4s%.2s%.2s000000+08'00'", doc->date.data,
                       doc->date.data + 5, doc->date.data + 8);
    haru_put_bytes(d, "CreationDate", date);
    haru_put_bytes(d, "ModDate", date);
  }
  uint32_t no = file_number(p->file);
  haru_write(p, no, d);
  return no;
}

static void put_viewer(Pdf *p, HPDF_Dict catalog) {
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddBoolean(d, "DisplayDocTitle", HPDF_TRUE);
  if (p->booklet && !p->options->archive) { // of PDF 1.7
    HPDF_Dict_AddName(d, "Duplex", "DuplexFlipShortEdge");
    HPDF_Dict_AddName(d, "PrintScaling", "None");
  } else if (p->pages->doc->master.duplex && !p->options->archive) {
    HPDF_Dict_AddName(d, "Duplex", "DuplexFlipLongEdge");
  }
  haru_put(catalog, "ViewerPreferences", d);
}

static void put_tags(Pdf *p, HPDF_Dict catalog) {
  if (!p->tags)
    return;
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddBoolean(d, "Marked", HPDF_TRUE);
  haru_put(catalog, "MarkInfo", d);
  haru_put_ref(p, catalog, "StructTreeRoot", tags_write(p->tags));
}

static void put_names(Pdf *p, HPDF_Dict catalog) {
  uint32_t dests = dests_write(p);
  if (!dests)
    return;
  HPDF_Dict d = haru_dict(p);
  haru_put_ref(p, d, "Dests", dests);
  haru_put(catalog, "Names", d);
}

// Ways to a page. A booklet's sheets have no numbers of their own.
static void put_ways(Pdf *p, HPDF_Dict catalog) {
  uint32_t outline = outline_write(p);
  if (outline) {
    haru_put_ref(p, catalog, "Outlines", outline);
    HPDF_Dict_AddName(catalog, "PageMode", "UseOutlines");
  }
  if (!p->booklet)
    labels_put(p, catalog);
  put_names(p, catalog);
  put_tags(p, catalog);
}

static uint32_t catalog_write(Pdf *p, uint32_t tree) {
  Str lang = p->pages->doc->lang.len ? p->pages->doc->lang : STR("zh-CN");
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "Catalog");
  haru_put_ref(p, d, "Pages", tree);
  haru_put_bytes(d, "Lang", lang);
  put_ways(p, d);
  put_viewer(p, d);
  archive_put(p, d);
  uint32_t no = file_number(p->file);
  haru_write(p, no, d);
  return no;
}

static void index_dests(Pdf *p) {
  p->dests = map_new(p->arena);
  for (size_t i = 0; i < p->pages->n_figures; i++)
    map_put(p->dests, p->pages->figures[i].id, &p->pages->figures[i]);
  for (size_t i = 0; i < p->pages->n_dests; i++) {
    Destination *d = &p->pages->dests[i];
    if (d->id.len && !map_lookup(p->dests, d->id))
      map_put(p->dests, d->id, d);
  }
}

static bool write_all(Pdf *p) {
  TreeLevel levels[TREE_LEVELS];
  p->first_page = file_numbers(p->file, (uint32_t)p->n_out);
  p->resources = file_number(p->file);
  size_t n_levels = tree_plan(p, levels);
  pages_write(p, levels);
  if (p->failed || !fonts_write(p))
    return false;
  resources_write(p);
  uint32_t tree = tree_write(p, levels, n_levels);
  uint32_t catalog = catalog_write(p, tree);
  uint32_t info = info_write(p);
  if (haru_error(p->haru) != HPDF_OK || p->failed)
    return false;
  return file_finish(p->file, catalog, info);
}

// A copy of many is for paper: its links and tags must not make the bulk of the
// file.
static size_t copies_linked(const Pdf *p) {
  enum { RUNS_MAX = 100000, COPIES_MOST = 4000 };
  size_t runs = 1;
  for (size_t i = 0; i < p->pages->n_pages; i++)
    runs += p->pages->pages[i].runs + p->pages->pages[i].rows;
  bool few = p->copies <= RUNS_MAX / runs && p->copies <= COPIES_MOST;
  return few ? p->copies : 1;
}

bool pdf_write(Arena *a, Diags *d, const Pages *pages,
               const PdfOptions *options, Str path) {
  PdfFileOptions how = {.packed = !options->archive};
  Pdf p = {.arena = a, .diags = d, .pages = pages, .options = options};
  p.cmyk = options->print && !options->archive;
  p.haru = haru_new(a);
  p.scratch = buf_new(a);
  p.page_dict = buf_new(a);
  p.fonts = NEW_ARRAY(a, PdfFont *, fontset_faces(pages->fonts) + 1);
  index_dests(&p);
  const Document *doc = pages->doc;
  p.copies = 1 + (size_t)(doc->copy_last - doc->copy_first);
  p.n_out = pages->n_pages * p.copies;
  p.streams = NEW_ARRAY(a, uint32_t, pages->n_pages + 1);
  p.links = NEW_ARRAY(a, PageLinks, pages->n_pages + 1);
  p.linked = copies_linked(&p);
  booklet_plan(&p);
  if (options->tagged || options->archive)
    p.tags = tags_new(&p);
  p.file = p.haru ? file_open(a, d, path, &how) : NULL;
  if (!p.file)
    return false;
  if (write_all(&p))
    return true;
  file_abort(p.file);
  if (haru_error(p.haru) != HPDF_OK)
    diag(d, D_PDF_LIBRARY, SPAN_NONE,
         str_fmt(a, "0x%04lX", (unsigned long)haru_error(p.haru)));
  return false;
}
