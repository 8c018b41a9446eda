/* Objects that look like policies, each with one fault: VERIFIER, NO_CONFIG, BAD_MAP, NO_COUNTERS. objects.sh adds a manifest. */
typedef unsigned int u32;
typedef unsigned long long u64;
#define SEC(name) __attribute__((section(name), used))
#define FIELD(name, value) int(*name)[value]

struct {
  FIELD(type, 27);
  FIELD(max_entries, 4096);
} lsmp_events SEC(".maps");
#ifndef NO_COUNTERS
struct {
  FIELD(type, 6);
  FIELD(max_entries, 6);
  u32* key;
  u64* value;
} lsmp_counters SEC(".maps");
#endif
#ifdef BAD_MAP
struct {
  FIELD(type, 1);
  FIELD(max_entries, 0);
  u32* key;
  u64* value;
} wrong SEC(".maps");
#endif
#ifndef NO_CONFIG
SEC(".rodata") const volatile struct {
  u32 abi, audit;
} lsmp_config = {2, 0};
#endif

SEC("lsm/task_kill") int lsmp_task_kill(u64* ctx) {
#ifdef VERIFIER
  return *(volatile int*)(ctx[2] * 8);
#else
  return 0;
#endif
}

SEC("license") char licence_text[] = "GPL";
