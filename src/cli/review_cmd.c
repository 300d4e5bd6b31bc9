// jianbao review: the page in which a person checks the figures.
#include "cli.h"
#include "history.h"
#include "review.h"

// The text of an earlier corrections file; false where it is none: reported.
// It is not applied: the page shows what the program found, and the decisions.
static bool earlier(Run *r, Str *text) {
  Str path = r->options.corrections;
  *text = STR("");
  if (!path.len)
    return true;
  File *f = file_load(r->arena, r->diags, path);
  if (!f || !corrections_read(r->arena, r->diags, f))
    return false;
  *text = f->text;
  return true;
}

void command_review(Run *r) {
  Options *o = &r->options;
  if (!enough_inputs(r, 1, "a dossier, or at least one page or folder",
                     "一份卷宗，或至少一个报纸页、文件夹") ||
      output_is_input(r, o->output))
    return;
  ReviewOptions options = {0};
  if (!earlier(r, &options.corrections))
    return;
  o->corrections = STR_NONE;
  Dossier *dossier = inputs_load(r, o->inputs.data, o->inputs.len, NULL);
  if (!dossier || !may_write(r))
    return;
  options.findings = dossier->findings->data;
  options.n_findings = dossier->findings->len;
  output_write(r, o->output.len ? o->output : STR("-"),
               review_page(r->arena, dossier, &options));
}
