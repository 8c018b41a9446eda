/* change PIN add|drop NUMBER: of a dynamic set of numbers, through the map that the pinned one holds. */
#include <bpf/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char** words) {
  if (count != 4) return 64;
  unsigned int only = 0, id = 0;
  int sets = bpf_obj_get(words[1]);
  int set = sets < 0 || bpf_map_lookup_elem(sets, &only, &id) ? -1 : bpf_map_get_fd_by_id(id);
  unsigned long long number = strtoull(words[3], NULL, 0), until = 0;
  int failed =
      set < 0 || (!strcmp(words[2], "add") ? bpf_map_update_elem(set, &number, &until, BPF_NOEXIST) : bpf_map_delete_elem(set, &number));
  if (failed) perror(words[1]);
  return failed;
}
