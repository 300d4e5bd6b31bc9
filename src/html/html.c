// Walks the document's blocks and writes HTML. What only a page has (headers,
// page numbers, leaders, breaks) is left out.
#include "html.h"
#include "dossier.h"

typedef struct {
  Buf out;
  Map *figures; // id → Figure
  Len body;     // size of running text
  int depth;
} Html;

enum { DEPTH_MAX = 64 };

static const char style_sheet[] =
    "body{max-width:44em;margin:2em auto;padding:0 1em;color:#111;"
    "font:1.06em/1.8 \"FangSong\",\"FandolFang\",\"Songti SC\",serif}"
    "h1,h2,h3,h4,h5,h6{line-height:1.4;margin:1.4em 0 .5em;"
    "font-family:\"SimHei\",\"Noto Sans CJK SC\",\"PingFang SC\",sans-serif}"
    "p{margin:.35em 0}table{border-collapse:collapse;margin:.6em 0;width:100%;"
    "font-size:.92em;line-height:1.5;border-top:2px solid;"
    "border-bottom:2px solid}caption{font-weight:bold;padding:.4em}"
    "td,th{padding:.25em .6em;text-align:left;vertical-align:top}"
    "thead th,thead td{border-bottom:1px solid}.total td{border-top:1px solid}"
    ".unit{text-align:right}.note{font-size:.88em}.split{display:flex;"
    "justify-content:space-between}hr{border:0;border-top:2px solid #c8102e}"
    ".figure{border-bottom:1px dotted #888}a{color:inherit}"
    "@media print{.figure{border:0}}";

static void text(Html *h, Str s) {
  xml_escape(&h->out, s, false);
}

static void add(Html *h, const char *z) {
  buf_add(&h->out, str_of(z));
}

static void attribute(Html *h, const char *name, Str value) {
  buf_fmt(&h->out, " %s=\"", name);
  xml_escape(&h->out, value, true);
  buf_byte(&h->out, '"');
}

// ---- running text ----------------------------------------------------------

static bool safe_link(Str link) {
  return str_starts(link, STR("#")) || str_starts(link, STR("https://")) ||
         str_starts(link, STR("http://")) || str_starts(link, STR("mailto:"));
}

static const Figure *figure_of(const Html *h, Str id) {
  return id.len ? map_lookup(h->figures, id) : NULL;
}

// One span for neighbours that print the same figure (number and unit).
static bool same_figure(const Inline *x, const Inline *y) {
  return x->kind == INLINE_TEXT && y->kind == INLINE_TEXT && x->figure.len &&
         str_eq(x->figure, y->figure);
}

static void run(Html *h, const Inline *r, const Style *around, bool opens,
                bool closes) {
  const Figure *f = figure_of(h, r->figure);
  bool link = safe_link(r->link) && !f;
  bool strong = r->style && r->style->bold && !(around && around->bold);
  bool raised = r->style && around && r->style->shift > around->shift;
  if (link) {
    add(h, "<a");
    attribute(h, "href", r->link);
    add(h, ">");
  }
  if (f && opens) {
    add(h, "<span class=\"figure\"");
    attribute(h, "title", f->quote);
    add(h, ">");
  }
  add(h, strong ? "<strong>" : "");
  add(h, raised ? "<sup>" : "");
  text(h, r->text);
  add(h, raised ? "</sup>" : "");
  add(h, strong ? "</strong>" : "");
  add(h, f && closes ? "</span>" : "");
  add(h, link ? "</a>" : "");
}

static bool has_text(const Para *p) {
  for (size_t i = 0; i < p->n; i++)
    if (p->runs[i].kind == INLINE_TEXT && str_trim(p->runs[i].text).len)
      return true;
  return false;
}

// A leader that is blank parts what stands left and right; one of dots leads
// to a page number, which is left out with it.
static bool is_split(const Para *p) {
  for (size_t i = 0; i < p->n; i++)
    if (p->runs[i].kind == INLINE_LEADER && !p->runs[i].text.len)
      return i > 0 || p->n > 1;
  return false;
}

static void runs(Html *h, const Para *p, bool split) {
  for (size_t i = 0; i < p->n; i++) {
    const Inline *r = &p->runs[i];
    if (r->kind == INLINE_TEXT || r->kind == INLINE_NOTE)
      run(h, r, p->style, i == 0 || !same_figure(r - 1, r),
          i + 1 == p->n || !same_figure(r, r + 1));
    else if (r->kind == INLINE_BREAK)
      add(h, "<br>");
    else if (r->kind == INLINE_LEADER && split && !r->text.len)
      add(h, "</span><span>");
  }
}

