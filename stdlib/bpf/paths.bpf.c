/* Which row of a table of paths comes first for a slot's path: component by component from the root on, as compiler/match/path_lookup.cpp
 * has it. Layout: path_layout.h. */
#include "scratch.h"
#include "runtime/abi/path_layout.h"

#define LSMP_MORE_TURNS (~2u)
#define LSMP_TURN_BLOCK 16 /* a call: the verifier sees each of these once */
#define LSMP_MOST_TURNS (LSMP_PATH_COMPONENTS * LSMP_PATH_ACTIVE + 1)
#define LSMP_HASHED_HERE 128 /* bytes of a path */
#define LSMP_SMALL_NAME 16      /* bytes that are compared without a look at the path */
#define LSMP_HERE_AND_BELOW (LSMP_PATH_HERE | LSMP_PATH_BELOW)
#define LSMP_BYTES_OF(byte) ((byte) * 0x0101010101010101ULL)

/* In the head of the memory, which is an event's only when all is decided. */
struct lsmp_search {
  lsmp_u64 hash;        /* of the component */
  lsmp_u64 words[2];    /* its first */
  lsmp_u64 mask;        /* conditions that hold */
  lsmp_u32 name, length, last; /* the component's place in `bytes`, its bytes, whether the path ends with it */
  lsmp_u32 position;    /* in the path, behind the component */
  lsmp_u32 row, failed;
  lsmp_u32 side, nodes; /* which `active` is filled, and with how many; more than fit are counted, too */
  lsmp_u32 gone, count; /* of the other: how many have gone on with the component, of how many */
  lsmp_u32 active[2][LSMP_PATH_ACTIVE];
};
_Static_assert(sizeof(struct lsmp_search) <= LSMP_HEAD, "a search must fit before the path");

LSMP_INLINE volatile struct lsmp_search *lsmp_search_in(struct lsmp_scratch_value *scratch) {
  return (volatile struct lsmp_search *)scratch->head;
}

#define LSMP_OF_SHARD(number)                                                                                     \
  if (lsmp_set_shards > number && shard == number) {                                                              \
    LSMP_ENSURE(i, "<=", (number + 1 == lsmp_set_shards ? lsmp_set_rest : LSMP_SHARD_WORDS) - count, "-1");      \
    return &lsmp_set_##number[i];                                                                                 \
  }

/* `count` words from `place` on, which lie in one shard. The function ends with -1 where there are none. */
static __attribute__((always_inline)) inline const lsmp_u64 *words(lsmp_u64 place, lsmp_u64 count) {
  lsmp_u64 shard = place >> LSMP_SHARD_LOG, i = place & (LSMP_SHARD_WORDS - 1);
  if (lsmp_set_shards == 1) { /* a tenth of a search */
    LSMP_ENSURE(place, "<=", lsmp_set_rest - count, "-1");
    return &lsmp_set_0[place];
  }
  LSMP_OF_SHARD(0)
  LSMP_OF_SHARD(1)
  LSMP_OF_SHARD(2)
  LSMP_OF_SHARD(3)
  LSMP_OF_SHARD(4)
  LSMP_OF_SHARD(5)
  LSMP_OF_SHARD(6)
  LSMP_OF_SHARD(7)
  __asm__ volatile("w0 = -1\n\texit" : : : "w0");
  __builtin_unreachable();
}

/* Read here: LLVM would keep the pointer, which is another for each shard, until the word is used. */
#define LSMP_LOADED(word) __asm__ volatile("" : "+r"(word))

/* The row of what an edge leads to, where it counts; LSMP_NO_ACCEPT stands for what cannot be. */
LSMP_GLOBAL lsmp_u32 lsmp_decides(lsmp_u32 table, lsmp_u32 target, lsmp_u32 last, lsmp_u64 mask) {
  const lsmp_u64 *header = words(table, LSMP_PATH_HEADER_WORDS);
  lsmp_u64 records = header[LSMP_PATH_RECORDS], lists = header[LSMP_PATH_LISTS], first = table, result = target & (LSMP_PATH_HERE - 1);
  LSMP_LOADED(records);
  LSMP_LOADED(lists);
  if (target == LSMP_NO_ACCEPT) return LSMP_NO_ACCEPT;
  if (target < LSMP_PATH_HERE) {
    if (target >= records >> 32) return LSMP_NO_ROW;
    result = lsmp_set_word(first + (lsmp_u32)records + result * LSMP_PATH_RECORD_WORDS + 1) >> 32;
  } else if (!(target & (last ? LSMP_PATH_HERE : LSMP_PATH_BELOW))) {
    return LSMP_NO_ROW;
  }
  return rowOfResult(first + (lsmp_u32)lists, result, mask);
}

