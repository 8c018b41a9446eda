/* Large sets: whether a string, a number or an address is among a table's elements. Layout: set_layout.h. */
#include "scratch.h"
#include "runtime/abi/set_layout.h"

extern const lsmp_u64 lsmp_set_0[], lsmp_set_1[], lsmp_set_2[], lsmp_set_3[], lsmp_set_4[], lsmp_set_5[], lsmp_set_6[], lsmp_set_7[];
extern const lsmp_u32 lsmp_set_shards, lsmp_set_rest; /* by the compiler: how many there are, words in the last one */

#define LSMP_WORD_BLOCK 256 /* bytes a call, as words: see LSMP_BLOCK */
#define LSMP_NO_HASH 0xffffffffULL /* of a string that is not there; as LSMP_ENSURE leaves it */

#define LSMP_FROM_SHARD(number)                                                                      \
  if (lsmp_set_shards > number && shard == number) {                                                 \
    LSMP_ENSURE(i, "<", number + 1 == lsmp_set_shards ? lsmp_set_rest : LSMP_SHARD_WORDS, "-1"); \
    return lsmp_set_##number[i];                                                                     \
  }

LSMP_GLOBAL lsmp_u64 lsmp_set_word(lsmp_u64 place) {
  lsmp_u64 shard = place >> LSMP_SHARD_LOG, i = place & (LSMP_SHARD_WORDS - 1);
  LSMP_FROM_SHARD(0)
  LSMP_FROM_SHARD(1)
  LSMP_FROM_SHARD(2)
  LSMP_FROM_SHARD(3)
  LSMP_FROM_SHARD(4)
  LSMP_FROM_SHARD(5)
  LSMP_FROM_SHARD(6)
  LSMP_FROM_SHARD(7)
  return ~0ULL;
}

/* Eight bytes of a string, of which `left` are its own; the function ends with -1 where they cannot be its. clang would load them one by one. */
#define LSMP_STRING_WORD(word, scratch, at, left)                                       \
  LSMP_ENSURE(at, "<", LSMP_BYTES, "-1");                                               \
  __asm__ volatile("%0 = *(u64 *)(%1 + 0)" : "=r"(word) : "r"(&(scratch)->bytes[at])); \
  if (left < 8) word &= (1ULL << left * 8) - 1

/* The hash, after LSMP_WORD_BLOCK bytes of the string from byte `from` on. */
LSMP_GLOBAL lsmp_u64 lsmp_hash_block(lsmp_u32 slot, lsmp_u32 from, lsmp_u64 hash) {
  lsmp_u64 i = from, word;
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_HASH;
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, length = string->length;
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_WORD_BLOCK / 8; turn++, i += 8) {
    if (i >= length) return hash;
    lsmp_u64 at = start + i, left = length - i;
    LSMP_STRING_WORD(word, scratch, at, left);
    hash = lsmp_mixed(hash, word);
  }
  return hash;
}

/* The same bytes against the words from `place` on. */
LSMP_GLOBAL lsmp_u32 lsmp_same_words(lsmp_u32 slot, lsmp_u32 from, lsmp_u32 place32) {
  lsmp_u64 i = from, place = place32, word;
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, length = string->length;
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_WORD_BLOCK / 8; turn++, i += 8, place++) {
    if (i >= length) return LSMP_SAME;
    lsmp_u64 at = start + i, left = length - i;
    LSMP_STRING_WORD(word, scratch, at, left);
    LSMP_ENSURE(word, "==", lsmp_set_word(place), "0");
  }
  return LSMP_GO_ON;
}

/* The whole string, of as many bytes, against the words from `place` on. */
LSMP_INLINE lsmp_u32 lsmp_same_text(lsmp_u32 slot, lsmp_u64 place) {
#pragma clang loop unroll(disable)
  for (lsmp_u32 from = 0; from <= LSMP_PATH_BYTES; from += LSMP_WORD_BLOCK) {
    lsmp_u32 same = lsmp_same_words(slot, from, place + from / 8);
    if (same != LSMP_GO_ON) return same;
  }
  return LSMP_NO_ACCEPT;
}

/* As lsmp_hashed has it. */
LSMP_GLOBAL lsmp_u64 lsmp_hash(lsmp_u32 slot, lsmp_u64 length, lsmp_u64 salt) {
  lsmp_u64 hash = lsmp_mixed(salt, length);
#pragma clang loop unroll(disable)
  for (lsmp_u32 from = 0; from <= LSMP_PATH_BYTES; from += LSMP_WORD_BLOCK) {
    if (from >= length || hash == LSMP_NO_HASH) break;
    hash = lsmp_hash_block(slot, from, hash);
  }
  return hash;
}

