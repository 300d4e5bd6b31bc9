// PDF/A: metadata as XMP, and what device colours mean. PDF/A-1b when asked
// for, else the structure of PDF/A-2u, unless print colours forbid it.
#include "icc.h"
#include "pdf_imp.h"

bool iso_date(Str s) {
  static const char form[] = "0000-00-00";
  for (size_t i = 0; i < 10; i++) {
    bool digit = i < s.len && s.data[i] >= '0' && s.data[i] <= '9';
    if (form[i] == '0' ? !digit : s.len <= i || s.data[i] != '-')
      return false;
  }
  return true;
}

// ---- metadata --------------------------------------------------------------

// Control characters cannot stand in XML at all.
static void put_xml(Buf *b, Str s) {
  Buf clean = buf_new(b->arena);
  for (size_t i = 0; i < s.len; i++)
    if ((unsigned char)s.data[i] >= 0x20 || s.data[i] == '\n')
      buf_byte(&clean, s.data[i]);
  xml_escape(b, buf_str(&clean), false);
}

static void put_simple(Buf *b, const char *name, Str value) {
  if (!value.len)
    return;
  buf_fmt(b, "<%s>", name);
  put_xml(b, value);
  buf_fmt(b, "</%s>\n", name);
}

// `kind` is Alt (by language) or Seq.
static void put_list(Buf *b, const char *name, const char *kind, Str value) {
  if (!value.len)
    return;
  const char *lang = *kind == 'A' ? " xml:lang=\"x-default\"" : "";
  buf_fmt(b, "<%s><rdf:%s><rdf:li%s>", name, kind, lang);
  put_xml(b, value);
  buf_fmt(b, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

static void put_part(const Pdf *p, Buf *b) {
  if (p->options->archive)
    buf_add(b, STR("<pdfaid:part>1</pdfaid:part>"
                   "<pdfaid:conformance>B</pdfaid:conformance>\n"));
  else if (!p->cmyk && !p->cmyk_picture)
    buf_add(b, STR("<pdfaid:part>2</pdfaid:part>"
                   "<pdfaid:conformance>U</pdfaid:conformance>\n"));
}

static Str xmp(Pdf *p) {
  const Document *doc = p->pages->doc;
  Buf b = buf_new(p->arena);
  buf_add(&b, STR("<?xpacket begin=\"\xEF\xBB\xBF\" "
                  "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                  "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                  "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                  "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
                  "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"));
  put_part(p, &b);
  put_simple(&b, "dc:format", STR("application/pdf"));
  put_list(&b, "dc:title", "Alt", doc->title);
  put_list(&b, "dc:creator", "Seq", doc->author);
  put_list(&b, "dc:description", "Alt", doc->subject);
  put_simple(&b, "pdf:Keywords", doc->keywords);
  put_simple(&b, "pdf:Producer", p->options->producer);
  put_simple(&b, "xmp:CreatorTool", STR("jianbao"));
  if (iso_date(doc->date)) {
    Str date = str_fmt(p->arena, "%.10sT00:00:00+08:00", doc->date.data);
    put_simple(&b, "xmp:CreateDate", date);
    put_simple(&b, "xmp:ModifyDate", date);
  }
  buf_add(&b, STR("</rdf:Description></rdf:RDF></x:xmpmeta>\n"
                  "<?xpacket end=\"r\"?>\n"));
  return buf_str(&b);
}

// ---- output intent ---------------------------------------------------------

static uint32_t intent_write(Pdf *p) {
  uint32_t profile = file_numbers(p->file, 2);
  file_stream(p->file, profile, STR("/N 3"), icc_srgb(p->arena),
              STREAM_DEFLATE);
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "OutputIntent");
  HPDF_Dict_AddName(d, "S", "GTS_PDFA1");
  haru_put_bytes(d, "OutputConditionIdentifier", STR("sRGB"));
  haru_put_bytes(d, "Info", STR("sRGB IEC61966-2.1"));
  haru_put_ref(p, d, "DestOutputProfile", profile);
  haru_write(p, profile + 1, d);
  return profile + 1;
}

void archive_put(Pdf *p, HPDF_Dict catalog) {
  uint32_t metadata = file_number(p->file);
  file_stream(p->file, metadata, STR("/Type/Metadata/Subtype/XML"), xmp(p),
              p->options->archive ? STREAM_AS_IS : STREAM_DEFLATE);
  haru_put_ref(p, catalog, "Metadata", metadata);
  if (p->cmyk)
    return;
  HPDF_Array intents = haru_array(p);
  HPDF_Array_Add(intents, haru_ref(p, intent_write(p)));
  haru_put(catalog, "OutputIntents", intents);
}
