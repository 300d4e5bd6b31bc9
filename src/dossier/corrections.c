// A person's decisions: read once, applied to what each run finds anew. They
// win over the program, and say so when they no longer fit.
#include "dossier_imp.h"

#define CORRECTIONS_NS "urn:jianbao:corrections"

struct Corrections {
  Arena *arena;
  Diags *diags;
  XmlNode *root;
  Str author, date;
};

static const Str figure_fields[] = {
#define F(field, name) {"" name, sizeof(name) - 1},
    FIGURE_FIELDS(F)
#undef F
};
enum { N_FIELDS = sizeof figure_fields / sizeof *figure_fields };

typedef struct {
  const char *element;
  const char *attributes; // beside figure fields, each between blanks
  const char *required;
  bool fields; // figure fields are attributes too
} Vocabulary;

static const Vocabulary vocabulary[] = {
    {"figure", " id was action note ", NULL, true},
    {"article", " id was use order topic title digest note ", "id", false},
    {"para", " id note ", "id", false},
    {"replace", " was by ", "was", false},
    {"page", " file date publication note ", "file", false},
};

static const Vocabulary *vocabulary_of(Str name) {
  for (size_t i = 0; i < sizeof vocabulary / sizeof *vocabulary; i++)
    if (str_is(name, vocabulary[i].element))
      return &vocabulary[i];
  return NULL;
}

static Str did_you_mean(Corrections *c, Str near) {
  return near.data ? str_fmt(c->arena, " (%.*s?)", STR_ARG(near)) : STR("");
}

static bool knows(const Vocabulary *v, Str attribute) {
  bool known = has_word(v->attributes, attribute);
  for (size_t i = 0; v->fields && !known && i < N_FIELDS; i++)
    known = str_eq(figure_fields[i], attribute);
  return known;
}

static void check_attributes(Corrections *c, XmlNode *n, const Vocabulary *v) {
  for (size_t i = 0; i < xml_attrs(n); i++) {
    XmlAttr t = xml_attr_at(n, i);
    if (v->fields && !figure_value_good(t.name, t.value))
      diag(c->diags, D_CORR_VALUE, t.value_at, t.name, t.value);
    if (!knows(v, t.name))
      diag(c->diags, D_CORR_ATTRIBUTE, t.name_at, t.name, xml_name(n),
           did_you_mean(c, v->fields
                               ? str_nearest(t.name, figure_fields, N_FIELDS)
                               : STR_NONE));
  }
  if (v->required && !xml_attr(n, v->required).len)
    diag(c->diags, D_CORR_VALUE, xml_span(n), str_of(v->required), STR(""));
}

static void check_value(Corrections *c, XmlNode *n, const char *name,
                        const char *words) {
  Str value = xml_attr(n, name);
  if (value.data && !has_word(words, value))
    diag(c->diags, D_CORR_VALUE, xml_attr_span(n, name), str_of(name), value);
}

static void check_element(Corrections *c, XmlNode *n, XmlNode *parent) {
  const Vocabulary *v = vocabulary_of(xml_name(n));
  bool inner = str_is(xml_name(n), "replace");
  if (!v || inner != str_is(xml_name(parent), "para")) {
    diag(c->diags, D_CORR_ELEMENT, xml_span(n), xml_name(n), xml_name(parent),
         STR(""));
    return;
  }
  check_attributes(c, n, v);
  if (v->fields && !xml_attr(n, "action").data)
    diag(c->diags, D_CORR_VALUE, xml_span(n), STR("action"), STR(""));
  if (v->fields)
    check_value(c, n, "action", " confirm change drop add ");
  check_value(c, n, "use", " yes no ");
  for (XmlNode *k = xml_elem(xml_first(n)); k; k = xml_elem(xml_next(k)))
    check_element(c, k, n);
}

