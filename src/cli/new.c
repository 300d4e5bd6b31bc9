// `jianbao new DIR`: a folder for the monthly work that compiles at once.
#include "cli.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPLATE(symbol)                                                       \
  extern const unsigned char symbol[];                                         \
  extern const size_t symbol##_len;
TEMPLATE(new_readme)
TEMPLATE(new_makefile)
TEMPLATE(new_corrections)
TEMPLATE(new_page)
TEMPLATE(new_office)
#undef TEMPLATE

Str stock_folder(Arena *a) {
  char *exe = arena_alloc(a, 4096);
  ssize_t n = readlink("/proc/self/exe", exe, 4095);
  Str bin = n > 0 ? str_of(exe) : STR("");
  while (bin.len && bin.data[bin.len - 1] != '/')
    bin.len--;
  const Str places[] = {
      str_fmt(a, "%.*s../" JIANBAO_STOCK, STR_ARG(bin)),
      str_fmt(a, "%.*s../../../..", STR_ARG(bin)),
  };
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    Str monthly = str_fmt(a, "%.*s/layouts/monthly.xml", STR_ARG(places[i]));
    if (bin.len && access(monthly.data, R_OK) == 0)
      return places[i];
  }
  return STR_NONE;
}

// What was made so far, folders before what is in them.
static StrList made;

static void take_back(Run *r) {
  while (made.len)
    remove(str_z(r->arena, made.data[--made.len]));
}

static bool make_folder(Run *r, Str path) {
  if (mkdir(str_z(r->arena, path), 0777) == 0) {
    *vec_push(r->arena, &made) = path;
    return true;
  }
  diag_errno(r->diags, D_FILE_WRITE, path, errno);
  return false;
}

static bool write_file(Run *r, Str folder, const char *name, Str text) {
  Str path = str_fmt(r->arena, "%.*s/%s", STR_ARG(folder), name);
  Out *o = out_open(r->arena, r->diags, path);
  if (!o)
    return false;
  out_write(o, text);
  if (!out_commit(o))
    return false;
  *vec_push(r->arena, &made) = path;
  return true;
}

static bool copy_file(Run *r, Str from, Str folder, const char *name) {
  Str path = str_fmt(r->arena, "%.*s/%s", STR_ARG(from), name);
  File *f = file_load(r->arena, r->diags, path);
  return f && write_file(r, folder, name, f->raw);
}

enum { DEPTH_MAX = 4 };

static bool copy_folder(Run *r, Str from, Str to, int depth) {
  DIR *dir = opendir(str_z(r->arena, from));
  if (!dir) {
    diag_errno(r->diags, D_DIR_READ, from, errno);
    return false;
  }
  bool ok = make_folder(r, to);
  for (struct dirent *e; ok && (e = readdir(dir));) {
    if (e->d_name[0] == '.')
      continue;
    Str inner = str_fmt(r->arena, "%.*s/%s", STR_ARG(from), e->d_name);
    Str copy = str_fmt(r->arena, "%.*s/%s", STR_ARG(to), e->d_name);
    struct stat st;
    ok = stat(inner.data, &st) == 0;
    if (ok && S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
      ok = copy_folder(r, inner, copy, depth + 1);
    else if (ok && S_ISREG(st.st_mode))
      ok = copy_file(r, from, to, e->d_name);
  }
  closedir(dir);
  return ok;
}

static bool write_templates(Run *r, Str folder) {
  Str pages = str_fmt(r->arena, "%.*s/pages", STR_ARG(folder));
#define TEXT(symbol) ((Str){(const char *)(symbol), symbol##_len})
  return write_file(r, folder, "README.md", TEXT(new_readme)) &&
         write_file(r, folder, "Makefile", TEXT(new_makefile)) &&
         write_file(r, folder, "corrections.xml", TEXT(new_corrections)) &&
         write_file(r, folder, "office.xml", TEXT(new_office)) &&
         make_folder(r, pages) &&
         write_file(r, pages, "2025-12-09_河湾工人报_示例页.txt",
                    TEXT(new_page));
#undef TEXT
}

void command_new(Run *r) {
  if (r->options.inputs.len != 1) {
    bool zh = diags_lang_of_env() == LANG_ZH;
    diag(r->diags, D_CLI_FEW, SPAN_NONE, STR("new"),
         zh ? STR("一个文件夹名") : STR("the name of one folder"));
    return;
  }
  Str folder = r->options.inputs.data[0];
  Str stock = stock_folder(r->arena);
  if (!stock.data) {
    diag_add(r->diags, D_CLI_NO_STOCK, SPAN_NONE, NULL, 0);
    return;
  }
  Str from = str_fmt(r->arena, "%.*s/layouts", STR_ARG(stock));
  Str to = str_fmt(r->arena, "%.*s/layouts", STR_ARG(folder));
  struct stat st;
  if (stat(str_z(r->arena, folder), &st) == 0) {
    diag(r->diags, D_CLI_NEW_EXISTS, SPAN_NONE, folder);
    return;
  }
  if (!make_folder(r, folder) || !copy_folder(r, from, to, 0) ||
      !write_templates(r, folder)) {
    take_back(r);
    return;
  }
  if (!r->options.quiet && diags_lang_of_env() == LANG_ZH)
    printf("已建好 %.*s：cd %.*s && make\n", STR_ARG(folder), STR_ARG(folder));
  else if (!r->options.quiet)
    printf("made %.*s: cd %.*s && make\n", STR_ARG(folder), STR_ARG(folder));
}