static void inline_style(Html *h, const Style *s, bool heading) {
  if (!s)
    return;
  Buf b = buf_new(h->out.arena);
  if (s->align == ALIGN_CENTRE)
    buf_add(&b, STR("text-align:center;"));
  if (s->align == ALIGN_RIGHT)
    buf_add(&b, STR("text-align:right;"));
  if (s->indent > 0 && !heading)
    buf_add(&b, STR("text-indent:2em;"));
  if (s->colour)
    buf_fmt(&b, "color:#%06x;", s->colour & 0xFFFFFF);
  if (s->size && h->body && s->size != h->body && !heading)
    buf_fmt(&b, "font-size:%d%%;", (int)((int64_t)s->size * 100 / h->body));
  if (b.len)
    attribute(h, "style", buf_str(&b));
}

static void para(Html *h, const LayBlock *k) {
  const Para *p = &k->para;
  if (!has_text(p))
    return;
  bool heading = k->level > 0 && k->bookmark.len, split = is_split(p);
  int level = k->level > 5 ? 6 : k->level + 1;
  if (heading)
    buf_fmt(&h->out, "<h%d", level);
  else
    add(h, "<p");
  if (k->id.len)
    attribute(h, "id", k->id);
  if (split)
    add(h, " class=\"split\"");
  inline_style(h, p->style ? p->style : k->style, heading);
  add(h, split ? "><span>" : ">");
  runs(h, p, split);
  add(h, split ? "</span>" : "");
  if (heading)
    buf_fmt(&h->out, "</h%d>\n", level);
  else
    add(h, "</p>\n");
}

// ---- tables and pictures ---------------------------------------------------

static void small(Html *h, const Para *p, const char *class) {
  if (!has_text(p))
    return;
  buf_fmt(&h->out, "<p class=\"%s\">", class);
  runs(h, p, false);
  add(h, "</p>\n");
}

static void cell(Html *h, const TableCell *c, bool head) {
  add(h, head ? "<th" : "<td");
  if (c->colspan > 1)
    buf_fmt(&h->out, " colspan=\"%d\"", c->colspan);
  if (c->rowspan > 1)
    buf_fmt(&h->out, " rowspan=\"%d\"", c->rowspan);
  if (c->align == ALIGN_RIGHT || c->align == ALIGN_DECIMAL)
    add(h, " style=\"text-align:right\"");
  else if (c->align == ALIGN_CENTRE)
    add(h, " style=\"text-align:center\"");
  add(h, ">");
  for (size_t i = 0; i < c->n; i++) {
    add(h, i ? "<br>" : "");
    runs(h, &c->paras[i], false);
  }
  add(h, head ? "</th>" : "</td>");
}

static void caption(Html *h, Str number, const Para *p) {
  if (!number.len && !has_text(p))
    return;
  add(h, "<caption>");
  bool told = p->n && str_starts(p->runs[0].text, number);
  if (number.len && !told) {
    text(h, number);
    add(h, "　");
  }
  runs(h, p, false);
  add(h, "</caption>");
}

static void table(Html *h, const Table *t) {
  small(h, &t->unit, "unit");
  add(h, "<table>");
  caption(h, t->number, &t->caption);
  size_t i = 0;
  bool head = t->n_rows && t->rows[0].kind == ROW_HEAD;
  add(h, head ? "<thead>\n" : "");
  for (; i < t->n_rows && t->rows[i].kind == ROW_HEAD; i++) {
    add(h, "<tr>");
    for (size_t k = 0; k < t->rows[i].n; k++)
      cell(h, &t->rows[i].cells[k], true);
    add(h, "</tr>\n");
  }
  add(h, head ? "</thead><tbody>\n" : "<tbody>\n");
  for (; i < t->n_rows; i++) {
    add(h, t->rows[i].kind == ROW_TOTAL ? "<tr class=\"total\">" : "<tr>");
    for (size_t k = 0; k < t->rows[i].n; k++)
      cell(h, &t->rows[i].cells[k], t->rows[i].kind == ROW_GROUP);
    add(h, "</tr>\n");
  }
  add(h, "</tbody></table>\n");
  for (size_t k = 0; k < t->n_notes; k++)
    small(h, &t->notes[k], "note");
}