static __attribute__((always_inline)) inline void take(volatile struct lsmp_search *search, lsmp_u32 row) {
  if (row == LSMP_NO_ACCEPT) search->failed = 1;
  if (row < search->row) search->row = row;
}

/* What an edge leads to: one more active node, or a row. */
static __attribute__((always_inline)) inline void follow(volatile struct lsmp_search *search, lsmp_u32 table, lsmp_u32 target) {
  if (!target) return;
  if (target >= LSMP_PATH_HERE || search->last) {
    take(search, lsmp_decides(table, target, search->last, search->mask));
    return;
  }
  lsmp_u64 at = search->nodes, side = search->side;
  search->nodes = at + 1;
  __asm__ volatile("%0 &= 7" : "+r"(at));
  __asm__ volatile("%0 &= 1" : "+r"(side));
  search->active[side][at] = target;
}

/* The same for what may be active already. */
static __attribute__((always_inline)) inline void followOnce(volatile struct lsmp_search *search, lsmp_u32 table, lsmp_u32 target) {
  lsmp_u64 side = search->side;
  __asm__ volatile("%0 &= 1" : "+r"(side));
#pragma clang loop unroll(disable)
  for (lsmp_u32 i = 0; i < LSMP_PATH_ACTIVE; i++) {
    if (i >= search->nodes) break;
    if (search->active[side][i] == target) return;
  }
  follow(search, table, target);
}

/* The state after a byte of class `class`: its own, where it has one, else 0 in `hit`. */
static __attribute__((always_inline)) inline lsmp_u64 ownNext(lsmp_u64 word, lsmp_u64 state, lsmp_u64 class, lsmp_u64 rows, lsmp_u32 *hit) {
  lsmp_u64 target = word >> LSMP_STATE_BITS & LSMP_STATE_MASK;
  if (word & LSMP_STATE_SINGLE) {
    *hit = (word >> LSMP_STATE_CLASS_SHIFT & 0xff) == class;
    return target;
  }
  lsmp_u64 entry = lsmp_set_word(rows + target + class);
  *hit = (lsmp_u32)entry == state;
  return entry >> 32;
}

/* Where the component leads by a byte automaton: start | first of its targets << 32. */
LSMP_GLOBAL lsmp_u32 lsmp_take_name(lsmp_u32 slot, lsmp_u32 table, lsmp_u64 matcher) {
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  volatile struct lsmp_search *search = lsmp_search_in(scratch);
  const lsmp_u64 *header = words(table, LSMP_PATH_HEADER_WORDS);
  lsmp_u64 first = table, classes = first + (lsmp_u32)header[LSMP_PATH_CLASSES], states = first + (lsmp_u32)header[LSMP_PATH_STATES];
  lsmp_u64 rows = first + (lsmp_u32)header[LSMP_PATH_ROWS], state = (lsmp_u32)matcher;
  lsmp_u64 targets = first + (lsmp_u32)header[LSMP_PATH_TARGETS], accepting = first + (lsmp_u32)header[LSMP_PATH_ACCEPTING];
  LSMP_LOADED(classes);
  LSMP_LOADED(states);
  LSMP_LOADED(rows);
  LSMP_LOADED(targets);
  LSMP_LOADED(accepting);
#pragma clang loop unroll(disable)
  for (lsmp_u32 i = 0; i <= LSMP_PATH_NAME; i++) {
    if (i >= search->length) break;
    lsmp_u64 at = search->name + i;
    LSMP_ENSURE(at, "<", LSMP_BYTES, "-1");
    lsmp_u64 byte = scratch->bytes[at], word = lsmp_set_word(states + state);
    lsmp_u64 class = lsmp_set_word(classes + (byte >> 3)) >> (byte & 7) * 8 & 0xff;
    lsmp_u32 hit;
    lsmp_u64 next = ownNext(word, state, class, rows, &hit);
    if (!hit) {
      next = word & LSMP_STATE_MASK;
      if (word & LSMP_STATE_FALLS) {
        lsmp_u64 other = next, fallen = ownNext(lsmp_set_word(states + other), other, class, rows, &hit);
        if (hit) next = fallen;
      }
    }
    if (!next) return 0;
    state = next;
  }
  if (!(lsmp_set_word(states + state) & LSMP_STATE_ACCEPTS)) return 0;
  lsmp_u64 accepted = lsmp_set_word(states + state + 1), count = accepted >> 32;
  if (count > LSMP_PATH_ACCEPTS) return LSMP_NO_ACCEPT;
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i < LSMP_PATH_ACCEPTS; i++) {
    if (i >= count) break;
    lsmp_u64 pattern = count == 1 ? (lsmp_u32)accepted : lsmp_set_word(accepting + (lsmp_u32)accepted + i);
    lsmp_u64 target = (matcher >> 32) + pattern;
    follow(search, table, lsmp_set_word(targets + target / 2) >> (target & 1) * 32);
  }
  return 0;
}

