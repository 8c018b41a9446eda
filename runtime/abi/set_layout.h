/* How large sets lie in an object: 64-bit words in read-only data, in shards of one map value each. Written by compiler/match,
 * searched by sets.bpf.c. Places are word numbers, through all shards. */
#ifndef LSMPC_RUNTIME_ABI_SET_LAYOUT_H
#define LSMPC_RUNTIME_ABI_SET_LAYOUT_H

#define LSMP_SHARD_LOG 19 /* 4 MiB: what one map value holds on 5.10 */
#define LSMP_SHARD_WORDS (1u << LSMP_SHARD_LOG)
#define LSMP_SHARDS 8
#define LSMP_SEARCH_STEPS 22 /* halvings: more than a set has elements */

/* Strings: buckets | entries << 32; salt; a displacement for each bucket; the entries: place of the bytes from the set's first
 * word | (length + 1) << 32 | upper 16 bits of the hash << 48, 0 for none; the bytes, zero-padded to words. Two reads find the only
 * entry that can be the string: the hash says where, the bytes say whether.
 * Numbers: count | first step << 32; for each interval its low and its high end, ascending, disjoint.
 * Networks: place of the IPv6 part from the set's first word; IPv4 as numbers; IPv6: the same, each end as two words, high first. */

static inline unsigned long long lsmp_mixed(unsigned long long hash, unsigned long long word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ hash >> 32;
}

/* Over the words of a string, zero-padded, for who does not hold it as words. */
static inline unsigned long long lsmp_mixed_over(unsigned long long hash, const char *bytes, unsigned long long length) {
  unsigned long long word = 0;
  for (unsigned long long i = 0; i < length; i++) {
    word |= (unsigned long long)(unsigned char)bytes[i] << i % 8 * 8;
    if (i % 8 != 7 && i + 1 != length) continue;
    hash = lsmp_mixed(hash, word);
    word = 0;
  }
  return hash;
}

/* Of a whole string. */
static inline unsigned long long lsmp_hashed(const char *bytes, unsigned long long length, unsigned long long salt) {
  return lsmp_mixed_over(lsmp_mixed(salt, length), bytes, length);
}

/* One of `count` places, by a hash and a displacement. */
static inline unsigned long long lsmp_placed(unsigned long long hash, unsigned long long displacement, unsigned long long count) {
  return (lsmp_mixed(hash, displacement * 0xD6E8FEB86659FD93ULL) >> 16 & 0xffffffff) * count >> 32;
}

/* A dynamic set is what an array of one map holds: the map that is the set now, put there by the loader; nothing before that, which is unresolved. Another in its place is
 * another set at once. Numbers: hash by the number as u64. Networks, addresses: LPM trie by lsmp_network_key. Strings: hash by lsmp_hashed with salt 0, and the bytes:
 * a value of LSMP_LISTED_BYTES (paths) or LSMP_SHORT_LISTED_BYTES after lsmp_listed. Each value begins with the time since boot, in nanoseconds (CLOCK_BOOTTIME), from which on it
 * is no element any more, 0 for none; of a number it is nothing else. */
#define LSMP_LISTED_BYTES 4096
#define LSMP_SHORT_LISTED_BYTES 256
#define LSMP_MOST_DYNAMIC 1000000
#define LSMP_MOST_OVER 16 /* networks around an address whose time is over, one in the other: behind more it is unresolved */

struct lsmp_network_key {
  unsigned int prefix; /* of 128: IPv4 as mapped IPv6 */
  unsigned int address[4]; /* in network order */
};
struct lsmp_listed_network {
  unsigned long long until;
  unsigned int prefix, unused; /* the key's */
};
struct lsmp_listed { /* the bytes follow, zero-padded to words */
  unsigned long long until;
  unsigned int length, unused;
};

#endif
