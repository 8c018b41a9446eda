/* Strings of the kernel that are no paths, and raw words of its memory. */
#include "scratch.h"

static __attribute__((always_inline)) inline lsmp_u64 lsmp_text_place(lsmp_u32 slot) {
  lsmp_u64 at = slot - LSMP_FIRST_TEXT_SLOT;
  __asm__ volatile("%0 &= 3" : "+r"(at));
  return LSMP_PATH_BYTES + at * LSMP_TEXT_BYTES;
}

/* Up to 255 bytes before the NUL, from `address` into the slot. */
static __attribute__((always_inline)) inline lsmp_u32 text(lsmp_u32 slot, lsmp_u64 address, lsmp_u32 limit) {
  if (slot < LSMP_FIRST_TEXT_SLOT || slot >= LSMP_FIRST_TEXT_SLOT + LSMP_TEXT_SLOTS) return LSMP_IS_UNRESOLVED;
  struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);
  if (!scratch) return LSMP_IS_UNRESOLVED;
  struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 at = lsmp_text_place(slot);
  string->start = at;
  string->length = 0;
  __asm__ volatile("%0 &= 511" : "+r"(limit)); /* the verifier, not clang, needs the bound */
  long size = bpf_probe_read_kernel_str(&scratch->bytes[at], limit, (const void *)address);
  if (size < 1 || size > 256) return LSMP_IS_UNRESOLVED;
  string->length = size - 1;
  return LSMP_PRESENT;
}

/* `bytes`: of the array that holds the text; it need not end in a NUL. 0: there is no array, only a NUL ends it. */
LSMP_GLOBAL lsmp_u32 lsmp_text(lsmp_u32 slot, lsmp_u64 address, lsmp_u32 bytes) {
  return text(slot, address, bytes && bytes < 256 ? bytes + 1 : 257);
}

LSMP_GLOBAL lsmp_u32 lsmp_comm(lsmp_u32 slot, lsmp_u64 task) {
  return text(slot, task + lsmp_offset(task_struct, comm), 16);
}

LSMP_INLINE lsmp_u32 lsmp_caps(lsmp_u64 cred, lsmp_u64 *caps) {
  *caps = 0;
  return lsmp_load(*caps, cred + lsmp_offset(cred, cap_effective)) ? LSMP_IS_UNRESOLVED : LSMP_PRESENT;
}

LSMP_GLOBAL lsmp_u64 lsmp_word(lsmp_u64 base, lsmp_u64 at) {
  lsmp_u64 word;
  lsmp_load(word, base + at); /* the helper leaves 0 where it cannot read */
  return word;
}
