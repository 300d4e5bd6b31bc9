// libxml2's DOM with the byte place of every element and attribute.
#include "xml-imp.h"
#include <libxml/SAX2.h>

// What is known of one element, kept in the node's _private.
typedef struct {
  const File *file;
  uint32_t begin, end; // the start tag, < and > included
  uint32_t close;      // behind the end tag
} Place;

typedef XmlLoader Loader;

static Loader *loader_of(void *ctx) {
  return ((xmlParserCtxtPtr)ctx)->_private;
}

size_t xml_offset(const xmlParserCtxt *ctx) {
  const xmlParserInput *in = ctx->input;
  return (size_t)in->consumed + (size_t)(in->cur - in->base);
}

void xml_fail(xmlParserCtxtPtr ctx, DiagId id, size_t at, Str detail) {
  Loader *l = ctx->_private;
  size_t n = l->file->text.len;
  if (at > n)
    at = n;
  if (!l->failed)
    diag(l->diags, id, span_of(l->file, at, at < n ? at + 1 : at), detail);
  l->failed = true;
  xmlStopParser(ctx);
}

// The parser stands behind the name and attributes; the tag begins at the last
// '<' before it that is not inside an attribute value, which XML forbids there.
uint32_t xml_tag_begin(Str text, size_t end) {
  while (end > 0 && text.data[end - 1] != '<')
    end--;
  return (uint32_t)(end ? end - 1 : 0);
}

bool xml_deeper(xmlParserCtxtPtr ctx, size_t at) {
  Loader *l = ctx->_private;
  if (++l->depth <= XML_DEPTH_MAX)
    return true;
  xml_fail(ctx, D_XML_DEPTH, at, str_int(l->arena, XML_DEPTH_MAX));
  return false;
}

// NOLINTNEXTLINE(readability-function-size): libxml2 gives the signature
static void start_element(void *data, const xmlChar *name,
                          const xmlChar *prefix, const xmlChar *uri, int n_ns,
                          const xmlChar **ns, int n_attrs, int n_defaulted,
                          const xmlChar **attrs) {
  xmlParserCtxtPtr ctx = data;
  Loader *l = ctx->_private;
  size_t end = xml_offset(ctx);
  if (!xml_deeper(ctx, end))
    return;
  xmlSAX2StartElementNs(data, name, prefix, uri, n_ns, ns, n_attrs, n_defaulted,
                        attrs);
  if (!ctx->node)
    return;
  Place *p = NEW(l->arena, Place);
  if (end > l->file->text.len)
    end = l->file->text.len;
  *p = (Place){l->file, xml_tag_begin(l->file->text, end), (uint32_t)end,
               (uint32_t)end};
  ctx->node->_private = p;
}

static void end_element(void *data, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri) {
  xmlParserCtxtPtr ctx = data;
  loader_of(data)->depth--;
  if (ctx->node && ctx->node->_private)
    ((Place *)ctx->node->_private)->close = (uint32_t)xml_offset(ctx);
  xmlSAX2EndElementNs(data, name, prefix, uri);
}

static void refuse_doctype(void *data, const xmlChar *name,
                           const xmlChar *public_id, const xmlChar *system_id) {
  (void)name, (void)public_id, (void)system_id;
  xml_fail(data, D_XML_DOCTYPE, xml_offset(data), STR(""));
}

static void structured_error(void *data, xmlErrorPtr e) {
  xmlParserCtxtPtr ctx = data;
  if (!ctx || !ctx->input || e->level == XML_ERR_WARNING)
    return;
  Loader *l = ctx->_private;
  if (!l->failed)
    xml_explain(l, e, xml_offset(ctx));
  l->failed = true;
  xmlStopParser(ctx);
}

static void free_doc(void *doc) {
  xmlFreeDoc(doc);
}

static xmlParserInputPtr no_entity(const char *url, const char *id,
                                   xmlParserCtxtPtr ctx) {
  (void)url, (void)id, (void)ctx;
  return NULL;
}

static xmlParserCtxtPtr open_parser(Loader *l) {
  const File *f = l->file;
  xmlParserCtxtPtr ctx =
      xmlCreateMemoryParserCtxt(f->text.data, (int)f->text.len);
  if (!ctx)
    return NULL;
  // HUGE: dossiers of some hundred pages pass libxml2's 10 MB. What its limits
  // are there for is bounded here: size by file_load, depth by XML_DEPTH_MAX,
  // entities by refusing a DOCTYPE.
  xmlCtxtUseOptions(ctx, XML_PARSE_NONET | XML_PARSE_BIG_LINES |
                             XML_PARSE_COMPACT | XML_PARSE_NOCDATA |
                             XML_PARSE_HUGE);
  xmlSwitchEncoding(ctx, XML_CHAR_ENCODING_UTF8);
  ctx->_private = l;
  ctx->sax->internalSubset = refuse_doctype;
  ctx->sax->serror = structured_error;
  return ctx;
}

