/* dpath COMMAND…: runs it with dpath.bpf.o attached; then a line `dpath THREAD {"path":…}` for each open that was seen. */
#include <bpf/libbpf.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

struct seen {
  char thread[16];
  long length;
  char path[4096];
};

static int show(void* context, void* data, size_t size) {
  const struct seen* seen = data;
  (void)context;
  (void)size;
  printf("dpath %s ", seen->thread);
  if (seen->length < 0) {
    printf("error %ld\n", seen->length);
    return 0;
  }
  printf("{\"path\":");
  writeText(seen->path);
  printf("}\n");
  return 0;
}

int main(int count, char** arguments) {
  struct bpf_object* object = bpf_object__open_file("dpath.bpf.o", NULL);
  if (count < 2 || !object || bpf_object__load(object)) return failed("dpath.bpf.o", "load"), 1;
  struct bpf_program* program = bpf_object__next_program(object, NULL);
  struct ring_buffer* ring = ring_buffer__new(bpf_object__find_map_fd_by_name(object, "paths"), show, NULL, NULL);
  if (!bpf_program__attach_lsm(program) || !ring) return failed("dpath.bpf.o", "attach"), 1;
  pid_t child = fork();
  if (child == 0) {
    execv(arguments[1], arguments + 1);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return ring_buffer__consume(ring) < 0 || status ? 1 : 0;
}
