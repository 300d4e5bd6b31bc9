// Build tool: which ideographs are traditional forms, and what simplified text
// prints for each, as C arrays. ICU knows both.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/utrans.h>

enum { FIRST = 0x4E00, LAST = 0x9FFF, N = LAST - FIRST + 1 };

static uint16_t forms[N];
static uint32_t alone[N / 32];

static void stop_at(UErrorCode e, const char *what) {
  if (U_SUCCESS(e))
    return;
  fprintf(stderr, "script: %s: %s\n", what, u_errorName(e));
  exit(1);
}

static uint16_t form_of(UTransliterator *simplify, uint16_t c) {
  UErrorCode e = U_ZERO_ERROR;
  UChar text[8] = {c};
  int32_t len = 1, end = 1;
  utrans_transUChars(simplify, text, &len, 8, 0, &end, &e);
  stop_at(e, "one character");
  return len == 1 && text[0] >= FIRST && text[0] <= LAST ? text[0] : c;
}

// GB 2312 holds what simplified text prints.
static int in_gb2312(UConverter *gb, uint16_t c) {
  UErrorCode e = U_ZERO_ERROR;
  char bytes[8];
  ucnv_fromUChars(gb, bytes, sizeof bytes, &c, 1, &e);
  ucnv_reset(gb);
  return U_SUCCESS(e);
}

int main(int argc, char **argv) {
  static const UChar id[] = u"Traditional-Simplified";
  UErrorCode e = U_ZERO_ERROR;
  UTransliterator *simplify =
      utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
  stop_at(e, "Traditional-Simplified");
  UConverter *gb = ucnv_open("EUC-CN", &e);
  stop_at(e, "EUC-CN");
  ucnv_setFromUCallBack(gb, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &e);
  stop_at(e, "EUC-CN");
  for (unsigned i = 0; i < N; i++) {
    forms[i] = form_of(simplify, (uint16_t)(FIRST + i));
    if (forms[i] != FIRST + i && !in_gb2312(gb, (uint16_t)(FIRST + i)))
      alone[i / 32] |= UINT32_C(1) << i % 32;
  }
  FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
  if (!out)
    return 1;
  fputs("#include \"lexicon.h\"\nconst uint16_t simplified_forms[] = {", out);
  for (unsigned i = 0; i < N; i++)
    fprintf(out, "%s0x%04X", i ? i % 12 ? "," : ",\n" : "\n", forms[i]);
  fputs("};\nconst uint32_t traditional_bits[] = {", out);
  for (unsigned i = 0; i < N / 32; i++)
    fprintf(out, "%s0x%08X", i ? i % 6 ? "," : ",\n" : "\n", alone[i]);
  fputs("};\n", out);
  ucnv_close(gb);
  utrans_close(simplify);
  return fclose(out) ? 1 : 0;
}
