// base: memory, text, places in files, messages, safe output, XML with
// positions. Everything other rooms may take for granted.
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Diags Diags;

// ---- arena.c ---------------------------------------------------------------
// One arena per run (and scratch arenas per stage). Memory comes zeroed and is
// never NULL: running out ends the process with exit code 3.

typedef struct Arena Arena;

Arena *arena_new(void);
// Frees everything the arena gave out, after running its deferred calls.
void arena_free(Arena *a);
// The same, but the arena can be used again.
void arena_reset(Arena *a);
// size 0 gives a valid pointer.
void *arena_alloc(Arena *a, size_t size);
// Calls fn(p) when the arena is freed, last deferred first: the way a foreign
// library's object lives as long as the run.
void arena_defer(Arena *a, void (*fn)(void *), void *p);
size_t arena_used(const Arena *a); // bytes given out so far
// Lets the process keep what arenas free for those to come: pages of memory
// need not be got from the system and cleared again. For main, before threads.
void arena_keep_freed(void);
// p of `size` bytes with room for `wanted`: where it lies, if it was the last
// thing given out, else a copy. What is added is zero.
void *arena_grow(Arena *a, void *p, size_t size, size_t wanted);

#define NEW(a, T)          ((T *)arena_alloc((a), sizeof(T)))
#define NEW_ARRAY(a, T, n) ((T *)arena_array((a), (n), sizeof(T)))
// n * size with overflow check.
void *arena_array(Arena *a, size_t n, size_t size);

// A growing array in an arena: VEC(Figure) figures = {0};
// *vec_push(a, &figures) = f;
#define VEC(T)                                                                 \
  struct {                                                                     \
    T *data;                                                                   \
    size_t len, cap;                                                           \
  }
#define vec_push(a, v)                                                         \
  ((v)->len < (v)->cap ? (void)0                                               \
                       : vec_room((a), (void **)&(v)->data, &(v)->cap,         \
                                  (v)->len, sizeof *(v)->data),                \
   &(v)->data[(v)->len++])
void vec_room(Arena *a, void **data, size_t *cap, size_t len, size_t size);

// ---- str.c -----------------------------------------------------------------
// Text is a slice of UTF-8 bytes, borrowed from a file or an arena. A Str with
// data NULL means "absent"; STR("") is present and empty.

typedef struct {
  const char *data;
  size_t len;
} Str;

#define STR(lit)   ((Str){("" lit), sizeof(lit) - 1})
#define STR_NONE   ((Str){NULL, 0})
#define STR_ARG(s) (int)(s).len, (s).data ? (s).data : "" // for %.*s

Str str_of(const char *z); // borrows a C string; NULL gives STR_NONE
bool str_eq(Str a, Str b);
bool str_is(Str a, const char *z);
int str_cmp(Str a, Str b); // by bytes
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
// Offset of the first `what` at or after `from`, or SIZE_MAX.
size_t str_find(Str s, Str what, size_t from);
bool str_has(Str s, Str what);
Str str_slice(Str s, size_t begin, size_t end); // clamped
Str str_head(Str s, size_t n); // at most n bytes, no character torn
Str str_trim(Str s);           // ASCII blanks and U+3000
Str str_copy(Arena *a, Str s);
char *str_z(Arena *a, Str s); // NUL-terminated copy
Str str_cat(Arena *a, Str x, Str y);
// printf into the arena.
__attribute__((format(printf, 2, 3))) Str str_fmt(Arena *a, const char *fmt,
                                                  ...);
Str str_int(Arena *a, long long n);
uint64_t str_hash(Str s); // FNV-1a, stable over runs and machines

