/* tries STOP: sends itself a signal that a policy forbids, again and again until STOP exists; prints how often it could. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char** argv) {
  long tried = 0, permitted = 0;
  signal(50, SIG_IGN);
  while (tried % 64 || access(argv[1], F_OK)) {
    if (++tried % 16 == 0) usleep(500); /* the loader needs the processor too */
    if (kill(getpid(), 50) == 0 || errno != EPERM) permitted++;
  }
  printf("tried %s permitted %ld\n", tried > 1000 ? "often" : "seldom", permitted);
  return 0;
}
