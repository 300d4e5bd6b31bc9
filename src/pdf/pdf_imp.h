// Between the files of pdf.
#ifndef PDF_IMP_H
#define PDF_IMP_H

#include "pdf.h"
#include "pdf_file.h"
#include <hpdf.h>

enum { TREE_FAN = 64 }; // pages of one node

// ---- haru.c: libharu's objects ---------------------------------------------

typedef struct Haru Haru;
typedef struct PdfFont PdfFont;
typedef struct Tags Tags;
typedef struct Images Images;

struct Booklet;

typedef struct {
  size_t page;
  Mark mark; // of the first copy's number
} CopyMark;

// Links of a page: indices of Pdf.link_objects, which names the first copy's;
// those of the other copies follow it.
typedef struct {
  size_t first, n;
} PageLinks;

// Where a page of a copy stands in the file: on which of its pages, moved by x
// and y, scaled by 1/100 000.
typedef struct {
  size_t out;
  Len x, y;
  int scale;
} Spot;

// A file under way.
typedef struct {
  Arena *arena;
  Diags *diags;
  const Pages *pages;
  const PdfOptions *options;
  PdfFile *file;
  Haru *haru;
  uint32_t first_page; // number of page 0's object; the others follow
  size_t copies;       // at least 1
  size_t n_out;        // pages of the file: copies, or sides of sheets
  size_t linked;       // copies that have links and tags: the first, or all
  uint32_t *streams;   // of pages
  PageLinks *links;    // of pages
  VEC(uint32_t) link_objects;
  VEC(CopyMark) copy_marks;
  uint32_t resources; // one for all pages
  PdfFont **fonts;    // by face_number; NULL: not used yet
  size_t n_fonts;     // used so far
  Tags *tags;         // NULL: not tagged
  Images *images;
  Map *dests;  // id → Destination
  Buf scratch; // of one small object
  Buf page_dict;
  struct Booklet *booklet; // NULL: none
  bool patterns;           // used
  bool failed;             // reported
  bool cmyk; // colours as DeviceCMYK, else DeviceRGB; greys as DeviceGray
  bool cmyk_picture; // a JPEG of four channels is in the file
} Pdf;

// NULL only where memory ends. Freed with the arena.
Haru *haru_new(Arena *a);
HPDF_STATUS haru_error(const Haru *h); // the first one, HPDF_OK if none
// Containers are owned by the caller until written or added to another.
HPDF_Dict haru_dict(Pdf *p);
HPDF_Array haru_array(Pdf *p);
// A reference to object `no`, to be added to one container.
void *haru_ref(Pdf *p, uint32_t no);
void haru_put(HPDF_Dict d, const char *key, void *value);
void haru_put_bytes(HPDF_Dict d, const char *key, Str bytes); // a string
void haru_put_text(Pdf *p, HPDF_Dict d, const char *key, Str text);
void haru_put_ref(Pdf *p, HPDF_Dict d, const char *key, uint32_t no);
// Writes a dict or an array as object `no` and frees it.
void haru_write(Pdf *p, uint32_t no, void *object);
// Writes a dict as the head of a stream and frees it.
void haru_stream(Pdf *p, uint32_t no, HPDF_Dict d, Str data, StreamPack pack);
// The dict's entries as text without << >>; frees it.
Str haru_entries(Pdf *p, HPDF_Dict d);
// A text string in hexadecimal UTF-16: <FEFF…>
void text_string(Buf *b, Str text);
size_t utf16_units(uint16_t units[2], uint32_t c);
void utf16_hex(Buf *b, Str text); // without the mark and the brackets

// ---- pdf_font.c: codes of glyphs, subsets, font dictionaries ---------------

// Blank that is part of a glyph: a reader that copies text sees no gap there.
// Negative: blank that was taken from a mark of punctuation.
typedef struct {
  int8_t lead, trail; // 1/8 em
} Gaps;

