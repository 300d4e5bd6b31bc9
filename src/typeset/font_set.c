// The set of faces and roles: which file serves which role.
#include "line-imp.h"
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#define WALK_DEPTH 5
#define WALK_MAX   20000 // entries looked at in all

enum {
#define FACE(id, file, folder, ps, label, shift, embolden) F_##id,
#include "fonts.def"
  F_COUNT
};

// ---- finding files ---------------------------------------------------------

static bool is_file(Arena *a, Str path) {
  struct stat st;
  return stat(str_z(a, path), &st) == 0 && S_ISREG(st.st_mode);
}

typedef struct {
  FontSet *fs;
  size_t seen;
} Walk;

static void walk(Walk *w, Str dir, int depth) {
  FontSet *fs = w->fs;
  DIR *d = depth <= WALK_DEPTH ? opendir(str_z(fs->arena, dir)) : NULL;
  if (!d)
    return;
  const struct dirent *e;
  while ((e = readdir(d)) && w->seen++ < WALK_MAX) {
    if (e->d_name[0] == '.')
      continue;
    Str name = str_copy(fs->arena, str_of(e->d_name));
    Str path = str_fmt(fs->arena, "%.*s/%s", STR_ARG(dir), e->d_name);
    struct stat st;
    if (stat(path.data, &st) != 0)
      continue;
    if (S_ISDIR(st.st_mode))
      walk(w, path, depth + 1);
    else if (S_ISREG(st.st_mode) && !map_lookup(fs->index, name)) {
      Str *kept = NEW(fs->arena, Str);
      *kept = path;
      map_put(fs->index, name, kept);
    }
  }
  closedir(d);
}

static Str index_lookup(FontSet *fs, Str file) {
  if (!fs->index) {
    fs->index = map_new(fs->arena);
    Walk w = {fs, 0};
    for (size_t i = 0; i < fs->dirs.len; i++)
      walk(&w, fs->dirs.data[i], 0);
  }
  const Str *path = map_lookup(fs->index, file);
  return path ? *path : STR_NONE;
}

Str source_path(FontSet *fs, const Source *s) {
  for (size_t i = 0; i < fs->dirs.len; i++) {
    Str dir = fs->dirs.data[i];
    Str path = str_fmt(fs->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(s->file));
    if (is_file(fs->arena, path))
      return path;
    path = str_fmt(fs->arena, "%.*s/%.*s/%.*s", STR_ARG(dir),
                   STR_ARG(s->folder), STR_ARG(s->file));
    if (s->folder.len && is_file(fs->arena, path))
      return path;
  }
  return index_lookup(fs, s->file);
}

// The face of a collection that the document's language reads (W2).
static Str source_name(const FontSet *fs, const Source *s) {
  static const struct {
    const char *mainland, *tw, *hk;
  } names[] = {{"sc-", "tc-", "hk-"}, {"CN", "TW", "HK"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!str_is(s->ps, names[i].mainland))
      continue;
    if (str_is(fs->lang, "zh-TW"))
      return str_of(names[i].tw);
    if (str_is(fs->lang, "zh-HK"))
      return str_of(names[i].hk);
  }
  return s->ps;
}

Face *source_face(FontSet *fs, size_t source) {
  Source *s = &fs->sources.data[source];
  if (s->tried)
    return s->face;
  s->tried = true;
  Str path = source_path(fs, s);
  if (!path.data)
    return NULL;
  const char *why[2];
  Face *f = face_open(fs->arena, path, source_name(fs, s), fs->lang, why);
  if (!f) {
    s->why[LANG_EN] = str_of(why[0]);
    s->why[LANG_ZH] = str_of(why[1]);
    diag(fs->diags, D_FONT_REFUSED, SPAN_NONE, path, s->why[LANG_EN],
         s->why[LANG_ZH]);
    return NULL;
  }
  f->shift = s->shift;
  f->embolden = s->embolden;
  face_kern_open(fs->arena, f);
  s->face = f;
  return f;
}

// ---- the tables ------------------------------------------------------------

void fontset_sources(FontSet *fs) {
#define FACE(id, file_, folder_, ps_, label_, shift_, embolden_)               \
  *vec_push(fs->arena, &fs->sources) = (Source){                               \
      .file = STR(file_),                                                      \
      .folder = STR(folder_),                                                  \
      .ps = STR(ps_),                                                          \
      .label = STR(label_),                                                    \
      .shift = (shift_),                                                       \
      .embolden = (embolden_),                                                 \
      .bold = F_##id == F_SERIF_BOLD || F_##id == F_SANS_BOLD ||               \
              F_##id == F_LATIN_BOLD,                                          \
  };
#include "fonts.def"
}

// The tail that every chain has.
static const uint16_t tail[] = {
#define FALLBACK(id) F_##id,
#include "fonts.def"
};

