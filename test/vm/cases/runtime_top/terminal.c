/* terminal STEP ARGUMENT… -- COMMAND…: runs it on a terminal of its own of 10 rows and 60 columns, takes the steps, prints all that came and the exit code.
   see TEXT: it comes, after what was seen before, within half a minute; type TEXT, enter TEXT (and a line end); size ROWSxCOLUMNS; signal NUMBER; run COMMAND: by a shell outside. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static int terminal;
static char came[1 << 20];
static size_t size, seen;

/* 0 at the end of all output, or where nothing comes for so long. */
static int more(void) {
  struct pollfd end = {.fd = terminal, .events = POLLIN};
  if (poll(&end, 1, 30000) <= 0) return 0;
  ssize_t got = read(terminal, came + size, sizeof came - 1 - size);
  if (got <= 0) return 0;
  fwrite(came + size, 1, (size_t)got, stdout);
  size += (size_t)got;
  came[size] = 0;
  return 1;
}

static int see(const char* text) {
  for (;;) {
    char* at = strstr(came + seen, text);
    if (at) {
      seen = (size_t)(at - came) + strlen(text);
      return 1;
    }
    if (!more()) return 0;
  }
}

static int step(const char* name, const char* argument) {
  struct winsize window = {0};
  if (!strcmp(name, "see")) return see(argument);
  if (!strcmp(name, "type")) return write(terminal, argument, strlen(argument)) > 0;
  if (!strcmp(name, "enter")) return write(terminal, argument, strlen(argument)) > 0 && write(terminal, "\n", 1) == 1;
  if (!strcmp(name, "signal")) return !kill(child, atoi(argument));
  if (!strcmp(name, "run")) return !system(argument);
  if (!strcmp(name, "size")) return sscanf(argument, "%hux%hu", &window.ws_row, &window.ws_col) == 2 && !ioctl(terminal, TIOCSWINSZ, &window);
  return 0;
}

int main(int argc, char** argv) {
  int at = 1, status;
  while (at < argc && strcmp(argv[at], "--")) ++at;
  if (at + 1 >= argc) return 64;
  struct winsize window = {.ws_row = 10, .ws_col = 60};
  child = forkpty(&terminal, NULL, NULL, &window);
  if (child < 0) {
    perror("forkpty");
    return 1;
  }
  if (!child) {
    execvp(argv[at + 1], argv + at + 1);
    _exit(127);
  }
  for (int i = 1; i + 1 < at; i += 2)
    if (!step(argv[i], argv[i + 1])) {
      printf("\nnot done: %s %s\n", argv[i], argv[i + 1]);
      kill(child, SIGKILL);
      break;
    }
  while (more()) {
  }
  waitpid(child, &status, 0);
  printf("\nexit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
