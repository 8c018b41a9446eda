/* opens FILE COUNT [PROCESSES]: so many processes at once, on one processor after the other, open FILE COUNT times each. Says
 * how many opens worked and how many were refused. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void openAll(const char* path, int count, int* opened) {
  for (int i = 0; i < count; i++) {
    int file = open(path, O_RDONLY);
    if (file < 0) continue;
    __sync_fetch_and_add(opened, 1);
    close(file);
  }
}

static void standOn(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor % sysconf(_SC_NPROCESSORS_ONLN), &set);
  sched_setaffinity(0, sizeof set, &set);
}

int main(int argc, char** argv) {
  int count = atoi(argv[2]), processes = argc > 3 ? atoi(argv[3]) : 1;
  int* opened = mmap(NULL, sizeof *opened, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (opened == MAP_FAILED) return 1;
  for (int i = 0; i < processes; i++)
    if (fork() == 0) {
      standOn(i);
      openAll(argv[1], count, opened);
      _exit(0);
    }
  while (wait(NULL) > 0) continue;
  printf("opened %d refused %d\n", *opened, count * processes - *opened);
  return 0;
}
