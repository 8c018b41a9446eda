/* A folder above a file, and one far above that, are renamed all the time, in an order in which one is never `1` while the other is `y`, nor `2`
 * with `x`: a walk that took one name before and the other after would see them. Usage: torn FOLDER OPENS */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

enum { kBetween = 10, kName = 200 }; /* the longer between, the more falls there */

static int enter(const char* name) { return mkdir(name, 0700) || chdir(name); }

/* Ends in the folder that holds `x`. */
static int folders(const char* top) {
  char name[kName + 1] = "";
  memset(name, 'b', kName);
  if (enter(top) || enter("1")) return 1;
  for (int i = 0; i < kBetween; i++)
    if (enter(name)) return 1;
  return mkdir("x", 0700);
}

static void renames(int above, int low) {
  for (;;)
    if (renameat(above, "1", above, "0") || renameat(low, "x", low, "y") || renameat(above, "0", above, "2") || renameat(above, "2", above, "0") ||
        renameat(low, "y", low, "x") || renameat(above, "0", above, "1"))
      _exit(1);
}

int main(int count, char** arguments) {
  long opens = count == 3 ? atol(arguments[2]) : 0, torn = 0, unquiet = 0, other = 0;
  if (!opens || folders(arguments[1])) {
    failed("folders", "mkdir");
    return 1;
  }
  make("x/file");
  int above = open(arguments[1], O_PATH), low = open(".", O_PATH), below = open("x", O_PATH);
  pid_t renamer = fork();
  if (renamer == 0) renames(above, low);
  for (long i = 0; i < opens; i++) {
    int fd = openat(below, "file", O_RDONLY);
    if (fd >= 0) {
      close(fd);
    } else if (errno == EIO) {
      torn++;
    } else if (errno == EAGAIN) {
      unquiet++;
    } else {
      other++;
    }
  }
  int early = waitpid(renamer, NULL, WNOHANG) != 0;
  kill(renamer, SIGKILL);
  waitpid(renamer, NULL, 0);
  printf("%s %s: %s: a path that never was is seen %ld times\n", torn ? "not ok" : "ok", getenv("CASE"), arguments[1], torn);
  printf("%s %s: %s: of %ld opens %ld met renames whenever a walk was tried\n", unquiet < opens / 10 ? "ok" : "not ok", getenv("CASE"), arguments[1],
         opens, unquiet);
  printf("%s %s: %s: no open ended otherwise, the folders moved all the time\n", early || other ? "not ok" : "ok", getenv("CASE"), arguments[1]);
  return 0;
}
