// The page's publication and date, and the datelines' years.
#include "read_imp.h"

void date_page(Sheet *s) {
  s->page->date = s->options->date;
  s->page->date_from = s->options->date.len ? STR("option") : STR("");
  s->page->publication = STR("");
}
