// The file under way: objects, streams, object streams, cross references.
#include "pdf_file.h"
#include "operators.h"
#include "stream_queue.h"
#include <stdio.h>
#include <zlib.h>

enum {
  FLUSH_BYTES = 1 << 16,
  PACK_OBJECTS = 256, // in one object stream
  PACK_BYTES = 1 << 15,
  PACKS_SMALL = 32, // object streams until speed counts more than size
  LEVEL = 6,
  NUMBER_MAX = 8388607, // objects of one file (PDF 32000 C.2)
  XREF_COLUMNS = 7,
};

// Where an object lies: in the file (offset), or in an object stream.
typedef struct {
  uint32_t place; // low 32 bits of the offset, or number of the stream
  uint16_t high;  // high bits of the offset, or index in the stream
  uint8_t kind;   // 0 free, 1 at an offset, 2 in an object stream
} Entry;

struct PdfFile {
  Arena *arena;
  Diags *diags;
  Str path;
  Out *out;
  bool packed, failed;
  Buf pending; // not yet given to out
  uint64_t at; // bytes so far
  uint64_t hash[2];
  VEC(Entry) entries;
  Buf body, index; // of the object stream under way
  uint32_t pack_no, pack_n, packs;
  StreamQueue *queue;
  Queued held; // not packed: the last of the fast streams; 0: none
  Buf held_dict, held_data;
  z_stream pour; // of the stream that comes in pieces
  bool pouring;
  uint64_t pour_from;
  uint32_t pour_length; // number of its Length object
};

static void pour_free(void *p) {
  PdfFile *f = p;
  if (f->pouring)
    deflateEnd(&f->pour);
}

// Two lanes of multiply and rotate, eight bytes at a time: not a seal, only a
// name for equal bytes.
static void hash_add(uint64_t hash[2], Str s) {
  for (size_t i = 0; i < s.len; i += 8) {
    uint64_t w = 0;
    memcpy(&w, s.data + i, s.len - i < 8 ? s.len - i : 8);
    hash[0] = (hash[0] ^ w) * 0x9E3779B97F4A7C15u;
    hash[0] ^= hash[0] >> 29;
    hash[1] = (hash[1] + w) * 0xC2B2AE3D27D4EB4Fu;
    hash[1] ^= hash[1] >> 31;
  }
}

static void flush(PdfFile *f) {
  hash_add(f->hash, buf_str(&f->pending));
  if (!f->failed && f->pending.len)
    f->failed = !out_write(f->out, buf_str(&f->pending));
  f->pending.len = 0;
}

static void emit(PdfFile *f, Str s) {
  f->at += s.len;
  if (f->failed)
    return;
  if (s.len >= FLUSH_BYTES) {
    flush(f);
    hash_add(f->hash, s);
    f->failed = f->failed || !out_write(f->out, s);
    return;
  }
  buf_add(&f->pending, s);
  if (f->pending.len >= FLUSH_BYTES)
    flush(f);
}

__attribute__((format(printf, 2, 3))) static void
emit_fmt(PdfFile *f, const char *fmt, ...) {
  char line[128];
  va_list ap;
  va_start(ap, fmt);
  int n = vsnprintf(line, sizeof line, fmt, ap);
  va_end(ap);
  emit(f, (Str){line, n > 0 ? (size_t)n : 0});
}

static void entry_here(PdfFile *f, uint32_t no) {
  f->entries.data[no] = (Entry){(uint32_t)f->at, (uint16_t)(f->at >> 32), 1};
}

static void stream_put(PdfFile *f, uint32_t no, Str dict, Str data,
                       bool packed) {
  entry_here(f, no);
  emit_fmt(f, "%u 0 obj\n<<", no);
  emit(f, dict);
  if (packed)
    emit(f, STR("/Filter/FlateDecode"));
  emit_fmt(f, "/Length %zu>>\nstream\n", data.len);
  emit(f, data);
  emit(f, STR("\nendstream\nendobj\n"));
}

// What leaves the queue goes into the file.
static void queued_put(void *ctx, const Queued *q) {
  PdfFile *f = ctx;
  if (!q->object) {
    stream_put(f, q->no, q->dict, q->data, q->pack != STREAM_AS_IS);
    return;
  }
  entry_here(f, q->no);
  emit_fmt(f, "%u 0 obj\n", q->no);
  emit(f, q->data);
  emit(f, STR("\nendobj\n"));
}

