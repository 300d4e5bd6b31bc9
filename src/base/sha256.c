// SHA-256 of bytes in memory. Nettle uses the processor's own instructions
// where it has them.
#include "base.h"
#include <nettle/sha2.h>

Str sha256_hex(Arena *a, Str bytes) {
  struct sha256_ctx c;
  uint8_t sum[SHA256_DIGEST_SIZE];
  sha256_init(&c);
  sha256_update(&c, bytes.len, (const uint8_t *)bytes.data);
  sha256_digest(&c, sizeof sum, sum);
  char *hex = arena_alloc(a, 65);
  for (size_t i = 0; i < 64; i++)
    hex[i] = "0123456789abcdef"[sum[i / 2] >> (i % 2 ? 0 : 4) & 15];
  return (Str){hex, 64};
}
