/* `refuse fork LIMIT`: the memory of the cgroup whose memory.max that is, and the map of kernels without task storage, have no room left;
 * starts children that wait until one is refused, makes room again, prints how the last fork ended. `refuse forget FILE`: forgets what is kept of
 * tasks and opens the file; prints the same of the open. The map is the loaded policy's. */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kChildren = 3000, kValueBytes = 256 };

static int mapNamed(const char* prefix, struct bpf_map_info* info) {
  for (uint32_t id = 0; bpf_map_get_next_id(id, &id) == 0;) {
    int map = bpf_map_get_fd_by_id(id);
    uint32_t size = sizeof *info;
    memset(info, 0, sizeof *info);
    if (map >= 0 && bpf_obj_get_info_by_fd(map, info, &size) == 0 && !strncmp(info->name, prefix, strlen(prefix))) return map;
    if (map >= 0) close(map);
  }
  return -1;
}

static int kept(struct bpf_map_info* info) {
  int map = mapNamed("lsmp_facts", info);
  if (map < 0) fprintf(stderr, "no map of what is kept of tasks\n"), exit(2);
  return map;
}

static void say(int good) { printf("%s\n", good ? "ok" : strerrorname_np(errno)); }

/* How many there are. */
static uint64_t fill(int map) {
  char value[kValueBytes] = {0};
  uint64_t key = 1;
  while (bpf_map_update_elem(map, &key, value, BPF_ANY) == 0) key++;
  return key;
}

static void limit(const char* file, const char* bytes) {
  int opened = open(file, O_WRONLY);
  if (opened < 0 || write(opened, bytes, strlen(bytes)) < 0) fprintf(stderr, "cannot limit: %s\n", strerror(errno));
  close(opened);
}

/* The errno of the first refusal, or 0. */
static int forkOften(void) {
  static int children[kChildren];
  int count = 0, child = 0;
  while (count < kChildren && (child = fork()) > 0) children[count++] = child;
  if (child == 0) {
    pause();
    _exit(0);
  }
  int error = child < 0 ? errno : 0;
  for (int i = 0; i < count; i++) kill(children[i], SIGKILL);
  for (int i = 0; i < count; i++) waitpid(children[i], NULL, 0);
  return error;
}

/* The kernel fills each processor's stock of task storage in the background: until some forks in a row have found theirs there. */
static void awaitRoom(int processor) {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(processor, &here);
  if (sched_setaffinity(0, sizeof here, &here)) fprintf(stderr, "cannot choose a processor: %s\n", strerror(errno));
  for (int tries = 0, good = 0; tries < 200 && good < 10; tries++) {
    int child = fork();
    if (child == 0) _exit(0);
    good = child > 0 && waitpid(child, NULL, 0) == child ? good + 1 : 0;
    if (!good) usleep(50000);
  }
}

static void refuse(const char* limited) {
  struct bpf_map_info info;
  int map = kept(&info), hashed = info.type == BPF_MAP_TYPE_HASH;
  uint64_t keys = hashed ? fill(map) : 0;
  limit(limited, "0");
  errno = forkOften();
  int error = errno;
  limit(limited, "max");
  for (uint64_t key = 1; key < keys; key++) bpf_map_delete_elem(map, &key);
  for (int processor = 0; processor < get_nprocs(); processor++) awaitRoom(processor);
  errno = error;
  say(!error);
}

static void forget(const char* file) {
  struct bpf_map_info info;
  int map = kept(&info), own = syscall(SYS_pidfd_open, getpid(), 0);
  if (info.type == BPF_MAP_TYPE_HASH) {
    uint64_t key;
    while (bpf_map_get_next_key(map, NULL, &key) == 0) bpf_map_delete_elem(map, &key);
  } else if (bpf_map_delete_elem(map, &own)) {
    fprintf(stderr, "cannot forget: %s\n", strerror(errno));
  }
  say(open(file, O_RDONLY) >= 0);
}

int main(int count, char** words) {
  if (count > 2 && !strcmp(words[1], "fork")) refuse(words[2]);
  if (count > 2 && !strcmp(words[1], "forget")) forget(words[2]);
  return 0;
}
