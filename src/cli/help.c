// The help, from the same tables as the parser.
#include "cli.h"
#include <stdio.h>

static void pad_to(size_t used, size_t column) {
  for (size_t i = used; i < column; i++)
    putchar(' ');
}

static size_t columns(const char *z) {
  Str s = str_of(z);
  size_t n = 0;
  for (size_t i = 0; i < s.len;)
    n += (size_t)char_columns(utf8_next(s, &i));
  return n;
}

static void print_command(Lang lang, const char *name, const char *const args[],
                          const char *const what[]) {
  printf("  jianbao %s %s\n      %s\n", name, args[lang], what[lang]);
}

static void print_option(Lang lang, int letter, const char *name,
                         const char *arg, const char *const what[]) {
  size_t used = 4 + 2 + strlen(name) + columns(arg) + (*arg ? 1 : 0) + 2;
  printf(letter ? "  -%c, " : "      ", letter);
  printf("--%s%s%s", name, *arg ? " " : "", arg);
  pad_to(used, 28);
  printf(" %s\n", what[lang]);
}

void help_print(const Run *r) {
  Lang lang = diags_lang_of_env();
  Command command = r->options.command;
  puts(lang == LANG_ZH ? "jianbao 简报：报纸文章进，排印好的简报出。"
                       : "jianbao: newspaper articles in, a printed Chinese "
                         "briefing out.");
  puts(lang == LANG_ZH ? "\n用法：" : "\nUsage:");
#define COMMAND(id, function, name, args_en, args_zh, en, zh)                  \
  if (command == CMD_COUNT || command == CMD_##id)                             \
    print_command(lang, name, (const char *const[]){args_en, args_zh},         \
                  (const char *const[]){en, zh});
#include "commands.def"
#undef COMMAND
  puts(lang == LANG_ZH ? "\n选项：" : "\nOptions:");
#define OPTION(letter, name, kind, field, commands, arg, en, zh)               \
  if (command == CMD_COUNT || ((commands) & (1u << command)))                  \
    print_option(lang, letter, name, arg, (const char *const[]){en, zh});
#include "options.def"
#undef OPTION
  puts(lang == LANG_ZH
           ? "\n退出码：0 正常；1 输入有错；2 用法有误；3 系统故障。"
           : "\nExit codes: 0 clean, 1 errors in the input, 2 usage, 3 the "
             "system failed.");
}

void version_print(void) {
  puts("jianbao " JIANBAO_VERSION);
}
