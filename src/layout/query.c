// Expressions over the dossier: libxml2's XPath behind the room's own types.
// The tree has no namespace; a figure in doubt is named `doubt` in it, so that
// no query for figures returns it.
#include "select.h"
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>

#define OPS_MAX 20000000   // steps of one evaluation
#define OPS_ALL 1000000000 // of a whole run

// What stands behind a node, kept in its _private.
typedef struct {
  const Page *page;
  const Article *article;
  const Fact *fact; // figures
} Behind;

struct Query {
  Arena *arena;
  Diags *diags;
  const Layout *layout;
  Str period;
  xmlDocPtr doc;
  xmlXPathContextPtr xpath;
  Map *compiled;     // expression → xmlXPathCompExprPtr
  Map *blocks;       // id → TextBlock
  Map *fact_of;      // figure id → Fact
  History *history;  // NULL: nothing earlier is known
  xmlDocPtr earlier; // nodes of earlier figures
  Map *earlier_of;   // figure id → node
  Facts facts;
  VEC(xmlNodePtr) article_nodes;
  const Scope *scope;
  Str expr;
  Span at;
  bool failed;
  unsigned long ops; // taken so far
  XmlNode **ordered; // order that a function gave its nodes
  size_t n_ordered;
};

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

static void on_error(void *data, xmlErrorPtr e) {
  Query *q = data;
  if (q->failed)
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
  bool whole = id == D_XPATH_LIMIT || id == D_XPATH_ARITY || id == D_XPATH_TYPE;
  diag(q->diags, id, whole ? q->at : place, str_int(q->arena, OPS_MAX));
}

// ---- functions --------------------------------------------------------------

static Query *query_of(xmlXPathParserContextPtr p) {
  return p->context->userData;
}

static Str z_str(const xmlChar *s) {
  return str_of((const char *)s);
}

// Takes the top value as text, in the arena.
static Str pop_text(xmlXPathParserContextPtr p) {
  xmlChar *s = xmlXPathPopString(p);
  Str r = s ? str_copy(query_of(p)->arena, z_str(s)) : STR("");
  xmlFree(s);
  return r;
}

