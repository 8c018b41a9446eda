/* `spares taken`: how many spare memories of the loaded policy are taken. `spares full FILE`: takes all, opens the file, gives them back and says how
 * the open ended. `spares strive OPENS GOOD BAD`: eight processes at once open the files in turn; prints how many were judged wrongly. */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kSpares = 16, kProcesses = 8 };

/* How the section begins: stdlib/bpf/scratch.bpf.c. */
struct spares {
  uint64_t taken;
  struct { uint64_t owner, takers; } claims[kSpares];
};

static uint32_t bytes; /* of the map's one value */

static int openMap(void) {
  for (uint32_t id = 0; bpf_map_get_next_id(id, &id) == 0;) {
    struct bpf_map_info info = {0};
    uint32_t size = sizeof info;
    int map = bpf_map_get_fd_by_id(id);
    if (map < 0 || bpf_obj_get_info_by_fd(map, &info, &size)) continue;
    size_t length = strlen(info.name);
    bytes = info.value_size;
    if (length > 4 && !strcmp(info.name + length - 4, ".bss") && info.value_size > sizeof(struct spares)) return map;
    close(map);
  }
  fprintf(stderr, "no spare memory\n");
  exit(2);
}

static void* readMap(int map) {
  uint32_t key = 0;
  void* value = calloc(1, bytes);
  if (bpf_map_lookup_elem(map, &key, value)) perror("lookup"), exit(2);
  return value;
}

static int count(const struct spares* spares) {
  int busy = (int)spares->taken;
  for (int i = 0; i < kSpares; i++) busy += spares->claims[i].owner != 0 || spares->claims[i].takers != 0;
  return busy;
}

static const char* opened(const char* file) { return open(file, O_RDONLY) >= 0 ? "ok" : strerrorname_np(errno); }

static void full(const char* file) {
  uint32_t key = 0;
  int map = openMap();
  struct spares *before = readMap(map), *now = readMap(map);
  now->taken = kSpares;
  for (int i = 0; i < kSpares; i++) now->claims[i].takers = 1;
  if (bpf_map_update_elem(map, &key, now, 0)) perror("update"), exit(2);
  const char* how = opened(file);
  if (bpf_map_update_elem(map, &key, before, 0)) perror("update"), exit(2);
  printf("%s\n", how);
}

static int wrong(int opens, const char* good, const char* bad) {
  int count = 0;
  for (int i = 0; i < opens; i++) {
    int fd = open(i & 1 ? bad : good, O_RDONLY);
    if ((fd < 0) != (i & 1)) count = 1;
    if (fd >= 0) close(fd);
  }
  return count;
}

static int strive(int opens, const char* good, const char* bad) {
  int sum = 0, status;
  for (int i = 0; i < kProcesses; i++)
    if (fork() == 0) _exit(wrong(opens, good, bad));
  for (int i = 0; i < kProcesses; i++)
    if (wait(&status) < 0 || status) sum++;
  return sum;
}

int main(int words, char** word) {
  if (words == 2 && !strcmp(word[1], "taken")) printf("%d\n", count(readMap(openMap())));
  if (words == 3 && !strcmp(word[1], "full")) full(word[2]);
  if (words == 5 && !strcmp(word[1], "strive")) printf("%d\n", strive(atoi(word[2]), word[3], word[4]));
  return 0;
}
