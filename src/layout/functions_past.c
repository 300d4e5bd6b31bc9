// XPath functions over earlier issues: previous(), change(), series() …
#include "query-imp.h"
#include <math.h>

// An earlier figure as a node of its own, so that paths go on from it.
static xmlNodePtr earlier_node(Query *q, const FigureAt *at) {
  xmlNodePtr n = map_lookup(q->earlier_of, address_key(&at->figure));
  if (n)
    return n;
  if (!q->earlier) {
    q->earlier = xmlNewDoc((const xmlChar *)"1.0");
    xmlDocSetRootElement(q->earlier,
                         xmlNewNode(NULL, (const xmlChar *)"earlier"));
    arena_defer(q->arena, free_tree, q->earlier);
  }
  n = xmlNewChild(xmlDocGetRootElement(q->earlier), NULL,
                  (const xmlChar *)"figure", NULL);
#define F(field, name)                                                         \
  xmlNewProp(n, (const xmlChar *)(name),                                       \
             (const xmlChar *)str_z(q->arena, at->figure->field));
  FIGURE_FIELDS(F)
#undef F
  Fact *f = NEW(q->arena, Fact);
  *f = (Fact){at->figure, at->article, at->page, n, 0};
  keep(q, n, at->page, at->article, f);
  const Figure **key = NEW(q->arena, const Figure *);
  *key = at->figure;
  map_put(q->earlier_of, address_key(key), n);
  return n;
}

static bool earlier_figure(const Query *q, const Fact *f, Back back,
                           FigureAt *out) {
  return f && q->history && history_lookup(q->history, f->figure, back, out);
}

static Back pop_back(xmlXPathParserContextPtr p, int n) {
  return n > 1 ? base_back(pop_text(p)) : BACK_PREVIOUS;
}

void fn_previous(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  Back back = pop_back(p, n);
  size_t facts_n, k = 0;
  const Fact **facts = pop_facts(p, &facts_n);
  XmlNode **out = NEW_ARRAY(q->eval, XmlNode *, facts_n);
  FigureAt then;
  for (size_t i = 0; i < facts_n; i++)
    if (earlier_figure(q, facts[i], back, &then))
      out[k++] = earlier_node(q, &then);
  push_nodes(p, out, k);
}

void fn_change(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  Back back = pop_back(p, n);
  const Fact *f = pop_fact(p);
  FigureAt then;
  double now, before, change = NAN;
  if (earlier_figure(q, f, back, &then) &&
      parse_decimal(f->figure->value, &now) &&
      parse_decimal(then.figure->value, &before)) {
    change = now - before;
    *vec_push(q->arena, &q->told) = f->figure;
  }
  valuePush(p, xmlXPathNewFloat(change));
}

void fn_trend(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  Str base = n > 1 ? pop_text(p) : STR("");
  const Fact *f = pop_fact(p);
  int way =
      f ? figure_trend(q->eval, q->dossier, &q->layout->dict, f->figure, base)
        : 0;
  push_text(p, way > 0 ? STR("better") : way < 0 ? STR("worse") : STR(""));
}

// ---- series -----------------------------------------------------------------

// A period of which nothing is known, with what the series has in common.
static FigureAt missing(Query *q, const Fact *f, size_t back) {
  Figure *blank = NEW(q->arena, Figure);
  *blank = *f->figure;
  blank->id = blank->printed = blank->value = blank->low = blank->high =
      blank->quote = blank->from = blank->fact = STR("");
  blank->period = period_back(q->arena, f->figure, (int)back);
  return (FigureAt){f->page, f->article, blank};
}

enum { SERIES_NODES = 20000 };

typedef VEC(XmlNode *) Nodes;

static void one_series(Query *q, const Fact *f, size_t count, Nodes *out) {
  FigureList list = {NULL, 0};
  if (q->history && count)
    list = history_series(q->history, f->figure, count);
  bool begun = false; // what was before the first one is no gap
  for (size_t i = 0; i + 1 < list.len && out->len < SERIES_NODES; i++) {
    FigureAt at = list.data[i];
    begun = begun || at.figure;
    if (!begun)
      continue;
    if (!at.figure)
      at = missing(q, f, list.len - 1 - i);
    *vec_push(q->eval, out) = earlier_node(q, &at);
  }
  *vec_push(q->eval, out) = f->node;
}

void fn_series(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  size_t count = pop_count(p), facts_n;
  const Fact **facts = pop_facts(p, &facts_n);
  Nodes out = {0};
  for (size_t i = 0; i < facts_n; i++)
    one_series(q, facts[i], count, &out);
  push_nodes(p, out.data, out.len);
}

// ---- new, revised, gone -----------------------------------------------------

void fn_status(xmlXPathParserContextPtr p, int n) {
  (void)n;
  const Fact *f = pop_fact(p);
  push_text(p, f ? figure_status(query_of(p)->dossier, f->figure) : STR(""));
}

void fn_dropped(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  FigureList list = {NULL, 0};
  if (q->history)
    list = history_dropped(q->history, q->dossier);
  XmlNode **out = NEW_ARRAY(q->eval, XmlNode *, list.len);
  for (size_t i = 0; i < list.len; i++)
    out[i] = earlier_node(q, &list.data[i]);
  push_nodes(p, out, list.len);
}