static void push_text(xmlXPathParserContextPtr p, Str s) {
  Str z = str_of(str_z(query_of(p)->arena, s));
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

static int set_size(const xmlXPathObject *o) {
  return o->nodesetval ? o->nodesetval->nodeNr : 0;
}

static const Behind *behind(XmlNode *n) {
  while (n && (n->type != XML_ELEMENT_NODE || !n->_private))
    n = n->parent;
  return n && n->type == XML_ELEMENT_NODE ? n->_private : NULL;
}

static const Fact *fact_of(XmlNode *n) {
  const Behind *b = n ? behind(n) : NULL;
  return b ? b->fact : NULL;
}

// The first node's figure of a nodeset argument; pops it.
static const Fact *pop_fact(xmlXPathParserContextPtr p) {
  xmlXPathObjectPtr o = pop_nodes(p);
  const Fact *f = set_size(o) ? fact_of(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  return f;
}

static void keep(Query *q, xmlNodePtr n, const Page *p, const Article *t,
                 const Fact *f) {
  Behind *b = NEW(q->arena, Behind);
  *b = (Behind){p, t, f};
  n->_private = b;
}

static void free_tree(void *doc) {
  xmlFreeDoc(doc);
}

static void push_nodes(xmlXPathParserContextPtr p, XmlNode **nodes, size_t n) {
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
  XmlNode **nodes = NEW_ARRAY(query_of(p)->arena, XmlNode *, n);
  for (size_t i = 0; i < n; i++)
    nodes[i] = facts[i]->node;
  push_nodes(p, nodes, n);
}

// The figures of a nodeset argument; pops it.
static const Fact **pop_facts(xmlXPathParserContextPtr p, size_t *n) {
  xmlXPathObjectPtr o = pop_nodes(p);
  const Fact **facts = NEW_ARRAY(query_of(p)->arena, const Fact *, set_size(o));
  *n = 0;
  for (int i = 0; i < set_size(o); i++) {
    const Fact *f = fact_of(o->nodesetval->nodeTab[i]);
    if (f)
      facts[(*n)++] = f;
  }
  xmlXPathFreeObject(o);
  return facts;
}

static const Fact **all_facts(Query *q, size_t *n) {
  const Fact **facts = NEW_ARRAY(q->arena, const Fact *, q->facts.len);
  *n = 0;
  for (size_t i = 0; i < q->facts.len; i++)
    if (!figure_doubtful(q->facts.data[i]->figure))
      facts[(*n)++] = q->facts.data[i];
  return facts;
}

static size_t pop_count(xmlXPathParserContextPtr p) {
  double want = xmlXPathPopNumber(p);
  return want >= 1 && want < 1e6 ? (size_t)want : 0;
}

static void fn_figures(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  Str period = n > 2 ? pop_text(p) : STR("");
  Str region = n > 1 ? pop_text(p) : STR("");
  Str indicator = n > 0 ? pop_text(p) : STR("");
  size_t k;
  const Fact **facts = all_facts(q, &k);
  k = facts_matching(facts, k, indicator, region, period);
  push_facts(p, facts, facts_unique(q->arena, facts, k));
}

static void fn_facts(xmlXPathParserContextPtr p, int n) {
  (void)n;
  size_t k;
  const Fact **facts = pop_facts(p, &k);
  push_facts(p, facts, facts_unique(query_of(p)->arena, facts, k));
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
  k = facts_key(q->arena, facts, k, pop_count(p));
  push_facts(p, facts, k);
}

static void fn_telling(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  size_t k;
  const Fact **facts = n > 1 ? pop_facts(p, &k) : all_facts(q, &k);
  push_facts(p, facts,
             facts_telling(q->arena, facts, k, pop_count(p), q->period));
}

static void fn_comparable(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  size_t k;
  const Fact **facts = n > 1 ? pop_facts(p, &k) : all_facts(q, &k);
  size_t most = n > 0 ? pop_count(p) : 12;
  k = facts_within(facts, facts_unique(q->arena, facts, k), q->period);
  push_facts(p, facts, facts_comparable(q->arena, facts, k, most));
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
  XmlNode **out = NEW_ARRAY(q->arena, XmlNode *, articles + dict->n_topics);
  Map *seen = map_new(q->arena);
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
  XmlNode **out = NEW_ARRAY(q->arena, XmlNode *, set_size(o));
  Map *seen = map_new(q->arena);
  size_t k = 0;
  for (int i = 0; i < set_size(o); i++) {
    XmlNode *x = o->nodesetval->nodeTab[i];
    Str s = node_string(q->arena, x);
    if (map_lookup(seen, s))
      continue;
    map_put(seen, s, q);
    out[k++] = x;
  }
  xmlXPathFreeObject(o);
  push_nodes(p, out, k);
}

// An earlier figure as a node of its own, so that paths go on from it.
static xmlNodePtr earlier_node(Query *q, const FigureAt *at) {
  xmlNodePtr n = map_lookup(q->earlier_of, at->figure->id);
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
  map_put(q->earlier_of, at->figure->id, n);
  return n;
}

static bool earlier_figure(const Query *q, const Fact *f, FigureAt *out) {
  return f && q->history &&
         history_lookup(q->history, f->figure, BACK_PREVIOUS, out);
}

static void fn_previous(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  FigureAt then;
  if (!earlier_figure(q, pop_fact(p), &then)) {
    push_nodes(p, NULL, 0);
    return;
  }
  XmlNode **one = NEW(q->arena, XmlNode *);
  *one = earlier_node(q, &then);
  push_nodes(p, one, 1);
}

static void fn_change(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  const Fact *f = pop_fact(p);
  FigureAt then;
  double now, before, change = NAN;
  if (earlier_figure(q, f, &then) && parse_decimal(f->figure->value, &now) &&
      parse_decimal(then.figure->value, &before))
    change = now - before;
  valuePush(p, xmlXPathNewFloat(change));
}

static void fn_wan(xmlXPathParserContextPtr p, int n) {
  (void)n;
  valuePush(p, xmlXPathNewFloat(xmlXPathPopNumber(p) / 1e4));
}

static void fn_yi(xmlXPathParserContextPtr p, int n) {
  (void)n;
  valuePush(p, xmlXPathNewFloat(xmlXPathPopNumber(p) / 1e8));
}

static void fn_number(xmlXPathParserContextPtr p, int n) {
  if (n < 2) {
    xmlXPathNumberFunction(p, n);
    return;
  }
  Str picture = pop_text(p);
  double v = xmlXPathPopNumber(p);
  push_text(p, format_number(query_of(p)->arena, v, picture));
}

static void fn_hanzi(xmlXPathParserContextPtr p, int n) {
  (void)n;
  double v = xmlXPathPopNumber(p);
  bool ok = v == v && v > -1e9 && v < 1e9;
  push_text(p, ok ? format_hanzi(query_of(p)->arena, (long)v) : STR(""));
}

static void fn_date(xmlXPathParserContextPtr p, int n) {
  Str picture = n > 1 ? pop_text(p) : STR("");
  Str iso = pop_text(p);
  push_text(p, format_date(query_of(p)->arena, iso, picture));
}

static void fn_period(xmlXPathParserContextPtr p, int n) {
  Query *q = query_of(p);
  if (n == 0) {
    push_text(p, q->period);
    return;
  }
  if (p->value && p->value->type != XPATH_NODESET) {
    push_text(p, format_period(q->arena, pop_text(p), STR("")));
    return;
  }
  const Fact *f = pop_fact(p);
  push_text(p, f ? format_period(q->arena, f->figure->period,
                                 f->figure->period_printed)
                 : STR(""));
}

static void fn_month_end(xmlXPathParserContextPtr p, int n) {
  (void)n;
  push_text(p, period_last_day(query_of(p)->arena, pop_text(p)));
}

static void fn_source(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  push_text(p,
            b && b->page ? source_words(query_of(p)->arena, b->page) : STR(""));
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
  push_text(p, f ? figure_place(query_of(p)->arena, f->figure) : STR(""));
}

static void fn_figure_text(xmlXPathParserContextPtr p, int n) {
  Str scale = n > 1 ? pop_text(p) : STR("");
  const Fact *f = pop_fact(p);
  push_text(p, f ? figure_whole(query_of(p)->arena, f->figure, scale, STR(""))
                 : STR(""));
}

static void fn_authors(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  push_text(p, b && b->article ? article_authors(query_of(p)->arena, b->article)
                               : STR(""));
}

static void fn_where(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  const Fact *f = pop_fact(p);
  Str lines = f ? figure_lines(q, f->page, f->figure) : STR("");
  push_text(p, f ? str_fmt(q->arena, "%.*s%s%.*s", STR_ARG(f->page->file),
                           lines.len ? "，" : "", STR_ARG(lines))
                 : STR(""));
}

static void fn_headline(xmlXPathParserContextPtr p, int n) {
  (void)n;
  xmlXPathObjectPtr o = pop_nodes(p);
  const Behind *b = set_size(o) ? behind(o->nodesetval->nodeTab[0]) : NULL;
  xmlXPathFreeObject(o);
  push_text(p, b && b->article
                   ? article_headline(query_of(p)->arena, b->article)
                   : STR(""));
}

static void fn_string_join(xmlXPathParserContextPtr p, int n) {
  (void)n;
  Query *q = query_of(p);
  Str between = pop_text(p);
  xmlXPathObjectPtr o = pop_nodes(p);
  Buf b = buf_new(q->arena);
  for (int i = 0; i < set_size(o); i++) {
    if (i)
      buf_add(&b, between);
    buf_add(&b, node_string(q->arena, o->nodesetval->nodeTab[i]));
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

static xmlXPathObjectPtr lookup_variable(void *data, const xmlChar *name,
                                         const xmlChar *uri) {
  (void)uri;
  Query *q = data;
  Str s = z_str(name);
  for (const Scope *v = q->scope; v; v = v->up)
    if (str_eq(v->name, s))
      return value_object(&v->value);
  Value param = {.kind = VALUE_TEXT, .text = layout_param(q->layout, s)};
  if (str_is(s, "period"))
    param.text = q->period;
  return param.text.data ? value_object(&param) : NULL;
}

// ---- checking without a dossier ---------------------------------------------

static bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
         (c & 0x80);
}

static bool known_function(Str name) {
  return function_row(name) ||
         word_in(STR("last position count id local-name namespace-uri name "
                     "string concat starts-with contains substring-before "
                     "substring-after substring string-length normalize-space "
                     "translate boolean not true false lang number sum floor "
                     "ceiling round node text comment processing-instruction "
                     "and or div mod"),
                 name);
}

static void unknown_function(Query *q, Str name, Span at) {
  Str names[N_FUNCTIONS];
  for (size_t i = 0; i < N_FUNCTIONS; i++)
    names[i] = functions[i].name;
  Str near = str_nearest(name, names, N_FUNCTIONS);
  diag(q->diags, near.data ? D_XPATH_FUNCTION_NEAREST : D_XPATH_FUNCTION, at,
       name, near);
  diag_fix(q->diags, near);
  q->failed = true;
}

static void check_variable(Query *q, Str name, Span at) {
  const Layout *l = q->layout;
  if (layout_param(l, name).data)
    return;
  if (map_lookup(l->name_of, name))
    return;
  size_t n = l->names.len < 500 ? l->names.len : 500;
  Str near = str_nearest(name, l->names.data, n);
  diag(q->diags, near.data ? D_XPATH_VARIABLE_NEAREST : D_XPATH_VARIABLE, at,
       name, near);
  diag_fix(q->diags, near);
  q->failed = true;
}

// libxml2 takes "f(1" for a whole expression: brackets are counted here.
static bool brackets_close(Str e) {
  int open = 0;
  for (size_t i = 0; i < e.len && open >= 0; i++) {
    char c = e.data[i];
    if (c == '\'' || c == '"')
      i = str_find(e, (Str){&e.data[i], 1}, i + 1);
    open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    if (i == SIZE_MAX)
      break;
  }
  return open == 0;
}

// Looks at names before '(' and after '$', outside quotes.
static void check_names(Query *q, Str e) {
  for (size_t i = 0; i < e.len; i++) {
    char c = e.data[i];
    if (c == '\'' || c == '"') {
      size_t end = str_find(e, (Str){&e.data[i], 1}, i + 1);
      i = end == SIZE_MAX ? e.len : end;
      continue;
    }
    bool variable = c == '$';
    size_t from = variable ? i + 1 : i, to = from;
    while (to < e.len && name_char(e.data[to]))
      to++;
    if (to == from)
      continue;
    Str name = str_slice(e, from, to);
    size_t next = to;
    while (next < e.len && e.data[next] == ' ')
      next++;
    bool axis = from > 0 && e.data[from - 1] == ':';
    if (variable)
      check_variable(q, name, span_inside(q->at, e, i, to));
    else if (next < e.len && e.data[next] == '(' && !axis &&
             !known_function(name))
      unknown_function(q, name, span_inside(q->at, e, from, to));
    i = to - 1;
  }
}

bool query_check(Arena *a, Diags *d, const Layout *l, Str expr, Span at) {
  Query q = {.arena = a, .diags = d, .layout = l, .expr = expr, .at = at};
  xmlXPathContextPtr x = xmlXPathNewContext(NULL);
  x->error = on_error;
  x->userData = &q;
  xmlXPathCompExprPtr c =
      xmlXPathCtxtCompile(x, (const xmlChar *)str_z(a, expr));
  if (!q.failed && (!c || !brackets_close(expr))) {
    diag(d, c ? D_XPATH_UNCLOSED : D_XPATH_SYNTAX, at, STR(""));
    q.failed = true;
  }
  xmlXPathFreeCompExpr(c);
  xmlXPathFreeContext(x);
  if (!q.failed)
    check_names(&q, expr);
  return !q.failed;
}

// ---- the tree ---------------------------------------------------------------

static xmlNodePtr next_named(xmlNodePtr n, const char *name) {
  while (n && (n->type != XML_ELEMENT_NODE ||
               strcmp((const char *)n->name, name) != 0))
    n = n->next;
  return n;
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
    n = n->next;
  }
}

static void strip(xmlNodePtr root) {
  xmlNodePtr n = root;
  while (n) {
    n->ns = NULL;
    n->_private = NULL;
    if (n->type == XML_ELEMENT_NODE && n->children) {
      n = n->children;
      continue;
    }
    while (n != root && !n->next)
      n = n->parent;
    n = n == root ? NULL : n->next;
  }
}

static void bind_tree(Query *q, const Dossier *dossier) {
  xmlNodePtr root = xmlDocGetRootElement(q->doc);
  strip(root);
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

Query *query_new(Arena *a, Diags *d, const Layout *l, const Dossier *dossier,
                 Str period) {
  Str text = dossier_text(a, dossier);
  XmlNode *root = xml_parse(a, d, file_of(a, STR("(dossier)"), text));
  if (!root)
    return NULL;
  Query *q = NEW(a, Query);
  q->arena = a;
  q->diags = d;
  q->layout = l;
  q->period = period;
  q->doc = root->doc;
  q->compiled = map_new(a);
  q->blocks = map_new(a);
  q->fact_of = map_new(a);
  q->earlier_of = map_new(a);
  q->history = dossier->history;
  bind_tree(q, dossier);
  q->xpath = xmlXPathNewContext(q->doc);
  arena_defer(a, free_context, q->xpath);
  q->xpath->error = on_error;
  q->xpath->userData = q;
  q->xpath->opLimit = OPS_MAX;
  for (size_t i = 0; i < N_FUNCTIONS; i++) {
    const xmlChar *name = (const xmlChar *)functions[i].name.data;
    xmlXPathRegisterFunc(q->xpath, name, NULL); // number() is widened
    xmlXPathRegisterFunc(q->xpath, name, call);
  }
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
    arena_defer(q->arena, free_compiled, c);
  }
  return c;
}

// libxml2 sorts results by place; a function's own order is put back.
static void restore_order(const Query *q, Value *v) {
  if (!q->n_ordered || v->n > q->n_ordered)
    return;
  Map *in = map_new(q->arena);
  for (size_t i = 0; i < v->n; i++)
    map_put(in, (Str){(const char *)&v->nodes[i], sizeof v->nodes[i]},
            v->nodes[i]);
  XmlNode **out = NEW_ARRAY(q->arena, XmlNode *, v->n);
  size_t k = 0;
  for (size_t i = 0; i < q->n_ordered && k < v->n; i++) {
    XmlNode *const *key = &q->ordered[i];
    if (map_lookup(in, (Str){(const char *)key, sizeof *key}))
      out[k++] = *key;
  }
  if (k == v->n)
    v->nodes = out;
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
  out->text = str_copy(q->arena, z_str(s));
  xmlFree(s);
  if (out->is_number && out->number != out->number)
    out->text = STR("");
}

bool query_value(Query *q, Str expr, Span at, const Context *c, Value *out) {
  *out = (Value){.text = STR("")};
  q->expr = expr;
  q->at = at;
  q->scope = c->scope;
  q->failed = false;
  q->n_ordered = 0;
  xmlXPathCompExprPtr e = compiled(q);
  if (!e)
    return false;
  q->xpath->node = c->node;
  q->xpath->contextSize = c->size ? (int)c->size : 1;
  q->xpath->proximityPosition = c->position ? (int)c->position : 1;
  q->xpath->opCount = 0;
  if (q->ops > OPS_ALL) {
    diag(q->diags, D_XPATH_LIMIT, at, str_int(q->arena, OPS_ALL));
    return false;
  }
  xmlXPathObjectPtr o = xmlXPathCompiledEval(e, q->xpath);
  q->ops += q->xpath->opCount;
  bool ok = o && !q->failed;
  if (ok)
    take_result(q, o, out);
  xmlXPathFreeObject(o);
  return ok;
}

Str node_string(Arena *a, XmlNode *n) {
  xmlChar *s = xmlXPathCastNodeToString(n);
  Str r = str_copy(a, z_str(s));
  xmlFree(s);
  return r;
}

const Figure *query_figure(const Query *q, XmlNode *n) {
  (void)q;
  const Fact *f = fact_of(n);
  return f ? f->figure : NULL;
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
  const Fact *fact = map_lookup(q->fact_of, f->id);
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
