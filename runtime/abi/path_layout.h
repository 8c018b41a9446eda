/* How the path patterns of many rules lie in an object: one table of 64-bit words that says which rule comes first. Written by
 * compiler/match. Of a word's two halves the low one comes first. Places are word numbers in their section, which the header gives. No
 * bucket, record, name, text or accepting state crosses a multiple of 4 KiB: the table may be cut into shards of any power of two from
 * there on. */
#ifndef LSMPC_RUNTIME_ABI_PATH_LAYOUT_H
#define LSMPC_RUNTIME_ABI_PATH_LAYOUT_H

#include "runtime/abi/set_layout.h"

#define LSMP_PATH_PAGE 512       /* words that an object of the table does not cross */
#define LSMP_PATH_NAME 255       /* bytes of a component */
#define LSMP_PATH_COMPONENTS 288 /* what a walk can return: its steps */
#define LSMP_PATH_TEXT 4095      /* bytes of a path */
#define LSMP_PATH_ACTIVE 8       /* nodes at once: shown for every path when the table is built */
#define LSMP_PATH_GROUPS 4       /* byte automata of a node */
#define LSMP_PATH_ACCEPTS 16     /* targets of one byte automaton for one name */
#define LSMP_PATH_SALT 0x9E3779B97F4A7C15ULL

/* The header, a word each: place | count << 32. */
enum lsmp_path_header {
  LSMP_PATH_SELF,      /* no section: result for "" | result for "/" << 32 */
  LSMP_PATH_EXACT,     /* buckets: whole paths */
  LSMP_PATH_TEXTS,     /* their bytes, zero-padded to words; behind the buckets */
  LSMP_PATH_EDGES,     /* buckets: (node, name) → target */
  LSMP_PATH_NAMES,     /* the names' bytes, zero-padded to words; behind the buckets */
  LSMP_PATH_RECORDS,   /* of the nodes with the lowest numbers, LSMP_PATH_RECORD_WORDS each; other nodes have edges only */
  LSMP_PATH_MORE,      /* byte automata of nodes with several, as in their record */
  LSMP_PATH_TARGETS,   /* halves: where each pattern of a node's byte automaton leads */
  LSMP_PATH_CLASSES,   /* bytes: the class of each byte */
  LSMP_PATH_STATES,    /* of byte automata */
  LSMP_PATH_ROWS,      /* state | next state << 32, at a state's base + class */
  LSMP_PATH_ACCEPTING, /* patterns, a word each, of states that accept several */
  LSMP_PATH_LISTS,     /* rule | signature << 32 | last << 63 */
  LSMP_PATH_ENDS,      /* bits: of the ends of whole paths */
  LSMP_PATH_HEADER_WORDS = 16
};

/* Result, 30 bits: 0 nothing; signature << 23 | rule + 1; or the place of a list, sorted by rule, of which the first decides whose
 * signature holds. Signature 0 always does. */
#define LSMP_PATH_RULE_BITS 23
#define LSMP_PATH_LIST (1u << 29)

/* Target, 32 bits: result and when it counts, or a node (0: none; the root is node 0, and nothing leads there). */
#define LSMP_PATH_HERE (1u << 30)  /* counts where the path ends with this component */
#define LSMP_PATH_BELOW (2u << 30) /* counts where it goes on */

/* Bucket: 4 entries of two words, filled from the first on. An entry is in the second bucket of its hash only if the first is full.
 * Exact: bytes | (hash << 32), result | place of the text from the first bucket on << 32.
 * Edge: node | (hash << 32), target | (place of the name from the first bucket on << 8 | its bytes) << 32. A hash alone decides nothing: all bytes are
 * compared. */
#define LSMP_PATH_BUCKET_WORDS 8

/* Record: any name → target | any number of names → node << 32; result below this node | result here << 32; first byte automaton's
 * start | first of its targets << 32, both 0 for none; flags | place of the other automata << 32. */
#define LSMP_PATH_RECORD_WORDS 4
#define LSMP_PATH_LOOPS 1u /* the node stays active */
#define LSMP_PATH_HAS_EDGES 2u
#define LSMP_PATH_MORE_SHIFT 8 /* above: how many other automata */

/* State: other next state | next state or base of the row << 26 | class << 52 | flags. State 0 accepts nothing any more. An accepting
 * state's second word: pattern | 1 << 32, or place among the accepting | how many << 32. */
#define LSMP_STATE_BITS 26
#define LSMP_STATE_MASK ((1u << LSMP_STATE_BITS) - 1)
#define LSMP_STATE_CLASS_SHIFT (2 * LSMP_STATE_BITS)
#define LSMP_STATE_SINGLE (1ULL << 61) /* no row: one class has its own next state */
#define LSMP_STATE_FALLS (1ULL << 62)  /* other classes go where that state says, which does not fall */
#define LSMP_STATE_ACCEPTS (1ULL << 63)

/* Of a component or a path: lsmp_mixed over its words, zero-padded, from LSMP_PATH_SALT on. */
static inline unsigned long long lsmp_path_hashed(const char *bytes, unsigned long long length) {
  return lsmp_mixed_over(LSMP_PATH_SALT, bytes, length);
}

/* An entry's two buckets, by that hash and its node (0 for a whole path). */
static inline unsigned long long lsmp_path_spread(unsigned long long hash, unsigned long long node) {
  return lsmp_mixed(hash, node * 0xD6E8FEB86659FD93ULL);
}
static inline unsigned long long lsmp_path_bucket(unsigned long long spread, unsigned long long buckets) {
  return (spread >> 32) * buckets >> 32;
}

/* The bit of whole paths of so many bytes that have so many last ones: whose is not set need not be hashed. Paths of fewer have none. */
#define LSMP_PATH_END 8
static inline unsigned long long lsmp_path_end(unsigned long long last, unsigned long long length, unsigned long long bits) {
  return lsmp_path_bucket(lsmp_mixed(length * LSMP_PATH_SALT, last), bits);
}
static inline unsigned long long lsmp_path_second(unsigned long long spread) { return spread * 0xC4CEB9FE1A85EC53ULL; }

#endif
