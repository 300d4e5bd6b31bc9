// Widths between characters: squeezed marks (W3, K6), the gap between Han and
// Latin (L1), word spaces, kerning, letter spacing.
#include "line-imp.h"

static bool is_closing(uint8_t cls) {
  return cls >= CL_CLOSE && cls <= CL_EXCLAIM;
}

static void trim_left(Cluster *cl) {
  cl->adv -= cl->left;
  cl->x -= cl->left;
  cl->left = 0;
}

static void trim_right(Cluster *cl) {
  cl->adv -= cl->right;
  cl->right = 0;
}

static void trim(Cluster *cl) {
  trim_left(cl);
  trim_right(cl);
}

// Half an em goes where two marks meet. A stop in the middle of its box, as in
// Taiwan and Hong Kong, gives both its sides, or the opener beside it its one.
static void half_trim(Cluster *a, Cluster *b) {
  if (b->ch->cls != CL_OPEN)
    trim(a);
  else if (a->ch->cls == CL_OPEN || a->left)
    trim_left(b);
  else
    trim_right(a);
}

// Two marks side by side lose half an em, by option a whole one (W3); ？！ take
// one em together (K6). Returns whether b ended such a pair.
static bool pair_trim(Cluster *a, Cluster *b, bool paired, bool tight) {
  uint8_t p = a->ch->cls, q = b->ch->cls;
  bool pair = (p == CL_OPEN && q == CL_OPEN) ||
              (is_closing(p) && (is_closing(q) || q == CL_OPEN));
  if (pair && tight) {
    trim(a);
    trim(b);
  } else if (pair) {
    half_trim(a, b);
  }
  if (p == CL_EXCLAIM && q == CL_EXCLAIM && !paired) {
    trim_right(b);
    return true;
  }
  return false;
}

// ---- L1 --------------------------------------------------------------------

static bool gap_between(const LineWork *w, const Cluster *a, const Cluster *b) {
  uint8_t p = a->ch->cls, q = b->ch->cls;
  if (!((p == CL_HAN && q == CL_LATIN) || (p == CL_LATIN && q == CL_HAN)))
    return false;
  if (w->runs.data[a->run].note || w->runs.data[b->run].note)
    return false;
  return true;
}

static Len gap_em(const LineWork *w, const Cluster *a, const Cluster *b) {
  const Cluster *han = a->ch->cls == CL_HAN ? a : b;
  return w->runs.data[han->run].size;
}

static void gap_set(const LineWork *w, Cluster *a, Cluster *b, Len permille) {
  Len em = gap_em(w, a, b);
  b->lead = (Len)((int64_t)em * permille / 1000);
  b->lead_less = b->lead > em / 8 ? b->lead - em / 8 : 0;
  b->lead_more = b->lead < em / 3 ? em / 3 - b->lead : 0;
}

// A typed space: between Han and Latin it is the gap itself, else a word space
// of at least a quarter and at most half an em.
static void blank_set(const LineWork *w, const Profile *profile, size_t i) {
  Cluster *cl = &w->cl[i];
  Len em = w->runs.data[cl->run].size;
  bool inside = i > 0 && i + 1 < w->n;
  if (inside && gap_between(w, cl - 1, cl + 1)) {
    em = gap_em(w, cl - 1, cl + 1);
    cl->adv = (Len)((int64_t)em * profile->gap_permille / 1000);
    cl->right = cl->adv > em / 8 ? cl->adv - em / 8 : 0;
    cl->more = cl->adv < em / 3 ? em / 3 - cl->adv : 0;
    cl->step = 6;
    cl->grow = 2;
    return;
  }
  cl->right = cl->adv > em / 4 ? cl->adv - em / 4 : 0;
  cl->more = cl->adv < em / 2 ? em / 2 - cl->adv : 0;
  cl->step = 2;
  cl->grow = 1;
}

// ---- where J2 may widen ----------------------------------------------------

static bool is_word(uint8_t cls) {
  return cls == CL_LATIN || cls == CL_SIGN;
}

static bool is_tight(uint8_t cls) { // connectors, solidus, interpunct
  return cls == CL_CONNECT || cls == CL_SOLIDUS || cls == CL_DOT;
}