// Two decisions on one thing: twice the same is an error, and so is a figure
// both dropped and kept.
static void check_twice(Corrections *c) {
  Map *seen = map_new(c->arena);
  for (XmlNode *n = xml_elem(xml_first(c->root)); n;
       n = xml_elem(xml_next(n))) {
    bool page = str_is(xml_name(n), "page");
    Str id = xml_attr(n, page ? "file" : "id");
    if (str_is(xml_attr(n, "action"), "add") || !id.len)
      continue;
    Str key = str_fmt(c->arena, "%.*s %.*s", STR_ARG(xml_name(n)), STR_ARG(id));
    XmlNode *before = map_lookup(seen, key);
    bool drop = before && str_is(xml_attr(n, "action"), "drop") !=
                              str_is(xml_attr(before, "action"), "drop");
    if (before)
      diag(c->diags, drop ? D_CORR_CONTRADICTS : D_CORR_TWICE, xml_span(n), id);
    map_put(seen, key, n);
  }
}

Corrections *corrections_read(Arena *a, Diags *d, const File *f) {
  size_t errors = diags_errors(d);
  XmlNode *root = xml_parse(a, d, f);
  if (!root)
    return NULL;
  if (!str_is(xml_name(root), "corrections") ||
      !str_is(xml_ns(root), CORRECTIONS_NS)) {
    diag(d, D_CORR_ROOT, xml_span(root), xml_name(root));
    return NULL;
  }
  Corrections *c = NEW(a, Corrections);
  *c = (Corrections){.arena = a, .diags = d, .root = root};
  c->author = xml_attr(root, "author");
  c->date = xml_attr(root, "date");
  for (XmlNode *n = xml_elem(xml_first(root)); n; n = xml_elem(xml_next(n)))
    check_element(c, n, root);
  check_twice(c);
  return diags_errors(d) == errors ? c : NULL;
}

static void gone(Corrections *c, XmlNode *n, const char *what,
                 const char *attribute) {
  diag(c->diags, D_CORR_GONE, xml_attr_span(n, attribute), str_of(what),
       xml_attr(n, attribute));
}

static void set_if(Str *field, XmlNode *n, const char *attribute) {
  Str value = xml_attr(n, attribute);
  if (value.data)
    *field = value;
}

static void apply_page(Corrections *c, XmlNode *n, Dossier *dossier) {
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    if (!str_eq(p->file, xml_attr(n, "file")))
      continue;
    set_if(&p->publication, n, "publication");
    set_if(&p->date, n, "date");
    if (xml_attr(n, "date").len)
      p->date_from = STR("option");
    return;
  }
  gone(c, n, "page", "file");
}

static Article *find_article(Dossier *dossier, Str id) {
  for (size_t i = 0; i < dossier->pages.len; i++)
    for (size_t k = 0; k < dossier->pages.data[i].articles.len; k++)
      if (str_eq(dossier->pages.data[i].articles.data[k].id, id))
        return &dossier->pages.data[i].articles.data[k];
  return NULL;
}

static TextBlock *title_block(Article *t) {
  for (size_t i = 0; i < t->blocks.len; i++)
    if (t->blocks.data[i].kind == BLOCK_TITLE)
      return &t->blocks.data[i];
  return NULL;
}

// `was` is the title the person saw: article ids count from the top of a page.
static void apply_article(Corrections *c, XmlNode *n, Dossier *dossier) {
  Article *t = find_article(dossier, xml_attr(n, "id"));
  if (!t) {
    gone(c, n, "article", "id");
    return;
  }
  TextBlock *title = title_block(t);
  Str was = xml_attr(n, "was"), is = title ? title->text : STR("");
  bool done = is.len && str_eq(is, xml_attr(n, "title")); // by an earlier run
  if (was.len && !str_eq(was, is) && !done) {
    diag(c->diags, D_CORR_CHANGED, xml_attr_span(n, "was"), is);
    return;
  }
  set_if(&t->use, n, "use");
  set_if(&t->topic, n, "topic");
  set_if(&t->order, n, "order");
  set_if(&t->digest, n, "digest");
  if (title && xml_attr(n, "title").len) {
    title->text = xml_attr(n, "title");
    title->n_runs = 0;
  }
}

static TextBlock *find_block(Dossier *dossier, Str id) {
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      for (size_t j = 0; j < p->articles.data[k].blocks.len; j++)
        if (str_eq(p->articles.data[k].blocks.data[j].id, id))
          return &p->articles.data[k].blocks.data[j];
  }
  return NULL;
}

