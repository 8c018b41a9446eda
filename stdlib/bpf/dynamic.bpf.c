/* Sets that can change while the policy is loaded: maps, which the loader fills. */
#include "scratch.h"
#include "runtime/abi/set_layout.h"

LSMP_INLINE lsmp_u32 lsmp_among_numbers(void *map, lsmp_u64 number) {
  return bpf_map_lookup_elem(map, &number) ? LSMP_SAME : LSMP_DIFFERENT;
}

LSMP_INLINE lsmp_u32 lsmp_among_networks(void *map, lsmp_u64 high, lsmp_u64 low) {
  struct lsmp_network_key key = {128, {__builtin_bswap32(high >> 32), __builtin_bswap32(high), __builtin_bswap32(low >> 32), __builtin_bswap32(low)}};
  return bpf_map_lookup_elem(map, &key) ? LSMP_SAME : LSMP_DIFFERENT;
}

/* Where the hash is found, the bytes decide. */
LSMP_INLINE lsmp_u32 lsmp_among_strings(void *map, lsmp_u32 slot, lsmp_u64 capacity) {
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, length = string->length, hash = lsmp_hash(slot, length, 0), word, other;
  if (hash == LSMP_NO_HASH) return LSMP_NO_ACCEPT;
  const struct lsmp_listed *found = bpf_map_lookup_elem(map, &hash);
  if (!found || found->length != length) return LSMP_DIFFERENT;
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
