/* Linked in place of what pairs.c calls: says each file that is opened or looked up. */
#include <stdio.h>
#include <sys/stat.h>

int __real_open(const char* path, int flags);
int __wrap_open(const char* path, int flags) {
  if (path[0] != '/') printf("open %s\n", path);
  return __real_open(path, flags);
}

int __real_stat(const char* path, struct stat* found);
int __wrap_stat(const char* path, struct stat* found) {
  printf("stat %s\n", path);
  return __real_stat(path, found);
}
