// Any bytes as a layout: checked, bound to a small dossier, dumped.
#include "layout.h"
#include "dossier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char pages[] =
    "<dossier xmlns='urn:jianbao:dossier' version='1' period='2025-12' "
    "state='draft'><page id='p1' file='a.txt' publication='' date=''>"
    "<article id='a1' kind='news' topic='甲' use='yes' continues=''>"
    "<title id='t1'>题目</title><para id='b1' lines='1-2'>共有3.2万人入会，"
    "入会率达96%。</para><figure id='f1' block='b1' quote='入会率达96%' "
    "printed='96%' value='96' unit='%' indicator='入会率' region='甘肃省' "
    "measure='level' period='2025-12' state='auto'/><figure id='f2' "
    "block='b1' quote='共有3.2万人入会' printed='3.2万人' value='32000' "
    "unit='人' indicator='入会' measure='level' period='2025-12' "
    "state='auto'/></article></page></dossier>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Dossier *dossier;
  if (!dossier) {
    Arena *always = arena_new();
    Str text = {pages, sizeof pages - 1};
    dossier = dossier_read(always, diags_new(always, LANG_ZH),
                           file_of(always, STR("d.xml"), text));
  }
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  Str bytes = str_copy(a, (Str){(const char *)data, size});
  LayoutOptions options = {.folder = STR("/nonexistent")};
  Layout *l = layout_parse(a, d, file_of(a, STR("fuzz.xml"), bytes), &options);
  Document *doc = l && dossier ? layout_bind(a, d, l, dossier) : NULL;
  if (doc)
    document_dump(a, doc);
  arena_free(a);
  return 0;
}
