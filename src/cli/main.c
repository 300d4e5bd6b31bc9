// jianbao: newspaper articles in, a printed Chinese briefing out.
#include "cli.h"
#include <locale.h>
#include <stdio.h>

static void (*const commands[CMD_COUNT])(Run *) = {
#define COMMAND(id, function, name, args_en, args_zh, en, zh)                  \
  [CMD_##id] = function,
#include "commands.def"
#undef COMMAND
};

static void run(Run *r, int argc, char **argv) {
  if (!options_parse(r, argc, argv))
    return;
  if (r->options.help)
    help_print(r);
  else if (r->options.version)
    version_print();
  else
    commands[r->options.command](r);
  if (fflush(stdout) != 0)
    diag_file(r->diags, D_FILE_WRITE, STR("-"), STR("standard output"));
}

int main(int argc, char **argv) {
  if (json_asked(argc, argv))
    memory_tell_json();
  arena_keep_freed();
  Arena *a = arena_new();
  out_catch_signals();
  setlocale(LC_CTYPE, "C.UTF-8"); // names in archives are UTF-8
  Run *r = NEW(a, Run);
  *r = (Run){.arena = a, .diags = diags_new(a, diags_lang_of_env())};
  run(r, argc, argv);
  diags_print_as(r->diags, str_is(r->options.messages, "json"),
                 r->options.quiet);
  diags_print(r->diags);
  int code = diags_exit(r->diags, r->options.strict);
  code = r->code > code ? r->code : code;
  arena_free(a);
  return code;
}
