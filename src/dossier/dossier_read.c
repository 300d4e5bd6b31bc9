// Reading a dossier back, with every fault at its place.
#include "dossier_imp.h"
#include "elem.h"

typedef struct {
  Arena *arena;
  Diags *diags;
  Map *ids;
} Reader;

// Moves known attributes into their fields; warns of the others.
typedef struct {
  const char *name;
  Str *field;
} Field;

static void read_attrs(Reader *r, Elem *n, const Field *fields,
                       size_t n_fields) {
  size_t next = 0; // attributes mostly stand in the order of the fields
  for (size_t i = 0; i < n_fields; i++)
    *fields[i].field = STR("");
  for (size_t k = 0; k < n->n_attrs; k++) {
    const XmlAttr *t = &n->attrs[k];
    size_t i = next, tried = 0;
    while (tried < n_fields && !str_is(t->name, fields[i].name))
      i = i + 1 < n_fields ? i + 1 : 0, tried++;
    if (tried < n_fields) {
      *fields[i].field = t->value;
      next = i + 1 < n_fields ? i + 1 : 0;
    } else {
      diag(r->diags, D_DOSSIER_ATTRIBUTE, t->name_at, t->name, n->name);
    }
  }
}

static void unknown(Reader *r, Elem *n) {
  diag(r->diags, D_DOSSIER_ELEMENT, n->at, n->name, n->parent->name);
}

static void wrong(Reader *r, Elem *n, const char *name, Str value) {
  diag(r->diags, D_DOSSIER_VALUE, elem_attr_span(n, name), str_of(name), value);
}

static void take_id(Reader *r, Elem *n, Str id) {
  if (id.len == 0)
    return;
  if (map_lookup(r->ids, id))
    diag(r->diags, D_DOSSIER_ID, elem_attr_span(n, "id"), id);
  map_put(r->ids, id, n);
}

bool has_word(const char *list, Str word) {
  Str all = str_of(list);
  for (size_t i = 0; i + word.len + 2 <= all.len; i++)
    if (all.data[i] == ' ' && all.data[i + word.len + 1] == ' ' &&
        str_eq(str_slice(all, i + 1, i + 1 + word.len), word))
      return memchr(word.data, ' ', word.len) == NULL;
  return false;
}

static void one_of(Reader *r, Elem *n, const char *name, Str value,
                   const char *list) {
  if (!has_word(list, value))
    wrong(r, n, name, value);
}

// A decimal as dossiers write it: -12.50, no exponent.
static bool is_decimal(Str s) {
  size_t i = s.len && s.data[0] == '-', digits = 0, dots = 0;
  for (; i < s.len; i++) {
    digits += s.data[i] >= '0' && s.data[i] <= '9';
    dots += s.data[i] == '.';
  }
  return s.len == 0 || (digits > 0 && dots <= 1 &&
                        digits + dots + (s.data[0] == '-') == s.len);
}

static bool to_offset(Str s, uint32_t *out) {
  uint64_t n = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] < '0' || s.data[i] > '9' || n > UINT32_MAX / 10)
      return false;
    n = n * 10 + (uint64_t)(s.data[i] - '0');
  }
  *out = (uint32_t)n;
  return s.len > 0 && n <= UINT32_MAX;
}

static void read_text(Reader *r, Elem *n, TextBlock *t) {
  Buf text = buf_new(r->arena);
  VEC(uint32_t) gaps = {0};
  for (Elem *c = n->first; c; c = c->next) {
    if (!c->name.len)
      buf_add(&text, c->text);
    else if (str_is(c->name, "gap"))
      *vec_push(r->arena, &gaps) = (uint32_t)text.len;
    else
      unknown(r, c);
  }
  t->text = buf_str(&text);
  t->gaps = gaps.data;
  t->n_gaps = gaps.len;
}

static TextBlock read_block(Reader *r, Elem *n, BlockKind kind) {
  TextBlock t = {.kind = kind};
  Str none = STR("");
  t.id = t.lines = t.role = t.place = t.date = t.certainty = t.text = none;
  if (kind == BLOCK_DATELINE)
    read_attrs(r, n,
               (Field[]){{"place", &t.place},
                         {"date", &t.date},
                         {"certainty", &t.certainty}},
               3);
  else if (kind == BLOCK_BYLINE)
    read_attrs(r, n, (Field[]){{"role", &t.role}}, 1);
  else
    read_attrs(r, n, (Field[]){{"id", &t.id}, {"lines", &t.lines}},
               kind == BLOCK_PARA ? 2 : 1);
  take_id(r, n, t.id);
  if (kind != BLOCK_DATELINE)
    read_text(r, n, &t);
  return t;
}

static void read_places(Reader *r, Elem *n, Figure *f) {
  VEC(Place) places = {0};
  for (Elem *c = elem_of(n->first); c; c = elem_of(c->next)) {
    if (!str_is(c->name, "place")) {
      unknown(r, c);
      continue;
    }
    Str begin, end;
    read_attrs(r, c, (Field[]){{"begin", &begin}, {"end", &end}}, 2);
    Place p = {0};
    if (!to_offset(begin, &p.begin))
      wrong(r, c, "begin", begin);
    else if (!to_offset(end, &p.end) || p.end < p.begin)
      wrong(r, c, "end", end);
    *vec_push(r->arena, &places) = p;
  }
  f->places = places.data;
  f->n_places = places.len;
}

bool figure_value_good(Str name, Str value) {
  static const char *const decimals[] = {"value", "low", "high", "from"};
  for (size_t i = 0; i < 4; i++)
    if (str_is(name, decimals[i]))
      return is_decimal(value);
  return !str_is(name, "measure") ||
         has_word(" level increase-by increase-to decrease-by decrease-to "
                  "from-to target rank ",
                  value);
}

