// Our functions beside XPath's own: figures(), key-figures(), date() …
#include "query-imp.h"
#include <math.h>

static Str z_str(const xmlChar *s) {
  return str_of((const char *)s);
}

// Takes the top value as text, for this evaluation.
Str pop_text(xmlXPathParserContextPtr p) {
  xmlChar *s = xmlXPathPopString(p);
  Str r = s ? str_copy(query_of(p)->eval, z_str(s)) : STR("");
  xmlFree(s);
  return r;
}

void push_text(xmlXPathParserContextPtr p, Str s) {
  Str z = str_of(str_z(query_of(p)->eval, s));
  valuePush(p, xmlXPathNewString((const xmlChar *)z.data));
}

static xmlXPathObjectPtr pop_nodes(xmlXPathParserContextPtr p) {
  if (!p->value || p->value->type != XPATH_NODESET) {
    xmlXPathObjectPtr other = valuePop(p);
    xmlXPathFreeObject(other);
    return xmlXPathNewNodeSet(NULL);
  }
  return valuePop(p);
}

const Behind *behind(XmlNode *n) {
  while (n && (n->type != XML_ELEMENT_NODE || !n->_private))
    n = n->parent;
  return n && n->type == XML_ELEMENT_NODE ? n->_private : NULL;
}

const Fact *fact_of(XmlNode *n) {
  const Behind *b = n ? behind(n) : NULL;
  return b ? b->fact : NULL;
}

