/* stalled PORT COUNT: so many connections to this machine that send half a request and nothing more; prints `stalled`, and `closed` when the last has ended. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static const char kHalf[] = "GET /metrics HTTP/1.1\r\nHost: ";

int main(int argc, char** argv) {
  int count = argc == 3 ? atoi(argv[2]) : 0, ends[1024];
  if (count < 1 || count > 1024) return 64;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < count; ++i) {
    ends[i] = socket(AF_INET, SOCK_STREAM, 0);
    if (ends[i] < 0 || connect(ends[i], (struct sockaddr*)&address, sizeof address)) {
      perror("connect");
      return 1;
    }
    (void)!send(ends[i], kHalf, sizeof kHalf - 1, MSG_NOSIGNAL);
  }
  puts("stalled");
  fflush(stdout);
  char bytes[64];
  for (int i = 0; i < count; ++i)
    while (read(ends[i], bytes, sizeof bytes) > 0) {
    }
  puts("closed");
  return 0;
}
