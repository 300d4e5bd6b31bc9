// `jianbao fonts --fetch`: gets the free faces to a per-user place, by the
// script that lies beside the stock layouts.
#include "cli.h"
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void fonts_fetch(Run *r) {
  Str stock = stock_folder(r->arena);
  if (!stock.data) {
    diag_add(r->diags, D_CLI_NO_STOCK, SPAN_NONE, NULL, 0);
    return;
  }
  char *path =
      str_z(r->arena, str_fmt(r->arena, "%.*s/fonts/fetch", STR_ARG(stock)));
  char *args[] = {path, NULL};
  pid_t pid;
  int status = 0;
  int error = posix_spawn(&pid, path, NULL, NULL, args, environ);
  if (error) {
    diag_errno(r->diags, D_FILE_READ, str_of(path), error);
    return;
  }
  waitpid(pid, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    diag_add(r->diags, D_FONTS_FETCH, SPAN_NONE, NULL, 0);
}
