// The dossier as XML: the same bytes for the same dossier.
#include "dossier_imp.h"

const char *const block_names[BLOCK_KINDS] = {
    [BLOCK_KICKER] = "kicker",     [BLOCK_TITLE] = "title",
    [BLOCK_SUBTITLE] = "subtitle", [BLOCK_BYLINE] = "byline",
    [BLOCK_DATELINE] = "dateline", [BLOCK_HEADING] = "heading",
    [BLOCK_PARA] = "para",
};

// ` name="value"`; most values are short and need no escape.
static void put_attr(Buf *b, Str open, Str value) {
  buf_room(b, open.len + value.len + 1);
  buf_add(b, open);
  xml_escape(b, value, true);
  buf_byte(b, '"');
}

#define attr(b, name, value) put_attr(b, STR(" " name "=\""), value)

static void put_int(Buf *b, Str open, uint32_t n) {
  char digits[10];
  size_t i = sizeof digits;
  do
    digits[--i] = (char)('0' + n % 10);
  while (n /= 10);
  buf_add(b, open);
  buf_add(b, (Str){digits + i, sizeof digits - i});
  buf_byte(b, '"');
}

#define attr_int(b, name, n) put_int(b, STR(" " name "=\""), n)

static void write_text(Buf *b, const TextBlock *t) {
  size_t from = 0;
  for (size_t i = 0; i < t->n_gaps; i++) {
    xml_escape(b, str_slice(t->text, from, t->gaps[i]), false);
    buf_add(b, STR("<gap/>"));
    from = t->gaps[i];
  }
  xml_escape(b, str_slice(t->text, from, t->text.len), false);
}

static void write_block(Buf *b, const TextBlock *t) {
  Str name = str_of(block_names[t->kind]);
  buf_add(b, STR("      <"));
  buf_add(b, name);
  if (t->kind == BLOCK_DATELINE) {
    attr(b, "place", t->place);
    attr(b, "date", t->date);
    attr(b, "certainty", t->certainty);
    buf_add(b, STR("/>\n"));
    return;
  }
  if (t->kind == BLOCK_BYLINE)
    attr(b, "role", t->role);
  else
    attr(b, "id", t->id);
  if (t->kind == BLOCK_PARA)
    attr(b, "lines", t->lines);
  buf_byte(b, '>');
  write_text(b, t);
  buf_add(b, STR("</"));
  buf_add(b, name);
  buf_add(b, STR(">\n"));
}

static void write_figure(Buf *b, const Figure *f) {
  buf_add(b, STR("      <figure"));
#define F(field, name) attr(b, name, f->field);
  FIGURE_FIELDS(F)
#undef F
  buf_byte(b, '>');
  for (size_t i = 0; i < f->n_places; i++) {
    buf_add(b, STR("<place"));
    attr_int(b, "begin", f->places[i].begin);
    attr_int(b, "end", f->places[i].end);
    buf_add(b, STR("/>"));
  }
  buf_add(b, STR("</figure>\n"));
}

static void write_dropped(Buf *b, const Dropped *d) {
  buf_add(b, STR("      <dropped"));
  attr(b, "id", d->id);
  attr(b, "printed", d->printed);
  attr(b, "rule", d->rule);
  buf_add(b, STR("/>\n"));
}

// What is written, and where it goes when it has become long; NULL: nowhere.
typedef struct {
  Buf text;
  Out *out;
} Writer;

enum { FULL = 1 << 18 };

static void flush(Writer *w, size_t most) {
  if (!w->out || w->text.len < most)
    return;
  out_write(w->out, buf_str(&w->text));
  w->text.len = 0;
}

