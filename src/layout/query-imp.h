// Between query.c and functions.c: the expression engine and what stands
// behind the nodes of its tree.
#ifndef QUERY_IMP_H
#define QUERY_IMP_H

#include "select.h"
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// What stands behind a node, kept in its _private.
typedef struct {
  const Page *page;
  const Article *article;
  const Fact *fact; // figures
} Behind;

struct Query {
  Arena *arena;
  Arena *tree; // of the dossier as nodes, and of what looks at it
  Arena *eval; // of the evaluation at hand
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
  Map *earlier_of;   // figure's address → node
  Map *digests;      // article's address → whether it has a summary
  const Dossier *dossier;
  Facts facts;
  Map *named; // canon or indicator → Facts not in doubt; NULL: not yet made
  Facts sure; // all that are not in doubt, when `named` is made
  VEC(xmlNodePtr) article_nodes;
  const Scope *scope;
  Str expr;
  Span at;
  bool failed;
  bool aside; // an operand is looked at by itself: its faults are not told of
  VEC(const Figure *) told; // by the expression at hand
  unsigned long ops;        // taken so far
  bool exhausted;           // more than a run may take: told of once
  XmlNode **ordered;        // order that a function gave its nodes
  size_t n_ordered;
};

// What libxml2 calls to tell of a fault in q->expr.
void query_error(void *data, xmlErrorPtr e);

// The key of a figure by its address: ids of two issues may be the same.
static inline Str address_key(const Figure *const *f) {
  return (Str){(const char *)f, sizeof *f};
}

static inline int set_size(const xmlXPathObject *o) {
  return o->nodesetval ? o->nodesetval->nodeNr : 0;
}

// What stands behind a node or the nearest element above it; NULL if nothing.
const Behind *behind(XmlNode *n);
const Fact *fact_of(XmlNode *n); // of a figure's node, or NULL
// Hangs page, article and fact on a node.
void keep(Query *q, xmlNodePtr n, const Page *p, const Article *t,
          const Fact *f);
void free_tree(void *doc); // for arena_defer
// Makes q->doc, which goes with q->tree. False: reported.
bool query_tree(Query *q, const Dossier *dossier);

static inline Query *query_of(xmlXPathParserContextPtr p) {
  return p->context->userData;
}

// Arguments are popped, last first.
Str pop_text(xmlXPathParserContextPtr p);
size_t pop_count(xmlXPathParserContextPtr p);     // 0: none that makes sense
const Fact *pop_fact(xmlXPathParserContextPtr p); // the first node's, or NULL
const Fact **pop_facts(xmlXPathParserContextPtr p, size_t *n);
void push_text(xmlXPathParserContextPtr p, Str s);
void push_nodes(xmlXPathParserContextPtr p, XmlNode **nodes, size_t n);

// ---- functions_past.c: previous(), series() … over earlier issues ----------
void fn_previous(xmlXPathParserContextPtr p, int n);
void fn_change(xmlXPathParserContextPtr p, int n);
void fn_trend(xmlXPathParserContextPtr p, int n);
void fn_series(xmlXPathParserContextPtr p, int n);
void fn_status(xmlXPathParserContextPtr p, int n);
void fn_dropped(xmlXPathParserContextPtr p, int n);

// ---- functions.c: our XPath functions (functions.def) ----------------------

// The figures of the operands of arithmetic in the expression at hand.
void note_operands(Query *q);

bool function_known(Str name);
Str function_nearest(Str name); // STR_NONE if none is near
void functions_register(Query *q);

#endif
