// Layout XML → a document of blocks.
#include "layout.h"

struct Layout {
  XmlNode *root;
};

Layout *layout_load(Arena *a, Diags *d, Str path,
                    const LayoutOptions *options) {
  (void)options;
  File *f = file_load(a, d, path);
  XmlNode *root = f ? xml_parse(a, d, f) : NULL;
  if (!root)
    return NULL;
  Layout *l = NEW(a, Layout);
  l->root = root;
  return l;
}

const struct Dictionary *layout_dictionary(const Layout *layout) {
  (void)layout;
  return NULL;
}

Str layout_param(const Layout *layout, Str name) {
  (void)layout, (void)name;
  return STR_NONE;
}

bool layout_params_load(Arena *a, Diags *d, Str path, LayoutOptions *options) {
  (void)a, (void)d, (void)path, (void)options;
  return true;
}

Document *layout_bind(Arena *a, Diags *d, Layout *layout,
                      const struct Dossier *dossier) {
  (void)d, (void)layout, (void)dossier;
  return NEW(a, Document);
}

Str document_dump(Arena *a, const Document *doc) {
  (void)a, (void)doc;
  return STR("");
}
