/* terminal SIGNAL COMMAND…: runs it on a terminal of its own of 10 rows and 60 columns for 3 seconds, sends the signal, prints what came and its exit code. */
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static int number;
static void send(int unused) {
  (void)unused;
  kill(child, number);
}

int main(int argc, char** argv) {
  struct winsize size = {.ws_row = 10, .ws_col = 60};
  int terminal, status;
  number = argc > 2 ? atoi(argv[1]) : 0;
  child = forkpty(&terminal, NULL, NULL, &size);
  if (child < 0) {
    perror("forkpty");
    return 1;
  }
  if (!child) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  struct sigaction action = {.sa_handler = send, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &action, NULL);
  alarm(3);
  char bytes[4096];
  for (ssize_t got; (got = read(terminal, bytes, sizeof bytes)) > 0;) fwrite(bytes, 1, (size_t)got, stdout);
  waitpid(child, &status, 0);
  printf("\nexit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
