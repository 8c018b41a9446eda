/* fileless ARGUMENT…: busybox with these arguments, executed from memory. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

extern char** environ;

int main(int count, char** arguments) {
  (void)count;
  int program = open("/bin/busybox", O_RDONLY), memory = memfd_create("program", MFD_CLOEXEC);
  if (program < 0 || memory < 0) return 126;
  while (sendfile(memory, program, NULL, 1 << 20) > 0) {}
  arguments[0] = "busybox";
  fexecve(memory, arguments, environ);
  return 127;
}