// The font of a face, opened at its first use.
PdfFont *font_of(Pdf *p, const Face *face);
// The two-byte code that shows `glyph` and copies as `text` (may be empty).
// Its bytes never need escaping in a string.
uint16_t font_code(Pdf *p, PdfFont *f, uint32_t glyph, Str text, Gaps gaps);
// Whether glyphs of the font can take a gap of so many eighths of an em.
bool font_has_gap(const PdfFont *f, int eighths);
// Code of a space; 0 where the face has none.
uint16_t font_space(Pdf *p, PdfFont *f);
int font_resource(const PdfFont *f);             // n of /Fn
double font_advance(PdfFont *f, uint32_t glyph); // 1/1000 em
// Subsets and writes every font used. False: reported.
bool fonts_write(Pdf *p);
void fonts_resources(Pdf *p, HPDF_Dict resources);

// ---- content.c: marks → operators ------------------------------------------

// The operators of a page, valid until the next call.
typedef struct Content Content;
Content *content_new(Pdf *p);
Str content_page(Content *c, const PageMarks *pm, size_t page);
// The numbers of a copy on a page, which content_page leaves out; empty: none.
Str content_copy(Content *c, size_t page, int number);
// Sets the colour of fills or strokes.
void content_colour(const Pdf *p, Buf *out, Colour colour, bool stroke);

// ---- booklet.c -------------------------------------------------------------

bool booklet_plan(Pdf *p); // sheets and scale; false: no booklet
// Writes sides from first_page on; parents: of the page tree's lowest level.
void booklet_write(Pdf *p, Content *content, uint32_t parents);
Spot booklet_spot(const Pdf *p, size_t page, size_t copy);
HPDF_Box booklet_box(const Pdf *p); // of a side

// ---- press.c ---------------------------------------------------------------

Len press_room(const Pdf *p); // around the trimmed page; 0: none
void press_boxes(const Pdf *p, Buf *page_dict);
void press_marks(const Pdf *p, Buf *b); // crop and registration marks

// ---- pattern.c -------------------------------------------------------------

void pattern_paint(Pdf *p, Buf *out, Pattern pattern, Colour colour);
void patterns_resources(Pdf *p, HPDF_Dict resources);

// ---- pdf_image.c -----------------------------------------------------------

// n of /Im<n> for the picture at `path`, written at its first use; 0: it could
// not be embedded (reported).
int image_of(Pdf *p, Str path);
void images_resources(Pdf *p, HPDF_Dict resources);

// ---- tags.c: the structure tree --------------------------------------------

Tags *tags_new(Pdf *p);
// Begins a piece of the mark's element on this page and gives its MCID, or -1:
// an artifact.
int tags_piece(Tags *t, const Mark *m, size_t page);
const char *tags_name(const Mark *m); // of the marked-content operator
void tags_figure(Tags *t, const Mark *m, size_t page); // a mark of a picture
// The StructParent key of a link in the mark's element, in the first copy;
// those of the other tagged copies follow. -1: it has none.
int tags_link(Tags *t, const Mark *m, size_t page, uint32_t annotation);
size_t tags_copies(const Tags *t); // that have tags
void tags_page_end(Tags *t, size_t page);
// Writes the tree; gives the number of its root.
uint32_t tags_write(Tags *t);

// ---- outline.c: bookmarks, destinations, links, page labels ----------------

uint32_t outline_write(Pdf *p); // number of the root; 0: no bookmarks
uint32_t dests_write(Pdf *p);   // number of the name tree; 0: none
void labels_put(Pdf *p, HPDF_Dict catalog);
Spot page_spot(const Pdf *p, size_t page, size_t copy);
// Writes the links of a page, for all copies that have any.
void links_write(Pdf *p, const PageMarks *pm, size_t page);
// Adds references to a page's links in a copy.
void links_put(const Pdf *p, Buf *b, size_t page, size_t copy);

// ---- archive.c: PDF/A ------------------------------------------------------

// Metadata and output intent: PDF/A-1b, or the structure of PDF/A-2u.
void archive_put(Pdf *p, HPDF_Dict catalog);
bool iso_date(Str s); // begins with YYYY-MM-DD

#endif
