// A dossier's XML as a tree of slices of its file.
#include "elem.h"

typedef struct {
  Arena *arena, *tree;
  Elem *root, *open;
} Builder;

static Elem *elem_add(Builder *b) {
  Elem *e = NEW(b->tree, Elem);
  e->parent = b->open;
  if (!b->open)
    b->root = e;
  else if (b->open->last)
    b->open->last = b->open->last->next = e;
  else
    b->open->first = b->open->last = e;
  return e;
}

// The name as the file has it, without its prefix.
static Str local_name(const XmlElement *x) {
  Str s = str_slice(x->at.file->text, x->at.begin, x->at.end);
  return str_slice(s, s.len - x->name.len, s.len);
}

static void begin(void *ctx, const XmlElement *x) {
  Builder *b = ctx;
  Elem *e = elem_add(b);
  e->name = local_name(x);
  e->ns = b->open ? STR("") : str_copy(b->arena, x->ns);
  e->at = x->at;
  e->n_attrs = x->n_attrs;
  XmlAttr *attrs = NEW_ARRAY(b->tree, XmlAttr, x->n_attrs);
  if (x->n_attrs)
    memcpy(attrs, x->attrs, x->n_attrs * sizeof *attrs);
  e->attrs = attrs;
  b->open = e;
}

static void text(void *ctx, Str s, Span at) {
  Builder *b = ctx;
  if (!b->open)
    return;
  Elem *e = elem_add(b);
  e->text = s;
  e->at = at;
}

static void end(void *ctx) {
  Builder *b = ctx;
  b->open = b->open->parent;
}

Elem *elem_tree(Arena *a, Arena *tree, Diags *d, const File *f) {
  Builder b = {.arena = a, .tree = tree};
  XmlReader reader = {&b, begin, text, end};
  return xml_scan(a, d, f, &reader) ? b.root : NULL;
}

Elem *elem_of(Elem *e) {
  while (e && !e->name.len)
    e = e->next;
  return e;
}

Span elem_attr_span(const Elem *e, const char *name) {
  for (size_t i = 0; i < e->n_attrs; i++)
    if (str_is(e->attrs[i].name, name))
      return e->attrs[i].value_at;
  return e->at;
}