/* What a node has beside edges by name and an edge for any: what goes on for any number of names, and byte automata. */
LSMP_GLOBAL lsmp_u32 lsmp_wide_node(lsmp_u32 slot, lsmp_u32 table, lsmp_u32 node) {
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  volatile struct lsmp_search *search = lsmp_search_in(scratch);
  const lsmp_u64 *header = words(table, LSMP_PATH_HEADER_WORDS);
  lsmp_u64 first = table, more = first + (lsmp_u32)header[LSMP_PATH_MORE], records = first + (lsmp_u32)header[LSMP_PATH_RECORDS];
  LSMP_LOADED(more);
  LSMP_LOADED(records);
  const lsmp_u64 *record = words(records + (lsmp_u64)node * LSMP_PATH_RECORD_WORDS, LSMP_PATH_RECORD_WORDS);
  lsmp_u64 many = record[0] >> 32, matcher = record[2], flags = record[3];
  LSMP_LOADED(many);
  LSMP_LOADED(matcher);
  LSMP_LOADED(flags);
  if (many) followOnce(search, table, many);
  if (flags & LSMP_PATH_LOOPS) followOnce(search, table, node);
  more += flags >> 32;
#pragma clang loop unroll(disable)
  for (lsmp_u32 i = 0; i <= LSMP_PATH_GROUPS; i++) {
    if (!(lsmp_u32)matcher) break;
    if (lsmp_take_name(slot, table, matcher)) return LSMP_NO_ACCEPT;
    if (i >= ((lsmp_u32)flags >> LSMP_PATH_MORE_SHIFT)) break;
    matcher = lsmp_set_word(more + i);
  }
  return 0;
}

/* Whether the component is the name at `place`, of the same length. */
LSMP_GLOBAL lsmp_u32 lsmp_same_name(lsmp_u32 slot, lsmp_u64 place) {
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  volatile struct lsmp_search *search = lsmp_search_in(scratch);
  lsmp_u64 name = search->name, length = search->length, word;
#pragma clang loop unroll(disable)
  for (lsmp_u64 i = 0; i <= LSMP_PATH_NAME; i += 8, place++) {
    if (i >= length) return LSMP_SAME;
    lsmp_u64 at = name + i, left = length - i;
    LSMP_STRING_WORD(word, scratch, at, left);
    LSMP_ENSURE(word, "==", lsmp_set_word(place), "0");
  }
  return LSMP_SAME;
}

/* Where (node, name) leads, 0: nowhere. `edges`: place | buckets << 32. A name of up to LSMP_SMALL_NAME bytes is its words, which hold no zero byte
 * before its end. */
