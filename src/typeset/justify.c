// A line made shorter or longer: the orders J1 and J2, and leaders.
#include "line-imp.h"

// The share of `total` that falls to the part up to `sum` of `all`; shares of
// neighbours add up exactly.
static Len share(Len total, int64_t sum, int64_t all) {
  return (Len)((int64_t)total * sum / all);
}

static int64_t step_room(const Cluster *cl, int step) {
  int64_t room = cl->step == step ? cl->left + cl->right : 0;
  return step == 6 ? room + cl->lead_less : room;
}

static void step_take(Cluster *cl, int step, Len take) {
  if (step == 6 && cl->lead_less) {
    Len lead = take < cl->lead_less ? take : cl->lead_less;
    cl->lead -= lead;
    take -= lead;
  }
  Len left = take < cl->left ? take : cl->left;
  cl->x -= left;
  cl->adv -= take;
}

void line_shrink(Cluster *cl, size_t n, Len need) {
  for (int step = 2; step <= 7 && need > 0; step++) {
    int64_t all = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
      all += step_room(&cl[i], step);
    if (all == 0)
      continue;
    Len take = all < need ? (Len)all : need, taken = 0;
    for (size_t i = 0; i < n; i++) {
      sum += step_room(&cl[i], step);
      Len upto = share(take, sum, all);
      if (upto > taken)
        step_take(&cl[i], step, upto - taken);
      taken = upto;
    }
    need -= take;
  }
}

static int64_t grow_room(const Cluster *cl, int step) {
  int64_t room = cl->grow == step ? cl->more : 0;
  return step == 2 ? room + cl->lead_more : room;
}

static Len grow_step(Cluster *cl, size_t n, int step, Len rest) {
  int64_t all = 0, sum = 0;
  for (size_t i = 0; i < n; i++)
    all += grow_room(&cl[i], step);
  if (all == 0)
    return rest;
  Len add = all < rest ? (Len)all : rest, added = 0;
  for (size_t i = 0; i < n; i++) {
    sum += grow_room(&cl[i], step);
    Len upto = share(add, sum, all);
    if (cl[i].lead_more && step == 2)
      cl[i].lead += upto - added;
    else
      cl[i].adv += upto - added;
    added = upto;
  }
  return rest - add;
}

Len line_stretch(Cluster *cl, size_t n, Len rest, Len *each) {
  for (int step = 1; step <= 2 && rest > 0; step++)
    rest = grow_step(cl, n, step, rest);
  int64_t gaps = 0, sum = 0;
  for (size_t i = 1; i < n; i++)
    gaps += cl[i].gap;
  if (rest <= 0 || gaps == 0)
    return rest;
  Len added = 0;
  for (size_t i = 1; i < n; i++) {
    sum += cl[i].gap;
    Len upto = share(rest, sum, gaps);
    cl[i].lead += upto - added;
    added = upto;
  }
  *each = (Len)(rest / gaps);
  return 0;
}

bool leaders_fill(Cluster *cl, size_t n, Len rest) {
  int64_t all = 0, sum = 0;
  for (size_t i = 0; i < n; i++)
    all += cl[i].ch->cls == CL_LEADER;
  Len added = 0;
  for (size_t i = 0; i < n && all; i++) {
    sum += cl[i].ch->cls == CL_LEADER;
    Len upto = share(rest, sum, all);
    cl[i].adv += upto - added;
    added = upto;
  }
  return all > 0;
}