static void check_figure(Reader *r, Elem *n, const Figure *f) {
  const struct {
    const char *name;
    Str value;
  } checked[] = {{"value", f->value},
                 {"low", f->low},
                 {"high", f->high},
                 {"from", f->from},
                 {"measure", f->measure}};
  for (size_t i = 0; i < sizeof checked / sizeof *checked; i++)
    if (!figure_value_good(str_of(checked[i].name), checked[i].value))
      wrong(r, n, checked[i].name, checked[i].value);
}

static Figure read_figure(Reader *r, Elem *n) {
  Figure f = {0};
  const Field fields[] = {
#define F(field, name) {name, &f.field},
      FIGURE_FIELDS(F)
#undef F
  };
  read_attrs(r, n, fields, sizeof fields / sizeof *fields);
  take_id(r, n, f.id);
  f.at = elem_attr_span(n, "printed");
  check_figure(r, n, &f);
  read_places(r, n, &f);
  return f;
}

static bool block_kind(Str name, BlockKind *kind) {
  for (int k = 0; k < BLOCK_KINDS; k++) {
    if (str_is(name, block_names[k])) {
      *kind = (BlockKind)k;
      return true;
    }
  }
  return false;
}

static Dropped read_dropped(Reader *r, Elem *n) {
  Dropped d = {0};
  read_attrs(
      r, n,
      (Field[]){{"id", &d.id}, {"printed", &d.printed}, {"rule", &d.rule}}, 3);
  return d;
}

static Article read_article(Reader *r, Elem *n) {
  Article t = {0};
  read_attrs(r, n,
             (Field[]){{"id", &t.id},
                       {"kind", &t.kind},
                       {"topic", &t.topic},
                       {"use", &t.use},
                       {"continues", &t.continues},
                       {"order", &t.order},
                       {"digest", &t.digest}},
             7);
  take_id(r, n, t.id);
  one_of(r, n, "kind", t.kind,
         " news feature special caption contents slogan continuation notice "
         "masthead ");
  one_of(r, n, "use", t.use, " yes no ");
  for (Elem *c = elem_of(n->first); c; c = elem_of(c->next)) {
    BlockKind kind;
    if (block_kind(c->name, &kind))
      *vec_push(r->arena, &t.blocks) = read_block(r, c, kind);
    else if (str_is(c->name, "figure"))
      *vec_push(r->arena, &t.figures) = read_figure(r, c);
    else if (str_is(c->name, "dropped"))
      *vec_push(r->arena, &t.dropped) = read_dropped(r, c);
    else
      unknown(r, c);
  }
  return t;
}

static Flag read_flag(Reader *r, Elem *n) {
  Flag f = {0};
  Str line;
  read_attrs(r, n, (Field[]){{"kind", &f.kind}, {"line", &line}}, 2);
  if (!to_offset(line, &f.line))
    wrong(r, n, "line", line);
  TextBlock t = {0};
  read_text(r, n, &t);
  f.text = t.text;
  return f;
}

static Page read_dossier_page(Reader *r, Elem *n) {
  Page p = {0};
  read_attrs(r, n,
             (Field[]){{"id", &p.id},
                       {"file", &p.file},
                       {"encoding", &p.encoding},
                       {"sha256", &p.sha256},
                       {"publication", &p.publication},
                       {"date", &p.date},
                       {"date-from", &p.date_from},
                       {"told", &p.told}},
             8);
  take_id(r, n, p.id);
  for (Elem *c = elem_of(n->first); c; c = elem_of(c->next)) {
    if (str_is(c->name, "article"))
      *vec_push(r->arena, &p.articles) = read_article(r, c);
    else if (str_is(c->name, "flag"))
      *vec_push(r->arena, &p.flags) = read_flag(r, c);
    else
      unknown(r, c);
  }
  return p;
}

static Dossier *read_root(Reader *r, Elem *root) {
  Diags *d = r->diags;
  if (!str_is(root->name, "dossier") || !str_is(root->ns, DOSSIER_NS)) {
    diag(d, D_DOSSIER_ROOT, root->at, root->name);
    return NULL;
  }
  Dossier *dossier = dossier_new(r->arena);
  read_attrs(r, root,
             (Field[]){{"version", &dossier->version},
                       {"period", &dossier->period},
                       {"state", &dossier->state}},
             3);
  if (!str_is(dossier->version, "1")) {
    diag(d, D_DOSSIER_VERSION, elem_attr_span(root, "version"),
         dossier->version);
    return NULL;
  }
  for (Elem *c = elem_of(root->first); c; c = elem_of(c->next)) {
    if (str_is(c->name, "page"))
      *vec_push(r->arena, &dossier->pages) = read_dossier_page(r, c);
    else
      unknown(r, c);
  }
  return dossier;
}

Dossier *dossier_read(Arena *a, Diags *d, const File *f) {
  size_t errors = diags_errors(d);
  Arena *tree = arena_new();
  Elem *root = elem_tree(a, tree, d, f);
  Reader r = {.arena = a, .diags = d, .ids = map_new(a)};
  Dossier *dossier = root ? read_root(&r, root) : NULL;
  arena_free(tree);
  return diags_errors(d) == errors ? dossier : NULL;
}

bool dossier_sniff(const File *f) {
  Str head = str_trim(str_slice(f->text, 0, 4096));
  return str_starts(head, STR("<?xml")) || str_starts(head, STR("<dossier"));
}