static __attribute__((always_inline)) inline lsmp_u32 edge(lsmp_u64 edges, lsmp_u32 node, lsmp_u64 hash, lsmp_u64 word, lsmp_u64 next, lsmp_u32 slot, lsmp_u64 length) {
  lsmp_u64 key = node | hash << 32, spread = lsmp_path_spread(hash, node), first = (lsmp_u32)edges, count = edges >> 32;
#pragma clang loop unroll(disable)
  for (int choice = 0; choice < 2; choice++) {
    const lsmp_u64 *bucket = words(first + lsmp_path_bucket(spread, count) * LSMP_PATH_BUCKET_WORDS, LSMP_PATH_BUCKET_WORDS);
#pragma clang loop unroll(full)
    for (int i = 0; i < LSMP_PATH_BUCKET_WORDS; i += 2) {
      if (bucket[i] != key) continue;
      lsmp_u64 value = bucket[i + 1], size = value >> 32 & 0xff, place = first + (value >> 40);
      if (!value) continue;
      if (length) {
        lsmp_u32 same = size == length ? lsmp_same_name(slot, place) : LSMP_DIFFERENT;
        if (same != LSMP_DIFFERENT) return same == LSMP_SAME ? (lsmp_u32)value : LSMP_NO_ACCEPT;
      } else if (size <= LSMP_SMALL_NAME && lsmp_set_word(place) == word && (size > 8 ? lsmp_set_word(place + 1) : 0) == next) {
        return value;
      }
    }
    if (!bucket[LSMP_PATH_BUCKET_WORDS - 1]) return 0;
    spread = lsmp_path_second(spread);
  }
  return 0;
}

LSMP_GLOBAL lsmp_u32 lsmp_edge(lsmp_u64 edges, lsmp_u32 node, lsmp_u64 hash, lsmp_u64 word, lsmp_u64 next) {
  return edge(edges, node, hash, word, next, 0, 0);
}

LSMP_GLOBAL lsmp_u32 lsmp_long_edge(lsmp_u32 slot, lsmp_u64 edges, lsmp_u32 node, lsmp_u64 hash, lsmp_u64 length) {
  return edge(edges, node, hash, 0, 0, slot, length);
}

/* The result of the whole path, 0: none. `exact`: place | buckets << 32. */
LSMP_GLOBAL lsmp_u32 lsmp_whole_path(lsmp_u32 slot, lsmp_u64 exact, lsmp_u64 hash, lsmp_u64 length) {
  lsmp_u64 key = length | hash << 32, spread = lsmp_path_spread(hash, 0), first = (lsmp_u32)exact, count = exact >> 32;
#pragma clang loop unroll(disable)
  for (int choice = 0; choice < 2; choice++) {
    const lsmp_u64 *bucket = words(first + lsmp_path_bucket(spread, count) * LSMP_PATH_BUCKET_WORDS, LSMP_PATH_BUCKET_WORDS);
#pragma clang loop unroll(full)
    for (int i = 0; i < LSMP_PATH_BUCKET_WORDS; i += 2) {
      if (bucket[i] != key || !bucket[i + 1]) continue;
      lsmp_u64 value = bucket[i + 1];
      lsmp_u32 same = lsmp_same_text(slot, first + (value >> 32));
      if (same != LSMP_DIFFERENT) return same == LSMP_SAME ? (lsmp_u32)value : LSMP_NO_ACCEPT;
    }
    if (!bucket[LSMP_PATH_BUCKET_WORDS - 1]) return 0;
    spread = lsmp_path_second(spread);
  }
  return 0;
}

#include "path_names.bpf.c"

/* An active node goes on with the component. */
static __attribute__((always_inline)) inline lsmp_u32 goOn(volatile struct lsmp_search *search, lsmp_u32 slot, lsmp_u32 table, lsmp_u64 records, lsmp_u64 edges) {
  lsmp_u64 from = search->side ^ 1, at = search->gone;
  search->gone = at + 1;
  __asm__ volatile("%0 &= 1" : "+r"(from));
  __asm__ volatile("%0 &= 7" : "+r"(at));
  lsmp_u32 node = search->active[from][at];
  if (node < records >> 32) {
    const lsmp_u64 *record = words(table + (lsmp_u32)records + (lsmp_u64)node * LSMP_PATH_RECORD_WORDS, LSMP_PATH_RECORD_WORDS);
    lsmp_u64 ways = record[0], below = (lsmp_u32)record[1], matcher = (lsmp_u32)record[2], flags = record[3];
    LSMP_LOADED(ways);
    LSMP_LOADED(below);
    LSMP_LOADED(matcher);
    LSMP_LOADED(flags);
    if (below) take(search, lsmp_decides(table, below | LSMP_HERE_AND_BELOW, 0, search->mask));
    follow(search, table, ways);
    if ((ways >> 32 || matcher || flags & LSMP_PATH_LOOPS) && lsmp_wide_node(slot, table, node)) return LSMP_NO_ACCEPT;
    if (!(flags & LSMP_PATH_HAS_EDGES)) return 0;
  }
  follow(search, table, search->length <= LSMP_SMALL_NAME ? lsmp_edge(edges, node, search->hash, search->words[0], search->words[1])
                                                          : lsmp_long_edge(slot, edges, node, search->hash, search->length));
  return 0;
}

