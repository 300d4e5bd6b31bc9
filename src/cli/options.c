// Reads the command line, after the tables commands.def and options.def.
#include "cli.h"
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <time.h>

enum { FLAG, TEXT, LIST, PARAM };

typedef struct {
  int letter;
  const char *name;
  int kind;
  size_t field; // offset in Options
  unsigned commands;
} Option;

static const Option table[] = {
#define OPTION(letter, name, kind, field, commands, arg, en, zh)               \
  {letter, name, kind, offsetof(Options, field), commands},
#include "options.def"
#undef OPTION
};
enum { N_OPTIONS = sizeof table / sizeof *table, LONG_ONLY = 256 };

static const char *const command_names[] = {
#define COMMAND(id, function, name, args_en, args_zh, en, zh) name,
#include "commands.def"
#undef COMMAND
};

Str command_name(Command command) {
  return str_of(command_names[command]);
}

// ", did you mean 'x'?" or nothing.
static Str suggestion(Run *r, Str name, const Str *all, size_t n) {
  Str near = str_nearest(name, all, n);
  if (!near.data)
    return STR("");
  const char *fmt = diags_lang_of_env() == LANG_ZH ? "（是不是“%.*s”？）"
                                                   : " (did you mean '%.*s'?)";
  Buf b = buf_new(r->arena);
  Str f = str_of(fmt);
  size_t hole = str_find(f, STR("%.*s"), 0);
  buf_add(&b, str_slice(f, 0, hole));
  buf_add(&b, near);
  buf_add(&b, str_slice(f, hole + 4, f.len));
  return buf_str(&b);
}

static bool unknown_option(Run *r, Str given) {
  Str names[N_OPTIONS];
  size_t n = 0; // of those that this command takes
  for (size_t i = 0; i < N_OPTIONS; i++)
    if (table[i].commands & (1u << r->options.command))
      names[n++] = str_fmt(r->arena, "--%s", table[i].name);
  size_t equals = str_find(given, STR("="), 0);
  Str name = str_slice(given, 0, equals);
  diag(r->diags, D_CLI_OPTION, SPAN_NONE, name, suggestion(r, name, names, n));
  diag_fix(r->diags, str_nearest(name, names, n));
  return false;
}

static bool take_param(Run *r, Str arg) {
  size_t equals = str_find(arg, STR("="), 0);
  if (equals == SIZE_MAX || equals == 0) {
    diag(r->diags, D_CLI_VALUE, SPAN_NONE, STR("--set"), arg,
         STR("NAME=VALUE"));
    return false;
  }
  Param *p = vec_push(r->arena, &r->options.set);
  *p = (Param){.name = str_slice(arg, 0, equals)};
  p->value = str_slice(arg, equals + 1, arg.len);
  return true;
}

static bool take_option(Run *r, const Option *o, Str arg) {
  char *field = (char *)&r->options + o->field;
  switch (o->kind) {
  case FLAG:
    *(bool *)field = true;
    return true;
  case TEXT:
    *(Str *)field = arg;
    return true;
  case LIST:
    *vec_push(r->arena, (StrList *)field) = arg;
    return true;
  default:
    return take_param(r, arg);
  }
}

// Whether s has the shape of `form`, where 0 stands for a digit.
static bool has_form(Str s, const char *form) {
  bool ok = s.len == strlen(form);
  for (size_t i = 0; ok && i < s.len; i++)
    ok = form[i] == '0' ? s.data[i] >= '0' && s.data[i] <= '9'
                        : s.data[i] == form[i];
  return ok;
}

// The fix is the word among those wanted that is nearest.
static bool bad_value(Run *r, const char *option, Str value, Str wanted) {
  diag(r->diags, D_CLI_VALUE, SPAN_NONE, str_of(option), value, wanted);
  Str words[8];
  size_t n = 0;
  for (size_t at = 0, end = 0; at < wanted.len && n < 8; at = end + 1) {
    end = str_find(wanted, STR(" "), at);
    end = end == SIZE_MAX ? wanted.len : end;
    words[n++] = str_slice(wanted, at, end);
  }
  Str near = str_nearest(value, words, n);
  if (near.data)
    diag_fix(r->diags, near);
  return false;
}

// Digits up to `end`, at most six; 0: none.
static int digits(Str s, size_t *at) {
  int n = 0;
  size_t from = *at;
  for (; *at < s.len && *at < from + 6; ++*at) {
    if (s.data[*at] < '0' || s.data[*at] > '9')
      break;
    n = n * 10 + (s.data[*at] - '0');
  }
  return n;
}

