/* The components of a slot's path, and the whole of it, as a search of a table of paths wants them: by words and their hash. Part of paths.bpf.c. */

/* Eight bytes of the path, `left` before its end, which counts as a slash. Those from the first slash on are 0, and its byte alone has a bit: as
 * of words whose bytes are compared with 0, the lowest is exact. */
static __attribute__((always_inline)) inline lsmp_u64 nameWord(struct lsmp_scratch_value *scratch, lsmp_u64 at, lsmp_u64 left, lsmp_u64 *slash) {
  lsmp_u64 word;
  LSMP_ENSURE(at, "<", LSMP_BYTES, "-1");
  __asm__ volatile("%0 = *(u64 *)(%1 + 0)" : "=r"(word) : "r"(&scratch->bytes[at]));
  if (left < 8) word = (word & ((1ULL << left * 8) - 1)) | (lsmp_u64)'/' << left * 8;
  lsmp_u64 apart = word ^ LSMP_BYTES_OF('/'), found = (apart - LSMP_BYTES_OF(1)) & ~apart & LSMP_BYTES_OF(0x80);
  *slash = found & -found;
  return found ? word & ((*slash >> 7) - 1) : word;
}

/* Bytes of a word before its slash. */
static __attribute__((always_inline)) inline lsmp_u64 bytesBefore(lsmp_u64 slash) {
  return (((slash >> 7) - 1) & LSMP_BYTES_OF(1)) * LSMP_BYTES_OF(1) >> 56;
}

static __attribute__((always_inline)) inline void setName(volatile struct lsmp_search *search, lsmp_u64 hash, lsmp_u64 length, lsmp_u64 total) {
  lsmp_u64 end = search->position + length;
  search->hash = hash;
  search->length = length;
  search->last = end == total;
  search->position = end + 1;
}

/* A component of more than two words. 0, or LSMP_NO_ACCEPT where there is none that a path can have. */
LSMP_GLOBAL lsmp_u32 lsmp_long_name(lsmp_u32 slot) {
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  volatile struct lsmp_search *search = lsmp_search_in(scratch);
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 total = string->length, name = search->name, left = total - search->position, hash = LSMP_PATH_SALT, slash;
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i <= LSMP_PATH_NAME; i += 8) {
    lsmp_u64 word = nameWord(scratch, name + i, left - i, &slash);
    if (word) hash = lsmp_mixed(hash, word);
    if (!slash && left - i >= 8) continue; /* the verifier does not know that the end is a slash */
    setName(search, hash, i + bytesBefore(slash), total);
    return 0;
  }
  return LSMP_NO_ACCEPT;
}

/* The component at `position`. 0 where there is none that a path can have. */
static __attribute__((always_inline)) inline lsmp_u32 nextName(struct lsmp_scratch_value *scratch, volatile struct lsmp_search *search, lsmp_u32 slot, lsmp_u64 start,
                                                               lsmp_u64 total) {
  lsmp_u64 position = search->position, name = start + position, left = total - position, slash, next = 0, length = 0;
  lsmp_u64 word = nameWord(scratch, name, left, &slash), hash = lsmp_mixed(LSMP_PATH_SALT, word);
  if (!word) return 0;
  search->name = name;
  search->words[0] = word;
  if (!slash) {
    next = nameWord(scratch, name + 8, left - 8, &slash);
    length = 8;
    if (next) hash = lsmp_mixed(hash, next);
  }
  search->words[1] = next;
  if (!slash) return !lsmp_long_name(slot);
  setName(search, hash, length + bytesBefore(slash), total);
  return 1;
}

/* Of the whole path. The verifier goes through each turn, so that what is long is hashed by calls. */
static __attribute__((always_inline)) inline lsmp_u64 wholeHash(struct lsmp_scratch_value *scratch, lsmp_u32 slot, lsmp_u64 start, lsmp_u64 total) {
  lsmp_u64 hash = LSMP_PATH_SALT, word, from = 0;
#pragma clang loop unroll(disable)
  for (; from < LSMP_HASHED_HERE; from += 8) {
    lsmp_u64 at = start + from, left = total - from;
    if (from >= total) return hash;
    LSMP_STRING_WORD(word, scratch, at, left);
    hash = lsmp_mixed(hash, word);
  }
#pragma clang loop unroll(disable)
  for (; from < LSMP_PATH_TEXT; from += LSMP_WORD_BLOCK) {
    if (from >= total || hash == LSMP_NO_HASH) break;
    hash = lsmp_hash_block(slot, from, hash);
  }
  return hash;
}

/* `ends`: place | bits << 32. */
static __attribute__((always_inline)) inline lsmp_u64 mayBeWhole(struct lsmp_scratch_value *scratch, lsmp_u64 start, lsmp_u64 total, lsmp_u64 ends) {
  lsmp_u64 at = start + total - LSMP_PATH_END, last;
  if (total < LSMP_PATH_END) return 1;
  LSMP_ENSURE(at, "<", LSMP_BYTES, "-1");
  __asm__ volatile("%0 = *(u64 *)(%1 + 0)" : "=r"(last) : "r"(&scratch->bytes[at]));
  lsmp_u64 bit = lsmp_path_end(last, total, ends >> 32);
  return lsmp_set_word((lsmp_u32)ends + (bit >> 6)) >> (bit & 63) & 1;
}
