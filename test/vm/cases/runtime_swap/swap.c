/* Processes try without pause what each version of a policy forbids, on two hooks, while the versions replace each other. Usage: swap TIMES HOW OBJECT OBJECT,
 * the objects in turn; HOW: `load`, or `unload,load`. Who tries sees an error of its own for each version, so that he sees a change whenever the policy
 * has changed for him: one for each replacement, and more where he sees the old one again. */
#include <bpf/bpf.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kWorkers = 3, kForbidden = 50, kMany = 100 };
enum phase { QUIET, BEFORE, AFTER, PHASES }; /* of a replacement: before and after the turn */

static struct shared {
  volatile int phase, stop;
  struct worker {
    volatile long tried[PHASES], permitted, changes;
  } workers[kWorkers];
} * shared;

static void must(int failed, const char* what) {
  if (!failed) return;
  printf("not ok %s: cannot %s: %s\n", getenv("CASE"), what, strerror(errno));
  exit(1);
}

static int attempt(int hook) {
  if (hook == 0) return kill(getpid(), kForbidden) ? errno : 0;
  int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  if (fd < 0) return errno;
  close(fd);
  return 0;
}

static void try(struct worker* own) {
  int last = 0;
  signal(kForbidden, SIG_IGN);
  for (long i = 0; !shared->stop; i++) {
    int phase = shared->phase, error = attempt(i % 2);
    own->tried[phase]++;
    if (error != EPERM && error != EACCES) {
      own->permitted++;
      continue;
    }
    own->changes += last && error != last;
    last = error;
    if (i % 16 == 0) usleep(300); /* the loader needs the processor, too */
  }
  exit(0);
}

static pid_t start(char* command, char* object) {
  pid_t child = fork();
  must(child < 0, "fork");
  if (child) return child;
  must(!freopen("/dev/null", "w", stdout), "be quiet");
  execlp("lsmpctl", "lsmpctl", command, strcmp(command, "load") ? "swapped" : object, (char*)NULL);
  _exit(127);
}

/* The generation in force: the lower bits of the map's first word. */
static unsigned turn(void) {
  static unsigned long long words[1 << 14];
  unsigned key = 0;
  int map = bpf_obj_get("/sys/fs/bpf/lsmp/swapped/turn");
  words[0] = 0;
  if (map >= 0) bpf_map_lookup_elem(map, &key, words);
  if (map >= 0) close(map);
  return words[0] & ((1 << 29) - 1);
}

static void replace(char* command, char* object) {
  unsigned before = turn();
  int status = 1;
  pid_t child = start(command, object);
  while (!waitpid(child, &status, WNOHANG)) {
    shared->phase = turn() == before ? BEFORE : AFTER;
    usleep(500);
  }
  shared->phase = QUIET;
  must(status != 0, command);
  usleep(20000); /* each sees the version that is in force now */
}

static long sum(enum phase phase) {
  long all = 0;
  for (int i = 0; i < kWorkers; i++) all += shared->workers[i].tried[phase];
  return all;
}

static void report(long times) {
  long permitted = 0, least = times, most = times;
  for (int i = 0; i < kWorkers; i++) {
    permitted += shared->workers[i].permitted;
    if (shared->workers[i].changes < least) least = shared->workers[i].changes;
    if (shared->workers[i].changes > most) most = shared->workers[i].changes;
  }
  printf("permitted %ld, of %ld tries before the turns and %ld after them; %ld replacements, changes from %ld to %ld\n", permitted, sum(BEFORE), sum(AFTER), times, least,
         most);
  printf("changes %s replacements; before the turn %s, after it %s\n", least == times && most == times ? "as many as" : "not as many as",
         sum(BEFORE) >= times * kMany ? "often" : "seldom", sum(AFTER) >= times * kMany ? "often" : "seldom");
}

int main(int count, char** arguments) {
  if (count != 5) return 2;
  long times = atol(arguments[1]);
  pid_t workers[kWorkers];
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(shared == MAP_FAILED, "share");
  for (int i = 0; i < kWorkers; i++)
    if (!(workers[i] = fork())) try(&shared->workers[i]);
  usleep(100000);
  for (long i = 0; i < times; i++) {
    if (!strcmp(arguments[2], "unload,load")) replace("unload", arguments[3 + i % 2]);
    replace("load", arguments[3 + i % 2]);
  }
  shared->stop = 1;
  for (int i = 0; i < kWorkers; i++) waitpid(workers[i], NULL, 0);
  report(times);
  return 0;
}
