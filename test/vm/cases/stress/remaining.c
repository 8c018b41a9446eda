/* How many BPF objects the kernel has, a line each: programs, maps, links, and BTF of its own and of programs. */
#include <bpf/bpf.h>
#include <stdio.h>

static int count(int (*next)(__u32, __u32*)) {
  int found = 0;
  for (__u32 id = 0; !next(id, &id);) found++;
  return found;
}

int main(void) {
  printf("programs %d\nmaps %d\nlinks %d\nbtf %d\n", count(bpf_prog_get_next_id), count(bpf_map_get_next_id), count(bpf_link_get_next_id),
         count(bpf_btf_get_next_id));
}
