/* manager SOCKET: takes what services tell their manager there and prints it. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char** argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
  int end = socket(AF_UNIX, SOCK_DGRAM, 0);
  if (bind(end, (struct sockaddr*)&address, sizeof address)) return 1;
  char text[1024];
  for (ssize_t size; (size = recv(end, text, sizeof text - 1, 0)) >= 0;) {
    printf("%.*s", (int)size, text);
    fflush(stdout);
  }
  return 0;
}