static void chain_add(RoleDef *r, int bold, int kind, size_t source) {
  uint8_t *n = &r->n[bold][kind];
  for (int i = 0; i < *n; i++)
    if (r->chain[bold][kind][i] == source)
      return;
  if (*n < CHAIN_MAX)
    r->chain[bold][kind][(*n)++] = (uint16_t)source;
}

typedef struct {
  const char *name, *zh;
  int chain[2][CHAIN_KINDS][4]; // source + 1
} BuiltIn;

#define CHAIN_OF(...)                                                          \
  { __VA_ARGS__ }
// Names of the table's chains are face ids; here they become source numbers.
enum {
#define FACE(id, file, folder, ps, label, shift, embolden) id = F_##id + 1,
#include "fonts.def"
};

#define CHAIN(...)                                                             \
  { __VA_ARGS__ }
static const BuiltIn built_in[] = {
#define ROLE(id, name, zh, han, mark, latin, hb, mb, lb)                       \
  {name, zh, {{han, mark, latin}, {hb, mb, lb}}},
#include "fonts.def"
};

static void role_add(FontSet *fs, const BuiltIn *b) {
  RoleDef r = {.name = str_of(b->name), .zh = str_of(b->zh)};
  for (int bold = 0; bold < 2; bold++)
    for (int kind = 0; kind < CHAIN_KINDS; kind++)
      for (int i = 0; i < 4 && b->chain[bold][kind][i]; i++)
        chain_add(&r, bold, kind, (size_t)b->chain[bold][kind][i] - 1);
  *vec_push(fs->arena, &fs->defs) = r;
}

static RoleDef *def_lookup(FontSet *fs, Str name) {
  for (size_t i = 0; i < fs->defs.len; i++)
    if (str_eq(fs->defs.data[i].name, name) ||
        str_eq(fs->defs.data[i].zh, name))
      return &fs->defs.data[i];
  return NULL;
}

// Where the face's number in its collection begins: "uming.ttc#1".
static size_t number_at(Str name) {
  size_t at = name.len;
  while (at > 0 && name.data[at - 1] >= '0' && name.data[at - 1] <= '9')
    at--;
  bool numbered = at > 1 && at < name.len && name.data[at - 1] == '#';
  return numbered ? at - 1 : name.len;
}

static size_t source_add(FontSet *fs, Str name) {
  size_t at = number_at(name);
  Str file = str_head(name, at), ps = str_slice(name, at, name.len);
  for (size_t i = 0; i < fs->sources.len; i++)
    if (str_eq(fs->sources.data[i].label, name) ||
        (!ps.len && !str_starts(fs->sources.data[i].ps, STR("#")) &&
         str_eq(fs->sources.data[i].file, file)))
      return i;
  *vec_push(fs->arena, &fs->sources) =
      (Source){.file = file, .ps = ps, .label = name};
  return fs->sources.len - 1;
}

// Whether a face given for the role also serves this kind of character: the
// marks of 小标宋 and 黑体 are their own, those of 仿宋 and 楷体 are not.
static bool serves(const RoleDef *old, int bold, int kind) {
  if (!old)
    return true;
  return old->chain[bold][kind][0] == old->chain[bold][CHAIN_HAN][0];
}

// Adds the document's faces to the chain; a role's name stands for its faces.
static void faces_add(FontSet *fs, RoleDef *r, const FontRole *doc, int bold,
                      int kind) {
  for (size_t i = 0; i < doc->n; i++) {
    const RoleDef *named = def_lookup(fs, doc->faces[i]);
    for (int k = 0; named && k < named->n[bold][kind]; k++)
      chain_add(r, bold, kind, named->chain[bold][kind][k]);
    if (!named)
      chain_add(r, bold, kind, source_add(fs, doc->faces[i]));
  }
}

static void chain_append(RoleDef *r, const RoleDef *old, int bold, int kind) {
  for (int k = 0; k < old->n[bold][kind]; k++)
    chain_add(r, bold, kind, old->chain[bold][kind][k]);
}

// The document's faces stand before the built-in chains of the role.
static void role_override(FontSet *fs, const FontRole *doc) {
  RoleDef *old = def_lookup(fs, doc->role);
  RoleDef r = {.name = old ? old->name : doc->role,
               .zh = old ? old->zh : doc->role};
  for (int bold = 0; bold < 2; bold++)
    for (int kind = 0; kind < CHAIN_KINDS; kind++) {
      if (serves(old, bold, kind))
        faces_add(fs, &r, doc, bold, kind);
      if (old)
        chain_append(&r, old, bold, kind);
    }
  if (old)
    *old = r;
  else
    *vec_push(fs->arena, &fs->defs) = r;
}