LSMP_GLOBAL lsmp_u32 lsmp_in_strings(lsmp_u32 slot, lsmp_u32 table) {
  lsmp_u64 first = table;
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  lsmp_u64 length = lsmp_string_of(scratch, slot)->length, sizes = lsmp_set_word(first);
  lsmp_u64 hash = lsmp_hash(slot, length, lsmp_set_word(first + 1)), buckets = (lsmp_u32)sizes;
  if (hash == LSMP_NO_HASH) return LSMP_NO_ACCEPT;
  lsmp_u64 displacement = lsmp_set_word(first + 2 + lsmp_placed(hash, 0, buckets));
  lsmp_u64 entry = lsmp_set_word(first + 2 + buckets + lsmp_placed(hash, displacement, sizes >> 32));
  if (entry >> 48 != hash >> 48 || (entry >> 32 & 0xffff) != length + 1) return LSMP_DIFFERENT;
  return lsmp_same_text(slot, first + entry);
}

/* 1 or 0, without a branch: each turn of a search would leave the verifier twice as many places to go on from. */
static __attribute__((always_inline)) inline lsmp_u64 isBelow(lsmp_u64 a, lsmp_u64 b) {
  lsmp_u64 difference = a - b;
  __asm__ volatile("" : "+r"(difference));
  lsmp_u64 below = ((~a & b) | (~(a ^ b) & difference)) >> 63;
  __asm__ volatile("" : "+r"(below));
  return below;
}

static __attribute__((always_inline)) inline lsmp_u64 isSame(lsmp_u64 a, lsmp_u64 b) {
  lsmp_u64 other = a ^ b;
  __asm__ volatile("" : "+r"(other));
  lsmp_u64 same = ~(other | -other) >> 63;
  __asm__ volatile("" : "+r"(same));
  return same;
}

/* Whether (high, low) comes before the end at `place`; the end of a number is one word. */
static __attribute__((always_inline)) inline lsmp_u64 isBefore(lsmp_u64 high, lsmp_u64 low, lsmp_u64 place, int width) {
  if (width == 1) return isBelow(low, lsmp_set_word(place));
  lsmp_u64 upper = lsmp_set_word(place);
  return isBelow(high, upper) | (isSame(high, upper) & isBelow(low, lsmp_set_word(place + 1)));
}

static __attribute__((always_inline)) inline lsmp_u64 isAfter(lsmp_u64 high, lsmp_u64 low, lsmp_u64 place, int width) {
  if (width == 1) return isBelow(lsmp_set_word(place), low);
  lsmp_u64 upper = lsmp_set_word(place);
  return isBelow(upper, high) | (isSame(high, upper) & isBelow(lsmp_set_word(place + 1), low));
}

/* Which of what begins from `first` on, `stride` words apart, is the last that does not begin beyond the number; the first is taken to. `head`: how many
 * there are | first step << 32. */
static __attribute__((always_inline)) inline lsmp_u64 lastBegun(lsmp_u64 first, lsmp_u64 head, lsmp_u64 high, lsmp_u64 low, int width, int stride) {
  lsmp_u64 count = (lsmp_u32)head, step = head >> 32, at = 0;
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_SEARCH_STEPS; turn++) {
    if (!step) break;
    lsmp_u64 probe = at + step, inside = isBelow(probe, count);
    lsmp_u64 before = isBefore(high, low, first + (probe & -inside) * stride, width);
    at += step & -(inside & ~before);
    step >>= 1;
  }
  return at;
}

/* The last interval that does not begin beyond the number is the only one that can hold it. */
static __attribute__((always_inline)) inline lsmp_u32 search(lsmp_u64 table, lsmp_u64 high, lsmp_u64 low, int width) {
  lsmp_u64 head = lsmp_set_word(table);
  if (!(lsmp_u32)head) return LSMP_DIFFERENT;
  lsmp_u64 place = table + 1 + lastBegun(table + 1, head, high, low, width, 2 * width) * 2 * width;
  return isBefore(high, low, place, width) | isAfter(high, low, place + width, width) ? LSMP_DIFFERENT : LSMP_SAME;
}

LSMP_GLOBAL lsmp_u32 lsmp_in_numbers(lsmp_u32 table, lsmp_u64 number) {
  __asm__ volatile("" : "+r"(table));
  return search(table, 0, number, 1);
}

/* An address as two big-endian halves, IPv4 as mapped IPv6. */
LSMP_GLOBAL lsmp_u32 lsmp_in_networks(lsmp_u32 table, lsmp_u64 high, lsmp_u64 low) {
  lsmp_u64 first = table;
  __asm__ volatile("" : "+r"(high), "+r"(low));
  if (!high && low >> 32 == 0xffff) return lsmp_in_numbers(first + 1, (lsmp_u32)low);
  return search(first + lsmp_set_word(first), high, low, 2);
}
