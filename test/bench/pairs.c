/* pairs ROUNDS PATH…: what open and close of these files, one after the other, take; nanoseconds a pair: in a guest that counts instructions those.
 * Prints the least of the rounds. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char** words) {
  int rounds = atoi(words[1]), paths = count - 2;
  long long least = -1;
  for (int round = 0; round < rounds; round++) {
    long long begin = now();
    for (int i = 0; i < paths; i++) {
      int file = open(words[i + 2], O_RDONLY);
      if (file < 0) return 1;
      close(file);
    }
    long long took = (now() - begin) / paths;
    if (least < 0 || took < least) least = took;
  }
  printf("%lld\n", least);
  return 0;
}
