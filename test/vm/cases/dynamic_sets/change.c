/* change PIN add|drop NUMBER: of a dynamic set of numbers, through the map that is pinned. */
#include <bpf/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char** words) {
  if (count != 4) return 64;
  int map = bpf_obj_get(words[1]);
  unsigned long long number = strtoull(words[3], NULL, 0), value[8] = {0};
  int failed = map < 0 || (!strcmp(words[2], "add") ? bpf_map_update_elem(map, &number, value, BPF_NOEXIST) : bpf_map_delete_elem(map, &number));
  if (failed) perror(words[1]);
  return failed;
}
