// The commands: each runs the stages in order.
#include "cli.h"
#include "html.h"
#include "pdf.h"
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_file(Arena *a, Str x, Str y) {
  struct stat sx, sy;
  return stat(str_z(a, x), &sx) == 0 && stat(str_z(a, y), &sy) == 0 &&
         S_ISREG(sx.st_mode) && sx.st_dev == sy.st_dev &&
         sx.st_ino == sy.st_ino;
}

bool output_is_input(Run *r, Str output) {
  for (size_t i = 0; i < r->options.inputs.len; i++) {
    if (output.len && same_file(r->arena, output, r->options.inputs.data[i])) {
      diag(r->diags, D_CLI_INPUT_IS_OUTPUT, SPAN_NONE, output);
      return true;
    }
  }
  return false;
}

bool enough_inputs(Run *r, size_t need, const char *en, const char *zh) {
  if (r->options.inputs.len >= need)
    return true;
  diag(r->diags, D_CLI_FEW, SPAN_NONE, command_name(r->options.command),
       str_of(diags_lang_of_env() == LANG_ZH ? zh : en));
  return false;
}

// Whether the result may reach the output path.
bool may_write(Run *r) {
  if (diags_errors(r->diags) == 0 || r->options.keep_going)
    return true;
  if (diags_count(r->diags, LEVEL_SYSTEM) == 0) {
    diag_add(r->diags, D_CLI_WITHHELD, SPAN_NONE, NULL, 0);
    diag_fix(r->diags, STR("--keep-going"));
  }
  return false;
}

bool output_write(Run *r, Str path, Str text) {
  Out *o = out_open(r->arena, r->diags, path);
  if (!o)
    return false;
  out_write(o, text);
  return out_commit(o);
}

static bool print_dump(Run *r, Str text) {
  return output_write(r, STR("-"), text);
}

// Prints the stage that --dump asks for, if it is this one.
static bool dumped(Run *r, const char *stage, Str text) {
  bool wanted = str_is(r->options.dump, stage);
  if (wanted)
    print_dump(r, text);
  return wanted;
}

static bool dumped_dossier(Run *r, const Dossier *dossier) {
  if (str_is(r->options.dump, "articles"))
    return print_dump(r, dossier_dump_articles(r->arena, dossier));
  if (str_is(r->options.dump, "figures"))
    return print_dump(r, dossier_dump_figures(r->arena, dossier));
  return false;
}

void command_extract(Run *r) {
  const Options *o = &r->options;
  if (!enough_inputs(r, o->list.len ? 0 : 1, "at least one page or folder",
                     "至少一个报纸页或文件夹") ||
      output_is_input(r, o->output))
    return;
  if (str_is(o->format, "ndjson")) {
    r->code = stream_pages(r, NULL, jobs_of(o));
    return;
  }
  Dossier *dossier = inputs_load(r, o->inputs.data, o->inputs.len, NULL);
  if (!dossier || dumped_dossier(r, dossier) || !may_write(r))
    return;
  Str output = o->output.len ? o->output : STR("-");
  if (str_is(o->format, "json"))
    output_write(r, output, dossier_json(r->arena, dossier));
  else if (str_is(o->format, "csv"))
    output_write(r, output, dossier_csv(r->arena, dossier));
  else
    dossier_write(r->arena, r->diags, dossier, output);
}

// A bare name that no file here has stands for a stock layout: monthly,
// monthly.xml.
static Str layout_path(Run *r, Str given) {
  Str name =
      str_ends(given, STR(".xml")) ? str_slice(given, 0, given.len - 4) : given;
  Str folder = stock_folder(r->arena);
  bool bare = name.len && !str_has(given, STR("/")) && folder.data;
  if (!bare || access(str_z(r->arena, given), F_OK) == 0)
    return given;
  Str stock = str_fmt(r->arena, "%.*s/layouts/%.*s.xml", STR_ARG(folder),
                      STR_ARG(name));
  return access(stock.data, R_OK) == 0 ? stock : given;
}

