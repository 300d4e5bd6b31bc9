// cli: the command line, and the stages in order.
#ifndef CLI_H
#define CLI_H

#include "dossier.h"
#include "layout.h"
#include "typeset.h"

typedef enum {
#define COMMAND(id, function, name, args_en, args_zh, en, zh) CMD_##id,
#include "commands.def"
#undef COMMAND
  CMD_COUNT
} Command;

typedef VEC(Str) StrList;

// How deep below a folder that is given its pages are, and what a watch and
// --resume look at.
enum { FOLDERS_DEEP = 3 };

// One value a field: options.def names the fields.
typedef struct {
  Command command;
  StrList inputs, fonts, previous;
  VEC(Param) set;
  Str output, params, period, date, encoding, dump, dossier, format,
      corrections, ledger, messages, jobs, report, list, html, map, copies,
      booklet;
  bool final, quiet, strict, keep_going, resume, fetch, print, archive, help,
      version;
} Options;

typedef struct {
  Arena *arena;
  Diags *diags;
  Options options;
  size_t pages; // of the briefing that was written
  int code;     // exit code of what had messages of its own
} Run;

// Reads the command line. False: reported.
bool options_parse(Run *r, int argc, char **argv);
Str command_name(Command command);
// What a value of this option must look like, NULL where it does.
const char *value_wanted(Str option, Str value);
// Whether --messages json is given: what is wrong with the options before it is
// told in that form, too.
bool json_asked(int argc, char **argv);
// From now on memory that runs out is told as JSON (memory.c, of the program).
void memory_tell_json(void);
// Prints the help of the program or of one command to standard output.
void help_print(const Run *r);
void version_print(void);

// Loads one dossier, or pages from files, folders and "-", and extracts their
// figures. NULL: reported.
Dossier *inputs_load(Run *r, const Str *given, size_t n,
                     const Dictionary *dictionary);
// `extract --format ndjson`; the worst exit code of the pages.
int stream_pages(Run *r, const Dictionary *dictionary, size_t jobs);
size_t jobs_of(const Options *o); // --jobs, at least 1
#define COPIES_MAX 10000
// Numbers of --copies; false: no numbers.
bool copies_of(const Options *o, int *first, int *last);
// The day of SOURCE_DATE_EPOCH, which the PDF then says it was made on;
// STR_NONE where it is not set. False: it is no number of seconds.
bool epoch_day(Arena *a, Str *day);
// Paper and creep of --booklet; false: not understood.
bool booklet_of(const Options *o, Str *sheet, Len *creep);
// The month most pages are of, "2025-12", or empty.
Str inputs_period(Arena *a, const Dossier *dossier);

// Where the stock layouts and fonts/fetch lie: beside the installed program, or
// in the tree it was built from. STR_NONE if neither is there.
Str stock_folder(Arena *a);
void fonts_fetch(Run *r); // `fonts --fetch`

// The commands, by the name of commands.def: `void command_x(Run *r)`.
#define COMMAND(id, function, name, args_en, args_zh, en, zh)                  \
  void function(Run *r);
#include "commands.def"
#undef COMMAND

// ---- commands.c, for the commands in other files ---------------------------
// Whether as many files as needed were given; else reported.
bool enough_inputs(Run *r, size_t need, const char *en, const char *zh);
bool output_is_input(Run *r, Str output); // true: reported
// Whether the result may reach the output path; else reported.
bool may_write(Run *r);
bool output_write(Run *r, Str path, Str text); // false: reported

// ---- history_cmd.c ---------------------------------------------------------
// Gives the dossier its history and findings. False: reported.
bool history_attach(Run *r, Dossier *dossier, const Dictionary *dictionary);

// ---- final_cmd.c -----------------------------------------------------------
// Reports the printed figures that are in doubt or not confirmed, as errors.
void final_check(Run *r, const Dossier *dossier, const Document *doc);
// Puts the final briefing's figures into the ledger.
void final_keep(Run *r, const Dossier *dossier);

#endif
