// jianbao ledger add|list|show|export|remove: the figures of each issue over
// time, in one SQLite file.
#include "cli.h"
#include "history.h"

static Str param(const Run *r, const char *name) {
  for (size_t i = r->options.set.len; i > 0; i--)
    if (str_is(r->options.set.data[i - 1].name, name))
      return r->options.set.data[i - 1].value;
  return STR("");
}

static bool zh(void) {
  return diags_lang_of_env() == LANG_ZH;
}

static bool is_count(Str s) {
  bool ok = s.len <= 9;
  for (size_t i = 0; i < s.len; i++)
    ok = ok && s.data[i] >= '0' && s.data[i] <= '9';
  return ok;
}

static bool numbers_given(Run *r, Issue *issue) {
  issue->number = param(r, "number");
  issue->running = param(r, "running");
  bool ok = is_count(issue->number) && is_count(issue->running);
  if (!ok)
    diag(r->diags, D_CLI_VALUE, SPAN_NONE, STR("--set"),
         is_count(issue->number) ? issue->running : issue->number,
         STR("number=N running=N"));
  return ok;
}

static void add(Run *r) {
  const Options *o = &r->options;
  Issue issue = {0};
  if (!enough_inputs(r, 2, "add, and a dossier or pages",
                     "add，以及一份卷宗或报纸页") ||
      !numbers_given(r, &issue))
    return;
  Dossier *dossier =
      inputs_load(r, o->inputs.data + 1, o->inputs.len - 1, NULL);
  if (!dossier || !may_write(r))
    return;
  if (!period_parse(dossier->period).months) {
    diag_file(r->diags, D_LEDGER_PERIOD, o->ledger, dossier->period);
    return;
  }
  Ledger *l = ledger_open(r->arena, r->diags, o->ledger, LEDGER_WRITE);
  if (!l || !ledger_add(l, dossier, &issue))
    return;
  output_write(
      r, STR("-"),
      str_fmt(r->arena,
              zh() ? "%.*s：第%.*s期（总第%.*s期），%zu个数字，其中已核%zu个\n"
                   : "%.*s: issue %.*s (running %.*s), %zu figures, %zu "
                     "confirmed\n",
              STR_ARG(issue.period), STR_ARG(issue.number),
              STR_ARG(issue.running), issue.figures, issue.confirmed));
}

static void list(Run *r, Ledger *l) {
  IssueList all = ledger_issues(l);
  Buf b = buf_new(r->arena);
  for (size_t i = 0; i < all.len; i++) {
    const Issue *k = &all.data[i];
    buf_fmt(&b, "%.*s\t%.*s\t%.*s\t%.*s\t%zu\t%zu\n", STR_ARG(k->period),
            STR_ARG(k->number), STR_ARG(k->running), STR_ARG(k->state),
            k->figures, k->confirmed);
  }
  output_write(r, STR("-"), buf_str(&b));
}

// ---- show ------------------------------------------------------------------

static Str series_head(Arena *a, const Figure *f, Str key) {
  Str name = f->canon.len ? f->canon : f->indicator;
  Str place = f->subject.len ? f->subject : f->region;
  return str_fmt(a, "%.*s　%.*s%s\n", STR_ARG(name), STR_ARG(place),
                 key.len ? "" : "　（时期或地区不明，不作比较）");
}

static void show_figure(Buf *b, const FigureAt *at, const FigureAt *before) {
  const Figure *f = at->figure;
  Str when = f->period.len ? period_words(b->arena, f->period) : STR("—");
  buf_fmt(b, "  %.*s　%.*s　%s　%.*s %.*s", STR_ARG(when), STR_ARG(f->printed),
          str_is(f->state, "confirmed") ? "已核" : "自动",
          STR_ARG(at->page->file), STR_ARG(at->page->date));
  Change c = {0};
  if (before && !str_eq(before->figure->period, f->period))
    c = change_of(b->arena, f, before->figure, STR_NONE);
  if (c.known)
    buf_fmt(b, "　%.*s", STR_ARG(c.words));
  buf_byte(b, '\n');
}

// Where only the period is not known a person may add it; what would follow.
static void show_if(Buf *b, const FigureAt *now, const FigureAt *at) {
  Str seen = period_words(b->arena, at->page->date);
  Change c = change_of(b->arena, now->figure, at->figure, seen);
  bool earlier =
      at->page->date.len && str_cmp(at->page->date, now->page->date) < 0;
  buf_fmt(b, "；补上时期后可比");
  if (c.known && earlier)
    buf_fmt(b, "，若按见报日期：%.*s", STR_ARG(c.words));
}

static void show_near(Run *r, History *h, Buf *b, const FigureAt *now) {
  NearList near = history_near(h, now->figure);
  for (size_t i = 0; i < near.len; i++) {
    const FigureAt *at = &near.data[i].at;
    bool only = near.data[i].period_only;
    buf_fmt(b, "  %s：%.*s（%.*s）　%.*s",
            only ? "待人确认" : "看似相同而不可比",
            STR_ARG(at->figure->printed),
            STR_ARG(period_words(r->arena, at->figure->period)),
            STR_ARG(near.data[i].why));
    if (only)
      show_if(b, now, at);
    buf_byte(b, '\n');
  }
}

