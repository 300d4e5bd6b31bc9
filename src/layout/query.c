// Expressions over the dossier: libxml2's XPath behind the room's own types.
// The tree has no namespace; a figure in doubt is named `doubt` in it, so that
// no query for figures returns it.
#include "query-imp.h"
#include <stdlib.h>

#define OPS_MAX 20000000  // steps of one evaluation
#define OPS_ALL 100000000 // of a whole run
#define TEXT_MAX                                                               \
  (1 << 20) // bytes of one result: lets could double it on and on

// ---- messages ---------------------------------------------------------------

static DiagId xpath_diag(int code) {
  switch (code) {
  case XPATH_OP_LIMIT_EXCEEDED:
  case XPATH_RECURSION_LIMIT_EXCEEDED:
    return D_XPATH_LIMIT;
  case XPATH_UNFINISHED_LITERAL_ERROR:
  case XPATH_START_LITERAL_ERROR:
    return D_XPATH_LITERAL;
  case XPATH_VARIABLE_REF_ERROR:
    return D_XPATH_VARIABLE_NAME;
  case XPATH_INVALID_PREDICATE_ERROR:
  case XPATH_UNCLOSED_ERROR:
    return D_XPATH_UNCLOSED;
  case XPATH_INVALID_ARITY:
    return D_XPATH_ARITY;
  case XPATH_INVALID_TYPE:
  case XPATH_INVALID_OPERAND:
    return D_XPATH_TYPE;
  default:
    return D_XPATH_SYNTAX;
  }
}

// （ ， ‘ where XPath wants ( , ': an input method's marks.
static bool wide_mark(Query *q, size_t at) {
  static const char *const marks[][2] = {
      {"（", "("}, {"）", ")"}, {"［", "["}, {"］", "]"}, {"，", ","},
      {"、", ","}, {"＝", "="}, {"＠", "@"}, {"＄", "$"}, {"／", "/"},
      {"“", "'"},  {"”", "'"},  {"‘", "'"},  {"’", "'"},  {"＜", "<"},
      {"＞", ">"}, {"｜", "|"}, {"＋", "+"}, {"＊", "*"}, {"。", "."}};
  Str rest = str_slice(q->expr, at, q->expr.len);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    Str wide = str_of(marks[i][0]);
    if (!str_starts(rest, wide))
      continue;
    diag(q->diags, D_XPATH_WIDE, span_inside(q->at, q->expr, at, at + wide.len),
         wide, str_of(marks[i][1]));
    diag_fix(q->diags, str_of(marks[i][1]));
    return true;
  }
  return false;
}

void query_error(void *data, xmlErrorPtr e) {
  Query *q = data;
  if (q->failed || q->aside)
    return;
  q->failed = true;
  size_t at = e->int1 > 0 ? (size_t)e->int1 : 0;
  if (at > q->expr.len)
    at = q->expr.len;
  // a caret behind the end would stand outside the expression
  size_t end = at < q->expr.len ? at + 1 : at;
  Span place = span_inside(q->at, q->expr,
                           at < end ? at
                           : at     ? at - 1
                                    : 0,
                           end);
  DiagId id = xpath_diag(e->code - XML_XPATH_EXPRESSION_OK);
  if (wide_mark(q, at))
    return;
  bool whole = id == D_XPATH_LIMIT || id == D_XPATH_ARITY || id == D_XPATH_TYPE;
  diag(q->diags, id, whole ? q->at : place, str_int(q->arena, OPS_MAX));
}

// ---- variables --------------------------------------------------------------

static xmlXPathObjectPtr value_object(const Value *v) {
  if (v->kind == VALUE_NODES) {
    xmlNodeSetPtr set = xmlXPathNodeSetCreate(NULL);
    for (size_t i = 0; i < v->n; i++)
      xmlXPathNodeSetAddUnique(set, v->nodes[i]);
    return xmlXPathWrapNodeSet(set);
  }
  if (v->is_number)
    return xmlXPathNewFloat(v->number);
  char *z = strndup(v->text.data ? v->text.data : "", v->text.len);
  xmlXPathObjectPtr o = xmlXPathNewString((const xmlChar *)z);
  free(z);
  return o;
}

// The check knows the name: it is given further down, or inside something else.
static void tell_later(Query *q, Str name) {
  size_t at = str_find(q->expr, str_cat(q->arena, STR("$"), name), 0);
  Span place = at == SIZE_MAX
                   ? q->at
                   : span_inside(q->at, q->expr, at, at + name.len + 1);
  if (!q->failed && !q->aside)
    diag(q->diags, D_XPATH_VARIABLE_LATER, place, name);
  q->failed = true;
}