PdfFile *file_open(Arena *a, Diags *d, Str path,
                   const PdfFileOptions *options) {
  Out *out = out_open(a, d, path);
  if (!out)
    return NULL;
  PdfFile *f = NEW(a, PdfFile);
  f->arena = a;
  f->diags = d;
  f->path = path;
  f->out = out;
  f->packed = options->packed;
  f->pending = buf_new(a);
  f->body = buf_new(a);
  f->index = buf_new(a);
  f->held_dict = buf_new(a);
  f->held_data = buf_new(a);
  f->queue = queue_new(a, queued_put, f);
  arena_defer(a, pour_free, f);
  *vec_push(a, &f->entries) = (Entry){0}; // number 0 heads the free list
  emit_fmt(f, "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", f->packed ? "1.7" : "1.4");
  return f;
}

uint32_t file_numbers(PdfFile *f, uint32_t n) {
  uint32_t first = (uint32_t)f->entries.len;
  if (n > NUMBER_MAX - first) {
    if (!f->failed)
      diag_file(f->diags, D_PDF_LIMIT, f->path, STR("8388607"));
    f->failed = true;
    return 1;
  }
  for (uint32_t i = 0; i < n; i++)
    *vec_push(f->arena, &f->entries) = (Entry){0};
  return first;
}

uint32_t file_number(PdfFile *f) {
  return file_numbers(f, 1);
}

static void held_leave(PdfFile *f) {
  if (!f->held.no)
    return;
  f->held.dict = buf_str(&f->held_dict);
  f->held.data = buf_str(&f->held_data);
  queue_add(f->queue, &f->held);
  f->held.no = 0;
  f->held_dict.len = f->held_data.len = 0;
}

// Everything given so far stands in the file.
static void file_settle(PdfFile *f) {
  held_leave(f);
  queue_drain(f->queue);
}

// Beside plain objects a page's stream stands behind those that come with it,
// before the next stream.
void file_stream(PdfFile *f, uint32_t no, Str dict, Str data, StreamPack pack) {
  Queued q = {.no = no, .dict = dict, .data = data, .pack = pack};
  if (f->failed)
    return;
  held_leave(f);
  bool holds = !f->packed && (pack == STREAM_FAST || pack == STREAM_PACKED);
  if (holds) {
    f->held = q;
    buf_add(&f->held_dict, dict);
    buf_add(&f->held_data, data);
  } else if (pack == STREAM_PACKED) { // too large to be copied
    file_settle(f);
    stream_put(f, no, dict, data, true);
  } else {
    queue_add(f->queue, &q);
  }
}

Helper *file_helper(PdfFile *f) {
  return queue_helper(f->queue);
}

static void pack_end(PdfFile *f) {
  if (!f->pack_n)
    return;
  char dict[80];
  int n = snprintf(dict, sizeof dict, "/Type/ObjStm/N %u/First %zu", f->pack_n,
                   f->index.len);
  buf_add(&f->index, buf_str(&f->body));
  f->body.len = f->pack_n = 0;
  file_stream(f, f->pack_no, (Str){dict, (size_t)n}, buf_str(&f->index),
              f->packs++ < PACKS_SMALL ? STREAM_DEFLATE : STREAM_FAST);
  f->index.len = 0;
}

static void pack_add(PdfFile *f, uint32_t no, Str body) {
  if (!f->pack_n)
    f->pack_no = file_number(f);
  put_int(&f->index, (int32_t)no);
  buf_byte(&f->index, ' ');
  put_int(&f->index, (int32_t)f->body.len);
  buf_byte(&f->index, ' ');
  buf_add(&f->body, body);
  buf_byte(&f->body, ' ');
  f->entries.data[no] = (Entry){f->pack_no, (uint16_t)f->pack_n++, 2};
  if (f->pack_n == PACK_OBJECTS || f->body.len >= PACK_BYTES)
    pack_end(f);
}

void file_object(PdfFile *f, uint32_t no, Str body) {
  if (f->failed)
    return;
  if (f->packed) {
    pack_add(f, no, body);
    return;
  }
  Queued q = {.no = no, .data = body, .object = true};
  queue_add(f->queue, &q);
}

void file_stream_begin(PdfFile *f, uint32_t no, Str dict) {
  file_settle(f);
  f->pour_length = file_number(f);
  f->failed = f->failed || deflateInit(&f->pour, LEVEL) != Z_OK;
  f->pouring = !f->failed;
  entry_here(f, no);
  emit_fmt(f, "%u 0 obj\n<<", no);
  emit(f, dict);
  emit_fmt(f, "/Filter/FlateDecode/Length %u 0 R>>\nstream\n", f->pour_length);
  f->pour_from = f->at;
}

