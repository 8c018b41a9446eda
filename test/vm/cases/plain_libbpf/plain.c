/* plain OBJECT COMMAND…: loads and attaches an object with nothing but libbpf, runs COMMAND, lets go again. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct bpf_link* links[64];
static int count;

static int fail(const char* what) {
  perror(what);
  return 125;
}

static int attach(struct bpf_object* object) {
  struct bpf_program* program;
  bpf_object__for_each_program(program, object) {
    struct bpf_link* link = bpf_program__attach(program);
    if (!link) return 0;
    links[count++] = link;
  }
  return count;
}

/* Kernels before 5.11 cannot make task storage; whoever loads leaves its maps out, as libbpf's documentation says. */
static void leave_out(struct bpf_object* object, const char* map) {
  struct bpf_map* found = bpf_object__find_map_by_name(object, map);
  if (found) bpf_map__set_autocreate(found, 0);
}

int main(int argc, char** argv) {
  struct bpf_object* object = bpf_object__open(argv[1]);
  if (!object) return fail("open");
  if (!libbpf_probe_bpf_map_type(BPF_MAP_TYPE_TASK_STORAGE, NULL)) {
    leave_out(object, "lsmp_scratch");
    leave_out(object, "lsmp_scratch_next");
  }
  if (bpf_object__load(object)) return fail("load");
  if (!attach(object)) return fail("attach");
  pid_t child = fork();
  if (child == 0) return execvp(argv[2], argv + 2), 126;
  int status = 0;
  waitpid(child, &status, 0);
  while (count) bpf_link__destroy(links[--count]);
  bpf_object__close(object);
  return WEXITSTATUS(status);
}
