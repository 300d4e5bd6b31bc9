// Between xml.c and xml_scan.c: one way of running libxml2's parser.
#ifndef XML_IMP_H
#define XML_IMP_H

#include "base.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

struct XmlScan;

typedef struct {
  Arena *arena;
  Diags *diags;
  const File *file;
  int depth;
  bool failed;
  struct XmlScan *scan; // of xml_scan.c
} XmlLoader;

// Parses l->file with the handlers that `hook` sets. False: reported. *doc is
// the parser's document, the caller's to free; may be NULL.
bool xml_run(XmlLoader *l, void (*hook)(xmlSAXHandler *), xmlDocPtr *doc);
// Where the parser stands, in bytes of the file.
size_t xml_offset(const xmlParserCtxt *ctx);
// Reports the first fault and stops.
void xml_fail(xmlParserCtxtPtr ctx, DiagId id, size_t at, Str detail);
// Reports what the parser's error means, in plain words (xml_fault.c).
void xml_explain(XmlLoader *l, const xmlError *e, size_t at);
// False: too deep, reported.
bool xml_deeper(xmlParserCtxtPtr ctx, size_t at);
// The '<' of the tag that ends at `end`.
uint32_t xml_tag_begin(Str text, size_t end);
// End of the name of the tag that begins at `begin`.
size_t xml_name_end(const File *f, size_t begin, size_t end);
// The next attribute of a tag from *at on, which moves behind it; value is
// what stands inside the quotes. False: no more.
bool xml_attr_next(const File *f, size_t *at, size_t end, Span *name,
                   Span *value);

// ---- xml_plain.c -----------------------------------------------------------

// Tells what xml_scan tells, where the file is plain XML. False: nothing was
// told, libxml2 must look.
bool xml_plain(Arena *a, const File *f, const XmlReader *reader);

#endif
