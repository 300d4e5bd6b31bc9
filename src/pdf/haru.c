// libharu as a maker of objects: dictionaries and arrays that the file writes.
// Its fonts, pages, pictures and its own saving stay unused.
#include "pdf_imp.h"
#include <stdio.h>
#include <stdlib.h>

struct Haru {
  HPDF_Error_Rec error;
  HPDF_MMgr mmgr;
  HPDF_Stream out; // writes to `text`
  Buf text;
};

static HPDF_STATUS take(HPDF_Stream s, const HPDF_BYTE *bytes, HPDF_UINT n) {
  Haru *h = s->attr;
  buf_add(&h->text, (Str){(const char *)bytes, n});
  return HPDF_OK;
}

// libharu carries on after a failed allocation; like an arena, end instead.
static void *must_alloc(HPDF_UINT size) {
  void *p = malloc(size);
  if (!p) {
    fputs("jianbao: out of memory\n", stderr);
    exit(3);
  }
  return p;
}

static void haru_free(void *p) {
  Haru *h = p;
  HPDF_Stream_Free(h->out);
  HPDF_MMgr_Free(h->mmgr);
}

Haru *haru_new(Arena *a) {
  Haru *h = NEW(a, Haru);
  HPDF_Error_Init(&h->error, NULL);
  h->mmgr = HPDF_MMgr_New(&h->error, 0, must_alloc, free);
  if (!h->mmgr)
    return NULL;
  h->text = buf_new(a);
  h->out = HPDF_CallbackWriter_New(h->mmgr, take, h);
  if (!h->out) {
    HPDF_MMgr_Free(h->mmgr);
    return NULL;
  }
  arena_defer(a, haru_free, h);
  return h;
}

HPDF_STATUS haru_error(const Haru *h) {
  return h->error.error_no;
}

HPDF_Dict haru_dict(Pdf *p) {
  return HPDF_Dict_New(p->haru->mmgr);
}

HPDF_Array haru_array(Pdf *p) {
  return HPDF_Array_New(p->haru->mmgr);
}

// A stand-in that has a number but no value: containers keep a proxy to it.
void *haru_ref(Pdf *p, uint32_t no) {
  HPDF_Null_Rec *stub = NEW(p->arena, HPDF_Null_Rec);
  stub->header.obj_id = no | HPDF_OTYPE_INDIRECT;
  stub->header.obj_class = HPDF_OCLASS_NULL;
  return stub;
}

void haru_put(HPDF_Dict d, const char *key, void *value) {
  if (d && value)
    HPDF_Dict_Add(d, key, value);
}

void haru_put_bytes(HPDF_Dict d, const char *key, Str bytes) {
  if (d)
    haru_put(d, key,
             HPDF_Binary_New(d->mmgr, (HPDF_BYTE *)(uintptr_t)bytes.data,
                             (HPDF_UINT)bytes.len));
}

void haru_put_ref(Pdf *p, HPDF_Dict d, const char *key, uint32_t no) {
  haru_put(d, key, haru_ref(p, no));
}

// Unpaired surrogates cannot come from valid UTF-8.
size_t utf16_units(uint16_t units[2], uint32_t c) {
  if (c < 0x10000) {
    units[0] = (uint16_t)c;
    return 1;
  }
  units[0] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
  units[1] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
  return 2;
}

void utf16_hex(Buf *b, Str text) {
  static const char digits[] = "0123456789ABCDEF";
  for (size_t i = 0; i < text.len;) {
    uint16_t units[2];
    size_t n = utf16_units(units, utf8_next(text, &i));
    for (size_t k = 0; k < n; k++)
      for (int shift = 12; shift >= 0; shift -= 4)
        buf_byte(b, digits[units[k] >> shift & 15]);
  }
}

void text_string(Buf *b, Str text) {
  buf_add(b, STR("<FEFF"));
  utf16_hex(b, text);
  buf_byte(b, '>');
}

enum { TEXT_MAX = 8000 }; // characters of one string of the catalog

void haru_put_text(Pdf *p, HPDF_Dict d, const char *key, Str text) {
  Buf b = buf_new(p->arena);
  buf_add(&b, STR("\xFE\xFF"));
  size_t count = 0;
  for (size_t i = 0; i < text.len && count < TEXT_MAX; count++) {
    uint16_t units[2];
    size_t n = utf16_units(units, utf8_next(text, &i));
    for (size_t k = 0; k < n; k++) {
      buf_byte(&b, (char)(units[k] >> 8));
      buf_byte(&b, (char)(units[k] & 0xFF));
    }
  }
  haru_put(
      d, key,
      HPDF_Binary_New(p->haru->mmgr, (HPDF_BYTE *)b.data, (HPDF_UINT)b.len));
}

static Str written(Pdf *p, void *object) {
  Haru *h = p->haru;
  h->text.len = 0;
  if (object)
    HPDF_Obj_WriteValue(object, h->out, NULL);
  HPDF_Obj_ForceFree(h->mmgr, object);
  return buf_str(&h->text);
}

void haru_write(Pdf *p, uint32_t no, void *object) {
  file_object(p->file, no, written(p, object));
}

Str haru_entries(Pdf *p, HPDF_Dict d) {
  Str s = str_trim(written(p, d));
  return str_trim(str_slice(s, 2, s.len > 2 ? s.len - 2 : 2));
}

void haru_stream(Pdf *p, uint32_t no, HPDF_Dict d, Str data, StreamPack pack) {
  file_stream(p->file, no, haru_entries(p, d), data, pack);
}
