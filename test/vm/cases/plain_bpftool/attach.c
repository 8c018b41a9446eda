/* attach PROGRAM LINK: attaches the pinned LSM program PROGRAM and pins the link. */
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(int command, union bpf_attr* attributes) {
  int result = (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
  if (result < 0) perror("bpf");
  return result;
}

int main(int argc, char** argv) {
  union bpf_attr get = {.pathname = (uint64_t)(uintptr_t)argv[1]};
  int program = bpf(BPF_OBJ_GET, &get);
  union bpf_attr attach = {.raw_tracepoint.prog_fd = (uint32_t)program};
  int link = program < 0 ? -1 : bpf(BPF_RAW_TRACEPOINT_OPEN, &attach);
  union bpf_attr pin = {.pathname = (uint64_t)(uintptr_t)argv[2], .bpf_fd = (uint32_t)link};
  return link < 0 || bpf(BPF_OBJ_PIN, &pin) < 0;
}
