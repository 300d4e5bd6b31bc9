// Binds the checked tree to a dossier: control, blocks, the order of the work.
#include "layout-imp.h"

// ---- attributes -------------------------------------------------------------

static Str template_text(Binder *b, Str s, Span at) {
  Pieces pieces = {0};
  size_t bad;
  if (!str_has(s, STR("{")) && !str_has(s, STR("}")))
    return s;
  if (!template_parse(b->arena, s, &pieces, &bad))
    return s; // reported by the check
  Buf out = buf_new(b->arena);
  for (size_t i = 0; i < pieces.len; i++) {
    Piece p = pieces.data[i];
    Value v = {.text = p.text};
    if (p.expr &&
        !query_value(b->query, p.text,
                     span_inside(at, s, p.at, p.at + p.text.len), &b->ctx, &v))
      b->failed = true;
    if (p.expr && v.is_number && !v.text.len) {
      v.text = STR("未见数");
      diag(b->diags, D_VALUE_NAN, at, v.text);
    }
    if (p.expr)
      value_printed(b, &v);
    buf_add(&out, v.text);
  }
  return buf_str(&out);
}

Str bind_text(Binder *b, const Node *n, const char *attr) {
  Str s = node_attr(n, attr);
  return s.data ? template_text(b, s, node_attr_at(n, attr)) : STR("");
}

long bind_int(Binder *b, const Node *n, const char *attr, long usual) {
  long v = usual;
  parse_int(bind_text(b, n, attr), &v);
  return v;
}

bool bind_value(Binder *b, const Node *n, const char *attr, Value *out) {
  Str s = node_attr(n, attr);
  *out = (Value){.text = STR("")};
  if (!s.data)
    return false;
  bool ok = query_value(b->query, s, node_attr_at(n, attr), &b->ctx, out);
  b->failed |= !ok;
  b->stop |= query_exhausted(b->query);
  return ok;
}

// ---- blocks -----------------------------------------------------------------

const Style *stock(Binder *b, const char *name) {
  const Style *s = style_lookup(b->styles, str_of(name));
  return s ? s : style_lookup(b->styles, STR("body"));
}

const Style *bind_style(Binder *b, const Node *n, const char *usual) {
  Str name = node_attr(n, "style");
  const Style *s = name.len ? style_lookup(b->styles, name) : NULL;
  return s ? s : stock(b, usual);
}

LayBlock *bind_block(Binder *b, LayKind kind, const char *style, Span at) {
  LayBlock *k = NEW(b->arena, LayBlock);
  k->kind = kind;
  k->style = stock(b, style);
  k->at = at;
  if (++b->blocks > BLOCKS_MAX) {
    if (!b->stop)
      diag(b->diags, D_LAYOUT_LARGE, at, str_int(b->arena, BLOCKS_MAX));
    b->stop = b->failed = true;
    return k;
  }
  *b->tail = k;
  b->tail = &k->next;
  return k;
}

LayBlock *bind_group(Binder *b, const char *style, Span at, LayBlock ***saved) {
  LayBlock *g = bind_block(b, LAY_GROUP, style, at);
  *saved = b->tail;
  b->tail = &g->first;
  return g;
}

void bind_end(Binder *b, LayBlock **saved) {
  b->tail = saved;
}

void bind_late(Binder *b, const Node *n, LayBlock *place,
               void (*fill)(Binder *, const Node *, LayBlock *)) {
  *vec_push(b->arena, &b->late) = (Late){fill, n, place, b->scope};
}

Str bind_anchor(Binder *b, const char *prefix) {
  return str_fmt(b->arena, "%s-%d", prefix, ++b->anchors);
}

// ---- control ----------------------------------------------------------------

static void bind_let(Binder *b, const Node *n) {
  Scope *s = NEW(b->arena, Scope);
  s->name = node_attr(n, "name");
  s->up = b->ctx.scope;
  if (!bind_value(b, n, "select", &s->value)) { // of a faulty one: nothing
    map_put(b->layout->lost, s->name, s);
    b->layout->faulty = true;
  }
  b->ctx.scope = s;
}

static void bind_assert(Binder *b, const Node *n) {
  Value v;
  if (bind_value(b, n, "test", &v) && !v.truth) {
    diag(b->diags, D_ASSERT_FAILED, n->at, bind_text(b, n, "message"));
    b->failed = true;
  }
}

