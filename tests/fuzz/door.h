// What the doors have in common: the bytes as a file, and a small dossier.
#ifndef DOOR_H
#define DOOR_H

#include "dossier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// A page with two figures, the second in doubt if `DOUBT` is doubt='…'.
#define SMALL_DOSSIER(PERIOD, DOUBT)                                              \
  "<dossier xmlns='urn:jianbao:dossier' version='1' period='" PERIOD              \
  "' state='draft'><page id='p1' file='a.txt' publication='报' "                 \
  "date='" PERIOD "-30'><article id='p1a1' kind='news' topic='甲' use='yes' "    \
  "continues=''><title id='t1'>题目</title><para id='b1' lines='1-2'>"          \
  "共有3.2万人入会，入会率达96%。</para><figure id='f-1' block='b1' " \
  "quote='入会率达96%' printed='96%' value='96' unit='%' "                    \
  "indicator='入会率' region='甘肃省' measure='level' "                     \
  "period='../" PERIOD "' state='auto'/><figure id='f-2' block='b1' "             \
  "quote='共有3.2万人入会' printed='3.2万人' value='32000' unit='人' "   \
  "indicator='入会' measure='level' period='" PERIOD "' state='auto' " DOUBT      \
  "/></article></page></dossier>"

static inline File *door_file(Arena *a, const uint8_t *data, size_t size,
                              const char *name) {
  return file_of(a, str_of(name), str_copy(a, (Str){(const char *)data, size}));
}

static inline Dossier *door_dossier(Arena *a, Diags *d, const char *text) {
  return dossier_read(a, d, file_of(a, STR("d.xml"), str_of(text)));
}

#endif
