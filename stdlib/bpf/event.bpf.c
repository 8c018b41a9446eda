/* Events and counters. Header and paths are laid side by side in the first scratch memory, and sent in one piece (report.bpf.c). */
#include "scratch.h"

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 256 * 1024);
} lsmp_events SEC(".maps");

/* More than there are: of a size whose BTF type the object has already. */
#define LSMP_COUNTER_ROOM BPF_MAP_TYPE_RINGBUF
_Static_assert((int)LSMP_COUNTERS <= (int)LSMP_COUNTER_ROOM, "each counter has a place");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, LSMP_COUNTER_ROOM);
  __type(key, int);
  __type(value, lsmp_u64);
} lsmp_counters SEC(".maps");

const volatile struct lsmp_config lsmp_config = {.abi = LSMP_ABI_VERSION, .audit = 0};

/* As opaque as it is, LLVM keeps no copy of the number from before, of which 5.10 would not know how large it is. */
#define LSMP_AT_MOST(value, most) __asm__ volatile("if %0 <= %1 goto +1\n\t%0 = -1" : "+r"(value) : "i"(most))
#define LSMP_TOO_LONG ~0ULL

#define LSMP_HEADER sizeof(struct lsmp_event)
_Static_assert(LSMP_HEADER <= LSMP_HEAD, "an event's header must fit before a path");

LSMP_GLOBAL lsmp_u32 lsmp_count(lsmp_u32 counter) {
  lsmp_u64 *value = bpf_map_lookup_elem(&lsmp_counters, &counter);
  if (value) __sync_fetch_and_add(value, 1);
  return 0;
}

/* Where its members are: real_parent, tgid, comm, 16 bits each. Apart, so that what asks is the same for all kernels (assembled.h). */
LSMP_GLOBAL lsmp_u64 lsmp_task_layout(void) {
  return lsmp_offset(task_struct, real_parent) | lsmp_offset(task_struct, tgid) << 16 | lsmp_offset(task_struct, comm) << 32;
}

static __attribute__((always_inline)) inline void fillTask(struct lsmp_event *event) {
  lsmp_u64 both = bpf_get_current_pid_tgid(), ids = bpf_get_current_uid_gid();
  lsmp_u64 layout = lsmp_task_layout(), parent = lsmp_word(bpf_get_current_task(), layout & 0xffff);
  __builtin_memcpy(&event->tid, &both, sizeof(both)); /* tid, pid */
  __builtin_memcpy(&event->uid, &ids, sizeof(ids));   /* uid, gid */
  event->boot_ns = bpf_ktime_get_boot_ns();
  event->cgroup = bpf_get_current_cgroup_id();
  bpf_get_current_comm(event->comm, sizeof(event->comm));
  event->ppid = lsmp_word(parent, layout >> 16 & 0xffff);
  lsmp_load(event->parent_comm, parent + (layout >> 32));
}

/* The second path behind the first; one that does not fit there is left out and said to be unresolved. Returns its length. */
static __attribute__((always_inline)) inline lsmp_u64 appendSecond(struct lsmp_scratch_value *scratch, struct lsmp_event *event, lsmp_u64 after) {
  struct lsmp_scratch_value *next = lsmp_scratch_again(1);
  lsmp_u64 start = next ? next->strings[1].start : 0, length = next ? next->strings[1].length : LSMP_TAIL;
  if (!next || length >= LSMP_TAIL || start > LSMP_PATH_BYTES) {
    event->flags = (event->flags & ~LSMP_EVENT_PATH2) | LSMP_EVENT_PATH_UNRESOLVED;
    return 0;
  }
  __asm__ volatile("%0 &= 2047" : "+r"(length));
  __asm__ volatile("%0 &= 4095" : "+r"(start));
  bpf_probe_read_kernel(&scratch->bytes[after], length, &next->bytes[start]);
  event->path2_len = length;
  return length;
}

static __attribute__((always_inline, used)) lsmp_u32 lsmp_audit_mode(void) { return lsmp_config.audit & LSMP_EVENT_AUDIT_MODE; }

LSMP_GLOBAL lsmp_u32 lsmp_tally(lsmp_u32 verdict, lsmp_u32 flags, lsmp_u32 unseen) {
  if (unseen < LSMP_COUNTERS) lsmp_count(unseen);
  if (flags & LSMP_EVENT_UNRESOLVED) lsmp_count(LSMP_UNRESOLVED);
  if (verdict == LSMP_VERDICT_ALLOW) return 0;
  return lsmp_count(verdict >= LSMP_VERDICT_DENY && !(flags & LSMP_EVENT_AUDIT_MODE) ? LSMP_DENIED : LSMP_AUDITED);
}

/* The path moves to the front, so that the event begins at a fixed place: the verifier relates no start to a length.
 * Returns its length, LSMP_TOO_LONG where the memory holds none. */
static __attribute__((always_inline)) inline lsmp_u64 placeFirst(struct lsmp_scratch_value *scratch) {
  lsmp_u64 length = scratch->strings[0].length, start = scratch->strings[0].start;
  LSMP_AT_MOST(length, LSMP_PATH_BYTES);
  LSMP_AT_MOST(start, LSMP_PATH_BYTES);
  if (length == LSMP_TOO_LONG || start == LSMP_TOO_LONG) return LSMP_TOO_LONG;
  bpf_probe_read_kernel(scratch->bytes, length, &scratch->bytes[start]);
  scratch->strings[0].start = 0;
  return length;
}

static __attribute__((always_inline)) inline struct lsmp_event *eventIn(struct lsmp_scratch_value *scratch) {
  return (struct lsmp_event *)(scratch->head + LSMP_HEAD - LSMP_HEADER);
}

static __attribute__((always_inline)) inline lsmp_u64 lose(void) {
  lsmp_count(LSMP_LOST);
  return LSMP_TOO_LONG;
}

/* The event but for its object, which stands there, and its program. Returns how many bytes follow the header, LSMP_TOO_LONG where there is no event, which is counted. */
LSMP_GLOBAL lsmp_u64 lsmp_record(lsmp_u64 rule_hook, lsmp_u64 result_verdict, lsmp_u32 flags, lsmp_u32 paths) {
  lsmp_tally(result_verdict, flags, LSMP_COUNTERS);
  struct lsmp_scratch_value *scratch = lsmp_scratch_for_event(0);
  if (!scratch) return lose();
  lsmp_u64 length = 0;
  if (paths && flags & LSMP_EVENT_PATH) length = placeFirst(scratch);
  if (length == LSMP_TOO_LONG) return lose();
  struct lsmp_event *event = eventIn(scratch);
  event->abi = LSMP_ABI_VERSION;
  event->header_size = LSMP_HEADER;
  event->flags = flags;
  event->rule = rule_hook >> 32;
  event->hook = rule_hook;
  event->result = result_verdict >> 32;
  event->verdict = result_verdict;
  lsmp_u32 lengths = length;
  __builtin_memcpy(&event->path_len, &lengths, sizeof(lengths)); /* and path2_len, of which there is nothing yet */
  event->exe_len = 0;
  fillTask(event);
  if (lsmp_uses_next && paths > 1 && flags & LSMP_EVENT_PATH2) length += appendSecond(scratch, event, length);
  return length;
}
