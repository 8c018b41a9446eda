/* hold FOLDER: takes the lock on it, prints `held` and keeps it until it is killed: a command that is at work for long. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

int main(int argc, char** argv) {
  int folder = argc == 2 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;
  if (folder < 0 || flock(folder, LOCK_EX)) {
    perror("hold");
    return 1;
  }
  puts("held");
  fflush(stdout);
  for (;;) pause();
}