static xmlXPathObjectPtr lookup_variable(void *data, const xmlChar *name,
                                         const xmlChar *uri) {
  (void)uri;
  Query *q = data;
  Str s = str_of((const char *)name);
  for (const Scope *v = q->scope; v; v = v->up)
    if (str_eq(v->name, s)) {
      for (size_t i = 0; i < v->value.n_told; i++)
        *vec_push(q->arena, &q->told) = v->value.told[i];
      if (v->value.kind == VALUE_NODES && v->value.n) {
        q->ordered = v->value.nodes; // libxml2 would sort them by place
        q->n_ordered = v->value.n;
      }
      return value_object(&v->value);
    }
  Value param = {.kind = VALUE_TEXT, .text = layout_param(q->layout, s)};
  if (str_is(s, "period"))
    param.text = q->period;
  if (!param.text.data)
    tell_later(q, s);
  return param.text.data ? value_object(&param) : NULL;
}

// ---- the tree ---------------------------------------------------------------

static xmlNodePtr next_named(xmlNodePtr n, const char *name) {
  while (n && (n->type != XML_ELEMENT_NODE ||
               strcmp((const char *)n->name, name) != 0))
    n = n->next;
  return n;
}

// 各46个: behind such a figure stands a `share` for each of its indicators, so
// that tables can show them one by one.
static bool in_words(const Figure *f) {
  Str list = f->distributes;
  for (size_t from = 0; list.len && from <= list.len;) {
    size_t to = str_find(list, STR("|"), from);
    to = to == SIZE_MAX ? list.len : to;
    if (to == from || !str_has(f->indicator, str_slice(list, from, to)))
      return false; // places, not indicators
    from = to + 1;
  }
  return list.len > 0;
}

static void add_shares(Query *q, xmlNodePtr n, const Fact *of) {
  Str list = of->figure->distributes;
  for (size_t from = 0; list.len && from <= list.len;) {
    size_t to = str_find(list, STR("|"), from);
    to = to == SIZE_MAX ? list.len : to;
    Figure *f = NEW(q->arena, Figure);
    Fact *fact = NEW(q->arena, Fact);
    *f = *of->figure;
    f->indicator = str_slice(list, from, to);
    f->canon = f->distributes = STR("");
    *fact = *of;
    fact->figure = f;
    xmlNodePtr share = xmlCopyNode(n, 2); // with its attributes
    xmlNodeSetName(share, (const xmlChar *)"share");
    xmlSetProp(share, (const xmlChar *)"indicator",
               (const xmlChar *)str_z(q->arena, f->indicator));
    xmlSetProp(share, (const xmlChar *)"canon", (const xmlChar *)"");
    fact->node = share;
    keep(q, share, of->page, of->article, fact);
    xmlAddChild(n, share);
    from = to + 1;
  }
}

static void bind_article_node(Query *q, xmlNodePtr x, const Page *p,
                              const Article *t) {
  keep(q, x, p, t, NULL);
  *vec_push(q->arena, &q->article_nodes) = x;
  for (size_t i = 0; i < t->blocks.len; i++)
    map_put(q->blocks, t->blocks.data[i].id, &t->blocks.data[i]);
  xmlNodePtr n = x->children;
  for (size_t i = 0; i < t->figures.len; i++) {
    n = next_named(n, "figure");
    if (!n)
      return;
    Fact *f = NEW(q->arena, Fact);
    *f = (Fact){&t->figures.data[i], t, p, n, q->facts.len};
    keep(q, n, p, t, f);
    if (!map_lookup(q->fact_of, f->figure->id))
      map_put(q->fact_of, f->figure->id, f);
    *vec_push(q->arena, &q->facts) = f;
    if (figure_doubtful(f->figure))
      xmlNodeSetName(n, (const xmlChar *)"doubt");
    else if (in_words(f->figure))
      add_shares(q, n, f);
    n = n->next;
  }
}

static void bind_tree(Query *q, const Dossier *dossier) {
  xmlNodePtr root = xmlDocGetRootElement(q->doc);
  xmlNodePtr x = root->children;
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    x = next_named(x, "page");
    if (!x)
      return;
    keep(q, x, p, NULL, NULL);
    xmlNodePtr t = x->children;
    for (size_t k = 0; k < p->articles.len; k++) {
      t = next_named(t, "article");
      if (!t)
        break;
      bind_article_node(q, t, p, &p->articles.data[k]);
      t = t->next;
    }
    x = x->next;
  }
}

static void free_compiled(void *c) {
  xmlXPathFreeCompExpr(c);
}