static Layout *load_layout(Run *r) {
  const Options *o = &r->options;
  LayoutOptions lo = {
      .params = o->set.data, .n_params = o->set.len, .go_on = true};
  if (o->copies.len)
    copies_of(o, &lo.copy_first, &lo.copy_last);
  if (o->params.len && !layout_params_load(r->arena, r->diags, o->params, &lo))
    return NULL;
  Str path = layout_path(r, o->inputs.data[0]);
  return layout_load(r->arena, r->diags, path, &lo);
}

static void append_path(Run *r, StrList *list, Str path) {
  StrList longer = {0};
  for (size_t i = 0; i < list->len; i++)
    *vec_push(r->arena, &longer) = list->data[i];
  *vec_push(r->arena, &longer) = path;
  *list = longer;
}

// What the layout names itself: its data, where the command names none, and
// the month that its parameter sets.
static void take_layout_data(Run *r, const Layout *layout) {
  Options *o = &r->options;
  size_t n, given = o->inputs.len;
  const LayoutData *data = layout_data(layout, &n);
  for (size_t i = 0; i < n; i++)
    if (str_is(data[i].role, "previous"))
      append_path(r, &o->previous, data[i].path);
    else if (str_is(data[i].role, "ledger") && !o->ledger.len)
      o->ledger = data[i].path;
    else if (str_is(data[i].role, "current") && given == 1 && !o->list.len)
      append_path(r, &o->inputs, data[i].path);
  Str period = layout_param(layout, STR("period"));
  if (period.len && !layout_faulty(layout))
    o->period = period;
}

// The layout bound to its dossier, or NULL: reported.
static Document *bind(Run *r, Layout *layout, Dossier **bound) {
  const Options *o = &r->options;
  const Dictionary *words = layout ? layout_dictionary(layout) : NULL;
  if (layout)
    take_layout_data(r, layout);
  Dossier *dossier =
      inputs_load(r, o->inputs.data + 1, o->inputs.len - 1, words);
  *bound = dossier;
  if (!layout || !dossier)
    return NULL;
  if (dumped_dossier(r, dossier))
    return NULL;
  if (layout_faulty(layout))
    return layout_bind(r->arena, r->diags, layout, dossier);
  if (o->final)
    dossier->state = STR("final");
  Document *doc = NULL;
  if (o->final && (doc = layout_bind(r->arena, r->diags, layout, dossier)))
    final_check(r, dossier, doc);
  if (o->final && diags_errors(r->diags) && !o->keep_going)
    return doc;
  if (o->dossier.len && !dossier_write(r->arena, r->diags, dossier, o->dossier))
    return NULL;
  return doc ? doc : layout_bind(r->arena, r->diags, layout, dossier);
}

// Faces are looked for in the folders given, in fonts/ beside the layout, and
// in the fonts/ that came with the program; then where typeset looks itself.
static FontOptions font_folders(Run *r) {
  StrList dirs = {0};
  const StrList *inputs = &r->options.inputs;
  Str layout = inputs->len ? inputs->data[0] : STR("");
  struct stat st;
  for (size_t i = 0; i < r->options.fonts.len; i++) {
    Str dir = r->options.fonts.data[i];
    if (stat(str_z(r->arena, dir), &st) != 0)
      diag_errno(r->diags, D_DIR_READ, dir, errno);
    else if (!S_ISDIR(st.st_mode))
      diag_errno(r->diags, D_DIR_READ, dir, ENOTDIR);
    *vec_push(r->arena, &dirs) = dir;
  }
  size_t end = layout.len;
  while (end && layout.data[end - 1] != '/')
    end--;
  if (layout.len)
    *vec_push(r->arena, &dirs) =
        str_cat(r->arena, str_slice(layout, 0, end), STR("fonts"));
  Str stock = stock_folder(r->arena);
  if (stock.len)
    *vec_push(r->arena, &dirs) = str_cat(r->arena, stock, STR("/fonts"));
  return (FontOptions){dirs.data, dirs.len};
}

