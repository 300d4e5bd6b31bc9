// The dossier as libxml2's nodes, for XPath: as it would be written, without a
// namespace, and without the attributes that no expression of the layout names.
// Made in one go, which takes half the time of parsing a tree.
#include "query-imp.h"

typedef struct {
  xmlDocPtr doc;
  xmlNodePtr open;
  Map *named; // attributes that may be asked for; NULL: all
} Builder;

// ---- what the layout asks for -----------------------------------------------

static bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
         (c & 0x80);
}

// The names behind each @ of the text. False: it may mean any (@*, the axis).
static bool names_in(Str s, Map *named) {
  if (str_has(s, STR("attribute")))
    return false;
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] != '@')
      continue;
    size_t from = i + 1;
    while (from < s.len && strchr(" \t\r\n", s.data[from]))
      from++;
    size_t to = from;
    while (to < s.len && name_char(s.data[to]))
      to++;
    Str name = str_slice(s, from, to);
    if (!name.len || str_is(name, "node"))
      return false;
    map_put(named, name, named);
    i = to - 1;
  }
  return true;
}

static bool node_names(const Node *n, Map *named) {
  if (!names_in(n->text, named))
    return false;
  for (uint32_t i = 0; i < n->n_attrs; i++)
    if (!names_in(n->attrs[i].value, named))
      return false;
  for (const Node *c = n->first; c; c = c->next) // as deep as XML may be
    if (!node_names(c, named))
      return false;
  return true;
}

// ---- nodes ------------------------------------------------------------------

static const xmlChar *name_of(const Builder *b, Str name) {
  return xmlDictLookup(b->doc->dict, (const xmlChar *)name.data, (int)name.len);
}

static xmlNodePtr text_node(const Builder *b, Str s) {
  return xmlNewDocTextLen(b->doc, (const xmlChar *)s.data, (int)s.len);
}

static void link_child(xmlNodePtr up, xmlNodePtr n) {
  n->parent = up;
  n->prev = up->last;
  if (up->last)
    up->last->next = n;
  else
    up->children = n;
  up->last = n;
}

// xmlNewProp would go through the attributes before it each time.
static xmlAttrPtr attr_add(const Builder *b, xmlNodePtr n, xmlAttrPtr last,
                           const XmlAttr *from) {
  xmlAttrPtr t = xmlMalloc(sizeof *t);
  if (!t)
    return last;
  *t = (xmlAttr){.type = XML_ATTRIBUTE_NODE,
                 .name = name_of(b, from->name),
                 .parent = n,
                 .prev = last,
                 .doc = b->doc};
  if (from->value.len && (t->children = text_node(b, from->value))) {
    t->last = t->children;
    t->children->parent = (xmlNodePtr)t;
  }
  if (last)
    last->next = t;
  else
    n->properties = t;
  return t;
}

static void begin(void *ctx, const XmlElement *e) {
  Builder *b = ctx;
  // the name stays the dictionary's: it is not written to
  xmlNodePtr n = xmlNewNodeEatName(NULL, (xmlChar *)name_of(b, e->name));
  if (!n)
    return;
  n->doc = b->doc;
  xmlAttrPtr last = NULL;
  for (size_t i = 0; i < e->n_attrs; i++)
    if (!b->named || map_lookup(b->named, e->attrs[i].name))
      last = attr_add(b, n, last, &e->attrs[i]);
  link_child(b->open, n);
  b->open = n;
}

static void text(void *ctx, Str s, Span at) {
  Builder *b = ctx;
  (void)at;
  xmlNodePtr n = text_node(b, s);
  if (n)
    link_child(b->open, n);
}

static void end(void *ctx) {
  Builder *b = ctx;
  b->open = b->open->parent;
}

static void free_scratch(void *a) {
  arena_free(a);
}

bool query_tree(Query *q, const Dossier *dossier) {
  q->doc = xmlNewDoc((const xmlChar *)"1.0");
  if (!q->doc)
    return false;
  arena_defer(q->tree, free_tree, q->doc);
  q->doc->dict = xmlDictCreate();
  Arena *scratch = arena_new(); // what is read is copied into the nodes
  Builder b = {q->doc, (xmlNodePtr)q->doc, map_new(scratch)};
  map_put(b.named, STR("topic"), b.named); // of topics()
  if (!node_names(q->layout->root, b.named))
    b.named = NULL;
  XmlReader reader = {&b, begin, text, end};
  Str written = dossier_text(scratch, dossier);
  const File *f = file_of(scratch, STR("(dossier)"), written);
  bool ok = xml_scan(scratch, q->diags, f, &reader);
  if (ok)
    arena_free(scratch);
  else
    arena_defer(q->tree, free_scratch, scratch); // messages point into it
  return ok;
}
