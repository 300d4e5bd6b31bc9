// The dossier as JSON, and its figures as CSV, for other programs.
#include "dossier_imp.h"

// `key` is ,"name":
static void put_member(Buf *b, Str key, Str value) {
  enum { SHORT = 16 };
  bool first = b->len && b->data[b->len - 1] == '{';
  buf_room(b, key.len + value.len + SHORT);
  memcpy(b->data + b->len, key.data + first, key.len - first);
  b->len += key.len - first;
  if (value.len) {
    json_string(b, value);
    return;
  }
  b->data[b->len++] = '"';
  b->data[b->len++] = '"';
}

#define member(b, name, value) put_member((b), STR(",\"" name "\":"), (value))

static void put_number(Buf *b, size_t n) {
  char digits[24];
  size_t at = sizeof digits;
  do
    digits[--at] = (char)('0' + n % 10);
  while (n /= 10);
  buf_add(b, (Str){digits + at, sizeof digits - at});
}

#define open_list(b, name) buf_add((b), STR(",\"" name "\":["))

static void comma(Buf *b, size_t i) {
  if (i)
    buf_byte(b, ',');
  buf_byte(b, '\n');
}

// Gaps are counted in characters, as JSON's readers count.
static void json_block(Buf *b, const TextBlock *t) {
  buf_byte(b, '{');
  member(b, "kind", str_of(block_names[t->kind]));
  if (t->kind == BLOCK_DATELINE) {
    member(b, "place", t->place);
    member(b, "date", t->date);
    member(b, "certainty", t->certainty);
    buf_byte(b, '}');
    return;
  }
  if (t->kind == BLOCK_BYLINE)
    member(b, "role", t->role);
  else
    member(b, "id", t->id);
  if (t->kind == BLOCK_PARA)
    member(b, "lines", t->lines);
  member(b, "text", t->text);
  if (t->n_gaps)
    open_list(b, "gaps");
  for (size_t i = 0; i < t->n_gaps; i++)
    buf_fmt(b, i ? ",%zu" : "%zu",
            utf8_count(str_slice(t->text, 0, t->gaps[i])));
  if (t->n_gaps)
    buf_byte(b, ']');
  buf_byte(b, '}');
}

static void json_figure(Buf *b, const Figure *f) {
  buf_byte(b, '{');
#define F(field, name) member(b, name, f->field);
  FIGURE_FIELDS(F)
#undef F
  open_list(b, "places");
  for (size_t i = 0; i < f->n_places; i++) {
    buf_add(b, i ? STR(",[") : STR("["));
    put_number(b, f->places[i].begin);
    buf_byte(b, ',');
    put_number(b, f->places[i].end);
    buf_byte(b, ']');
  }
  buf_add(b, STR("]}"));
}

static void json_article(Buf *b, const Article *t) {
  buf_byte(b, '{');
  member(b, "id", t->id);
  member(b, "kind", t->kind);
  member(b, "topic", t->topic);
  member(b, "use", t->use);
  member(b, "continues", t->continues);
  open_list(b, "blocks");
  for (size_t i = 0; i < t->blocks.len; i++) {
    comma(b, i);
    json_block(b, &t->blocks.data[i]);
  }
  buf_byte(b, ']');
  open_list(b, "figures");
  for (size_t i = 0; i < t->figures.len; i++) {
    comma(b, i);
    json_figure(b, &t->figures.data[i]);
  }
  buf_add(b, STR("]}"));
}

static void json_page(Buf *b, const Page *p) {
  buf_byte(b, '{');
  member(b, "id", p->id);
  member(b, "file", p->file);
  member(b, "encoding", p->encoding);
  member(b, "sha256", p->sha256);
  member(b, "publication", p->publication);
  member(b, "date", p->date);
  member(b, "date-from", p->date_from);
  if (p->told.len)
    member(b, "told", p->told);
  open_list(b, "articles");
  for (size_t i = 0; i < p->articles.len; i++) {
    comma(b, i);
    json_article(b, &p->articles.data[i]);
  }
  buf_byte(b, ']');
  open_list(b, "flags");
  for (size_t i = 0; i < p->flags.len; i++) {
    comma(b, i);
    buf_byte(b, '{');
    member(b, "kind", p->flags.data[i].kind);
    buf_fmt(b, ",\"line\":%u", p->flags.data[i].line);
    member(b, "text", p->flags.data[i].text);
    buf_byte(b, '}');
  }
  buf_add(b, STR("]}"));
}

