/* How many events a rule may still make. 5.10 has no atomic operation that answers (docs/decisions/0004), so the count is one
 * that is added to, and whoever begins a new stretch of time holds the rule's key in a hash map: the map lets one in. Nobody
 * waits: who does not get in goes on with what the old stretch has left. */
#include "scratch.h"

#define LSMP_TURNS 64 /* as many begin a stretch at once; who finds no room leaves it to the next */

struct lsmp_rate { lsmp_u64 since, used; };
/* By the compiler: one for each rule that has a limit, and how many they are. */
extern volatile struct lsmp_rate lsmp_rates[];
extern const lsmp_u32 lsmp_rates_count;

struct {
  int (*type)[BPF_MAP_TYPE_HASH];
  int (*max_entries)[LSMP_TURNS];
  int *key;
  int *value;
} lsmp_rate_turns SEC(".maps");

/* Signed: another processor may have begun a stretch after this one looked at the clock. */
static __attribute__((always_inline)) inline int isOver(lsmp_u64 since, lsmp_u64 now, lsmp_u64 window) {
  return !since || (lsmp_s64)(now - since) >= (lsmp_s64)window;
}

static __attribute__((always_inline)) inline void beginAnew(lsmp_u32 slot, volatile struct lsmp_rate *rate, lsmp_u64 window) {
  if (bpf_map_update_elem(&lsmp_rate_turns, &slot, &slot, BPF_NOEXIST)) return;
  lsmp_u64 now = bpf_ktime_get_boot_ns();
  if (isOver(rate->since, now, window)) {
    rate->used = 0; /* before `since`: who sees the new stretch sees it empty */
    rate->since = now;
  }
  bpf_map_delete_elem(&lsmp_rate_turns, &slot);
}

/* Between the look and the addition others may look: each other processor can make one event more. */
LSMP_GLOBAL lsmp_u32 lsmp_within_rate(lsmp_u32 slot, lsmp_u64 most, lsmp_u64 window) {
  lsmp_u64 place = slot;
  LSMP_ENSURE(place, "<", lsmp_rates_count, "1");
  volatile struct lsmp_rate *rate = &lsmp_rates[place];
  if (isOver(rate->since, bpf_ktime_get_boot_ns(), window)) beginAnew(slot, rate, window);
  if (rate->used >= most) return 0;
  __sync_fetch_and_add((lsmp_u64 *)&rate->used, 1);
  return 1;
}
