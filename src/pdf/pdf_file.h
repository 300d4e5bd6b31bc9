// The file under way: object numbers, streams, object streams, cross
// references. Objects are written as soon as they are whole.
#ifndef PDF_FILE_H
#define PDF_FILE_H

#include "helper.h"

typedef struct PdfFile PdfFile;

typedef struct {
  // Object streams and a cross-reference stream (PDF 1.7); else a classic
  // table and PDF 1.4, which PDF/A-1 asks for.
  bool packed;
} PdfFileOptions;

// Opens the target; NULL: reported.
PdfFile *file_open(Arena *a, Diags *d, Str path, const PdfFileOptions *options);
// Reserves n numbers in a row and gives the first. Each must be written.
uint32_t file_numbers(PdfFile *f, uint32_t n);
uint32_t file_number(PdfFile *f);
// Writes an object that is no stream.
void file_object(PdfFile *f, uint32_t no, Str body);
// Writes a stream; `dict` holds entries without << >>, Length and Filter are
// added. `pack` deflates the data.
// STREAM_FAST: twice the speed for 3 % more bytes, for what comes in numbers.
// STREAM_PACKED: the data is deflated already, and large.
typedef enum {
  STREAM_AS_IS,
  STREAM_FAST,
  STREAM_DEFLATE,
  STREAM_PACKED,
} StreamPack;
void file_stream(PdfFile *f, uint32_t no, Str dict, Str data, StreamPack pack);
// A stream that comes in pieces and is deflated on the way (pictures): any
// number of file_pour between begin and end, no other object meanwhile.
void file_stream_begin(PdfFile *f, uint32_t no, Str dict);
void file_pour(PdfFile *f, Str bytes);
void file_stream_end(PdfFile *f);
// The first failure is kept and later calls do nothing.
bool file_ok(const PdfFile *f);
uint64_t file_size(const PdfFile *f);
// Cross references and trailer, then the file takes its name. False: reported,
// the old file is untouched.
bool file_finish(PdfFile *f, uint32_t root, uint32_t info);
void file_abort(PdfFile *f);
// A second thread, for what can be made beside the file.
Helper *file_helper(PdfFile *f);

#endif
