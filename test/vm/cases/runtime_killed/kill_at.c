/* kill_at N COMMAND…: runs COMMAND and kills it (SIGKILL) before its Nth system call that changes what is in the kernel.
 * Exit 0: it ended before. Exit 9: it was killed. Its output goes nowhere. */
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static const int watched[] = {SYS_bpf, SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_unlinkat, SYS_fork, SYS_clone};

/* Only these stop the tracee: it reads its kernel's types in thousands of reads. */
static void stop_at_watched(void) {
  struct sock_filter code[2 + 2 * 7 + 1] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)}};
  int n = 1;
  for (int i = 0; i < 7; i++) {
    code[n++] = (struct sock_filter){BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (unsigned)watched[i]};
    code[n++] = (struct sock_filter){BPF_RET | BPF_K, 0, 0, SECCOMP_RET_TRACE};
  }
  code[n++] = (struct sock_filter){BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
  struct sock_fprog program = {(unsigned short)n, code};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* Of bpf(2): map update, pin, raw tracepoint open (5.10 attaches by it), freeze, link create. */
static int changes(pid_t child) {
  struct user_regs_struct registers;
  ptrace(PTRACE_GETREGS, child, 0, &registers);
  unsigned long command = registers.rdi;
  return registers.orig_rax != SYS_bpf || command == 2 || command == 6 || command == 17 || command == 22 || command == 28;
}

int main(int argc, char** argv) {
  int left = atoi(argv[1]), status;
  pid_t child = fork();
  if (child == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1), dup2(null, 2);
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    stop_at_watched();
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  ptrace(PTRACE_CONT, child, 0, 0);
  for (pid_t who; (who = waitpid(-1, &status, __WALL)) > 0;) {
    if (who == child && !WIFSTOPPED(status)) return 0;
    if (!WIFSTOPPED(status)) continue;
    int stop = status >> 8, signal = WSTOPSIG(status);
    if (who == child && stop == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8) && changes(child) && --left == 0) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return 9;
    }
    ptrace(PTRACE_CONT, who, 0, signal == SIGTRAP || signal == SIGSTOP ? 0 : signal);
  }
  return 1;
}