// Decodes the character at *i and moves *i past it. A byte that starts no
// valid sequence gives U+FFFD and is one byte long. *i must be < s.len.
uint32_t utf8_next_other(Str s, size_t *i);
static inline uint32_t utf8_next(Str s, size_t *i) {
  const unsigned char *p = (const unsigned char *)s.data + *i;
  if (*p < 0x80) {
    ++*i;
    return *p;
  }
  // nearly all of Chinese text: three bytes, U+1000 to U+CFFF
  if (*p < 0xE1 || *p > 0xEC || s.len - *i < 3 || (p[1] & 0xC0) != 0x80 ||
      (p[2] & 0xC0) != 0x80)
    return utf8_next_other(s, i);
  *i += 3;
  return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
}
// Length of the character that the byte leads, 1 for a byte that leads none.
static inline size_t utf8_step(char lead) {
  unsigned char b = (unsigned char)lead;
  return b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}
// What tells one character of three bytes from another, ASCII and them apart:
// 16 bits, of a valid text. Reads three bytes.
static inline uint32_t utf8_bits(const char *s) {
  const unsigned char *p = (const unsigned char *)s;
  return p[0] < 0x80
             ? p[0]
             : (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
}
// The character that ends at *i, moving *i back to its start. *i must be > 0.
uint32_t utf8_prev(Str s, size_t *i);
size_t utf8_put(char out[4], uint32_t c); // length written
size_t utf8_count(Str s);                 // characters
bool utf8_valid(Str s);
// Columns a terminal gives the character: ideographs and full-width 2, marks 0.
int char_columns(uint32_t c);
bool char_is_han(uint32_t c); // ideographs of any plane, 〇 and 々 included

// A growing byte buffer.
typedef struct {
  Arena *arena;
  char *data;
  size_t len, cap;
} Buf;

Buf buf_new(Arena *a);
void buf_grow(Buf *b, size_t more); // for buf_room
// So many bytes behind data + len may be written.
static inline void buf_room(Buf *b, size_t more) {
  if (b->cap - b->len < more)
    buf_grow(b, more);
}
static inline void buf_add(Buf *b, Str s) {
  if (s.len == 0 || !s.data)
    return;
  buf_room(b, s.len);
  memcpy(b->data + b->len, s.data, s.len);
  b->len += s.len;
}
static inline void buf_byte(Buf *b, char c) {
  buf_room(b, 1);
  b->data[b->len++] = c;
}
void buf_char(Buf *b, uint32_t c);
__attribute__((format(printf, 2, 3))) void buf_fmt(Buf *b, const char *fmt,
                                                   ...);
Str buf_str(const Buf *b);

// ---- table.c ---------------------------------------------------------------
// A hash map from Str to a pointer; keys are borrowed.

typedef struct Map Map;
Map *map_new(Arena *a);
void *map_lookup(const Map *m, Str key); // NULL if absent
void map_put(Map *m, Str key, void *value);

// ---- file.c ----------------------------------------------------------------
// A file in memory and places in it. `text` is valid UTF-8 unless the file was
// loaded raw; offsets are bytes of `text`.

typedef struct File {
  Str path;     // as the user gave it; "-" is standard input
  Str raw;      // the bytes as they lie on the disk
  Str text;     // decoded text (a slice of raw where the file is UTF-8)
  Str encoding; // IANA name of the encoding found, "UTF-8" by default
  // Offset in raw of each byte of text (text.len + 1 items), or NULL where
  // text is a slice of raw.
  const uint32_t *raw_at;
  const uint32_t *line_starts; // offsets in text
  size_t lines;
} File;

typedef struct { // bytes of file->text, half open
  const File *file;
  uint32_t begin, end;
} Span;

#define SPAN_NONE ((Span){NULL, 0, 0})

#define FILE_MAX ((size_t)1 << 30) // bytes of one input file

// Loads a file's bytes; strips a UTF-8 BOM from text. Missing, unreadable and
// too large files are reported (D_FILE_*) and give NULL. "-" reads standard
// input.
File *file_load(Arena *a, Diags *d, Str path);
// Standard input, of which `head` has been read already.
File *file_load_rest(Arena *a, Diags *d, Str head);
File *file_of(Arena *a, Str path, Str bytes);       // from memory
void file_index(Arena *a, File *f);                 // (re)computes line starts
size_t file_line(const File *f, uint32_t offset);   // from 1
size_t file_column(const File *f, uint32_t offset); // characters, from 1
uint32_t file_raw(const File *f, uint32_t offset);  // offset on the disk
Str file_sha256(Arena *a, const File *f); // of the raw bytes, hexadecimal
Str sha256_hex(Arena *a, Str bytes);      // sha256.c
Span span_of(const File *f, size_t begin, size_t end);

// ---- diag.c ----------------------------------------------------------------
// Messages are rows of diags.def; text in English and Chinese, {0} {1} … stand
// for the arguments, which are all Str. Messages are kept and printed by
// diags_print in the order of place.

typedef enum {
  LEVEL_NOTE,
  LEVEL_WARNING,
  LEVEL_ERROR,  // the input is wrong: exit code 1
  LEVEL_USAGE,  // the command line is wrong: exit code 2
  LEVEL_SYSTEM, // the system failed: exit code 3
} Level;

typedef enum {
#define DIAG(id, level, en, zh) D_##id,
#include "diags.def"
#undef DIAG
  D_COUNT
} DiagId;

typedef enum { LANG_EN, LANG_ZH } Lang;

Diags *diags_new(Arena *a, Lang lang);
Lang diags_lang(const Diags *d);
Lang diags_lang_of_env(void); // LC_ALL, LC_MESSAGES, LANG: zh* is Chinese

#define DIAG_ARGS(...)                                                         \
  (const Str[]){__VA_ARGS__, STR_NONE},                                        \
      sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str)
