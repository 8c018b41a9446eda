/* The first process of a guest: init goes on in a child. At SIGUSR1 this one opens /d/first and leaves in /d/says what came of it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void openIt(void) {
  int file = open("/d/first", O_RDONLY);
  const char* result = file >= 0 ? "ok" : strerrorname_np(errno);
  int says = open("/d/says", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  dprintf(says, "%s\n", result);
  close(says);
  if (file >= 0) close(file);
}

int main(void) {
  sigset_t waited;
  sigemptyset(&waited);
  sigaddset(&waited, SIGUSR1);
  sigaddset(&waited, SIGCHLD);
  sigprocmask(SIG_BLOCK, &waited, NULL);
  if (fork() == 0) {
    sigprocmask(SIG_UNBLOCK, &waited, NULL);
    execl("/init", "/init", NULL);
    _exit(1);
  }
  for (int number; sigwait(&waited, &number) == 0;) {
    if (number == SIGUSR1) openIt();
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  }
  return 1;
}