bool copies_of(const Options *o, int *first, int *last) {
  size_t at = 0;
  *first = *last = digits(o->copies, &at);
  if (at < o->copies.len && o->copies.data[at] == '-') {
    at++;
    *last = digits(o->copies, &at);
  }
  return at == o->copies.len && *first > 0 && *last >= *first &&
         *last - *first < COPIES_MAX;
}

// Millimetres, at most 9.99.
static bool take_mm(Str s, Len *out) {
  bool form = has_form(s, "0") || has_form(s, "0.0") || has_form(s, "0.00");
  Len hundredths = 0, unit = 100;
  for (size_t i = 0; form && i < s.len; i++)
    if (s.data[i] != '.') {
      hundredths += unit * (s.data[i] - '0');
      unit /= 10;
    }
  *out = hundredths * 72000 / 2540;
  return form;
}

bool epoch_day(Arena *a, Str *day) {
  const char *given = getenv("SOURCE_DATE_EPOCH");
  *day = STR_NONE;
  if (!given || !*given)
    return true;
  char *end;
  errno = 0;
  time_t seconds = (time_t)strtoll(given, &end, 10);
  struct tm t;
  if (errno || *end || seconds < 0 || !gmtime_r(&seconds, &t) ||
      t.tm_year > 8099)
    return false;
  *day =
      str_fmt(a, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
  return true;
}

bool booklet_of(const Options *o, Str *sheet, Len *creep) {
  Str s = o->booklet;
  *sheet = str_slice(s, 0, 2);
  *creep = 0;
  if (!str_is(*sheet, "A3") && !str_is(*sheet, "A4"))
    return false;
  return s.len == 2 ||
         (s.data[2] == ',' && take_mm(str_slice(s, 3, s.len), creep));
}

// Whether value is one of the words.
static bool one_of(Str value, const char *const *words) {
  while (*words && !str_is(value, *words))
    words++;
  return *words != NULL;
}

static int number(Str v, size_t from, size_t to) {
  size_t at = from;
  return digits(str_slice(v, 0, to), &at);
}

static bool is_period(Str v) {
  return has_form(v, "0000-00") && number(v, 5, 7) >= 1 &&
         number(v, 5, 7) <= 12;
}

static bool is_date(Str v) {
  static const char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!has_form(v, "0000-00-00") || !is_period(str_slice(v, 0, 7)))
    return false;
  int year = number(v, 0, 4), month = number(v, 5, 7), day = number(v, 8, 10);
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day >= 1 && day <= days[month - 1] &&
         (leap || month != 2 || day != 29);
}

static bool is_stage(Str v) {
  static const char *const stages[] = {"articles", "figures", "tree",
                                       "boxes",    "pages",   NULL};
  return one_of(v, stages);
}

static bool is_format(Str v) {
  static const char *const formats[] = {"xml", "json", "csv", "ndjson", NULL};
  return one_of(v, formats);
}

static bool is_messages(Str v) {
  static const char *const messages[] = {"text", "json", NULL};
  return one_of(v, messages);
}

static bool is_jobs(Str v) {
  return has_form(v, "00") || (has_form(v, "0") && !str_is(v, "0"));
}

static bool is_copies(Str v) {
  int first, last;
  return copies_of(&(Options){.copies = v}, &first, &last);
}

static bool is_booklet(Str v) {
  Str sheet;
  Len creep;
  return booklet_of(&(Options){.booklet = v}, &sheet, &creep);
}

// What the values must look like, in the order in which they are checked.
static const struct {
  const char *option, *wanted;
  size_t field;
  bool (*good)(Str);
} values[] = {
    {"messages", "text json", offsetof(Options, messages), is_messages},
    {"period", "YYYY-MM", offsetof(Options, period), is_period},
    {"date", "YYYY-MM-DD", offsetof(Options, date), is_date},
    {"dump", "articles figures tree boxes pages", offsetof(Options, dump),
     is_stage},
    {"jobs", "1 … 99", offsetof(Options, jobs), is_jobs},
    {"copies", "1-50 (≤ 10000)", offsetof(Options, copies), is_copies},
    {"booklet", "A3 A4 A3,0.1", offsetof(Options, booklet), is_booklet},
    {"format", "xml json csv ndjson", offsetof(Options, format), is_format},
};

const char *value_wanted(Str option, Str value) {
  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    if (str_is(option, values[i].option) && !values[i].good(value))
      return values[i].wanted;
  return NULL;
}

