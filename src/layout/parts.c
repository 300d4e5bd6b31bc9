// Masthead, contents, sections, distribution, page master.
#include "layout-imp.h"

static LayBlock *text_block(Binder *b, Str text, const char *style, Span at) {
  LayBlock *p = bind_block(b, LAY_PARA, style, at);
  p->para = para_text(b, text, style, at);
  return p;
}

static LayBlock *rule_block(Binder *b, Len width, const char *style, Span at) {
  LayBlock *r = bind_block(b, LAY_RULE, style, at);
  r->rule_width = width;
  return r;
}

// ---- masthead (B1) ----------------------------------------------------------

static void leader(Binder *b, Runs *r, const char *pattern, const Style *s,
                   Span at) {
  run_add(b, r, INLINE_LEADER, str_of(pattern), s, at);
}

size_t unverified(const Binder *b) {
  size_t k = 0;
  for (size_t i = 0; i < b->printed.len; i++)
    k += !str_is(b->printed.data[i]->state, "confirmed");
  return k;
}

// The copy's number stands alone on the first line (D4).
static void copy_line(Binder *b, const Node *n) {
  Str own = bind_text(b, n, "copy");
  if (!b->doc->copy_first && !own.len)
    return;
  const Style *s = stock(b, "masthead-copy");
  Runs r = {0};
  if (b->doc->copy_first)
    run_copy(b, &r, s, n->at);
  else
    run_text(b, &r, own, s, n->at);
  LayBlock *p = bind_block(b, LAY_PARA, "masthead-copy", n->at);
  p->para = para_of(b, &r, s);
}

// The next line: secrecy at the left, draft mark or who signs at the right.
static void fill_marks(Binder *b, const Node *n, LayBlock *place) {
  (void)place;
  Str draft = node_attr(n, "draft");
  size_t open = unverified(b);
  bool final = str_is(b->dossier->state, "final") && open == 0;
  bool show = str_is(draft, "yes") || (!str_is(draft, "no") && !final);
  Str left = bind_text(b, n, "secrecy"), mark = STR("");
  Str signer = bind_text(b, n, "signer");
  if (!show && signer.len)
    mark = str_cat(b->arena, STR("签发："), signer);
  if (show)
    mark = open ? str_fmt(b->arena, "送审稿（%zu个数字未核）", open)
                : STR("送审稿");
  const Style *s = stock(b, "masthead-mark");
  Runs r = {0};
  run_text(b, &r, left, s, n->at);
  leader(b, &r, "", s, n->at);
  run_text(b, &r, mark, s, n->at);
  LayBlock *p = bind_block(b, LAY_PARA, "masthead-mark", n->at);
  p->para = para_of(b, &r, s);
}

// Few characters are set wider apart, so that the name fills the head.
static const Style *name_style(Binder *b, Str name, Str colour) {
  Style *s = style_copy(b->styles, STR(""), stock(b, "masthead-name"));
  long n = (long)utf8_count(name);
  Len measure =
      b->doc->master.width - b->doc->master.inner - b->doc->master.outer;
  if (n > 0 && n * s->size > measure)
    s->size = (Len)(measure / n / 1000 * 1000);
  Len room = n > 1 ? (measure * 3 / 4 - (Len)n * s->size) / (Len)(n - 1) : 0;
  Len most = s->size / 3;
  s->tracking = room < 0 ? 0 : room > most ? most : room;
  if (colour.len)
    parse_colour(colour, &s->colour);
  return s;
}

static void issuer_line(Binder *b, const Node *n) {
  Str issuer = bind_text(b, n, "issuer"), date = bind_text(b, n, "date");
  if (!issuer.len && !date.len)
    return;
  const Style *s = stock(b, "masthead-line");
  Runs line = {0};
  run_text(b, &line, issuer, s, n->at);
  leader(b, &line, "", s, n->at);
  run_text(b, &line, date, s, n->at);
  LayBlock *q = bind_block(b, LAY_PARA, "masthead-line", n->at);
  q->para = para_of(b, &line, s);
}