// The text with [at, at + was) replaced; runs and gaps move along.
static void splice(Arena *a, TextBlock *t, size_t at, size_t was, Str by) {
  VEC(TextRun) runs = {0};
  uint32_t end = (uint32_t)(at + was);
  uint32_t after = block_source(t, at + was);
  for (size_t i = 0; i < t->n_runs; i++)
    if (t->runs[i].clean <= at)
      *vec_push(a, &runs) = t->runs[i];
  if (after != UINT32_MAX)
    *vec_push(a, &runs) = (TextRun){(uint32_t)(at + by.len), after};
  for (size_t i = 0; i < t->n_runs; i++)
    if (t->runs[i].clean > end)
      *vec_push(a, &runs) =
          (TextRun){t->runs[i].clean - (uint32_t)was + (uint32_t)by.len,
                    t->runs[i].source};
  uint32_t *gaps = NEW_ARRAY(a, uint32_t, t->n_gaps);
  for (size_t i = 0; i < t->n_gaps; i++)
    gaps[i] = t->gaps[i] < end ? t->gaps[i]
                               : t->gaps[i] - (uint32_t)was + (uint32_t)by.len;
  Str head = str_cat(a, str_slice(t->text, 0, at), by);
  t->text = str_cat(a, head, str_slice(t->text, end, t->text.len));
  t->runs = runs.data;
  t->n_runs = runs.len;
  t->gaps = gaps;
}

// A dossier may have been mended by an earlier run; `by` that holds `was` would
// be mended for ever.
static bool mended(const Dossier *dossier, const TextBlock *t, XmlNode *k,
                   size_t at) {
  Str was = xml_attr(k, "was"), by = xml_attr(k, "by");
  bool read_back = dossier->pages.len && !dossier->pages.data[0].source;
  if (!read_back || (at != SIZE_MAX && !str_has(by, was)))
    return false;
  return by.len ? str_has(t->text, by) : at == SIZE_MAX;
}

static void apply_para(Corrections *c, XmlNode *n, Dossier *dossier) {
  TextBlock *t = find_block(dossier, xml_attr(n, "id"));
  if (!t) {
    gone(c, n, "paragraph", "id");
    return;
  }
  for (XmlNode *k = xml_child(n, "replace"); k; k = xml_elem(xml_next(k))) {
    Str was = xml_attr(k, "was");
    size_t at = str_find(t->text, was, 0);
    if (mended(dossier, t, k, at))
      continue;
    if (at == SIZE_MAX)
      diag(c->diags, D_CORR_TEXT, xml_attr_span(k, "was"), was);
    else
      splice(c->arena, t, at, was.len, xml_attr(k, "by"));
  }
}

void corrections_apply_text(Corrections *c, Dossier *dossier) {
  for (XmlNode *n = xml_elem(xml_first(c->root)); n;
       n = xml_elem(xml_next(n))) {
    if (str_is(xml_name(n), "page"))
      apply_page(c, n, dossier);
    else if (str_is(xml_name(n), "article"))
      apply_article(c, n, dossier);
    else if (str_is(xml_name(n), "para"))
      apply_para(c, n, dossier);
  }
}

// drop 李明 2025-12-31
static Str decision(Corrections *c, XmlNode *n) {
  return str_trim(str_fmt(c->arena, "%.*s %.*s %.*s",
                          STR_ARG(xml_attr(n, "action")), STR_ARG(c->author),
                          STR_ARG(c->date)));
}

// Takes the fields a person wrote; the figure is confirmed by that.
static void decide(Corrections *c, XmlNode *n, Figure *f) {
#define F(field, name) set_if(&f->field, n, name);
  FIGURE_FIELDS(F)
#undef F
  f->state = STR("confirmed");
  if (!xml_attr(n, "doubt").data)
    f->doubt = STR("");
  Str who = decision(c, n);
  if (str_ends(f->rule, who))
    return; // by an earlier run
  f->rule = f->rule.len ? str_fmt(c->arena, "%.*s; %.*s", STR_ARG(f->rule),
                                  STR_ARG(who))
                        : who;
}

// The dossier tells who dropped it, and a later run that it is done.
static void drop_figure(Corrections *c, XmlNode *n, Article *t, size_t i) {
  const Figure *f = &t->figures.data[i];
  *vec_push(c->arena, &t->dropped) =
      (Dropped){f->id, f->printed, decision(c, n)};
  t->figures.len--;
  memmove(&t->figures.data[i], &t->figures.data[i + 1],
          (t->figures.len - i) * sizeof *t->figures.data);
}

