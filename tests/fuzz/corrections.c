// Any bytes as corrections: read, and applied to a small dossier, which can be
// written and read again.
#include "dossier.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char pages[] =
    "<dossier xmlns='urn:jianbao:dossier' version='1' period='2025-12' "
    "state='draft'><page id='p1' file='a.txt' publication='' date=''>"
    "<article id='p1a1' kind='news' topic='甲' use='yes' continues=''>"
    "<title id='t1'>题目</title><para id='b1' lines='1-2'>共有3.2万人入会，"
    "入会率达96%。</para><figure id='f-1' block='b1' quote='入会率达96%' "
    "printed='96%' value='96' unit='%' indicator='入会率' region='甘肃省' "
    "measure='level' period='2025-12' state='auto'/><figure id='f-2' "
    "block='b1' quote='共有3.2万人入会' printed='3.2万人' value='32000' "
    "unit='人' indicator='入会' measure='level' period='2025-12' "
    "state='auto' doubt='lost-text'/></article></page></dossier>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  Str bytes = str_copy(a, (Str){(const char *)data, size});
  Corrections *c = corrections_read(a, d, file_of(a, STR("c.xml"), bytes));
  if (c) {
    Str text = {pages, sizeof pages - 1};
    Dossier *dossier = dossier_read(a, d, file_of(a, STR("d.xml"), text));
    corrections_apply_text(c, dossier);
    corrections_apply_figures(c, dossier);
    Str once = dossier_text(a, dossier);
    if (!dossier_read(a, d, file_of(a, STR("again.xml"), once)))
      abort();
  }
  arena_free(a);
  return 0;
}