void bind_masthead(Binder *b, const Node *n) {
  LayBlock **saved;
  copy_line(b, n);
  LayBlock *marks = bind_group(b, "group", n->at, &saved);
  bind_end(b, saved);
  bind_late(b, n, marks, fill_marks);
  Str name = bind_text(b, n, "name");
  const Style *s = name_style(b, name, node_attr(n, "color"));
  LayBlock *p = bind_block(b, LAY_PARA, "masthead-name", n->at);
  Runs r = {0};
  run_text(b, &r, name, s, n->at);
  p->style = s;
  p->para = para_of(b, &r, s);
  Str number = bind_text(b, n, "number"), total = bind_text(b, n, "total");
  if (total.len)
    number = str_fmt(b->arena,
                     str_starts(total, STR("总")) ? "%.*s（%.*s）"
                                                  : "%.*s（总第%.*s期）",
                     STR_ARG(number), STR_ARG(total));
  if (number.len)
    text_block(b, number, "masthead-issue", n->at);
  issuer_line(b, n);
  LayBlock *rule = rule_block(b, PT(1.5), "masthead-rule", n->at);
  if (node_attr(n, "color").len) {
    Style *c = style_copy(b->styles, STR(""), rule->style);
    parse_colour(node_attr(n, "color"), &c->colour);
    rule->style = c;
  }
}

// ---- sections and contents --------------------------------------------------

static Str section_number(Binder *b, const Node *n, int level) {
  Str own = node_attr(n, "number");
  if (str_is(own, "none"))
    return STR("");
  if (own.len)
    return bind_text(b, n, "number");
  long k = ++b->numbers[level];
  for (int i = level + 1; i < 8; i++)
    b->numbers[i] = 0;
  Str h = format_hanzi(b->arena, k);
  switch (level) {
  case 1:
    return str_fmt(b->arena, "%.*s、", STR_ARG(h));
  case 2:
    return str_fmt(b->arena, "（%.*s）", STR_ARG(h));
  case 3:
    return str_fmt(b->arena, "%ld. ", k);
  default:
    return str_fmt(b->arena, "（%ld）", k);
  }
}

// Whether the section has a list of sources of its own.
static bool has_sources(const Node *n) {
  for (const Node *c = n->first; c; c = c->next)
    if (c->el == EL_SOURCES ? str_is(node_attr(c, "scope"), "section")
                            : c->el != EL_SECTION && c->first && has_sources(c))
      return true;
  return false;
}

// What the section prints is numbered anew and listed in it.
static void bind_scoped(Binder *b, const Node *n) {
  if (!has_sources(n)) {
    bind_children(b, n);
    return;
  }
  int scope = b->scope, notes = b->notes;
  b->scope = ++b->scopes;
  b->notes = 0;
  bind_children(b, n);
  b->scope = scope;
  b->notes = notes;
}

void bind_section(Binder *b, const Node *n) {
  static const char *const styles[] = {"h1", "h1", "h2", "h3", "h4"};
  int outer = b->level;
  int level = (int)bind_int(b, n, "level", outer + 1);
  level = level < 1 ? 1 : level > 7 ? 7 : level;
  b->level = level;
  if (level == 1 && !b->doc->notes_by_page)
    b->feet_since = (long)b->feet.len;
  Str title = bind_text(b, n, "title");
  if (title.len) {
    Str number = section_number(b, n, level);
    const char *usual = styles[level > 4 ? 4 : level];
    const Style *s = bind_style(b, n, usual);
    LayBlock *h = bind_block(b, LAY_PARA, usual, n->at);
    Runs r = {0};
    run_text(b, &r, str_cat(b->arena, number, title), s, n->at);
    h->style = s;
    h->para = para_of(b, &r, s);
    h->id = bind_text(b, n, "id");
    if (!h->id.len)
      h->id = bind_anchor(b, "section");
    h->bookmark = str_cat(b->arena, number, title);
    h->level = level;
    Str running = bind_text(b, n, "running");
    h->running = running.len                               ? running
                 : level == 1 && node_bool(n, "toc", true) ? title
                                                           : STR_NONE;
    if (node_bool(n, "toc", true))
      *vec_push(b->arena, &b->headings) =
          (Heading){h->id, number, title, level};
  }
  bind_scoped(b, n);
  b->level = outer;
}

