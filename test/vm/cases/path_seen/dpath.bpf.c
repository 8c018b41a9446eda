/* The kernel's own word for the path of every file that a test's thread ("t:…") opens. */
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef unsigned short __u16;
typedef unsigned char __u8;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
enum bpf_map_type { BPF_MAP_TYPE_RINGBUF = 27 };
#include <bpf/bpf_helpers.h>

struct path {
  int opaque;
} __attribute__((preserve_access_index));
struct file {
  struct path f_path;
} __attribute__((preserve_access_index));

struct seen {
  char thread[16];
  long length;
  char path[4096];
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1 << 20);
} paths SEC(".maps");

SEC("lsm/file_open")
int see(__u64* context) {
  struct file* file = (struct file*)context[0];
  char thread[16];
  bpf_get_current_comm(thread, sizeof thread);
  if (thread[0] != 't' || thread[1] != ':') return 0;
  struct seen* seen = bpf_ringbuf_reserve(&paths, sizeof *seen, 0);
  if (!seen) return 0;
  __builtin_memcpy(seen->thread, thread, sizeof thread);
  seen->length = bpf_d_path(&file->f_path, seen->path, sizeof seen->path);
  bpf_ringbuf_submit(seen, 0);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
