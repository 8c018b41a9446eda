/* daemon PATH: takes datagrams at PATH and prints each, with a line `--` behind it. daemon PATH wait: takes none before SIGUSR1. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char** argv) {
  static char datagram[1 << 20];
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  int socket_fd = socket(AF_UNIX, SOCK_DGRAM, 0), signal_number;
  if (bind(socket_fd, (struct sockaddr*)&address, sizeof address)) return 1;
  if (argc > 2) sigwait(&signals, &signal_number);
  for (;;) {
    ssize_t size = recv(socket_fd, datagram, sizeof datagram, 0);
    if (size < 0) return 1;
    fwrite(datagram, 1, (size_t)size, stdout);
    printf("\n--\n");
    fflush(stdout);
  }
}
