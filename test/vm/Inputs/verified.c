/* A line for each LSM program that is loaded: its name and how many instructions the verifier followed. */
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long call(int command, union bpf_attr* attributes) { return syscall(SYS_bpf, command, attributes, sizeof *attributes); }

int main(void) {
  for (unsigned id = 0;;) {
    union bpf_attr next = {.start_id = id};
    if (call(BPF_PROG_GET_NEXT_ID, &next)) return 0;
    id = next.next_id;
    union bpf_attr open = {.prog_id = id};
    int program = (int)call(BPF_PROG_GET_FD_BY_ID, &open);
    if (program < 0) continue;
    struct bpf_prog_info info;
    memset(&info, 0, sizeof info);
    union bpf_attr ask = {.info = {.bpf_fd = (unsigned)program, .info_len = sizeof info, .info = (unsigned long)&info}};
    if (!call(BPF_OBJ_GET_INFO_BY_FD, &ask) && info.type == BPF_PROG_TYPE_LSM) printf("%s %u\n", info.name, info.verified_insns);
    close(program);
  }
}
