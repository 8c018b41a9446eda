/* The contract of object and loader, for C, C++ and BPF C: names, event layout, version. */
#ifndef LSMPC_RUNTIME_ABI_LAYOUT_H
#define LSMPC_RUNTIME_ABI_LAYOUT_H

#define LSMP_ABI_VERSION 2
#define LSMP_PIN_ROOT "/sys/fs/bpf/lsmp"
#define LSMP_MANIFEST_SECTION ".lsmp.manifest"
#define LSMP_PLAIN_MANIFEST 0x10000 /* bytes; what is longer is one zstd frame */
#define LSMP_LONGEST_MANIFEST 0x10000000
#define LSMP_ZSTD_MAGIC "\x28\xb5\x2f\xfd"

/* Maps. Events: ring buffer. Counters: per-CPU array of u64 by enum lsmp_counter. Config: frozen array of one lsmp_config. */
#define LSMP_MAP_EVENTS "lsmp_events"
#define LSMP_MAP_COUNTERS "lsmp_counters"
#define LSMP_MAP_HITS "lsmp_hits"                 /* mapped array of lsmp_rule_hits: those of all rules, by the manifest's index, once for each bank */
#define LSMP_MAP_SCRATCH "lsmp_scratch"           /* task storage; the loader clears autocreate where the kernel has none */
#define LSMP_MAP_SCRATCH_NEXT "lsmp_scratch_next" /* same, for the second path and texts: one value holds no two paths */
#define LSMP_MAP_FACTS "lsmp_facts"               /* task storage: what is kept of tasks' programs (trackers.def) */
#define LSMP_MAP_FACTS_HASHED "lsmp_facts_hashed" /* hash by task: kernels without task storage */
#define LSMP_MAP_SCRATCH_CPU "lsmp_scratch_cpu"   /* per-CPU array: kernels without task storage (5.10) */
#define LSMP_RATES_SECTION ".data.rates"          /* counts of rules with a limit; nothing else is there. In .bss: spare scratch memory */
#define LSMP_MAP_FACTS_BEFORE "lsmp_facts_before"               /* in their place the loader puts those of the policy that is replaced, */
#define LSMP_MAP_FACTS_BEFORE_HASHED "lsmp_facts_before_hashed" /* where there is one */
#define LSMP_FOLLOWED_SYMBOL "lsmp_followed"      /* in .rodata: what the loader says of that policy */
#define LSMP_CONFIG_SYMBOL "lsmp_config"          /* in .rodata: the loader sets .audit before load */

/* In .rodata: u64 by slot, the ids of users and groups that the loader looks up (`needs` of the manifest). Unset: unresolved. */
#define LSMP_ACCOUNTS_SYMBOL "lsmp_accounts"
#define LSMP_UNSET_ACCOUNT (~0ULL)

/* Dynamic sets: arrays of one map by slot (set_layout.h), empty until a loader puts a map there. What its first elements are stands in a section: for each a u32 slot, a u32
 * length and as many bytes, little-endian. */
#define LSMP_DYNAMIC_PREFIX "lsmp_dynamic_"
#define LSMP_FIRST_SECTION ".lsmp.first"

/* In the manifest's `needs`: some of the targets have no task storage, and the loader leaves out what the kernel cannot make. */
#define LSMP_NEED_MAPS "choice of maps"
/* The same: programs of tasks that are older than the policy; without a loader they are unresolved. */
#define LSMP_NEED_FACTS "programs of running tasks"

enum lsmp_counter { LSMP_LOST, LSMP_SUPPRESSED, LSMP_UNRESOLVED, LSMP_DENIED, LSMP_AUDITED, LSMP_NO_SCRATCH, LSMP_LIMITED, LSMP_SPARE_SCRATCH, LSMP_COUNTERS };

enum lsmp_state { LSMP_PRESENT, LSMP_ABSENT, LSMP_IS_UNRESOLVED };

enum lsmp_verdict { LSMP_VERDICT_AUDIT, LSMP_VERDICT_ALLOW, LSMP_VERDICT_DENY, LSMP_VERDICT_KILL };