// diag(d, D_ELEM_UNKNOWN, span, name, parent): at least one argument.
#define diag(d, id, at, ...) diag_add((d), (id), (at), DIAG_ARGS(__VA_ARGS__))
void diag_add(Diags *d, DiagId id, Span at, const Str *args, size_t n);
// A message that stays with the one before it, wherever its own place is.
#define diag_note(d, id, at, ...)                                              \
  diag_note_add((d), (id), (at), DIAG_ARGS(__VA_ARGS__))
void diag_note_add(Diags *d, DiagId id, Span at, const Str *args, size_t n);
// A message about a whole file that could not be read as text.
void diag_file(Diags *d, DiagId id, Str path, Str detail);
// The same with an errno, told in the language of the messages (errors.def).
void diag_errno(Diags *d, DiagId id, Str path, int error);
size_t diags_errors(const Diags *d); // messages of level error and above
size_t diags_count(const Diags *d, Level level);
// Exit code after design.md section 5; strict makes warnings errors.
int diags_exit(const Diags *d, bool strict);
// How diags_print prints: for people (the default), or one JSON object a line:
// file, line, column, id, level, text, fix. Quiet leaves notes and warnings
// out.
void diags_print_as(Diags *d, bool json, bool quiet);
// The right spelling for what the last message is about, for editors.
void diag_fix(Diags *d, Str fix);
// Prints what was collected since the last call to stderr, sorted by place.
// More than DIAG_SAME_MAX messages of one id are folded into a count.
void diags_print(Diags *d);
#define DIAG_SAME_MAX 50
// The row of the candidates nearest to `name` (edit distance ≤ 2 and less than
// half its length), or STR_NONE.
Str str_nearest(Str name, const Str *candidates, size_t n);

// ---- out.c -----------------------------------------------------------------
// Output that is whole or not there: written beside the target, fsynced and
// renamed by out_commit. Symlinks are resolved first. A target that is no
// regular file (pipe, /dev/full, "-" for standard output) is written directly,
// and so is an open one (/dev/stdout, /dev/fd/3).

typedef struct Out Out;
Out *out_open(Arena *a, Diags *d, Str path); // NULL: reported
bool out_write(Out *o, Str bytes);           // first error is kept
bool out_commit(Out *o); // false: reported, the old file is untouched
void out_abort(Out *o);  // drops what was written
// From now on SIGINT, SIGTERM and SIGHUP remove what was begun beside its
// target and end the process with 128 + the signal's number.
void out_catch_signals(void);
// Removes what was begun and not committed, before the process ends at once.
void out_drop_all(void);

