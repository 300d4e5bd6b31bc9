// Layouts and other long files are plain XML nearly always: elements,
// attributes, text, comments, the five entities. This reads them; whatever is
// not surely well-formed and plain is left to libxml2, which also says what is
// wrong.
#include "xml-imp.h"

enum {
  PLAIN_ATTRS = 64, // of one element
  PLAIN_NAMESPACES = 16,
  PLAIN_RUN = 1000000, // bytes of text in one piece
};

typedef struct {
  Str prefix, uri;
  int depth; // of the element that declares it
} Namespace;

typedef struct {
  Arena *arena, *scratch;
  const File *file;
  const XmlReader *reader; // NULL: only looks
  const char *p, *end;
  int depth;
  Str open[XML_DEPTH_MAX + 1]; // names of the open elements
  Namespace ns[PLAIN_NAMESPACES];
  size_t n_ns;
  XmlAttr attrs[PLAIN_ATTRS];
  size_t n_attrs;
  uint64_t seen; // a bit for each of their names
} Plain;

// ---- characters ------------------------------------------------------------

enum { NAME_FIRST = 1, NAME = 2, BLANK = 4, ODD = 8 };

// ODD: ends plain text or is not allowed in it. Bytes from 0x80 on are text;
// of the characters they make U+FFFE and U+FFFF are looked for.
static const unsigned char classes[256] = {
    8, 8, 8, 8, 8, 8, 8, 8, 8, 4, 4, 8, 8, 8, 8, 8, // 00
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, // 10
    4, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 2, 2, 0, // 20
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 8, 0, 0, 0, // 30
    0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, // 40
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 8, 0, 3, // 50
    0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, // 60
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, // 70
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 80
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 90
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // A0
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // B0
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // C0
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // D0
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, // E0
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // F0
};

static inline unsigned class_of(unsigned char c) {
  return classes[c];
}

static size_t offset(const Plain *x, const char *p) {
  return (size_t)(p - x->file->text.data);
}

static bool is_at(const Plain *x, const char *word) {
  size_t n = strlen(word);
  return (size_t)(x->end - x->p) >= n && memcmp(x->p, word, n) == 0;
}

static bool skip(Plain *x, const char *word) {
  bool found = is_at(x, word);
  x->p += found ? strlen(word) : 0;
  return found;
}

static void skip_blanks(Plain *x) {
  while (x->p < x->end && class_of((unsigned char)*x->p) & BLANK)
    x->p++;
}

// False: no name, or more than letters, digits and one colon.
static bool name_read(Plain *x, Str *prefix, Str *local) {
  const char *from = x->p;
  *prefix = STR("");
  for (int part = 0; part < 2; part++) {
    if (x->p == x->end || !(class_of((unsigned char)*x->p) & NAME_FIRST))
      return false;
    while (x->p < x->end && class_of((unsigned char)*x->p) & NAME)
      x->p++;
    *local = (Str){from, (size_t)(x->p - from)};
    if (part || x->p == x->end || *x->p != ':')
      return true;
    *prefix = *local;
    from = ++x->p;
  }
  return true;
}

static char entity_of(Plain *x) {
  static const struct {
    const char *name;
    char c;
  } entities[] = {{"&amp;", '&'},
                  {"&lt;", '<'},
                  {"&gt;", '>'},
                  {"&quot;", '"'},
                  {"&apos;", '\''}};
  for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
    if (skip(x, entities[i].name))
      return entities[i].c;
  return 0;
}

