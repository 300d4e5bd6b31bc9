// jianbao explain: why a figure says what it says, and why a numeral on a line
// is no figure.
#include "cli.h"
#include "extract.h"

// FILE:LINE; the line, or 0 where it is none.
static size_t line_of(Str what, Str *path) {
  size_t colon = SIZE_MAX, line = 0;
  for (size_t i = 0; (i = str_find(what, STR(":"), i)) != SIZE_MAX; i++)
    colon = i;
  if (colon == SIZE_MAX || colon + 1 == what.len || what.len - colon > 9)
    return 0;
  for (size_t i = colon + 1; i < what.len; i++) {
    if (what.data[i] < '0' || what.data[i] > '9')
      return 0;
    line = line * 10 + (size_t)(what.data[i] - '0');
  }
  *path = str_slice(what, 0, colon);
  return line;
}

void command_explain(Run *r) {
  Options *o = &r->options;
  if (!enough_inputs(r, 1, "a figure's id and a dossier or page, or PAGE:LINE",
                     "数字编号和卷宗（或报纸页），或者 报纸页:行号"))
    return;
  Str what = o->inputs.data[0], path = STR_NONE;
  size_t line = line_of(what, &path);
  if (!line && !enough_inputs(r, 2, "a dossier or page after the figure's id",
                              "数字编号之后的卷宗或报纸页"))
    return;
  Dossier *dossier =
      line ? inputs_load(r, &path, 1, NULL)
           : inputs_load(r, o->inputs.data + 1, o->inputs.len - 1, NULL);
  if (!dossier)
    return;
  Str text = extract_explain(r->arena, dossier, what, line);
  if (!text.len) {
    diag(r->diags, D_EXPLAIN_NONE, SPAN_NONE, what);
    return;
  }
  Out *out = out_open(r->arena, r->diags, STR("-"));
  if (out) {
    out_write(out, text);
    out_commit(out);
  }
}
