// Writes jianbao-layout(5): manual HEAD OUT puts what the tables say of
// elements, functions and styles where HEAD has its three marks.
#include "layout-imp.h"
#include <stdio.h>

static const char *const functions[] = {
#define FUNCTION(name, id, least, most, en, zh) en,
#include "functions.def"
#undef FUNCTION
};

static const struct {
  const char *name, *base, *css;
} styles[] = {
#define STOCK(name, base, css) {name, base, css},
#include "stock.def"
#undef STOCK
};

// Text as roff takes it: no line begins with a control character.
static void put(Buf *b, Str s) {
  if (str_starts(s, STR(".")) || str_starts(s, STR("'")))
    buf_add(b, STR("\\&"));
  for (size_t i = 0; i < s.len; i++)
    if (s.data[i] == '\\')
      buf_add(b, STR("\\e"));
    else
      buf_byte(b, s.data[i]);
}

static void put_line(Buf *b, Str s) {
  put(b, s);
  buf_byte(b, '\n');
}

static const char *type_word(AttrType type) {
  switch (type) {
  case TYPE_XPATH:
    return "XPath";
  case TYPE_BOOL:
    return "yes | no";
  case TYPE_INT:
    return "number";
  case TYPE_LENGTH:
    return "length";
  case TYPE_COLOUR:
    return "colour";
  case TYPE_STYLE:
    return "style";
  case TYPE_NUMBER:
    return "decimal";
  case TYPE_FORMAT:
    return "format";
  default:
    return "text";
  }
}

static void put_attribute(Buf *b, ElementId id, Str name) {
  bool must = str_ends(name, STR("!"));
  name.len -= must;
  const AttrRow *t = attr_lookup(name);
  if (!t)
    return;
  buf_fmt(b, ".It Cm %.*s Ns = Ns Ar ", STR_ARG(name));
  Str values = attr_values(id, t);
  if (!values.len)
    buf_add(b, str_of(type_word(t->type)));
  size_t n = 0;
  for (Str w = word_next(&values); w.len; w = word_next(&values))
    buf_fmt(b, n++ ? " | %.*s" : "%.*s", STR_ARG(w));
  buf_add(b, must ? STR(" Pq required\n") : STR("\n"));
  put_line(b, t->en);
}

static void put_element(Buf *b, ElementId id) {
  const ElementRow *e = element_row(id);
  buf_fmt(b, ".It Ic %.*s\n", STR_ARG(e->name));
  put_line(b, e->en);
  if (e->content.len) {
    buf_add(b, STR("Holds: "));
    put(b, e->content);
    buf_add(b, STR(".\n"));
  }
  Str list = e->attrs;
  if (!list.len)
    return;
  buf_add(b, STR(".Bl -tag -width Ds -compact\n"));
  for (Str w = word_next(&list); w.len; w = word_next(&list))
    put_attribute(b, id, w);
  buf_add(b, STR(".El\n"));
}

static void put_functions(Buf *b) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    Str all = str_of(functions[i]);
    size_t at = str_find(all, STR(": "), 0);
    buf_add(b, STR(".It Ic "));
    put_line(b, str_slice(all, 0, at));
    put_line(b, at == SIZE_MAX ? all : str_slice(all, at + 2, all.len));
  }
}

static void put_styles(Buf *b) {
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
    buf_fmt(b, ".It Ic %s\n", styles[i].name);
    if (*styles[i].base)
      buf_fmt(b, "As\n.Ic %s ;\n", styles[i].base);
    if (*styles[i].css)
      put_line(b, str_of(styles[i].css));
  }
}

static void put_part(Buf *b, Str line) {
  if (str_has(line, STR("ELEMENTS")))
    for (int i = 0; i < EL_COUNT; i++)
      put_element(b, (ElementId)i);
  else if (str_has(line, STR("FUNCTIONS")))
    put_functions(b);
  else if (str_has(line, STR("STYLES")))
    put_styles(b);
}

int main(int argc, char **argv) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  File *f = argc == 3 ? file_load(a, d, str_of(argv[1])) : NULL;
  Out *o = f ? out_open(a, d, str_of(argv[2])) : NULL;
  Buf b = buf_new(a);
  for (size_t i = 0; o && i < f->lines; i++) {
    size_t end = i + 1 < f->lines ? f->line_starts[i + 1] : f->text.len;
    Str line = str_slice(f->text, f->line_starts[i], end);
    if (str_starts(line, STR(".\\\" @")))
      put_part(&b, line);
    else
      buf_add(&b, line);
  }
  bool ok = o && out_write(o, buf_str(&b)) && out_commit(o);
  diags_print(d);
  arena_free(a);
  return ok ? 0 : 3;
}