// A run of text up to '<' (or the quote): a slice, or a copy where entities
// stand in it.
static bool run_read(Plain *x, char quote, Str *out) {
  const char *from = x->p, stop = quote ? quote : '<';
  Buf b = buf_new(x->scratch);
  while (x->p < x->end && *x->p != '<' && *x->p != stop) {
    unsigned char c = (unsigned char)*x->p;
    if (!(class_of(c) & ODD)) {
      if (quote && class_of(c) & BLANK && c != ' ')
        return false;
      x->p++;
    } else if (c == '&') {
      buf_add(&b, (Str){from, (size_t)(x->p - from)});
      char said = entity_of(x);
      if (!said)
        return false;
      buf_byte(&b, said);
      from = x->p;
    } else if (c < 0x20 || is_at(x, "]]>") || is_at(x, "\xEF\xBF\xBE") ||
               is_at(x, "\xEF\xBF\xBF")) {
      return false;
    } else {
      x->p++;
    }
  }
  Str rest = {from, (size_t)(x->p - from)};
  if (rest.len > PLAIN_RUN)
    return false;
  *out = rest;
  if (!b.len || !x->reader)
    return true;
  buf_add(&b, rest);
  *out = str_copy(x->arena, buf_str(&b));
  return true;
}

// ---- markup ----------------------------------------------------------------

static bool comment_read(Plain *x) {
  for (x->p += 4; x->p < x->end; x->p++) {
    unsigned char c = (unsigned char)*x->p;
    if (skip(x, "-->"))
      return true;
    bool odd = class_of(c) & ODD && c != '<' && c != '&' && c != ']';
    if (odd || is_at(x, "--"))
      return false;
  }
  return false;
}

// Blanks and comments around the root.
static bool outside_read(Plain *x) {
  for (;;) {
    skip_blanks(x);
    if (!is_at(x, "<!--"))
      return true;
    if (!comment_read(x))
      return false;
  }
}

// Surely a URI: letters, digits and the signs of urn: and http: ones.
static bool uri_plain(Str uri) {
  bool colon = false;
  for (size_t i = 0; i < uri.len; i++) {
    char c = uri.data[i];
    colon |= c == ':';
    if (!(class_of((unsigned char)c) & NAME) && c != ':' && c != '/' &&
        c != '#')
      return false;
  }
  return colon && (class_of((unsigned char)*uri.data) & NAME_FIRST);
}

static bool namespace_add(Plain *x, Str prefix, Str uri) {
  bool special = str_is(prefix, "xml") || str_is(prefix, "xmlns") ||
                 str_has(uri, STR("w3.org/XML")) ||
                 str_has(uri, STR("w3.org/2000/xmlns"));
  if (x->n_ns == PLAIN_NAMESPACES || !uri_plain(uri) || special)
    return false;
  for (size_t i = 0; i < x->n_ns; i++)
    if (x->ns[i].depth == x->depth && str_eq(x->ns[i].prefix, prefix))
      return false;
  x->ns[x->n_ns++] = (Namespace){prefix, uri, x->depth};
  return true;
}

// Whether the element has such an attribute already: most names differ in
// length or ends.
static bool attr_twice(Plain *x, Str name) {
  unsigned first = (unsigned char)name.data[0];
  unsigned last = (unsigned char)name.data[name.len - 1];
  uint64_t bit = UINT64_C(1)
                 << ((first * 7 + last * 13 + (unsigned)name.len) & 63);
  bool maybe = x->seen & bit;
  x->seen |= bit;
  for (size_t i = 0; maybe && i < x->n_attrs; i++)
    if (str_eq(x->attrs[i].name, name))
      return true;
  return false;
}

static bool attr_add(Plain *x, Str name, Str value, const char *from) {
  // the first round has seen that none comes twice
  if (x->n_attrs == PLAIN_ATTRS || (!x->reader && attr_twice(x, name)))
    return false;
  size_t begin = offset(x, name.data);
  x->attrs[x->n_attrs++] =
      (XmlAttr){name, value, span_of(x->file, begin, begin + name.len),
                span_of(x->file, offset(x, from), offset(x, x->p))};
  return true;
}

