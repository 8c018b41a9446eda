/* Prints 1 for each hook of the policy that is in force, 0 for one that is not: task_kill, socket_create. */
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  signal(50, SIG_IGN);
  int killed = kill(getpid(), 50), made = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  printf("%d%d\n", killed != 0, made < 0);
  return 0;
}