static void set_and_write(Run *r, const Document *doc, const Dossier *dossier) {
  const Options *o = &r->options;
  if (o->html.len && !o->output.len && !o->dump.len) {
    if (may_write(r))
      output_write(r, o->html, html_page(r->arena, doc, dossier));
    return;
  }
  FontOptions fo = font_folders(r);
  FontSet *fonts = fontset_open(r->arena, r->diags, doc, &fo);
  if (!fonts)
    return;
  if (str_is(o->dump, "boxes")) {
    print_dump(r, boxes_dump(r->arena, r->diags, doc, fonts));
    return;
  }
  Pages *pages = typeset(r->arena, r->diags, doc, fonts);
  if (!may_write(r))
    return;
  if (str_is(o->dump, "pages")) {
    print_dump(r, pages_dump(r->arena, pages));
    return;
  }
  if (o->report.len)
    output_write(r, o->report, typography_report(r->arena, pages));
  if (o->report.len || o->strict)
    typography_say(r->arena, r->diags, pages);
  if (!may_write(r))
    return;
  if (o->html.len)
    output_write(r, o->html, html_page(r->arena, doc, dossier));
  if (o->map.len)
    output_write(r, o->map, pages_map(r->arena, pages));
  PdfOptions po = {.tagged = true, .print = o->print, .archive = o->archive};
  if (o->booklet.len)
    booklet_of(o, &po.sheet, &po.creep);
  po.producer = STR("jianbao " JIANBAO_VERSION);
  if (pdf_write(r->arena, r->diags, pages, &po, o->output))
    r->pages = pages->n_pages;
  if (r->pages && o->final && o->ledger.len)
    final_keep(r, dossier);
}

void command_build(Run *r) {
  const Options *o = &r->options;
  // A layout alone is good where its content is literal.
  if (!enough_inputs(r, 1, "a layout, and pages, folders or a dossier",
                     "版式，以及报纸页、文件夹或卷宗"))
    return;
  if (!o->output.len && !o->dump.len && !o->html.len) {
    diag_add(r->diags, D_CLI_NO_OUTPUT, SPAN_NONE, NULL, 0);
    diag_fix(r->diags, STR("-o FILE"));
    return;
  }
  if (output_is_input(r, o->output) || output_is_input(r, o->dossier) ||
      output_is_input(r, o->html) || output_is_input(r, o->map))
    return;
  Dossier *dossier;
  Layout *layout = load_layout(r);
  Document *doc = bind(r, layout, &dossier);
  Str day;
  if (doc && epoch_day(r->arena, &day) && day.len)
    doc->date = day;
  if (layout)
    layout_close(layout);
  if (!doc) {
    if (!o->dump.len)
      may_write(r);
    return;
  }
  if (!dumped(r, "tree", o->dump.len ? document_dump(r->arena, doc) : STR("")))
    set_and_write(r, doc, dossier);
}

void command_check(Run *r) {
  if (!enough_inputs(r, 1, "a layout", "版式"))
    return;
  Layout *layout = load_layout(r);
  Dossier *dossier;
  size_t n = 0;
  if (layout)
    layout_data(layout, &n);
  if (layout && layout_faulty(layout))
    n = 0; // what it names itself may be what is wrong
  if (n || r->options.inputs.len > 1)
    bind(r, layout, &dossier);
}

void command_fonts(Run *r) {
  const Options *o = &r->options;
  if (o->inputs.len) {
    diag(r->diags, D_CLI_EXTRA, SPAN_NONE, STR("fonts"), o->inputs.data[0]);
    return;
  }
  if (o->fetch)
    fonts_fetch(r);
  FontOptions fo = font_folders(r);
  if (str_ends(o->output, STR(".pdf")))
    set_and_write(r, fonts_specimen(r->arena, r->diags, &fo), NULL);
  else
    output_write(r, o->output.len ? o->output : STR("-"),
                 fontset_report(r->arena, r->diags, &fo));
}