static bool attr_read(Plain *x) {
  Str prefix, name, value;
  if (!name_read(x, &prefix, &name) || !skip(x, "="))
    return false;
  char quote = x->p < x->end ? *x->p : 0;
  const char *from = x->p + 1;
  if (quote != '"' && quote != '\'')
    return false;
  x->p++;
  if (!run_read(x, quote, &value) || x->p == x->end || *x->p != quote)
    return false;
  bool whole = value.data == from; // a name of a namespace has no entities
  bool ok = prefix.len ? whole && str_is(prefix, "xmlns") &&
                             namespace_add(x, name, value)
            : str_is(name, "xmlns") ? whole && namespace_add(x, prefix, value)
                                    : attr_add(x, name, value, from);
  x->p++;
  return ok;
}

// The innermost declaration of the prefix; NULL: none.
static const Namespace *namespace_of(const Plain *x, Str prefix) {
  for (size_t i = x->n_ns; i > 0; i--)
    if (str_eq(x->ns[i - 1].prefix, prefix))
      return &x->ns[i - 1];
  return NULL;
}

static void element_close(Plain *x) {
  if (x->reader)
    x->reader->end(x->reader->ctx);
  while (x->n_ns && x->ns[x->n_ns - 1].depth == x->depth)
    x->n_ns--;
  x->depth--;
}

static bool begin_read(Plain *x) {
  Str prefix, local;
  const char *from = ++x->p;
  if (!name_read(x, &prefix, &local) || ++x->depth > XML_DEPTH_MAX)
    return false;
  Str name = {from, (size_t)(x->p - from)};
  x->open[x->depth] = name;
  x->n_attrs = 0;
  x->seen = 0;
  for (;;) {
    const char *before = x->p;
    skip_blanks(x);
    if (is_at(x, "/>") || is_at(x, ">"))
      break;
    if (x->p == before || !attr_read(x))
      return false;
  }
  const Namespace *ns = namespace_of(x, prefix);
  if (prefix.len && !ns)
    return false;
  if (x->reader) {
    size_t at = offset(x, from);
    XmlElement e = {local, ns ? ns->uri : STR(""),
                    span_of(x->file, at, at + name.len), x->attrs, x->n_attrs};
    x->reader->begin(x->reader->ctx, &e);
  }
  if (skip(x, "/>"))
    element_close(x);
  else
    x->p++;
  return true;
}

static bool end_read(Plain *x) {
  x->p += 2;
  Str name = x->open[x->depth];
  if ((size_t)(x->end - x->p) < name.len ||
      memcmp(x->p, name.data, name.len) != 0)
    return false;
  x->p += name.len;
  skip_blanks(x);
  if (!skip(x, ">"))
    return false;
  element_close(x);
  return true;
}

static bool text_read(Plain *x) {
  const char *from = x->p;
  Str text;
  if (!run_read(x, 0, &text))
    return false;
  if (x->reader && text.len)
    x->reader->text(x->reader->ctx, text,
                    span_of(x->file, offset(x, from), offset(x, x->p)));
  return true;
}

static bool content_read(Plain *x) {
  if (*x->p != '<')
    return text_read(x);
  if (is_at(x, "</"))
    return end_read(x);
  if (is_at(x, "<!--"))
    return comment_read(x);
  return begin_read(x);
}

static bool document_read(Plain *x) {
  if (is_at(x, "<?xml"))
    if (!skip(x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
      return false;
  if (!outside_read(x) || x->p == x->end || *x->p != '<' || !begin_read(x))
    return false;
  while (x->depth > 0)
    if (x->p == x->end || !content_read(x))
      return false;
  return outside_read(x) && x->p == x->end;
}

bool xml_plain(Arena *a, const File *f, const XmlReader *reader) {
  Arena *scratch = arena_new();
  bool ok = utf8_valid(f->text);
  for (int look = 1; look >= 0 && ok; look--) {
    Plain x = {.arena = a,
               .scratch = scratch,
               .file = f,
               .reader = look ? NULL : reader,
               .p = f->text.data,
               .end = f->text.data + f->text.len};
    ok = document_read(&x);
  }
  arena_free(scratch);
  return ok;
}
