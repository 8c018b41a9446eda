#include "test/vm/trace/start.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if !defined(__x86_64__)
#error "the registers and the numbers of system calls here are those of x86-64"
#endif

/* Number -1 is a call that the tracer has taken away. */
static int stop_at_calls(void) {
  struct sock_filter code[] = {
      {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)},
      {BPF_JMP | BPF_JEQ | BPF_K, 2, 0, SYS_read},
      {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, (unsigned)-1},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_TRACE},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

pid_t start(char** command) {
  int status;
  pid_t child = fork();
  if (child == 0) {
    int said = open("said", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (dup2(null, 0) < 0 || dup2(said, 1) < 0 || dup2(said, 2) < 0 || ptrace(PTRACE_TRACEME, 0, 0, 0)) _exit(127);
    raise(SIGSTOP);
    if (!stop_at_calls()) execvp(command[0], command);
    _exit(127);
  }
  if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return -1;
  const long follow = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
  if (ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | follow)) return -1;
  return child;
}