// ---- text.c ----------------------------------------------------------------
// NFKC folding for matching. `at[i]` is the offset in the source of folded
// byte i; at[text.len] is the source's length.
typedef struct {
  Str text;
  const uint32_t *at;
} Folded;
Folded text_fold(Arena *a, Str s);
// Decodes raw into f->text by BOM, by `encoding` where not empty, else by
// detection; reports what is broken (D_TEXT_*). Sets raw_at, encoding, lines.
bool file_decode(Arena *a, Diags *d, File *f, Str encoding);

// ---- xml.c -----------------------------------------------------------------
// libxml2's DOM with the byte place of every element and attribute. No
// DOCTYPE, no entities beyond XML's five, no network, bounded depth.

typedef struct _xmlNode XmlNode; // libxml2's; borrowed from the document
typedef struct _xmlDoc XmlTree;
#define XML_DEPTH_MAX 64
#define XML_ATTRS_MAX 1000 // of one element

typedef struct {
  Str name, value;
  Span name_at, value_at; // value_at: inside the quotes
} XmlAttr;

// Parses f->text; errors are reported with their place and give NULL. The tree
// lives as long as the arena.
XmlNode *xml_parse(Arena *a, Diags *d, const File *f);
XmlNode *xml_root(XmlTree *t);
XmlTree *xml_tree(XmlNode *n);
bool xml_is_text(const XmlNode *n);
Str xml_name(const XmlNode *n); // local name; empty for text
Str xml_ns(const XmlNode *n);   // namespace URI; empty if none
Str xml_text(const XmlNode *n); // of a text node
XmlNode *xml_first(XmlNode *n); // first child that is element or text
XmlNode *xml_next(XmlNode *n);  // next sibling, element or text
XmlNode *xml_child(XmlNode *n, const char *name); // first of that name
XmlNode *xml_elem(XmlNode *n);   // n, or the next sibling that is an element
XmlNode *xml_parent(XmlNode *n); // NULL above the root
Str xml_attr(const XmlNode *n, const char *name); // STR_NONE if absent
size_t xml_attrs(const XmlNode *n);
XmlAttr xml_attr_at(const XmlNode *n, size_t i);
// One attribute after the other: begin with {.node = n}; false: no more.
typedef struct {
  const XmlNode *node;
  const void *next;
  size_t at;
} XmlAttrWalk;
bool xml_attr_walk(XmlAttrWalk *w, XmlAttr *out);
Span xml_span(const XmlNode *n); // of the start tag's name, or the text
Span xml_attr_span(const XmlNode *n, const char *name); // of its value

// ---- xml_scan.c: the same parser without a tree, for files that are read once

typedef struct {
  Str name, ns;         // ns: empty if none; both last as long as the call
  Span at;              // of the start tag's name, prefix included
  const XmlAttr *attrs; // last as long as the call; their text as the file
  size_t n_attrs;
} XmlElement;

typedef struct {
  void *ctx;
  void (*begin)(void *ctx, const XmlElement *e);
  // Text between two tags, comments or instructions: a slice of the file, or
  // a copy in the arena where it had escapes.
  void (*text)(void *ctx, Str text, Span at);
  void (*end)(void *ctx);
} XmlReader;

// Tells the elements and text of f->text in their order. False: reported, and
// what was told is to be thrown away.
bool xml_scan(Arena *a, Diags *d, const File *f, const XmlReader *reader);

void json_string(Buf *b, Str s); // with its quotes
void xml_escape(Buf *b, Str s, bool attr);

// ---- lengths ---------------------------------------------------------------
typedef int32_t Len; // 1/1000 pt
#define PT(x) ((Len)((x)*1000.0 + ((x) < 0 ? -0.5 : 0.5)))
#define MM(x) PT((x)*72.0 / 25.4)

#endif