// Faces given for the Latin role set Latin in the roles that borrow it.
static void latin_override(FontSet *fs, const FontRole *doc) {
  for (size_t i = 0; i < fs->defs.len; i++) {
    RoleDef old = fs->defs.data[i];
    for (int bold = 0; bold < 2; bold++) {
      uint16_t first = old.chain[bold][CHAIN_LATIN][0];
      if (first != F_LATIN && first != F_LATIN_BOLD)
        continue;
      fs->defs.data[i].n[bold][CHAIN_LATIN] = 0;
      faces_add(fs, &fs->defs.data[i], doc, bold, CHAIN_LATIN);
      chain_append(&fs->defs.data[i], &old, bold, CHAIN_LATIN);
    }
  }
}

// A file in a font folder that bears the role's name is the office's own face.
static void office_override(FontSet *fs, Str role) {
  static const char *const kinds[] = {"ttf", "otf", "ttc"};
  for (size_t i = 0; i < fs->dirs.len; i++)
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
      Str file = str_fmt(fs->arena, "%.*s.%s", STR_ARG(role), kinds[k]);
      if (!is_file(fs->arena,
                   str_fmt(fs->arena, "%.*s/%.*s", STR_ARG(fs->dirs.data[i]),
                           STR_ARG(file))))
        continue;
      FontRole own = {role, &file, 1};
      if (str_is(role, "latin"))
        latin_override(fs, &own);
      else
        role_override(fs, &own);
      return;
    }
}

void fontset_roles(FontSet *fs, const Document *doc) {
  for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
    role_add(fs, &built_in[i]);
  for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
    office_override(fs, str_of(built_in[i].name));
  for (size_t i = 0; doc && i < doc->n_fonts; i++)
    if (str_is(doc->fonts[i].role, "latin"))
      latin_override(fs, &doc->fonts[i]);
  for (size_t i = 0; doc && i < doc->n_fonts; i++)
    if (!str_is(doc->fonts[i].role, "latin"))
      role_override(fs, &doc->fonts[i]);
  for (size_t i = 0; i < fs->defs.len; i++)
    for (int bold = 0; bold < 2; bold++)
      for (int kind = 0; kind < CHAIN_KINDS; kind++)
        for (size_t k = 0; k < sizeof tail / sizeof *tail; k++)
          chain_add(&fs->defs.data[i], bold, kind, tail[k]);
}

// ---- opening ---------------------------------------------------------------

static FontSet *fontset_new(Arena *a, Diags *d, const FontOptions *options) {
  FontSet *fs = NEW(a, FontSet);
  fs->arena = a;
  fs->diags = d;
  fs->lang = STR("zh-CN");
  for (size_t i = 0; options && i < options->n_dirs; i++)
    *vec_push(a, &fs->dirs) = options->dirs[i];
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (data && data[0] == '/')
    *vec_push(a, &fs->dirs) = str_fmt(a, "%s/jianbao/fonts", data);
  else if (home && home[0])
    *vec_push(a, &fs->dirs) = str_fmt(a, "%s/.local/share/jianbao/fonts", home);
  *vec_push(a, &fs->dirs) = STR("/usr/share/fonts");
  fontset_sources(fs);
  return fs;
}

FontSet *fontset_open(Arena *a, Diags *d, const Document *doc,
                      const FontOptions *options) {
  FontSet *fs = fontset_new(a, d, options);
  if (doc && doc->lang.len)
    fs->lang = doc->lang;
  fontset_roles(fs, doc);
  return fs;
}

size_t fontset_faces(const FontSet *fs) {
  return fs->faces.len;
}

const Face *fontset_face(const FontSet *fs, size_t i) {
  return i < fs->faces.len ? fs->faces.data[i] : NULL;
}

// ---- the report ------------------------------------------------------------

Str fontset_report(Arena *a, Diags *d, const FontOptions *options) {
  FontSet *fs = fontset_new(a, d, options);
  fontset_roles(fs, NULL);
  Buf b = buf_new(a);
  for (size_t i = 0; i < fs->defs.len; i++) {
    const RoleDef *r = &fs->defs.data[i];
    int columns = 0;
    for (size_t at = 0; at < r->zh.len;)
      columns += char_columns(utf8_next(r->zh, &at));
    for (int k = 0; k < r->n[0][r->name.len == 5 && str_is(r->name, "latin")
                                    ? CHAIN_LATIN
                                    : CHAIN_HAN] &&
                    k < 3;
         k++) {
      int kind = str_is(r->name, "latin") ? CHAIN_LATIN : CHAIN_HAN;
      size_t source = r->chain[0][kind][k];
      const Face *f = source_face(fs, source);
      const Source *s = &fs->sources.data[source];
      if (k == 0)
        buf_fmt(&b, "%-6.*s %.*s%*s", STR_ARG(r->name), STR_ARG(r->zh),
                8 - columns, "");
      else
        buf_fmt(&b, "%15s", "");
      Str file = f ? f->file : s->why[0].len ? s->why[0] : STR("missing");
      buf_fmt(&b, "%.*s: %.*s\n", STR_ARG(s->label), STR_ARG(file));
    }
  }
  return buf_str(&b);
}