static bool too_much(Binder *b, const Node *n) {
  if (++b->steps <= STEPS_MAX)
    return b->stop;
  if (!b->stop)
    diag(b->diags, D_LAYOUT_LARGE, n->at, str_int(b->arena, STEPS_MAX));
  return b->stop = b->failed = true;
}

static void each_child(Binder *b, const Node *n,
                       void (*fn)(Binder *, const Node *, void *), void *data) {
  for (const Node *c = n->first; c && !too_much(b, n); c = c->next)
    fn(b, c, data);
}

static void bind_each(Binder *b, const Node *n,
                      void (*fn)(Binder *, const Node *, void *), void *data) {
  Value v;
  if (!bind_value(b, n, "select", &v))
    return;
  if (v.kind != VALUE_NODES) {
    diag(b->diags, D_XPATH_NODES, node_attr_at(n, "select"), STR(""));
    b->failed = true;
    return;
  }
  sort_nodes(b, n, &v);
  Context outer = b->ctx;
  Str as = node_attr(n, "as");
  size_t most = (size_t)bind_int(b, n, "limit", 0);
  size_t count = most && most < v.n ? most : v.n;
  for (size_t i = 0; i < count && !b->stop; i++) {
    Scope here = {.name = as, .up = outer.scope};
    XmlNode *one[1] = {v.nodes[i]};
    here.value = (Value){.kind = VALUE_NODES, .nodes = one, .n = 1};
    b->ctx = (Context){v.nodes[i], i + 1, count, as.len ? &here : outer.scope};
    each_child(b, n, fn, data);
  }
  b->ctx = outer;
}

static bool if_holds(Binder *b, const Node *n) {
  Value v;
  return bind_value(b, n, "test", &v) && v.truth;
}

static const Node *if_before(const Node *n) {
  const Node *p = n->prev;
  while (p && p->el != EL_IF)
    p = p->prev;
  return p;
}

void bind_control(Binder *b, const Node *n,
                  void (*fn)(Binder *, const Node *, void *), void *data) {
  const Scope *outer = b->ctx.scope;
  if (n->el == EL_FOR_EACH) {
    bind_each(b, n, fn, data);
  } else if (n->el == EL_IF) {
    if (if_holds(b, n))
      each_child(b, n, fn, data);
  } else if (n->el == EL_ELSE) {
    const Node *test = if_before(n);
    if (test && !if_holds(b, test))
      each_child(b, n, fn, data);
  } else if (n->el == EL_LET) {
    bind_let(b, n);
    return; // seen by what follows
  } else if (n->el == EL_ASSERT) {
    bind_assert(b, n);
  }
  b->ctx.scope = outer;
}

static void bind_any(Binder *b, const Node *n, void *data) {
  (void)data;
  bind_node(b, n);
}

void bind_children(Binder *b, const Node *parent) {
  const Scope *outer = b->ctx.scope;
  each_child(b, parent, bind_any, NULL);
  b->ctx.scope = outer;
}

// ---- simple blocks ----------------------------------------------------------

static void bind_para(Binder *b, const Node *n, const char *style) {
  const Style *s = bind_style(b, n, style);
  Runs runs = {0};
  runs_of(b, &runs, n, s);
  LayBlock *p = bind_block(b, LAY_PARA, style, n->at);
  p->style = s;
  p->id = bind_text(b, n, "id");
  p->para = para_of(b, &runs, s);
  Str align = node_attr(n, "align");
  if (align.len) {
    Style *c = style_copy(b->styles, STR(""), s);
    c->align = str_is(align, "center")  ? ALIGN_CENTRE
               : str_is(align, "right") ? ALIGN_RIGHT
               : str_is(align, "left")  ? ALIGN_LEFT
                                        : ALIGN_JUSTIFY;
    p->style = p->para.style = c;
  }
}

static void bind_note(Binder *b, const Node *n) {
  const Style *s = bind_style(b, n, "note");
  Para remark = note_remark(b, n, s);
  LayBlock *p = bind_block(b, LAY_PARA, "note", n->at);
  p->style = s;
  p->para = remark;
}

typedef struct {
  const Style *style;
  Str number;
  long count;
} ListState;

