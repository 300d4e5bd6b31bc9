// libxml2's parser without a tree: elements, attributes and text as slices of
// the file, told one by one.
#include "xml-imp.h"

typedef struct XmlScan {
  const XmlReader *reader;
  Buf text;      // since the last markup, decoded
  size_t behind; // where that markup ends
  VEC(XmlAttr) attrs;
} XmlScan;

static XmlLoader *loader_of(void *ctx) {
  return ((xmlParserCtxtPtr)ctx)->_private;
}

static size_t offset_of(const XmlLoader *l, const xmlParserCtxt *ctx) {
  size_t at = xml_offset(ctx);
  return at < l->file->text.len ? at : l->file->text.len;
}

// The bytes as a slice of the file where they stand there as they are.
static Str borrowed(const XmlLoader *l, size_t at, Str s) {
  Str there = str_slice(l->file->text, at, at + s.len);
  return str_eq(there, s) ? there : str_copy(l->arena, s);
}

static void text_flush(XmlLoader *l) {
  XmlScan *x = l->scan;
  Str t = buf_str(&x->text);
  if (!t.len)
    return;
  Str all = l->file->text;
  size_t at = x->behind;
  const char *end = memchr(all.data + at, '<', all.len - at);
  x->reader->text(
      x->reader->ctx, borrowed(l, at, t),
      span_of(l->file, at, end ? (size_t)(end - all.data) : all.len));
  x->text.len = 0;
}

static void scan_text(void *data, const xmlChar *s, int n) {
  XmlScan *x = loader_of(data)->scan;
  buf_add(&x->text, (Str){(const char *)s, (size_t)n});
}

static void scan_aside(void *data, const xmlChar *s) {
  XmlLoader *l = loader_of(data);
  (void)s;
  text_flush(l);
  l->scan->behind = offset_of(l, data);
}

static void scan_instruction(void *data, const xmlChar *target,
                             const xmlChar *s) {
  (void)target;
  scan_aside(data, s);
}

// attrs: five a piece – name, prefix, namespace, value's begin and end.
static void attrs_read(XmlLoader *l, const xmlChar **attrs, size_t n,
                       size_t from, size_t end) {
  XmlScan *x = l->scan;
  Span name, value;
  x->attrs.len = 0;
  size_t i = 0;
  while (i < n && xml_attr_next(l->file, &from, end, &name, &value)) {
    Str printed = str_slice(l->file->text, name.begin, name.end);
    if (str_starts(printed, STR("xmlns")))
      continue;
    const xmlChar **a = attrs + 5 * i++;
    Str v = {(const char *)a[3], (size_t)(a[4] - a[3])};
    *vec_push(x->text.arena, &x->attrs) =
        (XmlAttr){a[1] ? STR("xml:*") : printed, borrowed(l, value.begin, v),
                  name, value};
  }
}

// NOLINTNEXTLINE(readability-function-size): libxml2 gives the signature
static void scan_begin(void *data, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *uri, int n_ns, const xmlChar **ns,
                       int n_attrs, int n_defaulted, const xmlChar **attrs) {
  XmlLoader *l = loader_of(data);
  XmlScan *x = l->scan;
  size_t end = offset_of(l, data);
  (void)prefix, (void)n_ns, (void)ns, (void)n_defaulted;
  if (!xml_deeper(data, end))
    return;
  text_flush(l);
  uint32_t begin = xml_tag_begin(l->file->text, end);
  size_t named = xml_name_end(l->file, begin, end);
  attrs_read(l, attrs, (size_t)n_attrs, named, end);
  XmlElement e = {str_of((const char *)name), str_of((const char *)uri),
                  span_of(l->file, begin + 1, named), x->attrs.data,
                  x->attrs.len};
  e.ns = e.ns.data ? e.ns : STR("");
  x->reader->begin(x->reader->ctx, &e);
  bool open = end < l->file->text.len && l->file->text.data[end] == '>';
  x->behind = open ? end + 1 : end;
}

static void scan_end(void *data, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri) {
  XmlLoader *l = loader_of(data);
  (void)name, (void)prefix, (void)uri;
  l->depth--;
  text_flush(l);
  l->scan->reader->end(l->scan->reader->ctx);
  l->scan->behind = offset_of(l, data);
}

static void hook_scan(xmlSAXHandler *sax) {
  sax->startElementNs = scan_begin;
  sax->endElementNs = scan_end;
  sax->characters = sax->ignorableWhitespace = scan_text;
  sax->cdataBlock = scan_text;
  sax->comment = scan_aside;
  sax->processingInstruction = scan_instruction;
}

bool xml_scan(Arena *a, Diags *d, const File *f, const XmlReader *reader) {
  if (xml_plain(a, f, reader))
    return true;
  Arena *scratch = arena_new();
  XmlScan x = {.reader = reader, .text = buf_new(scratch)};
  XmlLoader l = {.arena = a, .diags = d, .file = f, .scan = &x};
  xmlDocPtr doc;
  bool ok = xml_run(&l, hook_scan, &doc);
  if (doc)
    xmlFreeDoc(doc);
  arena_free(scratch);
  return ok;
}
