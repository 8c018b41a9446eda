/* kill_at N COMMAND…: runs COMMAND and kills it (SIGKILL) before its Nth system call that changes what is in the kernel.
 * Exit 0: it ended before. Exit 9: it was killed. Its output goes nowhere. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/* bpf(2): map update, pin, raw tracepoint open (5.10 attaches by it), freeze, link create. */
static int changes(const struct user_regs_struct *registers) {
  switch (registers->orig_rax) {
    case SYS_bpf: return registers->rdi == 2 || registers->rdi == 6 || registers->rdi == 17 || registers->rdi == 22 || registers->rdi == 28;
    case SYS_mkdir: case SYS_rmdir: case SYS_unlink: case SYS_unlinkat: case SYS_fork: case SYS_clone: return 1;
  }
  return 0;
}

int main(int argc, char **argv) {
  int left = atoi(argv[1]), status, entry = 1;
  pid_t child = fork();
  if (child == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1), dup2(null, 2);
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  for (int signal = 0;;) {
    ptrace(PTRACE_SYSCALL, child, 0, signal);
    if (waitpid(child, &status, 0) != child || WIFEXITED(status) || WIFSIGNALED(status)) return 0;
    signal = 0;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
      if (WSTOPSIG(status) != SIGTRAP) signal = WSTOPSIG(status);
      continue;
    }
    struct user_regs_struct registers;
    ptrace(PTRACE_GETREGS, child, 0, &registers);
    if (entry && changes(&registers) && --left == 0) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return 9;
    }
    entry = !entry;
  }
}