static void free_context(void *c) {
  xmlXPathFreeContext(c);
}

void query_close(Query *q) {
  arena_free(q->tree);
  arena_free(q->eval);
  q->tree = q->eval = NULL;
}

static void tree_free(void *query) {
  query_close(query);
}

Query *query_new(Arena *a, Diags *d, const Layout *l, const Dossier *dossier,
                 Str period) {
  Query *q = NEW(a, Query);
  q->tree = arena_new();
  q->eval = arena_new();
  arena_defer(a, tree_free, q);
  q->arena = a;
  q->diags = d;
  q->layout = l;
  if (!query_tree(q, dossier))
    return NULL;
  q->period = period;
  q->compiled = map_new(a);
  q->blocks = map_new(a);
  q->fact_of = map_new(a);
  q->earlier_of = map_new(a);
  q->history = dossier->history;
  q->dossier = dossier;
  bind_tree(q, dossier);
  q->xpath = xmlXPathNewContext(q->doc);
  arena_defer(q->tree, free_context, q->xpath);
  q->xpath->error = query_error;
  q->xpath->userData = q;
  q->xpath->opLimit = OPS_MAX;
  functions_register(q);
  xmlXPathRegisterVariableLookup(q->xpath, lookup_variable, q);
  return q;
}

XmlNode *query_root(const Query *q) {
  return (XmlNode *)q->doc;
}

// ---- evaluation -------------------------------------------------------------

static xmlXPathCompExprPtr compiled(Query *q) {
  xmlXPathCompExprPtr c = map_lookup(q->compiled, q->expr);
  if (c)
    return c;
  c = xmlXPathCtxtCompile(q->xpath, (const xmlChar *)str_z(q->arena, q->expr));
  if (c) {
    map_put(q->compiled, str_copy(q->arena, q->expr), c);
    arena_defer(q->tree, free_compiled, c);
  }
  return c;
}

// libxml2 sorts results by place; a function's own order is put back.
static void restore_order(Query *q, Value *v) {
  if (!q->n_ordered || v->n > q->n_ordered)
    return;
  Map *in = map_new(q->eval);
  for (size_t i = 0; i < v->n; i++)
    map_put(in, (Str){(const char *)&v->nodes[i], sizeof v->nodes[i]},
            v->nodes[i]);
  XmlNode **out = NEW_ARRAY(q->eval, XmlNode *, v->n);
  size_t k = 0;
  for (size_t i = 0; i < q->n_ordered && k < v->n; i++) {
    XmlNode *const *key = &q->ordered[i];
    if (map_lookup(in, (Str){(const char *)key, sizeof *key}))
      out[k++] = *key;
  }
  if (k == v->n && k)
    memcpy(v->nodes, out, k * sizeof *out);
}

// @value and the like in what comes out as a number or as text: the figure at
// hand is printed by it.
static void note_context(Query *q, const Context *c) {
  static const char *const numbers[] = {"@value", "@low", "@high", "@printed",
                                        "@from"};
  const Figure *f = c->node ? query_number(c->node) : NULL;
  for (size_t i = 0; f && i < sizeof numbers / sizeof *numbers; i++)
    if (str_has(q->expr, str_of(numbers[i]))) {
      *vec_push(q->arena, &q->told) = f;
      return;
    }
}

static void take_told(Query *q, const Context *c, Value *out) {
  if (out->kind != VALUE_TEXT)
    return;
  note_context(q, c);
  if (out->is_number)
    note_operands(q);
  out->told = q->told.data;
  out->n_told = q->told.len;
}

static void take_result(Query *q, xmlXPathObjectPtr o, Value *out) {
  if (o->type == XPATH_NODESET) {
    out->kind = VALUE_NODES;
    out->n = (size_t)set_size(o);
    out->nodes = NEW_ARRAY(q->arena, XmlNode *, out->n);
    for (size_t i = 0; i < out->n; i++)
      out->nodes[i] = o->nodesetval->nodeTab[i];
    restore_order(q, out);
    out->text = out->n ? node_string(q->arena, out->nodes[0]) : STR("");
    out->truth = out->n > 0;
    return;
  }
  out->kind = VALUE_TEXT;
  out->is_number = o->type == XPATH_NUMBER;
  out->number = xmlXPathCastToNumber(o);
  out->truth = xmlXPathCastToBoolean(o) != 0;
  xmlChar *s = xmlXPathCastToString(o);
  out->text = str_copy(q->arena, str_of((const char *)s));
  xmlFree(s);
  if (out->is_number && out->number != out->number)
    out->text = STR("");
}