static bool check_values(Run *r) {
  Options *o = &r->options;
  Str day;
  if (o->command == CMD_CHECK && o->format.data) { // messages are its output
    if (!is_messages(o->format))
      return bad_value(r, "--format", o->format, STR("text json"));
    o->messages = o->format;
    o->format = STR_NONE;
  }
  if (!epoch_day(r->arena, &day))
    return bad_value(
        r, "SOURCE_DATE_EPOCH", str_of(getenv("SOURCE_DATE_EPOCH")),
        diags_lang_of_env() == LANG_ZH ? STR("自1970年起的秒数")
                                       : STR("seconds since 1970"));
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    Str value = *(const Str *)((const char *)o + values[i].field);
    if (value.data && !values[i].good(value))
      return bad_value(
          r, str_z(r->arena, str_fmt(r->arena, "--%s", values[i].option)),
          value, str_of(values[i].wanted));
  }
  return true;
}

static bool take_command(Run *r, Str name) {
  Str names[CMD_COUNT];
  for (int i = 0; i < CMD_COUNT; i++) {
    names[i] = str_of(command_names[i]);
    if (str_eq(name, names[i])) {
      r->options.command = (Command)i;
      return true;
    }
  }
  if (str_starts(name, STR("-"))) { // options stand after the command
    diag(r->diags, D_CLI_NO_COMMAND, SPAN_NONE, name);
    return false;
  }
  diag(r->diags, D_CLI_COMMAND, SPAN_NONE, name,
       suggestion(r, name, names, CMD_COUNT));
  diag_fix(r->diags, str_nearest(name, names, CMD_COUNT));
  return false;
}

// Tables for getopt_long: short options with their colons, long options.
static const char *getopt_tables(Arena *a, struct option **longs) {
  Buf shorts = buf_new(a);
  buf_byte(&shorts, ':');
  struct option *l = NEW_ARRAY(a, struct option, N_OPTIONS + 1);
  for (int i = 0; i < N_OPTIONS; i++) {
    int has = table[i].kind == FLAG ? no_argument : required_argument;
    l[i] = (struct option){table[i].name, has, NULL, LONG_ONLY + i};
    if (table[i].letter) {
      buf_byte(&shorts, (char)table[i].letter);
      if (has)
        buf_byte(&shorts, ':');
    }
  }
  *longs = l;
  return str_z(a, buf_str(&shorts));
}

static const Option *option_of(int c) {
  if (c >= LONG_ONLY)
    return &table[c - LONG_ONLY];
  for (size_t i = 0; i < N_OPTIONS; i++)
    if (table[i].letter == c)
      return &table[i];
  return NULL;
}

static bool parse_options(Run *r, int argc, char **argv) {
  struct option *longs;
  const char *shorts = getopt_tables(r->arena, &longs);
  opterr = 0;
  optind = 1;
  for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
    Str given = str_of(argv[optind - 1]);
    if (c == ':') {
      diag(r->diags, D_CLI_ARGUMENT, SPAN_NONE, given);
      return false;
    }
    const Option *o = option_of(c);
    if (!o)
      return unknown_option(r, given);
    if (!(o->commands & (1u << r->options.command))) {
      diag(r->diags, D_CLI_OPTION_HERE, SPAN_NONE,
           str_fmt(r->arena, "--%s", o->name),
           command_name(r->options.command));
      return false;
    }
    if (!take_option(r, o, str_of(optarg)))
      return false;
  }
  for (int i = optind; i < argc; i++)
    *vec_push(r->arena, &r->options.inputs) = str_of(argv[i]);
  return check_values(r);
}

bool json_asked(int argc, char **argv) {
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], "--messages=json") == 0 ||
        (i + 1 < argc && strcmp(argv[i], "--messages") == 0 &&
         strcmp(argv[i + 1], "json") == 0))
      return true;
  return false;
}

bool options_parse(Run *r, int argc, char **argv) {
  r->options.command = CMD_COUNT;
  if (json_asked(argc, argv))
    r->options.messages = STR("json");
  Str first = argc > 1 ? str_of(argv[1]) : STR("--help");
  if (str_is(first, "--help") || str_is(first, "-h") || str_is(first, "help")) {
    r->options.help = true;
    return true;
  }
  if (str_is(first, "--version")) {
    r->options.version = true;
    return true;
  }
  return take_command(r, first) && parse_options(r, argc - 1, argv + 1);
}

size_t jobs_of(const Options *o) {
  size_t jobs = 0;
  for (size_t i = 0; i < o->jobs.len; i++)
    jobs = jobs * 10 + (size_t)(o->jobs.data[i] - '0');
  return jobs ? jobs : 1;
}