// The same style, kept with the next line: contents do not leave single lines
// on a page.
static const Style *kept(Binder *b, const char *name, bool keep) {
  const Style *s = stock(b, name);
  if (!keep)
    return s;
  Str key = str_fmt(b->arena, "%s+keep", name);
  const Style *known = style_lookup(b->styles, key);
  if (known)
    return known;
  Style *c = style_copy(b->styles, key, s);
  c->keep_next = true;
  return c;
}

static void toc_line(Binder *b, const Heading *h, bool keep, Span at) {
  const char *style = h->level <= 1 ? "toc1" : h->level == 2 ? "toc2" : "toc3";
  const Style *s = kept(b, style, keep);
  Runs r = {0};
  run_text(b, &r, str_cat(b->arena, h->number, h->text), s, at);
  leader(b, &r, "·", stock(b, "toc3"), at);
  run_add(b, &r, INLINE_PAGE_REF, h->id, stock(b, "toc3"), at);
  Str link = str_cat(b->arena, STR("#"), h->id);
  for (size_t i = 0; i < r.len; i++)
    r.data[i].link = link;
  LayBlock *p = bind_block(b, LAY_PARA, style, at);
  p->style = s;
  p->para = para_of(b, &r, s);
}

#define TOC_SHORT 5  // entries that are kept on one page
#define TOC_LONG  16 // entries; beyond it the contents list sections only

static size_t toc_entries(const Binder *b, long depth) {
  size_t k = 0;
  for (size_t i = 0; i < b->headings.len; i++)
    k += b->headings.data[i].level <= depth;
  return k;
}

static void fill_toc(Binder *b, const Node *n, LayBlock *place) {
  (void)place;
  long usual = toc_entries(b, 2) > TOC_LONG ? 1 : 2;
  long depth = bind_int(b, n, "depth", usual);
  Str title = bind_text(b, n, "title");
  if (title.len) {
    LayBlock *head = text_block(b, title, "toc-title", n->at);
    head->style = head->para.style = bind_style(b, n, "toc-title");
  }
  size_t n_lines = toc_entries(b, depth), k = 0;
  for (size_t i = 0; i < b->headings.len; i++) {
    if (b->headings.data[i].level > depth)
      continue;
    size_t left = n_lines - ++k;
    bool keep = left > 0 && (n_lines <= TOC_SHORT || k <= 2 || left <= 2);
    toc_line(b, &b->headings.data[i], keep, n->at);
  }
}

void bind_toc(Binder *b, const Node *n) {
  LayBlock **saved;
  LayBlock *g = bind_group(b, "group", n->at, &saved);
  bind_end(b, saved);
  Style *s = style_copy(b->styles, STR(""), g->style);
  s->whole_lines = true;
  g->style = s;
  g->together = true;
  bind_late(b, n, g, fill_toc);
}

// ---- distribution (B3) ------------------------------------------------------

static Str with_stop(Arena *a, Str s) {
  return str_ends(s, STR("。")) ? s : str_cat(a, s, STR("。"));
}

static void tail_line(Binder *b, const char *label, Str text, bool *first,
                      Span at) {
  if (!text.len)
    return;
  rule_block(b, *first ? MM(0.35) : MM(0.25), "rule", at);
  *first = false;
  text_block(b, str_cat(b->arena, str_of(label), with_stop(b->arena, text)),
             "tail", at);
}

static void tail_people(Binder *b, const Node *n, bool *first) {
  static const struct {
    const char *attr, *label;
  } people[] = {
      {"editor", "责任编辑："}, {"checker", "核稿："}, {"phone", "电话："}};
  const Style *s = stock(b, "tail-last");
  Runs r = {0};
  for (size_t i = 0; i < 3; i++) {
    Str v = bind_text(b, n, people[i].attr);
    if (v.len)
      run_text(b, &r,
               str_fmt(b->arena, "%s%s%.*s", r.len ? "　" : "", people[i].label,
                       STR_ARG(v)),
               s, n->at);
  }
  Str copies = bind_text(b, n, "copies");
  if (!r.len && !copies.len)
    return;
  leader(b, &r, "", s, n->at);
  if (copies.len)
    run_text(b, &r, str_fmt(b->arena, "（共印%.*s份）", STR_ARG(copies)), s,
             n->at);
  rule_block(b, *first ? MM(0.35) : MM(0.25), "rule", n->at);
  *first = false;
  LayBlock *p = bind_block(b, LAY_PARA, "tail-last", n->at);
  p->para = para_of(b, &r, s);
}