// The first node's figure of a nodeset argument; pops it.
const Fact *pop_fact(xmlXPathParserContextPtr p) {
  xmlXPathObjectPtr o = pop_nodes(p);
  const Fact *f = set_size(o) ? fact_of(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  return f;
}

void keep(Query *q, xmlNodePtr n, const Page *p, const Article *t,
          const Fact *f) {
  Behind *b = NEW(q->arena, Behind);
  *b = (Behind){p, t, f};
  n->_private = b;
}

void free_tree(void *doc) {
  xmlFreeDoc(doc);
}

void push_nodes(xmlXPathParserContextPtr p, XmlNode **nodes, size_t n) {
  xmlNodeSetPtr set = xmlXPathNodeSetCreate(NULL);
  for (size_t i = 0; i < n; i++)
    xmlXPathNodeSetAddUnique(set, nodes[i]);
  Query *q = query_of(p);
  q->ordered = nodes;
  q->n_ordered = n;
  valuePush(p, xmlXPathWrapNodeSet(set));
}

static void push_facts(xmlXPathParserContextPtr p, const Fact **facts,
                       size_t n) {
  XmlNode **nodes = NEW_ARRAY(query_of(p)->eval, XmlNode *, n);
  for (size_t i = 0; i < n; i++)
    nodes[i] = facts[i]->node;
  push_nodes(p, nodes, n);
}

#define FACT_OPS 8 // steps that one fact of a set counts for

// The figures of a nodeset argument; pops it.
const Fact **pop_facts(xmlXPathParserContextPtr p, size_t *n) {
  xmlXPathObjectPtr o = pop_nodes(p);
  const Fact **facts = NEW_ARRAY(query_of(p)->eval, const Fact *, set_size(o));
  *n = 0;
  for (int i = 0; i < set_size(o); i++) {
    const Fact *f = fact_of(o->nodesetval->nodeTab[i]);
    if (f)
      facts[(*n)++] = f;
  }
  query_of(p)->xpath->opCount += FACT_OPS * *n;
  xmlXPathFreeObject(o);
  return facts;
}

static void index_add(Query *q, Str name, const Fact *f) {
  Facts *own = map_lookup(q->named, name);
  if (!own) {
    own = NEW(q->arena, Facts);
    map_put(q->named, name, own);
  }
  *vec_push(q->arena, own) = f;
}

// Facts by their names, so that to ask for one in a loop stays linear.
static void index_facts(Query *q) {
  q->named = map_new(q->arena);
  for (size_t i = 0; i < q->facts.len; i++) {
    const Figure *f = q->facts.data[i]->figure;
    if (figure_doubtful(f))
      continue;
    *vec_push(q->arena, &q->sure) = q->facts.data[i];
    if (f->canon.len)
      index_add(q, f->canon, q->facts.data[i]);
    if (f->indicator.len && !str_eq(f->canon, f->indicator))
      index_add(q, f->indicator, q->facts.data[i]);
  }
}

// A copy, which may be cut down, of the facts of that name; empty: of all.
static const Fact **facts_named(Query *q, Str name, size_t *n) {
  if (!q->named)
    index_facts(q);
  const Facts *from = name.len ? map_lookup(q->named, name) : &q->sure;
  *n = from ? from->len : 0;
  const Fact **facts = NEW_ARRAY(q->eval, const Fact *, *n);
  if (*n)
    memcpy(facts, from->data, *n * sizeof(const Fact *));
  q->xpath->opCount += FACT_OPS * *n;
  return facts;
}

static const Fact **all_facts(Query *q, size_t *n) {
  return facts_named(q, STR(""), n);
}

// The figures of the top value are put into words.
static void note_told(xmlXPathParserContextPtr p) {
  Query *q = query_of(p);
  xmlXPathObjectPtr o = p->value;
  if (!o || o->type != XPATH_NODESET)
    return;
  for (int i = 0; i < set_size(o); i++) {
    const Figure *f = query_number(o->nodesetval->nodeTab[i]);
    if (f)
      *vec_push(q->arena, &q->told) = f;
  }
}

size_t pop_count(xmlXPathParserContextPtr p) {
  double want = xmlXPathPopNumber(p);
  return want >= 1 && want < 1e6 ? (size_t)want : 0;
}

static void fn_figures(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  Str period = n > 2 ? pop_text(p) : STR("");
  Str region = n > 1 ? pop_text(p) : STR("");
  Str indicator = n > 0 ? pop_text(p) : STR("");
  size_t k;
  const Fact **facts = facts_named(q, indicator, &k);
  k = facts_matching(facts, k, region, period);
  push_facts(p, facts, facts_unique(q->eval, facts, k));
}

static void fn_facts(xmlXPathParserContextPtr p, int n) {
  (void)n;
  size_t k;
  const Fact **facts = pop_facts(p, &k);
  push_facts(p, facts, facts_unique(query_of(p)->eval, facts, k));
}

static void fn_in_period(xmlXPathParserContextPtr p, int n) {
  (void)n;
  size_t k;
  const Fact **facts = pop_facts(p, &k);
  push_facts(p, facts, facts_within(facts, k, query_of(p)->period));
}

static void fn_key_figures(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  size_t k;
  const Fact **facts = n > 1 ? pop_facts(p, &k) : all_facts(q, &k);
  k = facts_within(facts, k, q->period);
  k = facts_key(q->eval, facts, k, pop_count(p));
  push_facts(p, facts, k);
}

static void fn_telling(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  size_t k;
  const Fact **facts = n > 1 ? pop_facts(p, &k) : all_facts(q, &k);
  push_facts(p, facts,
             facts_telling(q->eval, facts, k, pop_count(p), q->period));
}

static void fn_comparable(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  size_t k;
  const Fact **facts = n > 1 ? pop_facts(p, &k) : all_facts(q, &k);
  size_t most = n > 0 ? pop_count(p) : 12;
  k = facts_within(facts, facts_unique(q->eval, facts, k), q->period);
  push_facts(p, facts, facts_comparable(q->eval, facts, k, most));
}

static xmlNodePtr topic_attr(xmlNodePtr article) {
  return (xmlNodePtr)xmlHasProp(article, (const xmlChar *)"topic");
}

static Str article_topic(const Query *q, size_t i) {
  return ((const Behind *)q->article_nodes.data[i]->_private)->article->topic;
}

static bool article_used(const Query *q, size_t i) {
  const Behind *b = q->article_nodes.data[i]->_private;
  return !str_is(b->article->use, "no");
}

static void add_topic(Query *q, Map *seen, Str name, XmlNode **out, size_t *k) {
  if (map_lookup(seen, name))
    return;
  for (size_t i = 0; i < q->article_nodes.len; i++) {
    if (!article_used(q, i) || !str_eq(article_topic(q, i), name))
      continue;
    xmlNodePtr t = topic_attr(q->article_nodes.data[i]);
    map_put(seen, name, q);
    if (t)
      out[(*k)++] = t;
    return;
  }
}

static void fn_topics(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  const Dictionary *dict = &q->layout->dict;
  size_t k = 0, articles = q->article_nodes.len;
  XmlNode **out = NEW_ARRAY(q->eval, XmlNode *, articles + dict->n_topics);
  Map *seen = map_new(q->eval);
  for (size_t i = 0; i < dict->n_topics; i++)
    add_topic(q, seen, dict->topics[i].name, out, &k);
  for (size_t i = 0; i < articles; i++)
    if (article_used(q, i) && article_topic(q, i).len)
      add_topic(q, seen, article_topic(q, i), out, &k);
  add_topic(q, seen, STR(""), out, &k); // what has no topic comes last
  push_nodes(p, out, k);
}

static void fn_distinct(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  xmlXPathObjectPtr o = pop_nodes(p);
  XmlNode **out = NEW_ARRAY(q->eval, XmlNode *, set_size(o));
  Map *seen = map_new(q->eval);
  size_t k = 0;
  for (int i = 0; i < set_size(o); i++) {
    XmlNode *x = o->nodesetval->nodeTab[i];
    Str s = node_string(q->eval, x);
    if (map_lookup(seen, s))
      continue;
    map_put(seen, s, q);
    out[k++] = x;
  }
  xmlXPathFreeObject(o);
  push_nodes(p, out, k);
}

static void fn_wan(xmlXPathParserContextPtr p, int n) {
  (void)n;
  note_told(p);
  valuePush(p, xmlXPathNewFloat(xmlXPathPopNumber(p) / 1e4));
}

static void fn_yi(xmlXPathParserContextPtr p, int n) {
  (void)n;
  note_told(p);
  valuePush(p, xmlXPathNewFloat(xmlXPathPopNumber(p) / 1e8));
}

static void fn_number(xmlXPathParserContextPtr p, int n) {
  if (n < 2) {
    xmlXPathNumberFunction(p, n);
    return;
  }
  Str picture = pop_text(p);
  note_told(p);
  double v = xmlXPathPopNumber(p);
  push_text(p, format_number(query_of(p)->eval, v, picture));
}

static void fn_sum(xmlXPathParserContextPtr p, int n) {
  note_told(p);
  xmlXPathSumFunction(p, n);
}

static void fn_hanzi(xmlXPathParserContextPtr p, int n) {
  (void)n;
  double v = xmlXPathPopNumber(p);
  bool ok = v == v && v > -1e9 && v < 1e9;
  push_text(p, ok ? format_hanzi(query_of(p)->eval, (long)v) : STR(""));
}

static Str pop_date(xmlXPathParserContextPtr p) {
  Query *q = query_of(p);
  Str s = pop_text(p);
  if (s.len && !date_right(s))
    diag(q->diags, D_DATE_VALUE, q->at, s);
  return s;
}

static void fn_date(xmlXPathParserContextPtr p, int n) {
  Str picture = n > 1 ? pop_text(p) : STR("");
  Str iso = pop_date(p);
  push_text(p, date_right(iso) ? format_date(query_of(p)->eval, iso, picture)
                               : iso);
}

static void fn_period(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  if (n == 0) {
    push_text(p, q->period);
    return;
  }
  if (p->value && p->value->type != XPATH_NODESET) {
    push_text(p, format_period(q->eval, pop_text(p), STR("")));
    return;
  }
  const Fact *f = pop_fact(p);
  push_text(p, f ? format_period(q->eval, f->figure->period,
                                 f->figure->period_printed)
                 : STR(""));
}

static void fn_month_end(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Str period = pop_date(p);
  push_text(p, date_right(period) ? period_last_day(query_of(p)->eval, period)
                                  : period);
}

static void fn_source(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  push_text(p,
            b && b->page ? source_words(query_of(p)->eval, b->page) : STR(""));
}

static void fn_page(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  Str id = pop_text(p);
  xmlNodePtr root = xmlDocGetRootElement(q->doc), found = NULL;
  for (xmlNodePtr c = root->children; c && !found; c = c->next)
    if (c->_private && str_eq(((Behind *)c->_private)->page->id, id))
      found = c;
  push_nodes(p, &found, found ? 1 : 0);
}

static void fn_place(xmlXPathParserContextPtr p, int n) {
  (void)n;
  const Fact *f = pop_fact(p);
  push_text(p, f ? figure_place(query_of(p)->eval, f->figure) : STR(""));
}

static void fn_figure_text(xmlXPathParserContextPtr p, int n) {
  Str scale = n > 1 ? pop_text(p) : STR("");
  note_told(p);
  const Fact *f = pop_fact(p);
  push_text(p, f ? figure_whole(query_of(p)->eval, f->figure, scale, STR(""))
                 : STR(""));
}

static void fn_authors(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  push_text(p, b && b->article ? article_authors(query_of(p)->eval, b->article)
                               : STR(""));
}

static void fn_where(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  const Fact *f = pop_fact(p);
  Str lines = f ? figure_lines(q, f->page, f->figure) : STR("");
  push_text(p, f ? str_fmt(q->eval, "%.*s%s%.*s", STR_ARG(f->page->file),
                           lines.len ? "，" : "", STR_ARG(lines))
                 : STR(""));
}

// A layout asks it of every article several times.
static bool has_digest(Query *q, const Article *t) {
  static const bool answers[] = {false, true};
  if (!q->digests)
    q->digests = map_new(q->arena);
  const Article **key = NEW(q->arena, const Article *);
  *key = t;
  Str name = {(const char *)key, sizeof(Article *)};
  const bool *known = map_lookup(q->digests, name);
  if (!known) {
    known = &answers[digest_exists(t)];
    map_put(q->digests, name, (void *)known);
  }
  return *known;
}

static void fn_has_digest(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  bool has = b && b->article && has_digest(query_of(p), b->article);
  valuePush(p, xmlXPathNewBoolean(has));
}

static void fn_label(xmlXPathParserContextPtr p, int n) {
  (void)n;
  const Fact *f = pop_fact(p);
  push_text(p, f ? figure_label(query_of(p)->eval, f->figure) : STR(""));
}

static void fn_headline(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  push_text(p, b && b->article ? article_headline(query_of(p)->eval, b->article)
                               : STR(""));
}

static void fn_string_join(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  Str between = pop_text(p);
  xmlXPathObjectPtr o = pop_nodes(p);
  Buf b = buf_new(q->eval);
  for (int i = 0; i < set_size(o); i++) {
    if (i)
      buf_add(&b, between);
    buf_add(&b, node_string(q->eval, o->nodesetval->nodeTab[i]));
  }
  xmlXPathFreeObject(o);
  push_text(p, buf_str(&b));
}

static void fn_if(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr no = valuePop(p), yes = valuePop(p);
  bool test = xmlXPathPopBoolean(p) != 0;
  xmlXPathFreeObject(test ? no : yes);
  valuePush(p, test ? yes : no);
}

static void fn_sum_check(xmlXPathParserContextPtr p, int n) {
  (void)n;
  double whole = xmlXPathPopNumber(p), sum = 0;
  size_t k;
  const Fact **facts = pop_facts(p, &k);
  bool known = k > 0;
  for (size_t i = 0; i < k; i++) {
    double v;
    if (parse_decimal(facts[i]->figure->value, &v))
      sum += v;
    else
      known = false;
  }
  valuePush(p, xmlXPathNewBoolean(known && fabs(sum - whole) < 1e-6));
}

typedef struct {
  Str name;
  int least, most;
  void (*run)(xmlXPathParserContextPtr p, int n);
} FunctionRow;

static const FunctionRow functions[] = {
#define FUNCTION(name, id, least, most, en, zh)                                \
  {ROW(name), least, most, fn_##id},
#include "functions.def"
#undef FUNCTION
};

enum { N_FUNCTIONS = sizeof functions / sizeof *functions };

static const FunctionRow *function_row(Str name) {
  for (size_t i = 0; i < N_FUNCTIONS; i++)
    if (str_eq(functions[i].name, name))
      return &functions[i];
  return NULL;
}

static void call(xmlXPathParserContextPtr p, int n) {
  const FunctionRow *row = function_row(z_str(p->context->function));
  if (!row || n < row->least || n > row->most) {
    xmlXPathErr(p, XPATH_INVALID_ARITY);
    return;
  }
  row->run(p, n);
}

bool function_known(Str name) {
  return function_row(name) != NULL;
}

Str function_nearest(Str name) {
  Str names[N_FUNCTIONS];
  for (size_t i = 0; i < N_FUNCTIONS; i++)
    names[i] = functions[i].name;
  return str_nearest(name, names, N_FUNCTIONS);
}

void functions_register(Query *q) {
  for (size_t i = 0; i < N_FUNCTIONS; i++) {
    const xmlChar *name = (const xmlChar *)functions[i].name.data;
    xmlXPathRegisterFunc(q->xpath, name, NULL); // number() is widened
    xmlXPathRegisterFunc(q->xpath, name, call);
  }
}
