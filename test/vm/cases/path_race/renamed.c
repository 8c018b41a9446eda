/* One process opens two files deep below a folder that another renames to and fro: the forbidden one is always refused, the
 * other one opens unless a walk met a rename every time it was tried. */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

enum { kOpens = 180, kDepth = 60 };

static int folder(void) {
  char deep[1024] = "";
  if (chdir("/race") || mkdir("one", 0700) || chdir("one")) failed("/race", "chdir");
  for (int i = 0; i < kDepth; i++) {
    char name[16];
    snprintf(name, sizeof name, "below%d", i);
    if (mkdir(name, 0700) || chdir(name)) failed(name, "mkdir");
    strcat(strcat(deep, i ? "/" : ""), name);
  }
  if (mknod("secret", S_IFREG | 0600, 0)) failed("secret", "mknod"); /* an open would be refused */
  make("open");
  int fd = open(".", O_PATH);
  if (chdir("/")) failed("/", "chdir");
  printf("deep %s\n", deep);
  fflush(stdout);
  return fd;
}

static int refusals(int below, const char* file, int* other) {
  int refused = 0;
  for (int i = 0; i < kOpens; i++) {
    if (i % 10 == 0) usleep(1000); /* else all of them may fall between two renames */
    int fd = openat(below, file, O_RDONLY);
    if (fd >= 0)
      close(fd);
    else if (errno == EACCES)
      refused++;
    else
      ++*other;
  }
  return refused;
}

int main(void) {
  int below = folder(), other = 0;
  pid_t renamer = fork();
  if (renamer == 0) {
    for (;;)
      if (rename("/race/one", "/race/two") || rename("/race/two", "/race/one")) _exit(1);
  }
  begin("race");
  int secret = refusals(below, "secret", &other), open = refusals(below, "open", &other);
  end();
  int early = waitpid(renamer, NULL, WNOHANG) != 0;
  kill(renamer, SIGKILL);
  printf("%s %s: the forbidden file is refused %d times of %d\n", secret == kOpens ? "ok" : "not ok", getenv("CASE"), secret, kOpens);
  printf("%s %s: its neighbour is refused %d times of %d: no rename ended in time\n", open < kOpens / 10 ? "ok" : "not ok", getenv("CASE"),
         open, kOpens);
  printf("%s %s: no open ended otherwise, the folder moved all the time\n", other || early ? "not ok" : "ok", getenv("CASE"));
  return 0;
}
