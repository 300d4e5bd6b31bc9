// Looks at an expression before there is a dossier: its grammar, and whether
// what it names is known to the language or to a dossier.
#include "query-imp.h"

// ---- checking without a dossier ---------------------------------------------

static bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
         (c & 0x80);
}

static bool known_function(Str name) {
  return function_known(name) ||
         word_in(STR("last position count id local-name namespace-uri name "
                     "string concat starts-with contains substring-before "
                     "substring-after substring string-length normalize-space "
                     "translate boolean not true false lang number sum floor "
                     "ceiling round node text comment processing-instruction "
                     "and or div mod"),
                 name);
}

static void unknown_function(Query *q, Str name, Span at) {
  Str near = function_nearest(name);
  diag(q->diags, near.data ? D_XPATH_FUNCTION_NEAREST : D_XPATH_FUNCTION, at,
       name, near);
  diag_fix(q->diags, near);
  q->failed = true;
}

static void check_variable(Query *q, Str name, Span at) {
  const Layout *l = q->layout;
  if (layout_param(l, name).data)
    return;
  if (map_lookup(l->name_of, name))
    return;
  size_t n = l->names.len < 500 ? l->names.len : 500;
  Str near = str_nearest(name, l->names.data, n);
  diag(q->diags, near.data ? D_XPATH_VARIABLE_NEAREST : D_XPATH_VARIABLE, at,
       name, near);
  diag_fix(q->diags, near);
  q->failed = true;
}

// libxml2 takes "f(1" for a whole expression: brackets are counted here.
static bool brackets_close(Str e) {
  int open = 0;
  for (size_t i = 0; i < e.len && open >= 0; i++) {
    char c = e.data[i];
    if (c == '\'' || c == '"')
      i = str_find(e, (Str){&e.data[i], 1}, i + 1);
    open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    if (i == SIZE_MAX)
      break;
  }
  return open == 0;
}

// ---- names of the dossier ---------------------------------------------------

static const Str element_names[] = {
    ROW("dossier"), ROW("page"),     ROW("article"), ROW("kicker"),
    ROW("title"),   ROW("subtitle"), ROW("byline"),  ROW("dateline"),
    ROW("heading"), ROW("para"),     ROW("caption"), ROW("gap"),
    ROW("figure"),  ROW("doubt"),    ROW("share"),   ROW("dropped"),
    ROW("place"),   ROW("flag")};

static const Str attribute_names[] = {
#define F(field, name) ROW(name),
    FIGURE_FIELDS(F)
#undef F
        ROW("version"),
    ROW("file"),
    ROW("encoding"),
    ROW("sha256"),
    ROW("publication"),
    ROW("date"),
    ROW("date-from"),
    ROW("kind"),
    ROW("topic"),
    ROW("use"),
    ROW("continues"),
    ROW("order"),
    ROW("digest"),
    ROW("role"),
    ROW("lines"),
    ROW("line"),
    ROW("place"),
    ROW("certainty"),
    ROW("begin"),
    ROW("end"),
    ROW("status")};

static bool among(Str name, const Str *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (str_eq(list[i], name))
      return true;
  return false;
}

// A name that no dossier has selects nothing, ever.
static void check_name(Query *q, Str name, bool attribute, Span at) {
  const Str *list = attribute ? attribute_names : element_names;
  size_t n = attribute ? sizeof attribute_names / sizeof *attribute_names
                       : sizeof element_names / sizeof *element_names;
  if (among(name, list, n))
    return;
  Str near = str_nearest(name, list, n);
  diag(q->diags, near.data ? D_XPATH_NAME_NEAREST : D_XPATH_NAME, at,
       attribute ? str_cat(q->arena, STR("@"), name) : name,
       attribute && near.data ? str_cat(q->arena, STR("@"), near) : near);
  diag_fix(q->diags, near);
  q->failed = true;
}

