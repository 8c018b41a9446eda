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

/* The same where the code may stand in a program, which LSMP_ENSURE would end; `alone`: in a function of its own. */
#define LSMP_ENSURE_HERE(value, relation, against, other, result, text)   \
  __asm__ volatile("" : "+r"(value));                                     \
  if (alone) {                                                            \
    LSMP_ENSURE(value, relation, other, text);                            \
  } else if (value against(other)) {                                      \
    return result;                                                        \
  }

/* LSMP_BLOCK bytes from the string's byte `from` on, from state `row` (0: the start). The accept set's id once the string
 * has ended, LSMP_MORE | the row to go on from before. */
static __attribute__((always_inline)) inline lsmp_u32 matchBytes(const struct lsmp_scratch_value *scratch, lsmp_u32 slot, lsmp_u32 table, lsmp_u32 from,
                                                                 lsmp_u32 row, int alone) {
  lsmp_u64 words = lsmp_tables_words, base = table;
  const struct lsmp_span *string = lsmp_string_of((struct lsmp_scratch_value *)scratch, slot);
  lsmp_u64 at = (lsmp_u64)string->start + from, left = (lsmp_u64)string->length - from;
  LSMP_ENSURE_HERE(at, "<=", >, LSMP_BYTES - LSMP_BLOCK, LSMP_NO_ACCEPT, "-1")
  LSMP_ENSURE_HERE(base, "<", >=, words - LSMP_HEADER_WORDS, LSMP_NO_ACCEPT, "-1")
  const lsmp_u8 *bytes = &scratch->bytes[at], *classes = (const lsmp_u8 *)(lsmp_tables + base + 1);
  lsmp_u64 here = row ? row & ~LSMP_MORE : lsmp_tables[base], dead = base + LSMP_HEADER_WORDS + 1;
#pragma clang loop unroll(disable)
  for (lsmp_u64 turn = 0; turn < LSMP_BLOCK; turn++) {
    if (turn >= left) {
      lsmp_u64 accept = here - 1;
      LSMP_ENSURE_HERE(accept, "<", >=, words, LSMP_NO_ACCEPT, "-1")
      return lsmp_tables[accept];
    }
    lsmp_u64 next = here + classes[bytes[turn]];
    LSMP_ENSURE_HERE(next, "<", >=, words, LSMP_NO_ACCEPT, "-1")
    here = lsmp_tables[next];
    LSMP_ENSURE_HERE(here, "!=", ==, dead, 0, "0")
  }
  return LSMP_MORE | here;
}

LSMP_GLOBAL lsmp_u32 lsmp_match_block(lsmp_u32 slot, lsmp_u32 table, lsmp_u32 from, lsmp_u32 row) {
  __asm__ volatile("" : "+r"(slot)); /* used, whatever the policy: LLVM leaves out arguments that nothing reads */
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  return scratch ? matchBytes(scratch, slot, table, from, row, 1) : LSMP_NO_ACCEPT;
}

LSMP_GLOBAL lsmp_u32 lsmp_match_on(lsmp_u32 slot, lsmp_u32 table, lsmp_u32 from, lsmp_u32 state) {
  __asm__ volatile("" : "+r"(slot), "+r"(table), "+r"(from), "+r"(state));
#pragma clang loop unroll(disable)
  for (; from <= LSMP_PATH_BYTES; from += LSMP_BLOCK) {
    state = lsmp_match_block(slot, table, from, state);
    if (!(state & LSMP_MORE) || state == LSMP_NO_ACCEPT) return state;
  }
  return LSMP_NO_ACCEPT;
}

LSMP_INLINE lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table) { return lsmp_match_on(slot, table, 0, 0); }

LSMP_INLINE lsmp_u32 lsmp_match_since(lsmp_u32 slot, lsmp_u32 table, const struct lsmp_cache_seen *seen) {
  lsmp_u32 from = 0, state = 0;
  if (seen->scratch) {
    state = matchBytes(seen->scratch, slot, table, 0, 0, 0);
    if (!(state & LSMP_MORE) || state == LSMP_NO_ACCEPT) return state;
    from = LSMP_BLOCK;
  }
  return lsmp_match_on(slot, table, from, state);
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
  lsmp_u32 a_length = lsmp_string_of(a, left)->length, b_length = lsmp_string_of(b, right)->length;
  if (a_length > LSMP_PATH_BYTES || b_length > LSMP_PATH_BYTES) return LSMP_NO_ACCEPT;
  if (a_length != b_length) return LSMP_DIFFERENT;
#pragma clang loop unroll(disable)
  for (lsmp_u32 from = 0; from <= LSMP_PATH_BYTES; from += LSMP_BLOCK) {
    lsmp_u32 same = lsmp_same_block(left, right, from);
    if (same != LSMP_GO_ON) return same;
  }
  return LSMP_NO_ACCEPT;
}