enum lsmp_event_flag {
  LSMP_EVENT_UNRESOLVED = 1, /* the condition ended unresolved */
  LSMP_EVENT_AUDIT_MODE = 2, /* decided, not enforced */
  LSMP_EVENT_PATH = 4,
  LSMP_EVENT_PATH2 = 8,
  LSMP_EVENT_ADDR = 16,
  LSMP_EVENT_PORT = 32,
  LSMP_EVENT_FAMILY = 64,
  LSMP_EVENT_TARGET = 128,
  LSMP_EVENT_SIGNAL = 256,
  LSMP_EVENT_CAP = 512,
  LSMP_EVENT_PATH_UNRESOLVED = 1024,
  LSMP_EVENT_NOT_SIGNALLED = 2048, /* KILL: the kernel sends this task no such signal */
  LSMP_EVENT_EXE = 4096
};

#if defined(__BPF__) || defined(__bpf__)
/* Macros: an object carries each typedef in its BTF. */
#define lsmp_u8 unsigned char
#define lsmp_u16 unsigned short
#define lsmp_u32 unsigned int
#define lsmp_s32 int
#define lsmp_u64 unsigned long long
#define lsmp_s64 long long
#else
#include <stdint.h>
typedef uint8_t lsmp_u8;
typedef uint16_t lsmp_u16;
typedef uint32_t lsmp_u32;
typedef int32_t lsmp_s32;
typedef uint64_t lsmp_u64;
#endif

struct lsmp_config {
  lsmp_u32 abi;
  lsmp_u32 audit; /* LSMP_EVENT_AUDIT_MODE: evaluate and record, permit everything; else 0 */
};

/* The policy that is replaced, and what it keeps of tasks' programs: bit i of ours is bit bits[i] of its, LSMP_NO_BIT where it does not ask that. */
#define LSMP_FACTS_BITS 64
#define LSMP_NO_BIT 255
struct lsmp_followed {
  lsmp_u32 follows, whole; /* there is one; it keeps all that we ask */
  lsmp_u64 kept;           /* those of our bits that it keeps, too */
  lsmp_u8 bits[LSMP_FACTS_BITS];
};

/* How often a rule has decided; of these, how often because something stayed unresolved. */
struct lsmp_rule_hits {
  lsmp_u64 all, unresolved;
};

/* What the program that reads running tasks writes, a byte each. */
enum lsmp_task_mark { LSMP_TASK_OLDER, LSMP_TASK_AGAIN };

/* What an event says of the object beside its paths; `flags` tell what of it is meant, the rest may hold anything. */
struct lsmp_object {
  lsmp_u8 addr[16];      /* IPv4 as mapped IPv6 */
  lsmp_u16 family, port; /* host byte order */
  lsmp_u32 target_pid;
  char target_comm[16];
  lsmp_s32 signal, cap;
};

/* A record of lsmp_events: this header, then path_len bytes of path, path2_len of path2, exe_len of the acting program's path (no terminators). A member more
 * stands at the end, so that who reads by header_size reads older and newer records. */
struct lsmp_event {
  lsmp_u16 abi;
  lsmp_u16 header_size;        /* sizeof(struct lsmp_event) */
  lsmp_u32 flags;              /* enum lsmp_event_flag */
  lsmp_u32 rule;               /* index into the manifest's rules */
  lsmp_u32 hook;               /* index into the manifest's hooks */
  lsmp_s32 result;             /* what the rule says: 0 or -errno */
  lsmp_u32 verdict;            /* enum lsmp_verdict */
  lsmp_u64 boot_ns;            /* bpf_ktime_get_boot_ns */
  lsmp_u64 cgroup;             /* cgroup v2 id */
  lsmp_u32 tid, pid, uid, gid; /* initial namespaces; in the order that the kernel packs them */
  lsmp_u32 ppid;
  lsmp_u16 path_len, path2_len;
  char comm[16];
  char parent_comm[16];
  struct lsmp_object object;
  lsmp_u16 exe_len, unused[3];
};

#endif
