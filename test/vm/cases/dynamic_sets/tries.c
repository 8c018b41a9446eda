/* tries UID FILE STOP: as that user opens FILE until STOP is there; how often it was permitted, and whether it was tried at all. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char** words) {
  if (count != 4) return 64;
  if (setresuid(atoi(words[1]), atoi(words[1]), atoi(words[1]))) return 2;
  unsigned long tried = 0, permitted = 0;
  for (; access(words[3], F_OK); ++tried) {
    int file = open(words[2], O_RDONLY);
    if (file < 0) continue;
    ++permitted;
    close(file);
  }
  printf("%lu permitted%s\n", permitted, tried < 100 ? ", hardly tried" : "");
  return 0;
}
