/* More tasks than processors open files of different folders at the same time, one of them the forbidden one. */
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

enum { kTasks = 6, kOpens = 1500 };

/* How many of its opens ended otherwise than they should. */
static int opens(int task) {
  char path[256], *at = path + sprintf(path, "/many");
  for (int i = 0; task && i < task * 5; i++) {
    at += sprintf(at, "/d%d", task);
    mkdir(path, 0700);
  }
  sprintf(at, task ? "/allowed" : "/forbidden");
  int wrong = 0;
  for (int i = 0; i < kOpens; i++) {
    int fd = open(path, O_RDONLY | O_CREAT, 0600);
    if (fd >= 0) close(fd);
    wrong += task ? fd < 0 : fd >= 0 || errno != EACCES;
  }
  return wrong < 255 ? wrong : 255;
}

int main(void) {
  mkdir("/many", 0700);
  pid_t tasks[kTasks];
  for (int i = 0; i < kTasks; i++)
    if ((tasks[i] = fork()) == 0) _exit(opens(i));
  for (int i = 0; i < kTasks; i++) {
    int status = 0;
    waitpid(tasks[i], &status, 0);
    printf("%s %s: of the %s task's opens %d end wrong\n", status ? "not ok" : "ok", getenv("CASE"), i ? "allowed" : "forbidden",
           WEXITSTATUS(status));
  }
  return 0;
}
