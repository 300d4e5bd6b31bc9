// The vocabulary: rows of elements.def and attributes.def, looked up by name.
#include "layout-imp.h"

static const ElementRow elements[EL_COUNT] = {
#define ELEMENT(id, name, content, attrs, en, zh)                              \
  [EL_##id] = {ROW(name), ROW(content), ROW(attrs), ROW(en), ROW(zh)},
#define GROUP(name, content)
#include "elements.def"
#undef ELEMENT
#undef GROUP
};

static const struct {
  Str name, content;
} groups[] = {
#define ELEMENT(id, name, content, attrs, en, zh)
#define GROUP(name, content) {ROW(name), ROW(content)},
#include "elements.def"
#undef ELEMENT
#undef GROUP
};

static const AttrRow attributes[] = {
#define ATTRIBUTE(name, type, values, en, zh)                                  \
  {ROW(name), TYPE_##type, ROW(values), ROW(en), ROW(zh)},
#include "attributes.def"
#undef ATTRIBUTE
};

enum { N_ATTRIBUTES = sizeof attributes / sizeof *attributes };

Str word_next(Str *list) {
  size_t i = 0;
  while (i < list->len && list->data[i] == ' ')
    i++;
  size_t from = i;
  while (i < list->len && list->data[i] != ' ')
    i++;
  Str word = str_slice(*list, from, i);
  *list = str_slice(*list, i, list->len);
  return word;
}

bool word_in(Str list, Str word) {
  for (Str w = word_next(&list); w.len; w = word_next(&list))
    if (str_eq(w, word))
      return true;
  return false;
}

const ElementRow *element_row(ElementId id) {
  return &elements[id];
}

ElementId element_lookup(Str name) {
  for (int i = 0; i < EL_COUNT; i++)
    if (str_eq(elements[i].name, name))
      return (ElementId)i;
  return EL_COUNT;
}

Str element_nearest(Str name) {
  Str names[EL_COUNT];
  for (int i = 0; i < EL_COUNT; i++)
    names[i] = elements[i].name;
  return str_nearest(name, names, EL_COUNT);
}

static bool content_has(Str content, Str name) {
  for (Str w = word_next(&content); w.len; w = word_next(&content)) {
    if (str_eq(w, name))
      return true;
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
      if (str_eq(w, groups[g].name) && word_in(groups[g].content, name))
        return true;
  }
  return false;
}

bool element_allows(ElementId parent, ElementId child) {
  Str name = child == EL_TEXT ? STR("#text") : elements[child].name;
  return content_has(elements[parent].content, name);
}

bool element_has_attr(ElementId id, Str name, bool *required) {
  Str list = elements[id].attrs;
  for (Str w = word_next(&list); w.len; w = word_next(&list)) {
    bool must = str_ends(w, STR("!"));
    if (must)
      w.len--;
    if (str_eq(w, name)) {
      *required = must;
      return true;
    }
  }
  return false;
}

const AttrRow *attr_lookup(Str name) {
  for (size_t i = 0; i < N_ATTRIBUTES; i++)
    if (str_eq(attributes[i].name, name))
      return &attributes[i];
  return NULL;
}

size_t attr_rows(const AttrRow **rows) {
  *rows = attributes;
  return N_ATTRIBUTES;
}
