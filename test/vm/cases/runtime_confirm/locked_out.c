/* Loads OBJECT on trial and tries an exec again and again: whether it is forbidden, and permitted once the time is over. HOW: `kill` ends the loader by
 * a signal as soon as an exec is forbidden. Usage: locked_out TIME HOW OBJECT */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { kForbidden = 100, kSeconds = 60 };

static pid_t load(char** arguments) {
  pid_t child = fork();
  if (child) return child;
  if (!freopen("/dev/null", "w", stdout)) _exit(1);
  execlp("lsmpctl", "lsmpctl", "load", "--force", "--confirm-within", arguments[1], arguments[3], (char*)NULL);
  _exit(127);
}

static int forbidden(void) {
  int status;
  pid_t child = fork();
  if (child == 0) {
    execl("/bin/true", "true", (char*)NULL);
    _exit(errno == EACCES ? kForbidden : 0);
  }
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == kForbidden;
}

static int becomes(int wanted, time_t end) {
  while (time(NULL) < end) {
    if (forbidden() == wanted) return 1;
    usleep(50000);
  }
  return 0;
}

int main(int count, char** arguments) {
  if (count != 4) return 2;
  time_t end = time(NULL) + kSeconds;
  pid_t loader = load(arguments);
  if (!becomes(1, end)) return puts("not locked out"), 1;
  if (!strcmp(arguments[2], "kill")) kill(loader, SIGKILL);
  waitpid(loader, NULL, 0);
  time_t began = time(NULL);
  if (!becomes(0, end)) return puts("locked out"), 1;
  sleep(2); /* the pins go */
  puts(time(NULL) - began >= 3 ? "locked out, then free" : "free too early");
  return 0;
}
