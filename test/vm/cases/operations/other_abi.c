/* other_abi PIN: a manifest of an ABI that no lsmpctl knows, in place of the one pinned there; what a newer one finds of an older one looks like that. */
#include <bpf/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failed(const char* step) {
  perror(step);
  return 1;
}

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  int held = bpf_obj_get(argv[1]);
  struct bpf_map_info info = {0};
  __u32 size = sizeof info, first = 0;
  if (held < 0 || bpf_obj_get_info_by_fd(held, &info, &size)) return failed("its pin");
  char* text = calloc(info.value_size + 1, 1);
  if (!text || bpf_map_lookup_elem(held, &first, text)) return failed("its text");
  char* abi = strstr(text, "\"abi\":2");
  if (!abi) return failed("its ABI");
  abi[6] = '9';
  int other = bpf_map_create(BPF_MAP_TYPE_ARRAY, "lsmp_manifest", sizeof first, info.value_size, 1, NULL);
  if (other < 0 || bpf_map_update_elem(other, &first, text, BPF_ANY) || bpf_map_freeze(other)) return failed("another map");
  if (unlink(argv[1]) || bpf_obj_pin(other, argv[1])) return failed("another pin");
  return 0;
}
