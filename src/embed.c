// Build tool: writes the bytes of a data file as a C array.
#include <stdio.h>

static int embed(FILE *in, const char *symbol, FILE *out) {
  size_t n = 0;
  fprintf(out, "#include <stddef.h>\nextern const unsigned char %s[];\n",
          symbol);
  fprintf(out, "extern const size_t %s_len;\n", symbol);
  fprintf(out, "const unsigned char %s[] = {", symbol);
  for (int c; (c = getc(in)) != EOF; n++)
    fprintf(out, n % 24 ? "%d," : "\n%d,", c);
  fprintf(out, "\n0};\nconst size_t %s_len = %zu;\n", symbol, n);
  return ferror(in) || ferror(out);
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  FILE *in = fopen(argv[1], "rb");
  FILE *out = fopen(argv[3], "wb");
  if (!in || !out)
    return 3;
  int bad = embed(in, argv[2], out);
  bad |= fclose(in) | fclose(out);
  return bad ? 3 : 0;
}