static void show(Run *r, Ledger *l) {
  const Options *o = &r->options;
  Str word = o->inputs.len > 1 ? o->inputs.data[1] : STR("");
  FigureList all = ledger_figures(l, o->period, word);
  History *h = history_new(r->arena, STR(""));
  history_set_ledger(h, l);
  Buf b = buf_new(r->arena);
  Str key = STR_NONE;
  for (size_t i = 0; i < all.len; i++) {
    const Figure *f = all.data[i].figure;
    Str own = series_key(r->arena, f);
    bool begins = i == 0 || !own.len || !str_eq(own, key);
    if (begins)
      buf_add(&b, series_head(r->arena, f, own));
    show_figure(&b, &all.data[i], begins ? NULL : &all.data[i - 1]);
    bool ends = i + 1 == all.len || !own.len ||
                !str_eq(series_key(r->arena, all.data[i + 1].figure), own);
    if (ends && word.len)
      show_near(r, h, &b, &all.data[i]);
    key = own;
  }
  output_write(r, STR("-"), buf_str(&b));
}

// ---- export ----------------------------------------------------------------

// The ledger's figures as a dossier, one page a figure, for the CSV writer.
static void export(Run *r, Ledger *l) {
  const Options *o = &r->options;
  FigureList all = ledger_figures(l, o->period, STR(""));
  Dossier *dossier = dossier_new(r->arena);
  for (size_t i = 0; i < all.len; i++) {
    Page *p = vec_push(r->arena, &dossier->pages);
    *p = *all.data[i].page;
    Article *t = vec_push(r->arena, &p->articles);
    *t = *all.data[i].article;
    *vec_push(r->arena, &t->figures) = *all.data[i].figure;
  }
  output_write(r, o->output.len ? o->output : STR("-"),
               dossier_csv(r->arena, dossier));
}

// ---- near ------------------------------------------------------------------

// Two hyphens would end an XML comment.
static void add_comment(Buf *b, Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (s.data[i] == '-')
      buf_add(b, STR("‐"));
    else
      buf_byte(b, s.data[i]);
}

static Str name_of(const Figure *f) {
  return f->canon.len ? f->canon : f->indicator;
}

static void offer(Buf *b, const Figure *f, const Near *near) {
  const Figure *g = near->at.figure;
  Buf alias = buf_new(b->arena);
  buf_fmt(&alias, "<indicator name=\"");
  xml_escape(&alias, name_of(f), true);
  buf_fmt(&alias, "\" aliases=\"");
  xml_escape(&alias, g->indicator, true);
  buf_fmt(&alias, "\"/>");
  buf_add(b, STR("  <!-- "));
  add_comment(b, str_fmt(b->arena, "%.*s，%.*s：%.*s", STR_ARG(f->printed),
                         STR_ARG(g->printed), STR_ARG(near->why)));
  buf_add(b, STR(" -->\n  <!-- "));
  add_comment(b, buf_str(&alias));
  buf_add(b, STR(" -->\n"));
}

// Indicators that look the same, as a dictionary for the layout in which a
// person uncomments those that are the same.
static void near(Run *r, Ledger *l) {
  const Options *o = &r->options;
  Str word = o->inputs.len > 1 ? o->inputs.data[1] : STR("");
  FigureList all = ledger_figures(l, o->period, word);
  History *h = history_new(r->arena, STR(""));
  history_set_ledger(h, l);
  Map *seen = map_new(r->arena);
  Buf b = buf_new(r->arena);
  buf_add(&b, STR("<!-- 看似相同的指标。确是同一指标的，去掉注释记号。 -->\n"
                  "<indicators xmlns=\"urn:jianbao:layout\">\n"));
  for (size_t i = 0; i < all.len; i++) {
    const Figure *f = all.data[i].figure;
    NearList list = history_near(h, f);
    for (size_t k = 0; k < list.len; k++) {
      Str x = name_of(f), y = name_of(list.data[k].at.figure);
      bool swap = str_cmp(x, y) > 0;
      Str pair = str_fmt(r->arena, "%.*s\n%.*s", STR_ARG(swap ? y : x),
                         STR_ARG(swap ? x : y));
      if (list.data[k].period_only || map_lookup(seen, pair))
        continue;
      map_put(seen, pair, h);
      offer(&b, f, &list.data[k]);
    }
  }
  buf_add(&b, STR("</indicators>\n"));
  output_write(r, o->output.len ? o->output : STR("-"), buf_str(&b));
}

static void take_out(Run *r, Ledger *l) {
  if (!enough_inputs(r, 2, "remove, and a month", "remove，以及月份"))
    return;
  for (size_t i = 1; i < r->options.inputs.len; i++)
    if (!ledger_remove(l, r->options.inputs.data[i]))
      return;
}

void command_ledger(Run *r) {
  static const struct {
    const char *name;
    LedgerMode mode;
    void (*run)(Run *, Ledger *);
  } verbs[] = {{"list", LEDGER_READ, list},
               {"show", LEDGER_READ, show},
               {"near", LEDGER_READ, near},
               {"export", LEDGER_READ, export},
               {"remove", LEDGER_WRITE, take_out}};
  const Options *o = &r->options;
  Str verb = o->inputs.len ? o->inputs.data[0] : STR("");
  if (verb.len && !o->ledger.len) {
    diag(r->diags, D_CLI_FEW, SPAN_NONE, STR("ledger"), STR("--ledger FILE"));
    diag_fix(r->diags, STR("--ledger FILE"));
    return;
  }
  if (str_is(verb, "add")) {
    add(r);
    return;
  }
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (!str_is(verb, verbs[i].name))
      continue;
    // Nothing is made by taking out of what is not there.
    Ledger *l = ledger_open(r->arena, r->diags, o->ledger, LEDGER_READ);
    if (l && verbs[i].mode == LEDGER_WRITE)
      l = ledger_open(r->arena, r->diags, o->ledger, LEDGER_WRITE);
    if (l)
      verbs[i].run(r, l);
    return;
  }
  diag(r->diags, D_CLI_FEW, SPAN_NONE, STR("ledger"),
       STR("add|list|show|near|export|remove --ledger FILE"));
}