// @topic = '…' and @canon = '…' name what the layout's own dictionaries hold.
static void check_literal(Query *q, Str attribute, size_t at) {
  const Dictionary *d = &q->layout->dict;
  bool topic = str_is(attribute, "topic");
  size_t n = topic                        ? d->n_topics
             : str_is(attribute, "canon") ? d->n_indicators
                                          : 0;
  Str e = q->expr, names[500];
  while (at < e.len && strchr(" !=", e.data[at]))
    at++;
  if (!n || n > 500 || at >= e.len ||
      (e.data[at] != '\'' && e.data[at] != '"') || e.data[at - 1] == e.data[at])
    return;
  size_t end = str_find(e, (Str){&e.data[at], 1}, at + 1);
  Str name = str_slice(e, at + 1, end == SIZE_MAX ? at + 1 : end);
  for (size_t i = 0; i < n; i++)
    names[i] = topic ? d->topics[i].name : d->indicators[i].canon;
  if (!name.len || among(name, names, n))
    return;
  Str near = str_nearest(name, names, n);
  diag(q->diags, near.data ? D_WORD_NEAREST : D_WORD_UNKNOWN,
       span_inside(q->at, e, at + 1, end), name,
       topic ? STR("topics") : STR("indicators"), near);
}

// ---- going through an expression --------------------------------------------

static size_t past_blanks(Str e, size_t i) {
  while (i < e.len && strchr(" \t\r\n", e.data[i]))
    i++;
  return i;
}

// The name e[from, to): variable, function, axis, operator, or of the dossier.
static void check_word(Query *q, size_t from, size_t to) {
  Str e = q->expr, name = str_slice(e, from, to);
  size_t next = past_blanks(e, to);
  Str rest = str_slice(e, next, e.len);
  Span at = span_inside(q->at, e, from, to);
  bool axis = from > 1 && e.data[from - 1] == ':';
  bool attribute = from > 0 && e.data[from - 1] == '@';
  attribute |= axis && str_ends(str_slice(e, 0, from), STR("attribute::"));
  if (from > 0 && e.data[from - 1] == '$') {
    check_variable(q, name, span_inside(q->at, e, from - 1, to));
  } else if (str_starts(rest, STR("("))) {
    if (!axis && !known_function(name))
      unknown_function(q, name, at);
  } else if (!str_starts(rest, STR(":")) &&
             !word_in(STR("and or div mod"), name) &&
             (name.data[0] & 0x80 || name.data[0] > '9')) {
    check_name(q, name, attribute, at);
    if (attribute)
      check_literal(q, name, next);
  }
}

static void check_names(Query *q) {
  Str e = q->expr;
  for (size_t i = 0; i < e.len; i++) {
    char c = e.data[i];
    if (c == '\'' || c == '"') {
      size_t end = str_find(e, (Str){&e.data[i], 1}, i + 1);
      i = end == SIZE_MAX ? e.len : end;
      continue;
    }
    size_t to = i;
    while (to < e.len && name_char(e.data[to]))
      to++;
    if (to == i)
      continue;
    check_word(q, i, to);
    i = to - 1;
  }
}

bool query_check(Arena *a, Diags *d, const Layout *l, Str expr, Span at) {
  Query q = {.arena = a, .diags = d, .layout = l, .expr = expr, .at = at};
  xmlXPathContextPtr x = xmlXPathNewContext(NULL);
  x->error = query_error;
  x->userData = &q;
  xmlXPathCompExprPtr c =
      xmlXPathCtxtCompile(x, (const xmlChar *)str_z(a, expr));
  if (!q.failed && (!c || !brackets_close(expr))) {
    diag(d, c ? D_XPATH_UNCLOSED : D_XPATH_SYNTAX, at, STR(""));
    q.failed = true;
  }
  xmlXPathFreeCompExpr(c);
  xmlXPathFreeContext(x);
  if (!q.failed)
    check_names(&q);
  if (q.failed)
    map_put(l->bad, expr, q.diags);
  return !q.failed;
}

// What a faulty `let` names has no value either.
static bool rests_on_lost(const Layout *l, Str expr) {
  size_t i = 0;
  while ((i = str_find(expr, STR("$"), i)) != SIZE_MAX) {
    size_t end = ++i;
    while (end < expr.len && name_char(expr.data[end]))
      end++;
    if (map_lookup(l->lost, str_slice(expr, i, end)))
      return true;
  }
  return false;
}

bool query_known_bad(const Layout *l, Str expr) {
  return l->faulty && (map_lookup(l->bad, expr) || rests_on_lost(l, expr));
}