static __attribute__((always_inline)) inline void begin(volatile struct lsmp_search *search, lsmp_u64 mask) {
  search->mask = mask;
  search->position = 1;
  search->row = LSMP_NO_ROW;
  search->failed = search->last = 0;
  search->gone = search->count = search->side = 0;
  search->active[0][0] = 0;
  search->nodes = 1;
}

/* LSMP_TURN_BLOCK nodes further: LSMP_MORE_TURNS, or the row. */
LSMP_GLOBAL lsmp_u32 lsmp_turns(lsmp_u32 slot, lsmp_u32 table, lsmp_u64 mask, lsmp_u32 is_first) {
  __asm__ volatile("" : "+r"(slot));
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(slot);
  if (!scratch) return LSMP_NO_ACCEPT;
  volatile struct lsmp_search *search = lsmp_search_in(scratch);
  const struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 start = string->start, total = string->length;
  const lsmp_u64 *header = words(table, LSMP_PATH_HEADER_WORDS);
  lsmp_u64 self = header[LSMP_PATH_SELF], records = header[LSMP_PATH_RECORDS], exact = header[LSMP_PATH_EXACT] + table;
  lsmp_u64 edges = header[LSMP_PATH_EDGES] + table, ends = header[LSMP_PATH_ENDS] + table;
  LSMP_LOADED(self);
  LSMP_LOADED(records);
  LSMP_LOADED(exact);
  LSMP_LOADED(edges);
  LSMP_LOADED(ends);
  if (total < 2) return lsmp_decides(table, (total ? self >> 32 : self) | LSMP_HERE_AND_BELOW, 1, mask);
  if (total > LSMP_PATH_TEXT) return LSMP_NO_ACCEPT;
  if (is_first) begin(search, mask);
#pragma clang loop unroll(disable)
  for (int turn = 0; turn < LSMP_TURN_BLOCK; turn++) {
    if (search->gone >= search->count) {
      if (search->failed || search->nodes > LSMP_PATH_ACTIVE) return LSMP_NO_ACCEPT;
      if (search->last || !search->nodes) {
        if (exact >> 32 && mayBeWhole(scratch, start, total, ends)) {
          lsmp_u64 hash = wholeHash(scratch, slot, start, total);
          if (hash == LSMP_NO_HASH) return LSMP_NO_ACCEPT;
          lsmp_u32 result = lsmp_whole_path(slot, exact, hash, total);
          if (result) take(search, lsmp_decides(table, result | LSMP_HERE_AND_BELOW, 1, mask));
        }
        return search->failed ? LSMP_NO_ACCEPT : search->row;
      }
      search->side ^= 1;
      search->count = search->nodes;
      search->nodes = search->gone = 0;
      if (!nextName(scratch, search, slot, start, total)) return LSMP_NO_ACCEPT;
    }
    if (goOn(search, slot, table, records, edges)) return LSMP_NO_ACCEPT;
  }
  return LSMP_MORE_TURNS;
}

LSMP_INLINE lsmp_u32 lsmp_first_row(lsmp_u32 slot, lsmp_u32 table, lsmp_u64 mask) {
#pragma clang loop unroll(disable)
  for (int block = 0; block <= LSMP_MOST_TURNS / LSMP_TURN_BLOCK; block++) {
    lsmp_u32 row = lsmp_turns(slot, table, mask, !block);
    if (row != LSMP_MORE_TURNS) return row;
  }
  return LSMP_NO_ACCEPT;
}