// A chart is its numbers.
static void chart(Html *h, const Chart *c) {
  add(h, "<table>");
  caption(h, STR(""), &c->caption);
  add(h, "<thead><tr><th></th>");
  for (size_t k = 0; k < c->n_series; k++) {
    add(h, "<th>");
    text(h, c->series[k].name.len ? c->series[k].name : c->unit);
    add(h, "</th>");
  }
  add(h, "</tr></thead><tbody>\n");
  for (size_t i = 0; i < c->n_categories; i++) {
    add(h, "<tr><th>");
    text(h, c->categories[i]);
    add(h, "</th>");
    for (size_t k = 0; k < c->n_series; k++) {
      const ChartSeries *s = &c->series[k];
      add(h, "<td>");
      text(h, s->labels ? s->labels[i] : STR(""));
      add(h, "</td>");
    }
    add(h, "</tr>\n");
  }
  if (!c->n_categories)
    add(h, "<tr><td>无数据</td></tr>\n");
  add(h, "</tbody></table>\n");
}

static void image(Html *h, const Image *m) {
  add(h, "<p>〔");
  text(h, m->alt.len ? m->alt : m->qr ? m->path : STR("图"));
  add(h, "〕</p>\n");
}

static void blocks(Html *h, const LayBlock *k);

static void columns(Html *h, const LayBlock *k) {
  buf_fmt(&h->out, "<div style=\"columns:%d\">\n", k->columns);
  blocks(h, k->first);
  add(h, "</div>\n");
}

static void blocks(Html *h, const LayBlock *k) {
  if (h->depth >= DEPTH_MAX)
    return;
  h->depth++;
  for (; k; k = k->next) {
    if (k->kind == LAY_PARA)
      para(h, k);
    else if (k->kind == LAY_TABLE && k->table)
      table(h, k->table);
    else if (k->kind == LAY_CHART && k->chart)
      chart(h, k->chart);
    else if (k->kind == LAY_IMAGE && k->image)
      image(h, k->image);
    else if (k->kind == LAY_RULE)
      add(h, "<hr>\n");
    else if (k->kind == LAY_GROUP && k->columns)
      columns(h, k);
    else if (k->kind == LAY_GROUP)
      blocks(h, k->first);
  }
  h->depth--;
}

// A page of HTML has one foot.
static void footnotes(Html *h, const Document *doc) {
  for (size_t i = 0; i < doc->n_notes; i++) {
    add(h, "<p class=\"note\"");
    attribute(h, "id", doc->notes[i].id);
    add(h, ">");
    text(h, doc->notes[i].number);
    add(h, " ");
    runs(h, &doc->notes[i].para, false);
    add(h, "</p>\n");
  }
}

// ---- the page --------------------------------------------------------------

static void index_figures(Html *h, const Dossier *d) {
  for (size_t i = 0; d && i < d->pages.len; i++) {
    const Page *p = &d->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      for (size_t j = 0; j < t->figures.len; j++)
        map_put(h->figures, t->figures.data[j].id, &t->figures.data[j]);
    }
  }
}

// The size of most text is what others are relative to.
static Len body_size(const LayBlock *k, int depth) {
  Len size = 0;
  for (; k && !size; k = k->next) {
    const Style *s = k->para.style ? k->para.style : k->style;
    if (k->kind == LAY_GROUP && depth < DEPTH_MAX)
      size = body_size(k->first, depth + 1);
    else if (k->kind == LAY_PARA && s && s->align == ALIGN_JUSTIFY &&
             s->indent > 0)
      size = s->size;
  }
  return size;
}

Str html_page(Arena *a, const Document *doc, const struct Dossier *dossier) {
  Html h = {.out = buf_new(a), .figures = map_new(a)};
  index_figures(&h, dossier);
  h.body = body_size(doc->first, 0);
  add(&h, "<!DOCTYPE html>\n<html lang=\"");
  xml_escape(&h.out, doc->lang.len ? doc->lang : STR("zh-CN"), true);
  add(&h, "\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\""
          "default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
  text(&h, doc->title);
  add(&h, "</title>\n<style>");
  add(&h, style_sheet);
  add(&h, "</style>\n</head>\n<body>\n");
  blocks(&h, doc->first);
  footnotes(&h, doc);
  add(&h, "</body>\n</html>\n");
  return buf_str(&h.out);
}
