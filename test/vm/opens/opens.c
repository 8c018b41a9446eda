/* opens FILE N: opens FILE N times and says how often it was denied (EPERM), and how often anything else came. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char** argv) {
  long denied = 0, other = 0, count = argc > 2 ? atol(argv[2]) : 0;
  for (long i = 0; i < count; i++) {
    int file = open(argv[1], O_RDONLY);
    if (file < 0 && errno == EPERM)
      denied++;
    else
      other++;
    if (file >= 0) close(file);
  }
  printf("denied %ld other %ld\n", denied, other);
  return 0;
}
