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

enum { SLOTS = 256, ATTR_SLOTS = 512 }; // powers of two, more than twice rows

static struct {
  uint8_t by_name[SLOTS]; // row + 1, open addressing
  uint8_t attr_by_name[ATTR_SLOTS];
  bool allows[EL_COUNT][EL_TEXT + 1];
  bool requires[EL_COUNT]; // some attribute
} known;

static size_t slot_of(Str name) {
  return (size_t)str_hash(name) & (SLOTS - 1);
}

static ElementId row_of(Str name) {
  for (size_t at = slot_of(name); known.by_name[at];
       at = (at + 1) & (SLOTS - 1)) {
    int i = known.by_name[at] - 1;
    if (str_eq(elements[i].name, name))
      return (ElementId)i;
  }
  return EL_COUNT;
}

static void allow(bool *allowed, Str words) {
  for (Str w = word_next(&words); w.len; w = word_next(&words)) {
    ElementId id = str_is(w, "#text") ? EL_TEXT : row_of(w);
    if (id != EL_COUNT)
      allowed[id] = true;
  }
}

// A content is a list of elements and of groups of them.
static void content_allow(bool *allowed, Str content) {
  allow(allowed, content);
  for (Str w = word_next(&content); w.len; w = word_next(&content))
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
      if (str_eq(w, groups[g].name))
        allow(allowed, groups[g].content);
}

// Of two rows of one name the first counts.
static void attr_know(int i) {
  _Static_assert(N_ATTRIBUTES * 2 < ATTR_SLOTS && N_ATTRIBUTES < UINT8_MAX,
                 "more slots");
  size_t at = (size_t)str_hash(attributes[i].name) & (ATTR_SLOTS - 1);
  while (known.attr_by_name[at])
    at = (at + 1) & (ATTR_SLOTS - 1);
  known.attr_by_name[at] = (uint8_t)(i + 1);
}

static void known_build(void) {
  _Static_assert(EL_COUNT * 2 < SLOTS, "more slots");
  for (int i = 0; i < EL_COUNT; i++) {
    size_t at = slot_of(elements[i].name);
    while (known.by_name[at])
      at = (at + 1) & (SLOTS - 1);
    known.by_name[at] = (uint8_t)(i + 1);
  }
  for (int i = 0; i < N_ATTRIBUTES; i++)
    attr_know(i);
  for (int i = 0; i < EL_COUNT; i++) {
    known.requires[i] = str_has(elements[i].attrs, STR("!"));
    content_allow(known.allows[i], elements[i].content);
  }
}

static void known_open(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, known_build);
}

ElementId element_lookup(Str name) {
  known_open();
  return row_of(name);
}

bool element_requires(ElementId id) {
  known_open();
  return known.requires[id];
}

// What HTML and other languages call it.
static const struct {
  Str theirs, ours;
} foreign[] = {{ROW("p"), ROW("para")},
               {ROW("h1"), ROW("section")},
               {ROW("h2"), ROW("section")},
               {ROW("h3"), ROW("section")},
               {ROW("div"), ROW("section")},
               {ROW("ul"), ROW("list")},
               {ROW("ol"), ROW("list")},
               {ROW("li"), ROW("item")},
               {ROW("tr"), ROW("row")},
               {ROW("td"), ROW("cell")},
               {ROW("th"), ROW("cell")},
               {ROW("col"), ROW("column")},
               {ROW("img"), ROW("image")},
               {ROW("b"), ROW("strong")},
               {ROW("i"), ROW("em")},
               {ROW("hr"), ROW("rule")},
               {ROW("foreach"), ROW("for-each")},
               {ROW("otherwise"), ROW("else")},
               {ROW("footnote"), ROW("note")},
               {ROW("qrcode"), ROW("barcode")},
               {ROW("header"), ROW("region")},
               {ROW("footer"), ROW("region")},
               {ROW("summary"), ROW("digest")},
               {ROW("variable"), ROW("let")},
               {ROW("include"), ROW("xi:include")}};

Str element_nearest(ElementId parent, Str name) {
  Str names[EL_COUNT];
  size_t n = 0;
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
    if (str_eq(foreign[i].theirs, name))
      return foreign[i].ours;
  for (int i = 0; i < EL_COUNT; i++)
    if (element_allows(parent, (ElementId)i))
      names[n++] = elements[i].name;
  Str near = str_nearest(name, names, n);
  for (int i = 0; i < EL_COUNT; i++)
    names[i] = elements[i].name;
  return near.data ? near : str_nearest(name, names, EL_COUNT);
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
  known_open();
  for (size_t at = (size_t)str_hash(name) & (ATTR_SLOTS - 1);
       known.attr_by_name[at]; at = (at + 1) & (ATTR_SLOTS - 1)) {
    const AttrRow *row = &attributes[known.attr_by_name[at] - 1];
    if (str_eq(row->name, name))
      return row;
  }
  return NULL;
}

size_t attr_rows(const AttrRow **rows) {
  *rows = attributes;
  return N_ATTRIBUTES;
}

// ---- attributes whose values depend on the element --------------------------

static const struct {
  ElementId el;
  Str name, values;
} narrowed[] = {
    {EL_DATA, ROW("role"), ROW("current previous ledger")},
    {EL_REGION, ROW("name"), ROW("header footer")},
    {EL_ROW, ROW("kind"), ROW("head body group total")},
    {EL_CHART, ROW("kind"), ROW("column bar line pie stacked combo ring")},
    {EL_PARA, ROW("align"), ROW("justify left center right")},
    {EL_IMAGE, ROW("align"), ROW("left center right")},
    {EL_BARCODE, ROW("align"), ROW("left center right")},
    {EL_TABLE, ROW("total"), ROW("none sum")},
    {EL_COLUMN, ROW("total"), ROW("none sum")},
    {EL_BREAK, ROW("to"), ROW("odd")},
};

Str attr_values(ElementId id, const AttrRow *row) {
  for (size_t i = 0; i < sizeof narrowed / sizeof *narrowed; i++)
    if (narrowed[i].el == id && str_eq(narrowed[i].name, row->name))
      return narrowed[i].values;
  return row->type == TYPE_ENUM ? row->values : STR("");
}

static Str bare(Str attr) {
  return str_ends(attr, STR("!")) ? str_slice(attr, 0, attr.len - 1) : attr;
}

Str attr_nearest(ElementId id, Str name) {
  Str list = elements[id].attrs, names[64];
  size_t n = 0;
  for (Str w = word_next(&list); w.len && n < 64; w = word_next(&list))
    names[n++] = bare(w);
  Str near = str_nearest(name, names, n);
  for (size_t i = 0; i < n && !near.data; i++)
    if (name.len > 3 && str_ends(names[i], name))
      near = names[i];
  return near;
}

Str attr_owners(Arena *a, Str name) {
  Buf b = buf_new(a);
  for (int i = 0; i < EL_COUNT; i++) {
    bool must;
    if (!element_has_attr((ElementId)i, name, &must))
      continue;
    buf_fmt(&b, "%s'%.*s'", b.len ? ", " : "", STR_ARG(elements[i].name));
  }
  return buf_str(&b);
}
