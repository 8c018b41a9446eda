/* The byte DFA over a slot's string. The tables come from the compiler; a state that they cannot hold ends the walk. */
#include "scratch.h"

extern const lsmp_u32 lsmp_tables[];
extern const lsmp_u32 lsmp_tables_words;

#define LSMP_NO_ACCEPT (~0u)
#define LSMP_HEADER_WORDS 65
#define LSMP_BLOCK 64         /* bytes a call: the verifier sees each of these once, not each byte of the longest path */
#define LSMP_MORE 0x80000000u /* beyond any row: tables hold at most 2^20 words */

/* `value` `relation` `other`, or the function ends with `result`. In one piece, for two reasons: clang must not check one copy of an
 * index and use another, and the verifier goes to the end first, so that no turn of a loop leaves it a way to remember (it
 * holds 8192). */
#define LSMP_ENSURE(value, relation, other, result) \
  __asm__ volatile("if %0 " relation " %1 goto +2\n\tw0 = " result "\n\texit" : "+r"(value) : "r"((lsmp_u64)(other)) : "w0")

/* LSMP_BLOCK bytes from the string's byte `from` on, from state `row` (0: the start). The accept set's id once the string
 * has ended, LSMP_MORE | the row to go on from before. */
LSMP_GLOBAL lsmp_u32 lsmp_match_block(lsmp_u32 slot, lsmp_u32 table, lsmp_u32 from, lsmp_u32 row) {
  lsmp_u64 words = lsmp_tables_words, base = table, i = from;
  __asm__ volatile("" : "+r"(slot)); /* used, whatever the policy: LLVM leaves out arguments that nothing reads */
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, length = string->length;
  LSMP_ENSURE(base, "<", words - LSMP_HEADER_WORDS, "-1");
  const lsmp_u8 *classes = (const lsmp_u8 *)(lsmp_tables + base + 1);
  lsmp_u64 here = row ? row & ~LSMP_MORE : lsmp_tables[base], dead = base + LSMP_HEADER_WORDS + 1;
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_BLOCK; turn++, i++) {
    if (i >= length) {
      lsmp_u64 accept = here - 1;
      LSMP_ENSURE(accept, "<", words, "-1");
      return lsmp_tables[accept];
    }
    lsmp_u64 at = start + i;
    LSMP_ENSURE(at, "<", LSMP_BYTES, "-1");
    lsmp_u64 next = here + classes[scratch->bytes[at]];
    LSMP_ENSURE(next, "<", words, "-1");
    here = lsmp_tables[next];
    LSMP_ENSURE(here, "!=", dead, "0");
  }
  return LSMP_MORE | here;
}

LSMP_SHARED lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table) {
  lsmp_u32 state = 0;
  __asm__ volatile("" : "+r"(slot), "+r"(table));
#pragma clang loop unroll(disable)
  for (lsmp_u32 from = 0; from <= LSMP_PATH_BYTES; from += LSMP_BLOCK) {
    state = lsmp_match_block(slot, table, from, state);
    if (!(state & LSMP_MORE) || state == LSMP_NO_ACCEPT) return state;
  }
  return LSMP_NO_ACCEPT;
}

#define LSMP_GO_ON 2

/* LSMP_BLOCK bytes of both strings from byte `from` on; they are as long as each other. */
LSMP_GLOBAL lsmp_u32 lsmp_same_block(lsmp_u32 left, lsmp_u32 right, lsmp_u32 from) {
  lsmp_u64 i = from;
  __asm__ volatile("" : "+r"(left), "+r"(right));
  struct lsmp_scratch_value *a = lsmp_scratch_again(left), *b = lsmp_scratch_again(right);
  if (!a || !b) return LSMP_NO_ACCEPT;
  const struct lsmp_span *as = lsmp_string_of(a, left), *bs = lsmp_string_of(b, right);
  lsmp_u64 a_start = as->start, b_start = bs->start, length = as->length;
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_BLOCK; turn++, i++) {
    if (i >= length) return LSMP_SAME;
    lsmp_u64 a_at = a_start + i, b_at = b_start + i;
    LSMP_ENSURE(a_at, "<", LSMP_BYTES, "-1");
    LSMP_ENSURE(b_at, "<", LSMP_BYTES, "-1");
    lsmp_u64 a_byte = a->bytes[a_at], b_byte = b->bytes[b_at];
    LSMP_ENSURE(a_byte, "==", b_byte, "0");
  }
  return LSMP_GO_ON;
}

LSMP_GLOBAL lsmp_u32 lsmp_same(lsmp_u32 left, lsmp_u32 right) {
  struct lsmp_scratch_value *a = lsmp_scratch_again(left), *b = lsmp_scratch_again(right);
  if (!a || !b) return LSMP_NO_ACCEPT;
  if (lsmp_string_of(a, left)->length != lsmp_string_of(b, right)->length) return LSMP_DIFFERENT;
#pragma clang loop unroll(disable)
  for (lsmp_u32 from = 0; from <= LSMP_PATH_BYTES; from += LSMP_BLOCK) {
    lsmp_u32 same = lsmp_same_block(left, right, from);
    if (same != LSMP_GO_ON) return same;
  }
  return LSMP_NO_ACCEPT;
}
