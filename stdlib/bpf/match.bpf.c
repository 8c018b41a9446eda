/* The byte DFA over a slot's string. The tables come from the compiler; a state that they cannot hold ends the walk. */
#include "scratch.h"

extern const lsmp_u32 lsmp_tables[];
extern const lsmp_u32 lsmp_tables_words;

#define LSMP_NO_ACCEPT (~0u)
#define LSMP_HEADER_WORDS 2
#define LSMP_CLASS_WORDS 64
#define LSMP_CHUNK 8

/* Everything here is opaque to clang, which would else check one copy of an index and use another. */
#define LSMP_OPAQUE(value) __asm__ volatile("" : "+r"(value))

/* One byte further. The check is the verifier's bound too; tables never fail it. */
#define LSMP_STEP(byte)                        \
  do {                                         \
    lsmp_u64 next = row + classes[byte];       \
    LSMP_OPAQUE(next);                         \
    if (next >= words) return LSMP_NO_ACCEPT;  \
    row = lsmp_tables[next];                   \
  } while (0)

/* Eight bytes a turn: the verifier keeps every exit of every turn until it has seen the last turn, and holds 8192 of them. */
LSMP_GLOBAL lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table) {
  lsmp_u64 words = lsmp_tables_words, base = table;
  struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  lsmp_u64 index = lsmp_string_of(slot);
  lsmp_u64 at = scratch->strings[index].start, left = scratch->strings[index].length;
  LSMP_OPAQUE(base);
  if (words < LSMP_HEADER_WORDS + LSMP_CLASS_WORDS || base >= words - LSMP_HEADER_WORDS - LSMP_CLASS_WORDS)
    return LSMP_NO_ACCEPT;
  const lsmp_u8 *classes = (const lsmp_u8 *)(lsmp_tables + base + LSMP_HEADER_WORDS);
  lsmp_u64 width = lsmp_tables[base];
  lsmp_u64 dead = base + LSMP_HEADER_WORDS + LSMP_CLASS_WORDS;
  lsmp_u64 row = dead + width + 1;
  if (left > LSMP_PATH_BYTES) return LSMP_NO_ACCEPT;
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_PATH_BYTES / LSMP_CHUNK; turn++) {
    if (left < LSMP_CHUNK || row == dead) break;
    LSMP_OPAQUE(at);
    if (at > LSMP_BYTES - LSMP_CHUNK) return LSMP_NO_ACCEPT;
    const lsmp_u8 *bytes = &scratch->bytes[at];
    LSMP_STEP(bytes[0]);
    LSMP_STEP(bytes[1]);
    LSMP_STEP(bytes[2]);
    LSMP_STEP(bytes[3]);
    LSMP_STEP(bytes[4]);
    LSMP_STEP(bytes[5]);
    LSMP_STEP(bytes[6]);
    LSMP_STEP(bytes[7]);
    at += LSMP_CHUNK;
    left -= LSMP_CHUNK;
  }
#pragma clang loop unroll(disable)
  for (int turn = 1; turn < LSMP_CHUNK; turn++) {
    if (!left || row == dead) break;
    LSMP_OPAQUE(at);
    if (at > LSMP_BYTES - 1) return LSMP_NO_ACCEPT;
    LSMP_STEP(scratch->bytes[at]);
    at++;
    left--;
  }
  lsmp_u64 accept = row + width;
  LSMP_OPAQUE(accept);
  return accept < words ? lsmp_tables[accept] : LSMP_NO_ACCEPT;
}
