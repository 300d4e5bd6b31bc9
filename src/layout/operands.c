// The figures that arithmetic in an expression takes its numbers from, so that
// what is reckoned from them counts as printed too.
#include "query-imp.h"

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
         (c & 0x80);
}

// Bytes of the operator or bracket at i that parts operands, 0: none. XPath
// wants blanks around a minus and a word; * between operands has them too.
static size_t parts_at(Str s, size_t i) {
  static const Str words[] = {ROW(" + "),   ROW(" - "),   ROW(" * "),
                              ROW(" div "), ROW(" mod "), ROW("+")};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (str_starts(str_slice(s, i, s.len), words[k]))
      return words[k].len;
  return s.data[i] == '(' && (i == 0 || !is_name(s.data[i - 1]));
}

// End of what the quote, bracket or call at i opens; i where it opens nothing.
static size_t closed(Str s, size_t i) {
  char open = s.data[i];
  if (open != '\'' && open != '"' && open != '[' && open != '(')
    return i;
  char close = open == '[' ? ']' : open == '(' ? ')' : open;
  size_t depth = 0;
  for (; i < s.len; i++) {
    if (s.data[i] == close && (close == open ? depth > 0 : depth == 1))
      return i;
    depth += s.data[i] == open;
    depth -= close != open && s.data[i] == close;
  }
  return s.len;
}

static void operand(Query *q, Str s) {
  s = str_trim(s);
  while (s.len && s.data[s.len - 1] == ')' &&
         str_find(s, STR("("), 0) == SIZE_MAX)
    s = str_trim(str_slice(s, 0, s.len - 1));
  if (!s.len || (s.data[0] >= '0' && s.data[0] <= '9'))
    return;
  q->aside = true;
  xmlXPathObjectPtr o =
      xmlXPathEvalExpression((const xmlChar *)str_z(q->arena, s), q->xpath);
  q->aside = false;
  if (o && o->type == XPATH_NODESET && set_size(o) > 0) {
    const Figure *f = query_number(o->nodesetval->nodeTab[0]);
    if (f)
      *vec_push(q->arena, &q->told) = f;
  }
  xmlXPathFreeObject(o);
}

void note_operands(Query *q) {
  Str s = q->expr;
  size_t from = 0, parts = 0;
  for (size_t i = 0; i < s.len; i++) {
    size_t n = parts_at(s, i);
    if (n) {
      operand(q, str_slice(s, from, i));
      parts++;
      from = i + n;
      i += n - 1;
    } else {
      i = closed(s, i);
    }
  }
  if (parts && from < s.len)
    operand(q, str_slice(s, from, s.len));
}