static void write_article(Writer *w, const Article *t) {
  Buf *b = &w->text;
  buf_add(b, STR("    <article"));
  attr(b, "id", t->id);
  attr(b, "kind", t->kind);
  attr(b, "topic", t->topic);
  attr(b, "use", t->use);
  attr(b, "continues", t->continues);
  if (t->order.len)
    attr(b, "order", t->order);
  if (t->digest.len)
    attr(b, "digest", t->digest);
  buf_add(b, STR(">\n"));
  for (size_t i = 0; i < t->blocks.len; i++, flush(w, FULL))
    write_block(b, &t->blocks.data[i]);
  for (size_t i = 0; i < t->figures.len; i++, flush(w, FULL))
    write_figure(b, &t->figures.data[i]);
  for (size_t i = 0; i < t->dropped.len; i++)
    write_dropped(b, &t->dropped.data[i]);
  buf_add(b, STR("    </article>\n"));
}

static void write_page(Writer *w, const Page *p) {
  Buf *b = &w->text;
  buf_add(b, STR("  <page"));
  attr(b, "id", p->id);
  attr(b, "file", p->file);
  attr(b, "encoding", p->encoding);
  attr(b, "sha256", p->sha256);
  attr(b, "publication", p->publication);
  attr(b, "date", p->date);
  attr(b, "date-from", p->date_from);
  if (p->told.len)
    attr(b, "told", p->told);
  buf_add(b, STR(">\n"));
  for (size_t i = 0; i < p->articles.len; i++)
    write_article(w, &p->articles.data[i]);
  for (size_t i = 0; i < p->flags.len; i++, flush(w, FULL)) {
    const Flag *f = &p->flags.data[i];
    buf_add(b, STR("    <flag"));
    attr(b, "kind", f->kind);
    attr_int(b, "line", f->line);
    buf_byte(b, '>');
    xml_escape(b, f->text, false);
    buf_add(b, STR("</flag>\n"));
  }
  buf_add(b, STR("  </page>\n"));
}

// About how many bytes the page takes: for room that need not grow, since what
// has grown stays where it was, too.
static size_t page_bytes(const Page *p) {
  enum { BLOCK = 160, FIGURE = 420, PLACE = 40, ARTICLE = 200 };
  size_t n = p->flags.len * BLOCK;
  for (size_t i = 0; i < p->articles.len; i++) {
    const Article *t = &p->articles.data[i];
    n += ARTICLE;
    for (size_t k = 0; k < t->blocks.len; k++)
      n += BLOCK + t->blocks.data[k].text.len;
    for (size_t k = 0; k < t->figures.len; k++) {
      const Figure *f = &t->figures.data[k];
      n += FIGURE + f->n_places * PLACE;
#define F(field, name) n += f->field.len;
      FIGURE_FIELDS(F)
#undef F
    }
  }
  return n;
}

static void write_dossier(Writer *w, const Dossier *dossier) {
  Buf *b = &w->text;
  buf_add(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dossier"));
  attr(b, "xmlns", STR(DOSSIER_NS));
  attr(b, "version", dossier->version);
  attr(b, "period", dossier->period);
  attr(b, "state", dossier->state);
  buf_add(b, STR(">\n"));
  for (size_t i = 0; i < dossier->pages.len; i++)
    write_page(w, &dossier->pages.data[i]);
  buf_add(b, STR("</dossier>\n"));
  flush(w, 0);
}

Str dossier_text(Arena *a, const Dossier *dossier) {
  Writer w = {.text = buf_new(a)};
  size_t bytes = 1024;
  for (size_t i = 0; i < dossier->pages.len; i++)
    bytes += page_bytes(&dossier->pages.data[i]);
  w.text.data = arena_alloc(a, bytes);
  w.text.cap = bytes;
  write_dossier(&w, dossier);
  return buf_str(&w.text);
}

bool dossier_write(Arena *a, Diags *d, const Dossier *dossier, Str path) {
  Writer w = {.text = buf_new(a), .out = out_open(a, d, path)};
  if (!w.out)
    return false;
  write_dossier(&w, dossier);
  return out_commit(w.out);
}
