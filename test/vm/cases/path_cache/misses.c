/* How often an answer was not at hand, in the loaded cache of paths where that was most often: one of a replaced policy may linger. */
#include <bpf/bpf.h>
#include <stdio.h>
#include <string.h>

enum { kEntry = 512, kMisses = 76 }; /* bytes; where in an entry the count is: stdlib/bpf/path_cache.bpf.c */

int main(void) {
  unsigned id = 0;
  unsigned long long most = 0;
  while (!bpf_map_get_next_id(id, &id)) {
    int map = bpf_map_get_fd_by_id(id);
    struct bpf_map_info info = {0};
    unsigned size = sizeof info;
    if (map < 0 || bpf_obj_get_info_by_fd(map, &info, &size) || strncmp(info.name, "lsmp_cached_pat", 15) || info.value_size != kEntry) continue;
    unsigned long long misses = 0;
    for (unsigned key = 0; key < info.max_entries; key++) {
      unsigned char entry[kEntry];
      unsigned count;
      if (bpf_map_lookup_elem(map, &key, entry)) return 1;
      memcpy(&count, entry + kMisses, sizeof count);
      misses += count;
    }
    if (misses > most) most = misses;
  }
  printf("%llu\n", most);
  return 0;
}
