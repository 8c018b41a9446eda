/* fill HOOK: attaches programs that permit everything to HOOK until the kernel takes no more, says so, and waits. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char** argv) {
  struct bpf_insn permit[] = {{.code = 0xb7}, {.code = 0x95}};
  int id = libbpf_find_vmlinux_btf_id(argv[1], BPF_LSM_MAC), count = 0;
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_LSM_MAC, .attach_btf_id = id);
  for (;; count++) {
    int program = bpf_prog_load(BPF_PROG_TYPE_LSM, "fill", "GPL", permit, 2, &options);
    if (program < 0 || bpf_raw_tracepoint_open(NULL, program) < 0) break;
  }
  printf("%s after %d\n", errno == E2BIG ? "full" : "failed", count);
  fflush(stdout);
  pause();
}
