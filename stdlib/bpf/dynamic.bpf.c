/* Sets that can change while the policy is loaded: maps, which the loader fills. `sets`: the map that holds the one that is the set now, none before a loader put one there. */
#include "scratch.h"
#include "runtime/abi/set_layout.h"

LSMP_INLINE void *lsmp_set_now(void *sets) {
  lsmp_u32 only = 0;
  return bpf_map_lookup_elem(sets, &only);
}

LSMP_INLINE int lsmp_is_over(lsmp_u64 until) { return until && bpf_ktime_get_boot_ns() >= until; }

LSMP_INLINE lsmp_u32 lsmp_among_numbers(void *sets, lsmp_u64 number) {
  void *set = lsmp_set_now(sets);
  if (!set) return LSMP_NO_ACCEPT;
  const lsmp_u64 *until = bpf_map_lookup_elem(set, &number);
  return until && !lsmp_is_over(*until) ? LSMP_SAME : LSMP_DIFFERENT;
}

/* Behind an element whose time is over may be a wider one. */
LSMP_INLINE lsmp_u32 lsmp_among_networks(void *sets, lsmp_u64 high, lsmp_u64 low) {
  struct lsmp_network_key key = {128, {__builtin_bswap32(high >> 32), __builtin_bswap32(high), __builtin_bswap32(low >> 32), __builtin_bswap32(low)}};
  void *set = lsmp_set_now(sets);
  if (!set) return LSMP_NO_ACCEPT;
#pragma clang loop unroll(disable)
  for (lsmp_u32 i = 0; i < LSMP_MOST_OVER; i++) {
    const struct lsmp_listed_network *found = bpf_map_lookup_elem(set, &key);
    if (!found) return LSMP_DIFFERENT;
    if (!lsmp_is_over(found->until)) return LSMP_SAME;
    if (!found->prefix) return LSMP_DIFFERENT;
    key.prefix = found->prefix - 1;
  }
  return LSMP_NO_ACCEPT;
}

/* Where the hash is found, the bytes decide. */
LSMP_INLINE lsmp_u32 lsmp_among_strings(void *sets, lsmp_u32 slot, lsmp_u64 capacity) {
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, length = string->length, hash = lsmp_hash(slot, length, 0), word, other;
  if (hash == LSMP_NO_HASH) return LSMP_NO_ACCEPT;
  void *set = lsmp_set_now(sets);
  if (!set) return LSMP_NO_ACCEPT;
  const struct lsmp_listed *found = bpf_map_lookup_elem(set, &hash);
  if (!found || found->length != length || lsmp_is_over(found->until)) return LSMP_DIFFERENT;
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_LISTED_BYTES; i += 8) {
    if (i >= length) return LSMP_SAME;
    lsmp_u64 at = start + i, left = length - i;
    LSMP_STRING_WORD(word, scratch, at, left);
    LSMP_ENSURE(i, "<", capacity, "-1");
    __asm__ volatile("%0 = *(u64 *)(%1 + 0)" : "=r"(other) : "r"((const lsmp_u8 *)(found + 1) + i));
    LSMP_ENSURE(word, "==", other, "0");
  }
  return length == LSMP_LISTED_BYTES ? LSMP_SAME : LSMP_NO_ACCEPT;
}