void bind_distribution(Binder *b, const Node *n) {
  LayBlock **saved;
  LayBlock *g = bind_group(b, "group", n->at, &saved);
  g->pinned = node_bool(n, "pinned", true);
  bool first = true;
  tail_line(b, "报：", bind_text(b, n, "report"), &first, n->at);
  tail_line(b, "送：", bind_text(b, n, "send"), &first, n->at);
  tail_line(b, "发：", bind_text(b, n, "issue"), &first, n->at);
  tail_people(b, n, &first);
  if (!first)
    rule_block(b, MM(0.35), "rule", n->at);
  bind_end(b, saved);
}

// ---- pages ------------------------------------------------------------------

static void gb9704_pages(Document *doc) { // D1, D2, D7
  doc->profile = (Profile){.kinsoku = 2,
                           .squeeze = true,
                           .gap_permille = 250,
                           .loose_permille = 250,
                           .grid_lines = 22,
                           .pitch = 29620,
                           .grid_chars = 28};
  doc->master = (PageMaster){.width = MM(210),
                             .height = MM(297),
                             .top = MM(37),
                             .bottom = MM(35),
                             .inner = MM(28),
                             .outer = MM(26),
                             .head_y = MM(27),
                             .foot_y = MM(270.5)};
}

// What a line may and may not do (docs/typesetting.md).
static void line_attrs(Profile *p, const Node *n) {
  static const Str levels[] = {ROW("none"), ROW("basic"), ROW("gb"),
                               ROW("strict")};
  for (int i = 0; i < 4; i++)
    if (str_eq(node_attr(n, "kinsoku"), levels[i]))
      p->kinsoku = i;
  p->squeeze = node_bool(n, "squeeze", p->squeeze);
  p->tight_pairs = str_is(node_attr(n, "mark-pairs"), "1em");
  p->hang = node_bool(n, "hanging", p->hang);
  long gap = node_int(n, "latin-gap", p->gap_permille);
  p->gap_permille = (Len)(gap < 0 ? 0 : gap > 1000 ? 1000 : gap);
}

// A freer page: smaller type, no grid.
static void house_pages(Document *doc) {
  doc->profile.house = true;
  doc->profile.grid_lines = 0;
  doc->profile.pitch = PT(21);
  doc->profile.grid_chars = 0;
  doc->master.top = doc->master.bottom = MM(28);
  doc->master.inner = MM(27);
  doc->master.outer = MM(25);
  doc->master.head_y = MM(20);
  doc->master.foot_y = MM(280);
}

static void master_attrs(Binder *b, const Node *n) {
  PageMaster *m = &b->doc->master;
  Profile *p = &b->doc->profile;
  static const struct {
    Str name;
    double w, h;
  } sizes[] = {{ROW("A4"), 210, 297},
               {ROW("A3"), 297, 420},
               {ROW("A5"), 148, 210},
               {ROW("B5"), 182, 257}};
  for (size_t i = 0; i < 4; i++)
    if (str_eq(node_attr(n, "page-size"), sizes[i].name))
      m->width = MM(sizes[i].w), m->height = MM(sizes[i].h);
  const struct {
    const char *name;
    Len *field;
  } lengths[] = {{"margin-top", &m->top},     {"margin-bottom", &m->bottom},
                 {"margin-inner", &m->inner}, {"margin-outer", &m->outer},
                 {"header-y", &m->head_y},    {"footer-y", &m->foot_y},
                 {"line-height", &p->pitch},  {"bleed", &m->bleed}};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    Str v = node_attr(n, lengths[i].name);
    if (v.len)
      parse_length(v, PT(15.75), p->pitch, lengths[i].field);
  }
  p->grid_lines = (int)node_int(n, "grid-lines", p->grid_lines);
  p->grid_chars = (int)node_int(n, "grid-chars", p->grid_chars);
  m->bleed = m->bleed < 0 ? 0 : m->bleed > MM(20) ? MM(20) : m->bleed;
  m->duplex = node_bool(n, "duplex", m->duplex);
  m->crop_marks = node_bool(n, "crop-marks", m->crop_marks);
  if (node_attr(n, "watermark").data)
    m->watermark = str_trim(bind_text(b, n, "watermark"));
  if (node_attr(n, "notes").len)
    b->doc->notes_by_page = str_is(node_attr(n, "notes"), "page");
  line_attrs(p, n);
}