static void bind_item(Binder *b, const Node *n, void *data) {
  ListState *l = data;
  if (n->el != EL_ITEM) {
    if (n->el != EL_TEXT)
      bind_control(b, n, bind_item, l);
    return;
  }
  Runs runs = {0};
  l->count++;
  Str label =
      str_is(l->number, "none") ? STR("")
      : str_is(l->number, "hanzi")
          ? str_cat(b->arena, format_hanzi(b->arena, l->count), STR("、"))
          : str_fmt(b->arena, "%ld. ", l->count);
  Str own = bind_text(b, n, "label");
  run_text(b, &runs, own.len ? own : label, l->style, n->at);
  runs_of(b, &runs, n, l->style);
  LayBlock *p = bind_block(b, LAY_PARA, "list", n->at);
  p->item = true;
  p->style = l->style;
  p->para = para_of(b, &runs, l->style);
}

static void bind_list(Binder *b, const Node *n) {
  ListState l = {bind_style(b, n, "list"), node_attr(n, "number"), 0};
  for (const Node *c = n->first; c; c = c->next)
    bind_item(b, c, &l);
}

static void bind_rule(Binder *b, const Node *n) {
  LayBlock *r = bind_block(b, LAY_RULE, "rule", n->at);
  r->style = bind_style(b, n, "rule");
  r->rule_width = PT(0.5);
  parse_length(node_attr(n, "width"), PT(16), PT(30), &r->rule_width);
  Str colour = node_attr(n, "color");
  if (colour.len) {
    Style *c = style_copy(b->styles, STR(""), r->style);
    parse_colour(colour, &c->colour);
    r->style = c;
  }
}

static void bind_space(Binder *b, const Node *n) {
  LayBlock *r = bind_block(b, LAY_SPACE, "space", n->at);
  Style *c = style_copy(b->styles, STR(""), r->style);
  parse_length(node_attr(n, "height"), c->size, b->doc->profile.pitch,
               &c->before);
  r->style = c;
}

static void bind_break(Binder *b, const Node *n) {
  LayBlock *r = bind_block(b, LAY_BREAK, "body", n->at);
  r->odd = n->el == EL_BREAK && str_is(node_attr(n, "to"), "odd");
  if (n->el == EL_PAGE_SEQUENCE) {
    long start = bind_int(b, n, "start", 0);
    r->number = start > 0 && start < 1000000 ? (int)start : 0;
  }
  r->soft = n->el == EL_BREAK && !r->odd && node_bool(n, "soft", false);
}

static void bind_multicol(Binder *b, const Node *n) {
  LayBlock **saved;
  LayBlock *g = bind_group(b, "group", n->at, &saved);
  long columns = bind_int(b, n, "columns", 2);
  g->columns = (uint8_t)(columns < 2 ? 2 : columns > 3 ? 3 : columns);
  g->rule_width = 2 * g->style->size;
  parse_length(node_attr(n, "gap"), g->style->size, b->doc->profile.pitch,
               &g->rule_width);
  bind_children(b, n);
  bind_end(b, saved);
}

// ---- the walk ---------------------------------------------------------------

// NOLINTNEXTLINE(readability-function-size): a flat table
void bind_node(Binder *b, const Node *n) {
  switch (n->el) {
  case EL_MASTHEAD:
    bind_masthead(b, n);
    break;
  case EL_TOC:
    bind_toc(b, n);
    break;
  case EL_DISTRIBUTION:
    bind_distribution(b, n);
    break;
  case EL_SOURCES:
    bind_sources(b, n);
    break;
  case EL_FLAGS:
    bind_flags(b, n);
    break;
  case EL_CONFLICTS:
    bind_conflicts(b, n);
    break;
  case EL_SECTION:
    bind_section(b, n);
    break;
  case EL_TITLE:
    bind_para(b, n, "title");
    break;
  case EL_PARA:
    bind_para(b, n, "body");
    break;
  case EL_LIST:
    bind_list(b, n);
    break;
  case EL_NOTE:
    bind_note(b, n);
    break;
  case EL_MULTICOL:
    bind_multicol(b, n);
    break;
  case EL_RULE:
    bind_rule(b, n);
    break;
  case EL_SPACE:
    bind_space(b, n);
    break;
  case EL_BREAK:
    bind_break(b, n);
    break;
  case EL_DIGEST:
    bind_digest(b, n);
    break;
  case EL_CARDS:
    bind_cards(b, n);
    break;
  case EL_TABLE:
    bind_table(b, n);
    break;
  case EL_CHART:
    bind_chart(b, n);
    break;
  case EL_IMAGE:
  case EL_BARCODE:
    bind_image(b, n);
    break;
  case EL_FOR_EACH:
  case EL_IF:
  case EL_ELSE:
  case EL_LET:
  case EL_ASSERT:
    bind_control(b, n, bind_any, NULL);
    break;
  case EL_PAGE_SEQUENCE:
    bind_break(b, n);
    bind_children(b, n);
    break;
  default: // declarations, done before
    break;
  }
}