bool query_exhausted(const Query *q) {
  return q->exhausted;
}

bool query_value(Query *q, Str expr, Span at, const Context *c, Value *out) {
  *out = (Value){.text = STR("")};
  if (query_known_bad(q->layout, expr))
    return false;
  q->expr = expr;
  q->at = at;
  q->scope = c->scope;
  q->failed = false;
  q->n_ordered = 0;
  memset(&q->told, 0, sizeof q->told);
  arena_reset(q->eval);
  xmlXPathCompExprPtr e = compiled(q);
  if (!e)
    return false;
  q->xpath->node = c->node;
  q->xpath->contextSize = c->size ? (int)c->size : 1;
  q->xpath->proximityPosition = c->position ? (int)c->position : 1;
  q->xpath->opCount = 0;
  if (q->ops > OPS_ALL) {
    if (!q->exhausted)
      diag(q->diags, D_XPATH_LIMIT, at, str_int(q->arena, OPS_ALL));
    q->exhausted = true;
    return false;
  }
  xmlXPathObjectPtr o = xmlXPathCompiledEval(e, q->xpath);
  q->ops += q->xpath->opCount;
  bool ok = o && !q->failed;
  if (ok) {
    take_result(q, o, out);
    take_told(q, c, out);
  }
  xmlXPathFreeObject(o);
  if (ok && out->kind == VALUE_TEXT && out->text.len > TEXT_MAX) {
    diag(q->diags, D_XPATH_LONG, at, str_int(q->arena, TEXT_MAX >> 20));
    *out = (Value){.text = STR("")};
    return false;
  }
  return ok;
}

Str node_string(Arena *a, XmlNode *n) {
  xmlChar *s = xmlXPathCastNodeToString(n);
  Str r = str_copy(a, str_of((const char *)s));
  xmlFree(s);
  return r;
}

const Figure *query_figure(const Query *q, XmlNode *n) {
  (void)q;
  const Fact *f = fact_of(n);
  return f ? f->figure : NULL;
}

const Figure *query_number(XmlNode *n) {
  const Fact *f = fact_of(n);
  if (!f || n->type == XML_ELEMENT_NODE)
    return f && f->node == n ? f->figure : NULL;
  bool number = n->type == XML_ATTRIBUTE_NODE &&
                word_in(STR("value low high printed from"),
                        str_of((const char *)n->name));
  return number ? f->figure : NULL;
}

bool query_holds(const Query *q, const Figure *f) {
  const Fact *fact = map_lookup(q->fact_of, f->id);
  return fact && (fact->figure == f || !fact->figure->id.len);
}

const Article *query_article(const Query *q, XmlNode *n) {
  (void)q;
  const Behind *b = behind(n);
  return b ? b->article : NULL;
}

const Page *query_page(const Query *q, XmlNode *n) {
  (void)q;
  const Behind *b = behind(n);
  return b ? b->page : NULL;
}

const Page *query_figure_page(const Query *q, const Figure *f) {
  XmlNode *earlier = map_lookup(q->earlier_of, address_key(&f));
  const Fact *fact = earlier ? fact_of(earlier) : map_lookup(q->fact_of, f->id);
  return fact ? fact->page : NULL;
}

const Article *query_figure_article(const Query *q, const Figure *f) {
  const Fact *fact = map_lookup(q->fact_of, f->id);
  return fact ? fact->article : NULL;
}

const TextBlock *query_block(const Query *q, Str id) {
  return id.len ? map_lookup(q->blocks, id) : NULL;
}

Str period_of(const Query *q) {
  return q->period;
}

// 14-16 40 as 14—16、40.
static Str long_dash(Arena *a, Str s) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < s.len; i++)
    buf_add(&b, s.data[i] == '-'   ? STR("—")
                : s.data[i] == ' ' ? STR("、")
                                   : str_slice(s, i, i + 1));
  return buf_str(&b);
}

// The line of the page file on which the number stands, where the page is at
// hand; else the lines of its paragraph.
Str figure_lines(const Query *q, const Page *p, const Figure *f) {
  const TextBlock *k = query_block(q, f->block);
  if (p && p->source && f->n_places && !p->source->raw_at) {
    uint32_t skipped = (uint32_t)(p->source->text.data - p->source->raw.data);
    uint32_t at = f->places[0].begin;
    if (at >= skipped && at - skipped < p->source->text.len)
      return str_fmt(q->arena, "第%zu行", file_line(p->source, at - skipped));
  }
  return k && k->lines.len ? str_fmt(q->arena, "第%.*s行",
                                     STR_ARG(long_dash(q->arena, k->lines)))
                           : STR("");
}
