/* many FILE N: opens FILE N times; failures are of no interest. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char** argv) {
  for (int i = 0; i < atoi(argv[2]); i++) {
    int file = open(argv[1], O_RDONLY);
    if (file >= 0) close(file);
  }
  return 0;
}
