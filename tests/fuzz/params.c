// Any bytes as an office's parameters: read, and given to a layout that uses
// them in text, in a path, as a number, a date and a choice.
#include "door.h"
#include "layout.h"

static const char layout[] =
    "<briefing xmlns='urn:jianbao:layout' version='1' title='{$name}'>"
    "<param name='name' default='简报'/>"
    "<param name='number' default='1' type='integer'/>"
    "<param name='date' default='' type='date'/>"
    "<param name='period' default='' type='period'/>"
    "<param name='final' default='no' type='boolean'/>"
    "<title>{$name}{number($number, '#,##0')}{hanzi($number)}</title>"
    "<para>{date($date, 'Y年M月D日')}{period($period)}</para>"
    "<if test=\"$final = 'yes'\"><para>{$name}</para></if></briefing>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_ZH);
  LayoutOptions options = {.folder = STR("/nonexistent")};
  File *f = door_file(a, data, size, "office.xml");
  if (layout_params_read(a, d, f, &options)) {
    File *l = file_of(a, STR("l.xml"), (Str){layout, sizeof layout - 1});
    Layout *parsed = layout_parse(a, d, l, &options);
    if (parsed)
      layout_bind(a, d, parsed, dossier_new(a));
  }
  arena_free(a);
  return 0;
}