static void pour(PdfFile *f, Str bytes, int how) {
  char piece[1 << 14];
  f->pour.next_in = (Bytef *)bytes.data;
  f->pour.avail_in = (uInt)bytes.len;
  do {
    f->pour.next_out = (Bytef *)piece;
    f->pour.avail_out = sizeof piece;
    deflate(&f->pour, how);
    emit(f, (Str){piece, sizeof piece - f->pour.avail_out});
  } while (f->pour.avail_out == 0 && !f->failed);
}

void file_pour(PdfFile *f, Str bytes) {
  for (size_t i = 0; i < bytes.len && f->pouring; i += UINT16_MAX)
    pour(f, str_slice(bytes, i, i + UINT16_MAX), Z_NO_FLUSH);
}

void file_stream_end(PdfFile *f) {
  if (f->pouring) {
    pour(f, STR(""), Z_FINISH);
    deflateEnd(&f->pour);
    f->pouring = false;
  }
  char length[32];
  int n = snprintf(length, sizeof length, "%llu",
                   (unsigned long long)(f->at - f->pour_from));
  emit(f, STR("\nendstream\nendobj\n"));
  file_object(f, f->pour_length, (Str){length, (size_t)n});
}

bool file_ok(const PdfFile *f) {
  return !f->failed;
}

uint64_t file_size(const PdfFile *f) {
  return f->at;
}

static Str id_entry(PdfFile *f) {
  hash_add(f->hash, buf_str(&f->pending));
  unsigned long long a = f->hash[0], b = f->hash[1];
  return str_fmt(f->arena, "/ID[<%016llX%016llX><%016llX%016llX>]", a, b, a, b);
}

static void xref_table(PdfFile *f) {
  emit_fmt(f, "xref\n0 %zu\n0000000000 65535 f \n", f->entries.len);
  for (size_t i = 1; i < f->entries.len; i++) {
    const Entry *e = &f->entries.data[i];
    unsigned long long at = e->place + ((unsigned long long)e->high << 32);
    emit_fmt(f, "%010llu 00000 %c \n", at, e->kind ? 'n' : 'f');
  }
}

static void xref_row(uint8_t row[XREF_COLUMNS], const Entry *e) {
  // An offset takes four bytes and the third field's two: never both used.
  row[0] = e->kind;
  for (int k = 0; k < 4; k++)
    row[1 + k] = (uint8_t)(e->place >> (24 - 8 * k));
  row[5] = (uint8_t)(e->kind == 2 ? e->high >> 8 : 0);
  row[6] = (uint8_t)(e->kind == 2 ? e->high : 0);
}

// Rows after PNG's Up predictor: neighbours differ little.
static Str xref_rows(PdfFile *f) {
  Buf b = buf_new(f->arena);
  uint8_t up[XREF_COLUMNS] = {0}, row[XREF_COLUMNS];
  for (size_t i = 0; i < f->entries.len; i++) {
    xref_row(row, &f->entries.data[i]);
    char line[XREF_COLUMNS + 1] = {2};
    for (int k = 0; k < XREF_COLUMNS; k++)
      line[k + 1] = (char)(uint8_t)(row[k] - up[k]);
    memcpy(up, row, sizeof up);
    buf_add(&b, (Str){line, sizeof line});
  }
  return buf_str(&b);
}

static void xref_stream(PdfFile *f, Str trailer) {
  uint32_t no = file_number(f);
  entry_here(f, no);
  Str dict = str_fmt(f->arena,
                     "/Type/XRef/W[1 4 2]/DecodeParms<</Columns %d/Predictor "
                     "12>>/Size %zu%.*s",
                     XREF_COLUMNS, f->entries.len, STR_ARG(trailer));
  file_stream(f, no, dict, xref_rows(f), STREAM_DEFLATE);
}

bool file_finish(PdfFile *f, uint32_t root, uint32_t info) {
  pack_end(f);
  file_settle(f);
  Str id = id_entry(f);
  Str trailer = str_fmt(f->arena, "/Root %u 0 R/Info %u 0 R%.*s", root, info,
                        STR_ARG(id));
  uint64_t start = f->at;
  if (f->at > UINT32_MAX && !f->failed) {
    diag_file(f->diags, D_PDF_LIMIT, f->path, STR("4294967295"));
    f->failed = true;
  }
  if (f->packed) {
    xref_stream(f, trailer);
    file_settle(f);
  } else {
    xref_table(f);
    emit_fmt(f, "trailer\n<</Size %zu", f->entries.len);
    emit(f, trailer);
    emit(f, STR(">>\n"));
  }
  emit_fmt(f, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)start);
  flush(f);
  return out_commit(f->out) && !f->failed;
}

void file_abort(PdfFile *f) {
  f->failed = true;
  out_abort(f->out);
}
