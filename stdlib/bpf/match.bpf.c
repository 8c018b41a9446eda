/* The byte DFA over a slot's string. The tables come from the compiler; a state that they cannot hold ends the walk. */
#include "scratch.h"

extern const lsmp_u32 lsmp_tables[];
extern const lsmp_u32 lsmp_tables_words;

#define LSMP_NO_ACCEPT (~0u)
#define LSMP_HEADER_WORDS 65

/* `value` < `limit`, or the function ends with `result`. In one piece, for two reasons: clang must not check one copy of an
 * index and use another, and the verifier goes to the end first, so that no turn of a loop leaves it a way to remember (it
 * holds 8192). */
#define LSMP_ENSURE_BELOW(value, limit, result) \
  __asm__ volatile("if %0 < %1 goto +2\n\tw0 = " result "\n\texit" : "+r"(value) : "r"((lsmp_u64)(limit)) : "w0")
#define LSMP_ENSURE_NOT(value, other, result) \
  __asm__ volatile("if %0 != %1 goto +2\n\tw0 = " result "\n\texit" : "+r"(value) : "r"(other) : "w0")

LSMP_GLOBAL lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table) {
  lsmp_u64 words = lsmp_tables_words, base = table;
  struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, length = string->length;
  LSMP_ENSURE_BELOW(base, words - LSMP_HEADER_WORDS, "-1");
  const lsmp_u8 *classes = (const lsmp_u8 *)(lsmp_tables + base + 1);
  lsmp_u64 row = lsmp_tables[base], dead = base + LSMP_HEADER_WORDS + 1;
  LSMP_ENSURE_BELOW(length, LSMP_PATH_BYTES + 1, "-1");
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_PATH_BYTES && i < length; i++) {
    lsmp_u64 at = start + i;
    LSMP_ENSURE_BELOW(at, LSMP_BYTES, "-1");
    lsmp_u64 next = row + classes[scratch->bytes[at]];
    LSMP_ENSURE_BELOW(next, words, "-1");
    row = lsmp_tables[next];
    LSMP_ENSURE_NOT(row, dead, "0");
  }
  lsmp_u64 accept = row - 1;
  LSMP_ENSURE_BELOW(accept, words, "-1");
  return lsmp_tables[accept];
}
