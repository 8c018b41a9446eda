/* Which row of a table of numbers or addresses comes first, as compiler/match/interval_rows.cpp has it. Layout: interval_layout.h. */
#include "scratch.h"
#include "runtime/abi/interval_layout.h"

/* The row that a result (path_layout.h) means, with its lists from word `lists` on, where its condition is a bit of `mask`. */
static __attribute__((always_inline)) inline lsmp_u32 rowOfResult(lsmp_u64 lists, lsmp_u64 result, lsmp_u64 mask) {
  if (!result) return LSMP_NO_ROW;
  if (result >= LSMP_PATH_HERE) return LSMP_NO_ACCEPT;
  if (!(result & LSMP_PATH_LIST)) {
    if (!(mask >> (result >> LSMP_PATH_RULE_BITS & 63) & 1)) return LSMP_NO_ROW;
    return (result & ((1u << LSMP_PATH_RULE_BITS) - 1)) - 1;
  }
  lsmp_u64 place = lists + (result & ~(lsmp_u64)LSMP_PATH_LIST);
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < 64; turn++) {
    lsmp_u64 one = lsmp_set_word(place + turn);
    if (mask >> (one >> 32 & 63) & 1) return one;
    if (one >> 63) return LSMP_NO_ROW;
  }
  return LSMP_NO_ACCEPT;
}

/* Of the piece that the number is in. */
static __attribute__((always_inline)) inline lsmp_u32 resultIn(lsmp_u64 part, lsmp_u64 high, lsmp_u64 low, int width) {
  lsmp_u64 head = lsmp_set_word(part), results = part + 1 + (lsmp_u64)(lsmp_u32)head * width;
  lsmp_u64 at = lastBegun(part + 1, head, high, low, width, width);
  return lsmp_set_word(results + at / 2) >> (at & 1) * 32;
}

LSMP_GLOBAL lsmp_u32 lsmp_row_of_number(lsmp_u32 table, lsmp_u64 number, lsmp_u64 mask) {
  lsmp_u64 first = table;
  __asm__ volatile("" : "+r"(first));
  lsmp_u64 lists = (lsmp_u32)lsmp_set_word(first);
  return rowOfResult(first + lists, resultIn(first + LSMP_INTERVAL_PART, 0, number, 1), mask);
}

/* An address as two big-endian halves, IPv4 as mapped IPv6. */
LSMP_GLOBAL lsmp_u32 lsmp_row_of_address(lsmp_u32 table, lsmp_u64 high, lsmp_u64 low, lsmp_u64 mask) {
  lsmp_u64 first = table;
  __asm__ volatile("" : "+r"(high), "+r"(low));
  if (!high && low >> 32 == 0xffff) return lsmp_row_of_number(first, (lsmp_u32)low, mask);
  lsmp_u64 head = lsmp_set_word(first);
  return rowOfResult(first + (lsmp_u32)head, resultIn(first + (head >> 32), high, low, 2), mask);
}
