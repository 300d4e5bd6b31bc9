// The vocabulary: rows of elements.def and attributes.def, looked up by name.
#include "layout-imp.h"
#include <pthread.h>

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

// ---- what is asked of every element of a layout, worked out once ------------

enum { SLOTS = 256 }; // a power of two, more than twice EL_COUNT

static struct {
  uint8_t by_name[SLOTS]; // row + 1, open addressing
  bool allows[EL_COUNT][EL_TEXT + 1];
  bool requires[EL_COUNT]; // some attribute
} known;

static bool content_has(Str content, Str name);

static size_t slot_of(Str name) {
  return (size_t)str_hash(name) & (SLOTS - 1);
}

static void known_build(void) {
  _Static_assert(EL_COUNT * 2 < SLOTS, "more slots");
  for (int i = 0; i < EL_COUNT; i++) {
    size_t at = slot_of(elements[i].name);
    while (known.by_name[at])
      at = (at + 1) & (SLOTS - 1);
    known.by_name[at] = (uint8_t)(i + 1);
    known.requires[i] = str_has(elements[i].attrs, STR("!"));
    for (int k = 0; k < EL_COUNT; k++)
      known.allows[i][k] = content_has(elements[i].content, elements[k].name);
    known.allows[i][EL_TEXT] = content_has(elements[i].content, STR("#text"));
  }
}

static void known_open(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, known_build);
}

ElementId element_lookup(Str name) {
  known_open();
  for (size_t at = slot_of(name); known.by_name[at];
       at = (at + 1) & (SLOTS - 1)) {
    int i = known.by_name[at] - 1;
    if (str_eq(elements[i].name, name))
      return (ElementId)i;
  }
  return EL_COUNT;
}

bool element_requires(ElementId id) {
  known_open();
  return known.requires[id];
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
  known_open();
  return known.allows[parent][child];
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
