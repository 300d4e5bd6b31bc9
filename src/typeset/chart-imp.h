// Between the files that draw charts.
#ifndef CHART_IMP_H
#define CHART_IMP_H

#include "typeset-imp.h"

typedef struct {
  Len x, y, w, h;
} Rect;

typedef struct {
  Len x, y, x2, y2;
} Segment;

typedef struct {
  double low, high, step;
  int decimals; // of the tick labels
} Scale;

// How the marks of a series look; patterns tell them apart in grey.
typedef struct {
  Colour colour;
  Pattern pattern;
} Look;

typedef struct {
  Setter *s;
  const LayBlock *block;
  const Chart *c;
  Style style;      // of labels
  size_t n;         // categories drawn
  size_t n_columns; // series drawn as columns
  Rect area;        // of the whole picture
  Rect plot;
  Scale left, right; // right: of the lines in a combination
  bool two_scales;
  bool wide_labels; // category labels of bars stand left of the plot
  VEC(Mark) marks;
  VEC(Rect) labels;      // placed so far: nothing may cross them
  VEC(Rect) solids;      // columns and bars: labels keep off them
  VEC(Segment) segments; // of lines: likewise
  uint32_t element;
} ChartRun;

// chart.c
bool value_is(double v);             // neither missing nor infinite
bool chart_is_round(const Chart *c); // pie or ring
bool series_is_line(const ChartRun *r, size_t i);
Look series_look(const ChartRun *r, size_t i);
Look look_of(size_t i);
void draw_rect(ChartRun *r, Rect at, Colour colour, Pattern pattern);
void draw_line(ChartRun *r, const Len ends[4], Len width, Colour colour);
void draw_path(ChartRun *r, Len *points, size_t n, Look look);
// A filled or patterned box with an outline where the pattern needs one.
void draw_area(ChartRun *r, Rect at, Look look);

// chart_text.c
typedef enum { TEXT_LEFT, TEXT_CENTRE, TEXT_RIGHT } TextAt;
Len text_height(const ChartRun *r);
Len text_width(ChartRun *r, Str text);
// Draws text on one line, its em box from y down; at is the left end, the
// middle or the right end.
Rect text_draw(ChartRun *r, Str text, Len x, Len y, TextAt at);
Rect text_draw_in(ChartRun *r, Str text, Len x, Len y, TextAt at, Colour c);
// A name in lines of a width, `most` of them: what has no room there ends in …
Lines name_set(ChartRun *r, Str name, Len width, size_t most);
Len line_width(const Line *l);
Rect line_draw(ChartRun *r, Line *l, Len x, Len y, TextAt at);
// Draws a label where it hits nothing, moved by dy at a time; false: no place.
typedef struct {
  Str text, figure;
  Len x, y; // middle, top
  Len dy;   // where to go when the place is taken
  int tries;
  bool inside; // on a column: in its colour's contrast
  Colour colour;
} Label;
bool label_place(ChartRun *r, const Label *l);
// Notes that a figure is printed in a box, if it has an id.
void figure_mark(ChartRun *r, const Rect *box, Str figure);
Str value_label(ChartRun *r, const ChartSeries *s, size_t i);
Str number_text(ChartRun *r, double v, int decimals);
Str plain_number(ChartRun *r, double v); // as many decimals as it has

// chart_axis.c
Scale scale_of(double low, double high, bool from_zero);
void axis_ranges(ChartRun *r);
void axis_frame(ChartRun *r); // room for tick labels and categories: plot
void axis_guard(ChartRun *r);
void axis_draw(ChartRun *r); // grid, ticks, category labels; after the marks
Len axis_at(const ChartRun *r, const Scale *s, double v);
Len category_at(const ChartRun *r, size_t i); // start of its slot
Len category_size(const ChartRun *r);

// chart_bars.c, chart_line.c, chart_pie.c
void bars_draw(ChartRun *r);
void lines_draw(ChartRun *r);
// The point of a series that is a line; its shape tells it apart in grey.
void point_draw(ChartRun *r, size_t shape, Len x, Len y, Look look);
size_t line_shape(const ChartRun *r, size_t series);
void bars_label(ChartRun *r); // after all marks are drawn
void lines_label(ChartRun *r);
void pie_draw(ChartRun *r);

#endif