// About how long the text will be.
static size_t json_size(const Dossier *dossier) {
  enum { FIGURE = 900, BLOCK = 120, SIZE_KNOWN = 1 << 24 };
  size_t n = 1024;
  for (size_t p = 0; p < dossier->pages.len; p++) {
    const Page *page = &dossier->pages.data[p];
    n += page->source ? page->source->text.len : 0;
    for (size_t i = 0; i < page->articles.len; i++)
      n += page->articles.data[i].figures.len * FIGURE +
           page->articles.data[i].blocks.len * BLOCK;
  }
  return n < SIZE_KNOWN ? n : SIZE_KNOWN;
}

Str dossier_json(Arena *a, const Dossier *dossier) {
  Buf b = buf_new(a);
  buf_room(&b, json_size(dossier));
  buf_byte(&b, '{');
  member(&b, "version", dossier->version);
  member(&b, "period", dossier->period);
  member(&b, "state", dossier->state);
  open_list(&b, "pages");
  for (size_t i = 0; i < dossier->pages.len; i++) {
    comma(&b, i);
    json_page(&b, &dossier->pages.data[i]);
  }
  buf_add(&b, STR("]}\n"));
  return buf_str(&b);
}

Str dossier_json_line(Arena *a, const Dossier *dossier) {
  Str text = dossier_json(a, dossier);
  char *out = (char *)text.data; // ours, and it only gets shorter
  size_t len = 0;
  for (size_t at = 0; at < text.len;) { // no string holds a raw line end
    const char *stop = memchr(text.data + at, '\n', text.len - at);
    size_t n = (stop ? (size_t)(stop - text.data) : text.len) - at;
    memmove(out + len, text.data + at, n);
    len += n;
    at += n + 1;
  }
  out[len++] = '\n'; // the text ended in one
  return (Str){out, len};
}

// RFC 4180. A text that a spreadsheet would take for a formula is set off by
// an apostrophe: page text is not to be trusted.
static void cell(Buf *b, Str s, bool first) {
  if (!first)
    buf_byte(b, ',');
  bool number = s.len && s.data[0] == '-' && s.len > 1 && s.data[1] >= '0' &&
                s.data[1] <= '9';
  bool formula = s.len && strchr("=+-@\t\r", s.data[0]) && !number;
  buf_byte(b, '"');
  if (formula)
    buf_byte(b, '\'');
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] == '"')
      buf_byte(b, '"');
    buf_byte(b, s.data[i]);
  }
  buf_byte(b, '"');
}

static void csv_figure(Buf *b, const Page *p, const Article *t,
                       const Figure *f) {
  const TextBlock *title = article_block(t, BLOCK_TITLE);
  cell(b, p->file, true);
  cell(b, p->publication, false);
  cell(b, p->date, false);
  cell(b, title ? title->text : STR(""), false);
#define F(field, name) cell(b, f->field, false);
  FIGURE_FIELDS(F)
#undef F
  Buf places = buf_new(b->arena);
  for (size_t i = 0; i < f->n_places; i++)
    buf_fmt(&places, "%s%u-%u", i ? " " : "", f->places[i].begin,
            f->places[i].end);
  cell(b, buf_str(&places), false);
  buf_add(b, STR("\r\n"));
}

Str dossier_csv(Arena *a, const Dossier *dossier) {
  Buf b = buf_new(a);
  // With the mark of order, spreadsheets read Chinese as it is.
  buf_add(&b, STR("\xEF\xBB\xBF\"file\",\"publication\",\"date\",\"title\""));
#define F(field, name) buf_add(&b, STR(",\"" name "\""));
  FIGURE_FIELDS(F)
#undef F
  buf_add(&b, STR(",\"places\"\r\n"));
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      for (size_t j = 0; j < t->figures.len; j++)
        csv_figure(&b, p, t, &t->figures.data[j]);
    }
  }
  return buf_str(&b);
}
