// Deflates a stream on another processor while the next one is made.
#ifndef DEFLATE_H
#define DEFLATE_H

#include "base.h"

typedef struct Deflater Deflater;

// Stops with the arena.
Deflater *deflater_new(Arena *a, int level);
// Takes a copy of the data. What was given before must have been taken.
void deflater_give(Deflater *d, Str data);
// Waits for the deflated bytes, which stay until the next deflater_give.
Str deflater_take(Deflater *d);

#endif
