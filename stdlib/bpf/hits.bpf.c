/* How often each rule has decided. The map is made with the policy (compiler/lower/hits.cpp); banks keep processors from writing to the same line of memory. */
#include "scratch.h"

struct lsmp_hits;
extern struct lsmp_hits lsmp_hits; /* the map */
extern const lsmp_u32 lsmp_hits_rules, lsmp_hits_banks;

LSMP_GLOBAL lsmp_u32 lsmp_hit(lsmp_u32 rule, lsmp_u32 flags) {
  lsmp_u32 place = rule + (bpf_get_smp_processor_id() & (lsmp_hits_banks - 1)) * lsmp_hits_rules;
  struct lsmp_rule_hits *own = bpf_map_lookup_elem(&lsmp_hits, &place);
  if (!own) return 0;
  __sync_fetch_and_add(&own->all, 1);
  if (flags & LSMP_EVENT_UNRESOLVED) __sync_fetch_and_add(&own->unresolved, 1);
  return 0;
}
