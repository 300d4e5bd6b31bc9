// A colour profile that says what device RGB means.
#ifndef ICC_H
#define ICC_H

#include "base.h"

Str icc_srgb(Arena *a); // sRGB, ICC version 2

#endif
