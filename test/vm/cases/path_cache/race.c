/* Answers that are kept while another processor renames, or keeps others in the same place. The policy denies what is below FOLDER/a/b.
 *
 * race FOLDER CYCLES: a folder is a/b, then x/b, then a/c, and so round. Who takes the name b before and the folder a behind one rename sees a path that never was then, but for
 * which an answer is kept. An open that began and ended while only such places were as all deny or all permit, must do so.
 * race FOLDER CYCLES beside: one process opens a file that is denied, the other those that are not, as deep: who has looked at half of the names finds the rest in theirs. */
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

enum { kPlaces = 3, kOpen = 1500, kOthers = 3 }; /* kOpen: turns of a loop, about an open's time */

static const char* const kPlace[kPlaces] = {"a/b", "x/b", "a/c"};
static struct shared { volatile long step, opens; } * shared; /* step: renames that have begun, and those that have ended */
static unsigned state = 1;

static void must(int failed, const char* what) {
  if (!failed) return;
  printf("not ok %s: race: cannot %s: %s\n", getenv("CASE"), what, strerror(errno));
  exit(1);
}

static void runOn(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  sched_setaffinity(0, sizeof set, &set); /* where there is but one, no more is to be had */
}

static unsigned chance(unsigned below) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

static void spin(unsigned most) {
  for (volatile unsigned i = chance(most); i; i--) {
  }
}

static void waitFor(long opens) {
  for (long until = shared->opens + opens; shared->opens < until;) sched_yield();
}

static void renames(void) {
  runOn(1);
  for (long at = 0;; at++) {
    /* In the first place an answer comes to be kept; that one is to be there still behind the second, so that nothing may be kept of that. */
    if (at % kPlaces == 0) waitFor(4);
    if (at % kPlaces == 2) waitFor((at / kPlaces) % 3);
    spin(kOpen);
    shared->step++;
    if (rename(kPlace[at % kPlaces], kPlace[(at + 1) % kPlaces])) _exit(1);
    shared->step++;
  }
}

static long opens, unquiet; /* EAGAIN: a walk had a rename beside it whenever it was tried, so that nothing was decided by a path */

static int isDenied(int folder) {
  int fd = openat(folder, "file", O_RDONLY), error = fd < 0 ? errno : 0;
  must(error && error != EACCES && error != EAGAIN, "open");
  if (fd >= 0) close(fd);
  shared->opens++;
  opens++;
  unquiet += error == EAGAIN;
  return error == EAGAIN ? -1 : error == EACCES;
}

/* 1, 0, or -1 where both kinds of places were. */
static int expected(long before, long after) {
  int denies = 0, permits = 0;
  for (long at = before / 2; at <= (after + 1) / 2; at++) *(at % kPlaces == 0 ? &denies : &permits) = 1;
  return denies && permits ? -1 : denies;
}

static void say(const char* what, long wrong) { printf("%s %s: %ld %s\n", wrong ? "not ok" : "ok", getenv("CASE"), wrong, what); }

static void whileRenamed(int folder, long cycles) {
  long wrong_denials = 0, wrong_permissions = 0, judged = 0, during = 0;
  while (shared->step / 2 < cycles * kPlaces) {
    long before = shared->step;
    int denied = isDenied(folder);
    long after = shared->step;
    int right = denied < 0 ? -1 : expected(before, after);
    during += right >= 0 && before != after;
    judged += right >= 0;
    wrong_denials += right == 0 && denied;
    wrong_permissions += right == 1 && !denied;
  }
  printf("# %ld opens while folders are renamed, %ld of them while all places were alike, %ld with a rename; %ld met one whenever a walk was tried\n", opens, judged, during,
         unquiet);
  say("opens are denied by a path that was not then", wrong_denials);
  say("opens are permitted by one", wrong_permissions);
  printf("%s %s: %ld opens were decided by no path\n", unquiet < opens / 10 ? "ok" : "not ok", getenv("CASE"), unquiet);
}

static void others(int folder) {
  char name[kOthers][2] = {"1", "2", "3"};
  runOn(1);
  for (;;) {
    const char* file = name[chance(kOthers)];
    for (unsigned times = 2 + chance(8); times; times--) { /* kept the second time */
      int fd = openat(folder, file, O_RDONLY);
      if (fd < 0) _exit(1);
      close(fd);
    }
  }
}

static void beside(int folder, long cycles) {
  long wrong = 0;
  for (long i = 0; i < cycles; i++) wrong += !isDenied(folder);
  say("opens are permitted while others are kept in the file's place", wrong);
}

int main(int count, char** arguments) {
  int is_beside = count == 4;
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(shared == MAP_FAILED, "share memory");
  must(chdir(arguments[1]), "go there");
  runOn(0);
  int folder = open("a/b", O_PATH), other = open("x/y", O_PATH);
  must(folder < 0 || other < 0, "open the folders");
  pid_t second = fork();
  if (second == 0) {
    if (is_beside) others(other);
    renames();
  }
  (is_beside ? beside : whileRenamed)(folder, atol(arguments[2]));
  int early = waitpid(second, NULL, WNOHANG) != 0;
  kill(second, SIGKILL);
  waitpid(second, NULL, 0);
  if (early) printf("not ok %s: race: the other process ended early\n", getenv("CASE"));
  for (int i = 1; i < kPlaces; i++) rename(kPlace[i], kPlace[0]);
  return 0;
}