// The briefing's month: the parameter, the dossier's, or that of its pages.
static Str briefing_period(const Layout *l, const Dossier *dossier) {
  Str p = layout_param(l, STR("period"));
  if (p.len)
    return p;
  if (dossier->period.len)
    return dossier->period;
  Str last = STR("");
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Str date = str_slice(dossier->pages.data[i].date, 0, 7);
    if (str_cmp(date, last) > 0)
      last = date;
  }
  return last;
}

static void fill_late(Binder *b) {
  for (size_t i = 0; i < b->late.len; i++) {
    Late *l = &b->late.data[i];
    LayBlock **saved = b->tail;
    b->tail = &l->place->first;
    b->scope = l->scope;
    l->fill(b, l->node, l->place);
    b->tail = saved;
  }
}

static Str root_text(Binder *b, const char *attr, Str usual) {
  Str s = bind_text(b, b->layout->root, attr);
  return s.len ? s : usual;
}

// "draft" stands for what the masthead of a draft says.
static void settle_watermark(Binder *b) {
  Str *w = &b->doc->master.watermark;
  bool final = str_is(b->dossier->state, "final") && !unverified(b);
  if (str_is(*w, "draft"))
    *w = final ? STR("") : STR("送审稿");
}

static void tell_figures(Binder *b) {
  Str *ids = NEW_ARRAY(b->arena, Str, b->printed.len);
  for (size_t i = 0; i < b->printed.len; i++)
    ids[i] = b->printed.data[i]->id;
  b->doc->figures = ids;
  b->doc->n_figures = b->printed.len;
}

Document *layout_bind(Arena *a, Diags *d, Layout *layout,
                      const struct Dossier *dossier) {
  Binder b = {.arena = a, .diags = d, .layout = layout, .dossier = dossier};
  b.query = query_new(a, d, layout, dossier, briefing_period(layout, dossier));
  if (!b.query)
    return NULL;
  b.doc = NEW(a, Document);
  Str lang = node_attr(layout->root, "lang");
  b.doc->lang = lang.len ? lang : STR("zh-CN");
  b.doc->copy_first = layout->copy_first, b.doc->copy_last = layout->copy_last;
  b.use_of = map_new(a);
  b.numbered = map_new(a);
  b.printed_of = map_new(a);
  b.trace = STR("note");
  b.ctx = (Context){.node = query_root(b.query)};
  bind_pages(&b, layout->root);
  b.tail = &b.doc->first;
  Str name = layout_param(layout, STR("name"));
  b.doc->title = root_text(&b, "title", name.data ? name : STR("简报"));
  b.doc->author = root_text(&b, "author", layout_param(layout, STR("issuer")));
  b.doc->subject = root_text(&b, "subject", STR(""));
  b.doc->date = layout_param(layout, STR("date"));
  if (!b.doc->date.len)
    b.doc->date = period_last_day(a, period_of(b.query));
  bind_children(&b, layout->root);
  fill_late(&b);
  b.doc->notes = b.feet.data;
  b.doc->n_notes = b.feet.len;
  settle_watermark(&b);
  if (b.doc->copy_first < b.doc->copy_last) // each begins a leaf
    b.doc->master.duplex = true;
  if (b.doc->copy_first && !b.copy_places) {
    diag(d, D_COPIES_PLACE, layout->root->at, STR_NONE);
    b.failed = true;
  }
  tell_figures(&b);
  query_close(b.query);
  return b.failed || layout->faulty ? NULL : b.doc;
}
