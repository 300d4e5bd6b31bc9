// What is wrong with an XML file, in the words of the person who wrote it.
#include "xml-imp.h"

// Full-width marks that an input method gives where XML wants the plain ones.
static const struct {
  const char *wide, *plain;
} marks[] = {{"“", "\""}, {"”", "\""}, {"‘", "'"},  {"’", "'"}, {"＂", "\""},
             {"＝", "="}, {"＜", "<"}, {"＞", ">"}, {"／", "/"}};

enum { N_MARKS = sizeof marks / sizeof *marks };

typedef struct {
  XmlLoader *loader;
  const xmlError *error;
  size_t at; // where the parser stopped
} Fault;

static Str text_of(const Fault *f) {
  return f->loader->file->text;
}

static Str copied(const Fault *f, const char *s) {
  return str_copy(f->loader->arena, str_of(s ? s : ""));
}

static Str number(const Fault *f, int n) {
  return str_int(f->loader->arena, n);
}

// NOLINTNEXTLINE(readability-function-size): a place and what is said of it
static void tell(const Fault *f, DiagId id, size_t from, size_t to, Str x,
                 Str y, Str z) {
  size_t n = text_of(f).len;
  to = to > n ? n : to;
  from = from > to ? to : from;
  diag(f->loader->diags, id, span_of(f->loader->file, from, to), x, y, z);
}

static size_t find_last(Str s, Str what) {
  size_t last = SIZE_MAX;
  for (size_t i = str_find(s, what, 0); what.len && i != SIZE_MAX;
       i = str_find(s, what, i + 1))
    last = i;
  return last;
}

// Tells of a full-width mark that stands at `at`.
static bool wide_at(const Fault *f, size_t at) {
  Str rest = str_slice(text_of(f), at, text_of(f).len);
  for (size_t i = 0; i < N_MARKS; i++) {
    Str wide = str_of(marks[i].wide);
    if (!str_starts(rest, wide))
      continue;
    tell(f, D_XML_WIDE, at, at + wide.len, wide, str_of(marks[i].plain),
         STR(""));
    diag_fix(f->loader->diags, str_of(marks[i].plain));
    return true;
  }
  return false;
}

// name＝"…": libxml2 takes the mark for a part of the name.
static bool wide_in_name(const Fault *f) {
  Str name = str_of(f->error->str1 ? f->error->str1 : "");
  size_t mark = str_find(name, STR("＝"), 0);
  size_t at = find_last(str_slice(text_of(f), 0, f->at), name);
  return mark != SIZE_MAX && at != SIZE_MAX && wide_at(f, at + mark);
}

// ＜para>…</para>: the beginning was no tag.
static bool wide_tag(const Fault *f) {
  Str open = str_cat(f->loader->arena, STR("＜"),
                     str_of(f->error->str2 ? f->error->str2 : ""));
  size_t at = find_last(str_slice(text_of(f), 0, f->at), open);
  return at != SIZE_MAX && wide_at(f, at);
}

static void tell_mismatch(const Fault *f) {
  if (wide_tag(f))
    return;
  size_t from = xml_tag_begin(text_of(f), f->at);
  tell(f, D_XML_TAG, from, f->at, copied(f, f->error->str1),
       copied(f, f->error->str2), number(f, f->error->int1));
}

static void tell_value(const Fault *f) {
  if (!wide_in_name(f) && !wide_at(f, f->at))
    tell(f, D_XML_VALUE, f->at, f->at + 1, STR(""), STR(""), STR(""));
}

static void tell_prefix(const Fault *f) {
  Str prefix = copied(f, f->error->str1);
  bool xi = str_is(prefix, "xi");
  size_t from = xml_tag_begin(text_of(f), f->at);
  tell(f, D_XML_PREFIX, from, f->at, prefix,
       xi ? STR("http://www.w3.org/2001/XInclude") : STR("…"), STR(""));
}

static void tell_other(const Fault *f) {
  if (!wide_at(f, f->at))
    tell(f, D_XML_SYNTAX, f->at, f->at + 1,
         str_trim(copied(f, f->error->message)), STR(""), STR(""));
}

void xml_explain(XmlLoader *l, const xmlError *e, size_t at) {
  Fault f = {l, e, at};
  switch (e->code) {
  case XML_ERR_TAG_NAME_MISMATCH:
    tell_mismatch(&f);
    break;
  case XML_ERR_TAG_NOT_FINISHED:
    tell(&f, D_XML_OPEN, at, at, copied(&f, e->str1), number(&f, e->int1),
         STR(""));
    break;
  case XML_ERR_ATTRIBUTE_NOT_STARTED:
  case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
    tell_value(&f);
    break;
  case XML_ERR_ATTRIBUTE_REDEFINED:
    tell(&f, D_XML_TWICE, at, at + 1, copied(&f, e->str1), STR(""), STR(""));
    break;
  case XML_ERR_LT_IN_ATTRIBUTE:
    tell(&f, D_XML_LESS, at, at + 1, STR(""), STR(""), STR(""));
    break;
  case XML_ERR_ENTITYREF_SEMICOL_MISSING:
  case XML_ERR_NAME_REQUIRED:
    tell(&f, D_XML_AMP, at, at + 1, STR(""), STR(""), STR(""));
    break;
  case XML_ERR_UNDECLARED_ENTITY:
    tell(&f, D_XML_ENTITY, at, at + 1, copied(&f, e->str1), STR(""), STR(""));
    break;
  case XML_NS_ERR_UNDEFINED_NAMESPACE:
    tell_prefix(&f);
    break;
  case XML_ERR_DOCUMENT_END:
    tell(&f, D_XML_MORE, at, at + 1, STR(""), STR(""), STR(""));
    break;
  default:
    tell_other(&f);
  }
}
