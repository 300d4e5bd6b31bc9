// html: the briefing as one clean page of HTML, for those who paste it
// elsewhere: headings as headings, tables as tables, charts as their numbers,
// each figure with its sentence.
#ifndef HTML_H
#define HTML_H

#include "layout.h"

// In the arena; the same bytes for the same document. The dossier gives the
// figures' sentences; it may be NULL.
Str html_page(Arena *a, const Document *doc, const struct Dossier *dossier);

#endif