// A declared GBK would be converted, and offsets would point elsewhere.
static bool declares_utf8(const File *f) {
  Str head = str_slice(f->text, 0, 200);
  size_t end = str_find(head, STR("?>"), 0);
  if (!str_starts(head, STR("<?xml")) || end == SIZE_MAX)
    return true;
  head = str_slice(head, 0, end);
  return !str_has(head, STR("encoding")) || str_has(head, STR("UTF-8")) ||
         str_has(head, STR("utf-8"));
}

// Past a comment or CDATA section that begins at i, else i.
static size_t skip_aside(Str t, size_t i) {
  Str rest = str_slice(t, i, i + 9);
  bool comment = str_starts(rest, STR("<!--"));
  if (!comment && !str_starts(rest, STR("<![CDATA[")))
    return i;
  size_t end = str_find(t, comment ? STR("-->") : STR("]]>"), i);
  return end == SIZE_MAX ? t.len : end + 2;
}

// libxml2 compares each attribute of a tag with all others: too many are
// refused beforehand. Returns the place of the tag, or SIZE_MAX.
static size_t crowded_tag(Str t) {
  size_t tag = SIZE_MAX, n = 0;
  for (size_t i = 0; i < t.len; i++) {
    char c = t.data[i];
    if (c == '<') {
      size_t end = skip_aside(t, i);
      tag = end == i ? i : SIZE_MAX, n = 0;
      i = end;
    } else if (c == '>') {
      tag = SIZE_MAX;
    } else if (tag != SIZE_MAX && (c == '"' || c == '\'')) {
      size_t end = str_find(t, (Str){&t.data[i], 1}, i + 1);
      if (end == SIZE_MAX)
        return SIZE_MAX; // no tag ends any more
      i = end;
      if (++n > XML_ATTRS_MAX)
        return tag;
    }
  }
  return SIZE_MAX;
}

// What can be said without parsing.
static bool is_fit(Arena *a, Diags *d, const File *f) {
  // By zero bytes libxml2 would guess at UTF-16 and UCS-4.
  bool zero = f->text.len && memchr(f->text.data, 0, f->text.len);
  if (zero || !utf8_valid(f->text)) {
    diag_file(d, D_XML_NOT_TEXT, f->path, STR(""));
    return false;
  }
  if (!declares_utf8(f)) {
    diag(d, D_XML_ENCODING, span_of(f, 0, 1), STR(""));
    return false;
  }
  size_t crowded = crowded_tag(f->text);
  if (crowded == SIZE_MAX)
    return true;
  diag(d, D_XML_ATTRIBUTES, span_of(f, crowded, crowded + 1),
       str_int(a, XML_ATTRS_MAX));
  return false;
}

bool xml_run(XmlLoader *l, void (*hook)(xmlSAXHandler *), xmlDocPtr *doc) {
  const File *f = l->file;
  *doc = NULL;
  if (!is_fit(l->arena, l->diags, f))
    return false;
  xmlSetExternalEntityLoader(no_entity);
  xmlParserCtxtPtr ctx = f->text.len ? open_parser(l) : NULL;
  if (!ctx) {
    diag(l->diags, D_XML_SYNTAX, span_of(f, 0, 0), STR("empty document"));
    return false;
  }
  hook(ctx->sax);
  xmlParseDocument(ctx);
  *doc = ctx->myDoc;
  bool ok = ctx->wellFormed && !l->failed;
  xmlFreeParserCtxt(ctx);
  if (!ok && !l->failed)
    diag(l->diags, D_XML_SYNTAX, span_of(f, 0, 0),
         STR("document is not complete"));
  return ok;
}

static void hook_tree(xmlSAXHandler *sax) {
  sax->startElementNs = start_element;
  sax->endElementNs = end_element;
}

XmlNode *xml_parse(Arena *a, Diags *d, const File *f) {
  Loader *l = NEW(a, Loader);
  *l = (Loader){.arena = a, .diags = d, .file = f};
  xmlDocPtr doc;
  bool ok = xml_run(l, hook_tree, &doc);
  if (doc)
    arena_defer(a, free_doc, doc);
  return ok ? xmlDocGetRootElement(doc) : NULL;
}

