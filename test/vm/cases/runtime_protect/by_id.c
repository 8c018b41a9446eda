/* by_id: how many of the kernel's maps it gets hold of, to write, to read or both: `got N refused M`; and one of its own, which it must get: `own N`. */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static int byId(__u32 id, __u32 flags) {
  union bpf_attr attr = {.map_id = id, .open_flags = flags};
  return (int)syscall(SYS_bpf, BPF_MAP_GET_FD_BY_ID, &attr, sizeof attr);
}

int main(void) {
  int own = bpf_map_create(BPF_MAP_TYPE_ARRAY, "own", 4, 4, 1, NULL);
  struct bpf_map_info info = {0};
  __u32 size = sizeof info, got = 0, refused = 0;
  if (own < 0 || bpf_obj_get_info_by_fd(own, &info, &size)) return perror("own map"), 2;
  for (__u32 id = 0; bpf_map_get_next_id(id, &id) == 0;) {
    if (id == info.id) continue;
    int writes = byId(id, 0), write_error = errno;
    int reads = byId(id, BPF_F_RDONLY), read_error = errno;
    if (writes < 0 && reads < 0 && write_error == EPERM && read_error == EPERM) refused++;
    if (writes >= 0 || reads >= 0) got++;
  }
  printf("got %u refused %u own %d\n", got, refused, byId(info.id, 0) >= 0);
  return 0;
}
