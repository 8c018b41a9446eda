/* numbers < ANSWERS: makes each call of many_numbers.py as its user and compares how it ends. What the kernel itself says of an address counts as `ok`: no rule
 * says the same. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const int own[] = {ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EINVAL, EACCES};

static const char *ended(long result) {
  for (unsigned i = 0; result < 0 && i < sizeof own / sizeof *own; i++)
    if (errno == own[i]) return "ok";
  return result < 0 ? strerrorname_np(errno) : "ok";
}

static const char *connected(const char *address, int port) {
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  int is_v4 = inet_pton(AF_INET, address, &v4.sin_addr) == 1;
  if (!is_v4 && inet_pton(AF_INET6, address, &v6.sin6_addr) != 1) return "no address";
  int file = socket(is_v4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0);
  if (file < 0) return "no socket";
  const char *how = ended(is_v4 ? connect(file, (struct sockaddr *)&v4, sizeof v4) : connect(file, (struct sockaddr *)&v6, sizeof v6));
  close(file);
  return how;
}

static const char *opened(const char *path) {
  int file = open(path, O_RDONLY);
  if (file >= 0) close(file);
  return ended(file);
}

int main(void) {
  static char line[512], answer[32], call[32], object[256];
  int all = 0, denied = 0, wrong = 0, uid, port;
  while (fgets(line, sizeof line, stdin)) {
    int words = sscanf(line, "%31s %31s %d %255s %d", answer, call, &uid, object, &port);
    if (words < 4 || setresuid(uid, 0, 0)) return 2;
    const char *got = words == 5 ? connected(object, port) : opened(object);
    if (setresuid(0, 0, 0)) return 2;
    all++;
    denied += strcmp(got, "ok") != 0;
    if (strcmp(got, answer) && wrong++ < 10) printf("# %s, not as in: %s", got, line);
  }
  printf("%d calls, %d denied, %d wrong\n", all, denied, wrong);
  return wrong != 0;
}