XmlNode *xml_root(XmlTree *t) {
  return xmlDocGetRootElement(t);
}

XmlTree *xml_tree(XmlNode *n) {
  return n->doc;
}

bool xml_is_text(const XmlNode *n) {
  return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

static Str str_xml(const xmlChar *s) {
  return str_of((const char *)s);
}

Str xml_name(const XmlNode *n) {
  return n->type == XML_ELEMENT_NODE ? str_xml(n->name) : STR("");
}

Str xml_ns(const XmlNode *n) {
  bool has = n->type == XML_ELEMENT_NODE && n->ns && n->ns->href;
  return has ? str_xml(n->ns->href) : STR("");
}

Str xml_text(const XmlNode *n) {
  return xml_is_text(n) && n->content ? str_xml(n->content) : STR("");
}

static XmlNode *skip_others(XmlNode *n) {
  while (n && n->type != XML_ELEMENT_NODE && !xml_is_text(n))
    n = n->next;
  return n;
}

XmlNode *xml_first(XmlNode *n) {
  return n->type == XML_ELEMENT_NODE ? skip_others(n->children) : NULL;
}

XmlNode *xml_next(XmlNode *n) {
  return skip_others(n->next);
}

XmlNode *xml_elem(XmlNode *n) {
  while (n && n->type != XML_ELEMENT_NODE)
    n = n->next;
  return n;
}

XmlNode *xml_child(XmlNode *n, const char *name) {
  XmlNode *c = xml_elem(n->children);
  while (c && !str_is(xml_name(c), name))
    c = xml_elem(c->next);
  return c;
}

XmlNode *xml_parent(XmlNode *n) {
  XmlNode *p = n->parent;
  return p && p->type == XML_ELEMENT_NODE ? p : NULL;
}

static Str attr_value(const xmlAttr *t) {
  return t->children && t->children->content ? str_xml(t->children->content)
                                             : STR("");
}

Str xml_attr(const XmlNode *n, const char *name) {
  if (n->type != XML_ELEMENT_NODE)
    return STR_NONE;
  for (const xmlAttr *t = n->properties; t; t = t->next)
    if (!t->ns && strcmp((const char *)t->name, name) == 0)
      return attr_value(t);
  return STR_NONE;
}

size_t xml_attrs(const XmlNode *n) {
  size_t k = 0;
  if (n->type == XML_ELEMENT_NODE)
    for (const xmlAttr *t = n->properties; t; t = t->next)
      k++;
  return k;
}

static const Place *place_of(const XmlNode *n) {
  return n->type == XML_ELEMENT_NODE ? n->_private : NULL;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool xml_attr_next(const File *f, size_t *at, size_t end, Span *name,
                   Span *value) {
  Str t = str_slice(f->text, 0, end);
  size_t i = *at;
  while (i < t.len && is_space(t.data[i]))
    i++;
  size_t from = i;
  while (i < t.len && t.data[i] != '=' && !is_space(t.data[i]))
    i++;
  size_t to = i;
  while (i < t.len && t.data[i] != '"' && t.data[i] != '\'')
    i++;
  const char *close =
      i + 1 < t.len ? memchr(t.data + i + 1, t.data[i], t.len - i - 1) : NULL;
  if (!close)
    return false;
  *name = span_of(f, from, to);
  *value = span_of(f, i + 1, (size_t)(close - t.data));
  *at = value->end + 1;
  return true;
}

size_t xml_name_end(const File *f, size_t begin, size_t end) {
  size_t i = begin + 1;
  while (i < end && !is_space(f->text.data[i]) && f->text.data[i] != '/' &&
         f->text.data[i] != '>')
    i++;
  return i;
}

// The k-th attribute that is no namespace declaration, found in the start tag
// itself, since the parser's pointers do not always lie in the input.
static bool find_attr(const Place *p, size_t k, Span *name, Span *value) {
  size_t i = xml_name_end(p->file, p->begin, p->end);
  Str t = p->file->text;
  while (xml_attr_next(p->file, &i, p->end, name, value))
    if (!str_starts(str_slice(t, name->begin, name->end), STR("xmlns")) &&
        k-- == 0)
      return true;
  return false;
}

XmlAttr xml_attr_at(const XmlNode *n, size_t i) {
  const xmlAttr *t = n->properties;
  for (size_t k = 0; k < i; k++)
    t = t->next;
  XmlAttr r = {.name = str_xml(t->name), .value = attr_value(t)};
  const Place *p = place_of(n);
  if (!p || !find_attr(p, i, &r.name_at, &r.value_at))
    r.name_at = r.value_at = xml_span(n);
  if (t->ns && t->ns->prefix)
    r.name = STR("xml:*");
  return r;
}

bool xml_attr_walk(XmlAttrWalk *w, XmlAttr *out) {
  const Place *p = place_of(w->node);
  const xmlAttr *t = w->at ? w->next : w->node->properties;
  if (!t)
    return false;
  if (!w->at && p)
    w->at = xml_name_end(p->file, p->begin, p->end);
  *out = (XmlAttr){str_xml(t->name), attr_value(t), xml_span(w->node),
                   xml_span(w->node)};
  Span name, value;
  while (p && xml_attr_next(p->file, &w->at, p->end, &name, &value)) {
    Str printed = str_slice(p->file->text, name.begin, name.end);
    if (str_starts(printed, STR("xmlns")))
      continue;
    out->name_at = name, out->value_at = value;
    break;
  }
  w->at = w->at ? w->at : 1;
  w->next = t->next;
  return true;
}

Span xml_attr_span(const XmlNode *n, const char *name) {
  size_t k = 0;
  for (const xmlAttr *t = n->properties; t; t = t->next, k++)
    if (strcmp((const char *)t->name, name) == 0)
      return xml_attr_at(n, k).value_at;
  return xml_span(n);
}

// Text stands behind the element before it, or its parent's start tag, and
// behind the comments between.
static Span text_span(const XmlNode *n) {
  const XmlNode *before = n->prev;
  while (before && before->type != XML_ELEMENT_NODE)
    before = before->prev;
  const Place *p = before ? place_of(before) : place_of(n->parent);
  if (!p)
    return SPAN_NONE;
  Str t = p->file->text;
  size_t at = before ? p->close : p->end;
  if (at < t.len && !before && t.data[at] == '>')
    at++;
  for (const XmlNode *c = before ? before->next : n->parent->children; c != n;
       c = c->next) {
    size_t end =
        c->type == XML_COMMENT_NODE ? str_find(t, STR("-->"), at) : SIZE_MAX;
    if (end != SIZE_MAX)
      at = end + 3;
  }
  size_t end = str_find(t, STR("<"), at);
  return span_of(p->file, at, end == SIZE_MAX ? t.len : end);
}

Span xml_span(const XmlNode *n) {
  if (xml_is_text(n) && n->parent && n->parent->type == XML_ELEMENT_NODE)
    return text_span(n);
  const Place *p = place_of(n);
  if (!p && n->parent && n->parent->type == XML_ELEMENT_NODE)
    p = place_of(n->parent);
  if (!p)
    return SPAN_NONE;
  return span_of(p->file, p->begin + 1,
                 xml_name_end(p->file, p->begin, p->end));
}

// Length of the bytes from i on that stand for themselves: no control, no
// " & < >, eight at a time.
static size_t plain_bytes(Str s, size_t i) {
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
  size_t from = i;
  for (uint64_t x; i + sizeof x <= s.len; i += sizeof x) {
    memcpy(&x, s.data + i, sizeof x);
    uint64_t quote = (x | ones * 0x04) ^ ones * 0x26; // " and &
    uint64_t angle = (x | ones * 0x02) ^ ones * 0x3E; // < and >
    uint64_t found = ((x - ones * ' ') & ~x) | ((quote - ones) & ~quote) |
                     ((angle - ones) & ~angle);
    if (found & high)
      break;
  }
  for (; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c < ' ' || c == '"' || c == '&' || c == '<' || c == '>')
      break;
  }
  return i - from;
}

static Str escaped(char c, bool attr) {
  switch (c) {
  case '&':
    return STR("&amp;");
  case '<':
    return STR("&lt;");
  case '>':
    return STR("&gt;");
  case '"':
    return attr ? STR("&quot;") : STR("\"");
  case '\n':
    return attr ? STR("&#10;") : STR("\n");
  default:
    return STR(" ");
  }
}

void xml_escape(Buf *b, Str s, bool attr) {
  for (size_t i = 0; i < s.len; i++) {
    size_t n = plain_bytes(s, i);
    buf_add(b, (Str){s.data + i, n});
    i += n;
    if (i < s.len)
      buf_add(b, escaped(s.data[i], attr));
  }
}
