/* opens FILE STOP: opens FILE without pause until STOP exists; prints how often it tried and how often it could. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  long tried = 0, opened = 0;
  while (tried % 64 || access(argv[2], F_OK)) {
    int file = open(argv[1], O_RDONLY);
    tried++;
    if (file >= 0) opened++, close(file);
    else if (errno != EPERM) opened++;
  }
  printf("tried %s opened %ld\n", tried > 1000 ? "often" : "seldom", opened);
  return 0;
}