// Dropped by an earlier run.
static bool dropped_before(XmlNode *n, const Article *t) {
  if (!str_is(xml_attr(n, "action"), "drop"))
    return false;
  for (size_t i = 0; i < t->dropped.len; i++)
    if (str_eq(t->dropped.data[i].id, xml_attr(n, "id")))
      return true;
  return false;
}

// A changed value that the article's text still contradicts: the text is
// printed too.
static void check_text(Corrections *c, XmlNode *n, const Article *t,
                       const Figure *was, const Figure *f) {
  if ((str_eq(was->value, f->value) && str_eq(was->low, f->low) &&
       str_eq(was->printed, f->printed)) ||
      !was->printed.len || !str_is(f->state, "confirmed"))
    return;
  for (size_t i = 0; i < t->blocks.len; i++)
    if (str_eq(t->blocks.data[i].id, f->block) &&
        str_has(t->blocks.data[i].text, was->printed))
      diag(c->diags, D_CORR_TEXT_STANDS, xml_span(n), was->printed);
}

static bool decide_in(Corrections *c, XmlNode *n, Article *t) {
  Str id = xml_attr(n, "id"), was = xml_attr(n, "was");
  for (size_t i = 0; i < t->figures.len; i++) {
    Figure *f = &t->figures.data[i];
    if (!str_eq(f->id, id))
      continue;
    bool done = str_is(f->state, "confirmed") && f->printed.len &&
                str_eq(f->printed, xml_attr(n, "printed"));
    if (was.len && !str_eq(was, f->printed) && !done)
      diag(c->diags, D_CORR_CHANGED, xml_attr_span(n, "was"), f->printed);
    else if (str_is(xml_attr(n, "action"), "drop"))
      drop_figure(c, n, t, i);
    else {
      Figure before = *f;
      decide(c, n, f);
      check_text(c, n, t, &before, f);
    }
    return true;
  }
  return dropped_before(n, t);
}

// The figure that an earlier run added by this decision is decided anew.
static bool added_before(Corrections *c, XmlNode *n, Dossier *dossier) {
  bool found = false;
  for (size_t i = 0; xml_attr(n, "id").len && i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    for (size_t k = 0; !found && k < p->articles.len; k++)
      found = decide_in(c, n, &p->articles.data[k]);
  }
  return found;
}

// The same, where the decision gives no id.
static bool added_in(XmlNode *n, const Article *t) {
  for (size_t i = 0; i < t->figures.len; i++) {
    const Figure *f = &t->figures.data[i];
    if (str_starts(f->rule, STR("add ")) && !f->id.len &&
        str_eq(f->block, xml_attr(n, "block")) &&
        str_eq(f->printed, xml_attr(n, "printed")) &&
        str_eq(f->quote, xml_attr(n, "quote")))
      return true;
  }
  return false;
}

static void add_figure(Corrections *c, XmlNode *n, Dossier *dossier) {
  if (added_before(c, n, dossier))
    return;
  Str block = xml_attr(n, "block");
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      Article *t = &p->articles.data[k];
      if (!xml_attr(n, "id").len && added_in(n, t))
        return;
      for (size_t j = 0; j < t->blocks.len; j++) {
        if (!block.len || !str_eq(t->blocks.data[j].id, block))
          continue;
        Figure f = {0};
#define F(field, name) f.field = STR("");
        FIGURE_FIELDS(F)
#undef F
        f.measure = STR("level");
        decide(c, n, &f);
        *vec_push(c->arena, &t->figures) = f;
        return;
      }
    }
  }
  gone(c, n, "paragraph", "block");
}

static void apply_figure(Corrections *c, XmlNode *n, Dossier *dossier) {
  if (str_is(xml_attr(n, "action"), "add")) {
    add_figure(c, n, dossier);
    return;
  }
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      if (decide_in(c, n, &p->articles.data[k]))
        return;
  }
  gone(c, n, "figure", "id");
}

void corrections_apply_figures(Corrections *c, Dossier *dossier) {
  for (XmlNode *n = xml_elem(xml_first(c->root)); n; n = xml_elem(xml_next(n)))
    if (str_is(xml_name(n), "figure"))
      apply_figure(c, n, dossier);
}
