/* The byte DFA over a slot's string. The tables come from the compiler; a state that they cannot hold ends the walk. */
#include "scratch.h"

extern const lsmp_u32 lsmp_tables[];
extern const lsmp_u32 lsmp_tables_words;

#define LSMP_NO_ACCEPT (~0u)
#define LSMP_HEADER_WORDS 2
#define LSMP_CLASS_WORDS 64

/* Everything here is opaque to clang, which would else check one copy of an index and use another. */
#define LSMP_OPAQUE(value) __asm__ volatile("" : "+r"(value))

LSMP_GLOBAL lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table) {
  lsmp_u64 words = lsmp_tables_words, base = table;
  struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  lsmp_u64 index = lsmp_string_of(slot);
  lsmp_u64 start = scratch->strings[index].start, length = scratch->strings[index].length;
  LSMP_OPAQUE(base);
  if (words < LSMP_HEADER_WORDS + LSMP_CLASS_WORDS || base >= words - LSMP_HEADER_WORDS - LSMP_CLASS_WORDS)
    return LSMP_NO_ACCEPT;
  const lsmp_u8 *classes = (const lsmp_u8 *)(lsmp_tables + base + LSMP_HEADER_WORDS);
  lsmp_u64 width = lsmp_tables[base];
  lsmp_u64 row = LSMP_HEADER_WORDS + LSMP_CLASS_WORDS;
  if (length > LSMP_PATH_BYTES) return LSMP_NO_ACCEPT;
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_PATH_BYTES; i++) {
    if (i >= length) break;
    lsmp_u64 at = start + i;
    __asm__ volatile("%0 &= 8191" : "+r"(at));
    if (at >= LSMP_BYTES) return LSMP_NO_ACCEPT;
    lsmp_u64 next = base + row + classes[scratch->bytes[at]];
    LSMP_OPAQUE(next);
    if (next >= words) return LSMP_NO_ACCEPT;
    row = lsmp_tables[next];
    if (!row) break;
  }
  if (!row) return 0;
  lsmp_u64 accept = base + row + width;
  LSMP_OPAQUE(accept);
  return accept < words ? lsmp_tables[accept] : LSMP_NO_ACCEPT;
}
