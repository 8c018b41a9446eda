/* hold PIN: opens what is pinned there and keeps it. */
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char** argv) {
  union bpf_attr get = {.pathname = (uint64_t)(uintptr_t)argv[1]};
  int held = (int)syscall(SYS_bpf, BPF_OBJ_GET, &get, sizeof get);
  printf("%s\n", held >= 0 ? "held" : "failed");
  fflush(stdout);
  return held >= 0 ? pause() : 1;
}