static bool may_widen(const LineWork *w, const Cluster *a, const Cluster *b) {
  uint8_t p = a->ch->cls, q = b->ch->cls;
  if ((is_word(p) && is_word(q)) || is_tight(p) || is_tight(q))
    return false;
  if (q == CL_NONE || q == CL_SPACE || q >= CL_LEADER || p >= CL_LEADER)
    return false;
  if (w->runs.data[b->run].note)
    return false;
  if ((a->ch->num & (NUM_DIGIT | NUM_POINT)) &&
      (b->ch->num & (NUM_DIGIT | NUM_POINT | NUM_SUFFIX)))
    return false;
  if ((a->ch->num & NUM_PREFIX) && (b->ch->num & NUM_DIGIT))
    return false;
  return true;
}

// ---- all -------------------------------------------------------------------

static void kern_set(const LineWork *w, Cluster *a, const Cluster *b) {
  bool letters = a->ch->c < 0x80 && b->ch->c < 0x80 && a->run == b->run &&
                 a->ch->face == b->ch->face && a->ch->face &&
                 !(a->ch->num & NUM_DIGIT) && !(b->ch->num & NUM_DIGIT);
  if (letters)
    a->adv += (Len)((int64_t)face_kern(a->ch->face, a->ch->c, b->ch->c) *
                    w->runs.data[a->run].size / a->ch->face->info.upem);
}

// Widens every place of the run alike, up to its style's tracking.
static void track(const LineWork *w, Cluster *cl) {
  Len tracking = w->runs.data[cl->run].tracking;
  if (tracking && cl->ch->cls != CL_NONE && cl->ch->cls < CL_LEADER)
    cl->adv += tracking;
}

// E2: clusters [begin, end) of one run stand at equal distances over the width.
static void spread_set(LineWork *w, size_t begin, size_t end, Len spread) {
  Len added = 0;
  int64_t width = 0;
  for (size_t i = begin; i < end; i++)
    width += w->cl[i].adv + (i > begin ? w->cl[i].lead : 0);
  if (spread <= width || end - begin < 2)
    return;
  for (size_t i = begin; i + 1 < end; i++) {
    Len upto = (Len)((spread - width) * (int64_t)(i + 1 - begin) /
                     (int64_t)(end - 1 - begin));
    w->cl[i].adv += upto - added;
    w->cl[i + 1].gap = 0;
    added = upto;
  }
}

static void spreads_set(LineWork *w) {
  for (size_t i = 0, end; i < w->n; i = end) {
    uint32_t run = w->cl[i].run;
    for (end = i + 1; end < w->n && w->cl[end].run == run;)
      end++;
    if (w->runs.data[run].style->spread > 0)
      spread_set(w, i, end, w->runs.data[run].style->spread);
  }
}

static void slack_drop(Cluster *cl) {
  cl->left = cl->right = 0;
}

void space_set(const Profile *profile, LineWork *w) {
  bool paired = false;
  for (size_t i = 0; i < w->n; i++) {
    Cluster *b = &w->cl[i];
    uint8_t cls = b->ch->cls;
    b->gap = 1;
    if (!profile->squeeze && cls >= CL_OPEN && cls <= CL_EXCLAIM)
      slack_drop(b);
    if (cls == CL_SPACE)
      blank_set(w, profile, i);
    track(w, b);
    if (i == 0) {
      b->gap = 0;
      continue;
    }
    Cluster *a = b - 1;
    if (a->ch->cls == CL_HAN && cls == CL_HAN)
      continue;
    paired = pair_trim(a, b, paired, profile->tight_pairs);
    if (gap_between(w, a, b))
      gap_set(w, a, b, profile->gap_permille);
    b->gap = b->pair != 2 && may_widen(w, a, b);
    if (is_word(cls) && is_word(a->ch->cls))
      kern_set(w, a, b);
  }
  spreads_set(w);
}

// A first run of a hanging paragraph that ends in U+3000 is its label, and that
// space reaches to where the other lines begin, at least half an em: number and
// text stand at the same places whatever J2 adds to the line.
void label_set(LineWork *w, Len hang) {
  size_t n = 0;
  while (hang > 0 && n < w->n && w->cl[n].run == 0)
    n++;
  if (n < 2 || n == w->n || w->cl[n - 1].ch->c != 0x3000)
    return;
  Len width = 0, em = w->runs.data[0].size;
  for (size_t i = 0; i + 1 < n; i++)
    width += w->cl[i].adv + (i ? w->cl[i].lead : 0);
  if (w->cl[0].ch->cls == CL_OPEN) // W5
    width -= w->cl[0].left;
  if (width > hang + em)
    return;
  w->cl[n - 1].adv = hang - width > em / 2 ? hang - width : em / 2;
  for (size_t i = 1; i <= n; i++)
    w->cl[i].gap = 0;
  for (size_t i = 1; i + 1 < n; i++)
    slack_drop(&w->cl[i]);
}