static LayBlock *folio(Binder *b, const char *style) {
  LayBlock *first = NULL;
  b->tail = &first;
  const Style *s = stock(b, style);
  Runs r = {0};
  run_text(b, &r, STR("— "), s, SPAN_NONE);
  run_add(b, &r, INLINE_PAGE, STR(""), s, SPAN_NONE);
  run_text(b, &r, STR(" —"), s, SPAN_NONE);
  LayBlock *p = bind_block(b, LAY_PARA, style, SPAN_NONE);
  p->para = para_of(b, &r, s);
  return first;
}

static void region(Binder *b, const Node *n) {
  PageMaster *m = &b->doc->master;
  LayBlock *first = NULL;
  b->tail = &first;
  b->no_notes++;
  bind_children(b, n);
  b->no_notes--;
  bool foot = str_is(node_attr(n, "name"), "footer");
  Str pages = node_attr(n, "pages");
  if (str_is(pages, "last")) {
    LayBlock *none = NEW(b->arena, LayBlock); // an empty region is none at all
    *none = (LayBlock){.kind = LAY_GROUP, .style = stock(b, "group")};
    *(foot ? &m->footer_last : &m->header_last) = first ? first : none;
  }
  if (str_is(pages, "blank"))
    *(foot ? &m->footer_blank : &m->header_blank) = first;
  bool all = !pages.len || str_is(pages, "all");
  if (all || str_is(pages, "odd"))
    *(foot ? &m->footer_odd : &m->header_odd) = first;
  if (all || str_is(pages, "even"))
    *(foot ? &m->footer_even : &m->header_even) = first;
  if (all || str_is(pages, "first") || (foot && str_is(pages, "odd")))
    *(foot ? &m->footer_first : &m->header_first) = first;
}

static void bind_fonts(Binder *b, const Node *root) {
  VEC(FontRole) fonts = {0};
  for (const Node *n = root->first; n; n = n->next) {
    if (n->el != EL_FONT)
      continue;
    VEC(Str) faces = {0};
    Str list = node_attr(n, "faces");
    for (size_t from = 0; from <= list.len;) {
      size_t to = str_find(list, STR(","), from);
      if (to == SIZE_MAX)
        to = list.len;
      Str face = str_trim(str_slice(list, from, to));
      if (face.len)
        *vec_push(b->arena, &faces) = face;
      from = to + 1;
    }
    *vec_push(b->arena, &fonts) =
        (FontRole){node_attr(n, "role"), faces.data, faces.len};
  }
  b->doc->fonts = fonts.data;
  b->doc->n_fonts = fonts.len;
}

void bind_pages(Binder *b, const Node *root) {
  gb9704_pages(b->doc);
  b->doc->notes_by_page = true;
  if (str_is(node_attr(root, "profile"), "house"))
    house_pages(b->doc);
  for (const Node *n = root->first; n; n = n->next)
    if (n->el == EL_PAGE_MASTER)
      master_attrs(b, n);
  b->styles = styles_new(b->arena, &b->doc->profile, root);
  bind_fonts(b, root);
  PageMaster *m = &b->doc->master;
  m->footer_first = m->footer_odd = folio(b, "folio-odd");
  m->footer_even = folio(b, "folio-even");
  for (const Node *n = root->first; n; n = n->next)
    for (const Node *c = n->el == EL_PAGE_MASTER ? n->first : NULL; c;
         c = c->next)
      if (c->el == EL_REGION)
        region(b, c);
}
