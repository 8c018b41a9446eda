/* Every folder above a file is renamed all the time, one at a time: at any moment at most one of them begins with `p`, all others with `o`. A walk that took
 * one name before a rename and another after one would see two, a path that never was. Opens until so many walks have come to an end.
 * Usage: torn TOP WALKS FOLDERS LENGTH MOUNTED SPIN REST. LENGTH: of a name. MOUNTED: the folder that a filesystem is mounted on, which keeps its name; none:
 * FOLDERS. SPIN: turns between renames, at most. REST: microseconds after each hundred renames, in which answers are kept. */
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

enum { kMost = 64, kBurst = 100 };

static struct shared { volatile long renames, of[kMost]; } * shared;
static int folders, length, mounted, parents[kMost];
static unsigned state = 1;

static unsigned chance(unsigned below) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

static const char* name(char mark, int folder) {
  static char text[2][256];
  char* to = text[mark == 'p'];
  memset(to, 'b', length);
  to[snprintf(to, length, "%c%d", mark, folder)] = 'b';
  to[length] = 0;
  return to;
}

static int enter(int folder) {
  const char* own = name('o', folder);
  parents[folder] = open(".", O_PATH);
  return mkdir(own, 0700) || (folder == mounted && mount("none", own, "tmpfs", 0, NULL)) || chdir(own);
}

static void moved(int folder, char from, char to) {
  char before[256];
  strcpy(before, name(from, folder));
  if (renameat(parents[folder], before, parents[folder], name(to, folder))) _exit(1);
  shared->renames++;
}

static void renames(unsigned spin, unsigned rest) {
  for (long turn = 1;; turn++) {
    int folder = (int)chance(folders);
    if (folder == mounted) continue;
    moved(folder, 'o', 'p');
    moved(folder, 'p', 'o');
    shared->of[folder] += 2;
    for (volatile unsigned i = spin ? chance(spin) : 0; i; i--) {
    }
    if (rest && turn % (kBurst / 2) == 0) usleep(rest);
  }
}

static long least(void) {
  long found = -1;
  for (int i = 0; i < folders; i++)
    if (i != mounted && (found < 0 || shared->of[i] < found)) found = shared->of[i];
  return found;
}

static struct counts { long opens, during, marked, torn, unquiet, other; } counts;

static void open_once(int below) {
  long before = shared->renames;
  int fd = openat(below, "file", O_RDONLY), error = fd < 0 ? errno : 0;
  counts.during += shared->renames != before;
  if (fd >= 0) close(fd);
  counts.opens++;
  counts.marked += error == EACCES;
  counts.torn += error == EIO;
  counts.unquiet += error == EAGAIN;
  counts.other += error && error != EACCES && error != EIO && error != EAGAIN;
}

static void say(int good, const char* what, long number) {
  printf("%s %s: %ld %s\n", good ? "ok" : "not ok", getenv("CASE"), number, what);
}

int main(int count, char** arguments) {
  if (count != 8) return 64;
  long walks = atol(arguments[2]);
  folders = atoi(arguments[3]), length = atoi(arguments[4]), mounted = atoi(arguments[5]);
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (mkdir(arguments[1], 0700) || chdir(arguments[1])) return 1;
  for (int i = 0; i < folders; i++)
    if (enter(i)) return 1;
  make("file");
  int below = open(".", O_PATH);
  pid_t renamer = fork();
  if (renamer == 0) renames(atoi(arguments[6]), atoi(arguments[7]));
  while (counts.opens - counts.unquiet < walks && counts.opens < 2 * walks) open_once(below);
  int early = waitpid(renamer, NULL, WNOHANG) != 0;
  kill(renamer, SIGKILL);
  waitpid(renamer, NULL, 0);
  if (mounted < folders && (fchdir(parents[mounted]) || umount2(name('o', mounted), MNT_DETACH))) return 1;
  printf(
      "# %d folders, mounted %d, rest %s: %ld opens, %ld met renames whenever a walk was tried, %ld walks came to an end; renames during "
      "%ld; one mark seen by %ld\n",
      folders, mounted, arguments[7], counts.opens, counts.unquiet, counts.opens - counts.unquiet, counts.during, counts.marked);
  printf("# %ld renames, %ld of each folder at least\n", shared->renames, least());
  say(!counts.torn, "walks see a path that never was", counts.torn);
  say(counts.marked > 0, "see a folder that is renamed", counts.marked);
  say(counts.unquiet < counts.opens / 10, "met renames whenever a walk was tried", counts.unquiet);
  say(!early && !counts.other && least() > 0, "opens ended otherwise; every folder moved all the time", counts.other);
  return 0;
}
