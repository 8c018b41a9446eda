/* Kills a command at one of its system calls, or lets one fail. Usage:
 *   tracer list|list-reads COMMAND…            a line for each call: POINT PROCESS may-fail|other CALL
 *   tracer kill POINT COMMAND…                 SIGKILL for COMMAND at that point; processes that it started go on
 *   tracer fail|failing POINT ERROR COMMAND…   the call there fails with ERROR and does nothing (but close, which does what it should); `failing`: so do all of its kind behind it
 * POINT: CALL.STOP. Calls are numbered over all processes from the exec on, read(2) aside; stop 0 is before the call, 1 behind it, then two for each read that
 * the same process makes before its next call. Only COMMAND's own calls fail. Exit: 9 where it was killed, else COMMAND's status; 125: it did not end; 126: a tracer's fault.
 * What COMMAND says is in the file `said`. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/vm/trace/call.h"
#include "test/vm/trace/start.h"

enum mode { LIST, LIST_READS, KILL, FAIL, FAILING, LET_GO, MODES };
static const char* const kModes[] = {"list", "list-reads", "kill", "fail", "failing"};
enum { kProcesses = 64, kSeconds = 60, kKilled = 9, kHangs = 125, kBroken = 126 };

static struct process {
  pid_t pid;
  long call, stop;
  int everywhere, gone; /* stops at reads and behind calls, too; has left the command's session */
  int error;            /* what the call that it is in will fail with */
} processes[kProcesses];

static struct plan {
  enum mode mode;
  long call, stop;
  int error;
  struct call failed; /* once it is done */
} plan;
static long calls;
static int counting, done, exit_code = kBroken;

static void broken(const char* what) {
  fprintf(stderr, "tracer: %s: %s\n", what, strerror(errno));
  exit(kBroken);
}

static struct process* process_of(pid_t pid) {
  for (struct process* one = processes; one < processes + kProcesses; one++) {
    if (!one->pid) one->pid = pid;
    if (one->pid == pid) return one;
  }
  broken("too many processes");
  return NULL;
}

static int is_command(const struct process* one) { return one == processes; }

static int reads_fail(void) { return plan.mode == FAILING && done && plan.failed.number == SYS_read; }

static void tell(const struct process* at, const struct call* call, const char* what) {
  printf("%s %ld.%ld %ld %s\n", what, at->call, at->stop, (long)(at - processes), text_of(at->pid, call));
  fflush(stdout);
}

static void take_away(struct process* at, const struct call* call) {
  struct user_regs_struct registers;
  if (!done) tell(at, call, strerrorname_np(plan.error));
  ptrace(PTRACE_GETREGS, at->pid, 0, &registers);
  plan.failed = *call;
  at->everywhere = 1;
  at->error = plan.error;
  if (call->number == SYS_brk) /* it knows no errors: the end stays where it is and is returned, as brk(0) does */
    registers.rdi = 0;
  else if (call->number != SYS_close) /* whose descriptor is gone, whatever it returns */
    registers.orig_rax = (unsigned long long)-1;
  ptrace(PTRACE_SETREGS, at->pid, 0, &registers);
}

/* Another run may have a call less there than the one that was listed: then the next one takes its place. */
static int is_there(const struct process* at) {
  return !done && (at->call > plan.call || (at->call == plan.call && at->stop >= plan.stop));
}

static void act(struct process* at, const struct call* call, int before) {
  int list = plan.mode == LIST || plan.mode == LIST_READS;
  if (!counting || at->gone || plan.mode == LET_GO) return;
  if (list && before)
    printf("%ld.%ld %ld %s %s\n", at->call, at->stop, (long)(at - processes), can_fail(call) ? "may-fail" : "other",
           text_of(at->pid, call));
  if (at->call == plan.call) at->everywhere = 1;
  if (plan.mode == KILL && is_there(at)) {
    tell(at, call, before ? "before" : "behind");
    kill(processes[0].pid, SIGKILL);
    done = 1;
    exit_code = kKilled;
  } else if ((plan.mode == FAIL || plan.mode == FAILING) && before && is_command(at)) {
    if (is_there(at) || (plan.mode == FAILING && done && same_kind(&plan.failed, call))) {
      take_away(at, call);
      done = 1;
    }
  }
  at->gone = call->number == SYS_setsid;
}

static void at_end_of_call(struct process* at) {
  struct user_regs_struct registers;
  if (!at->error) return;
  ptrace(PTRACE_GETREGS, at->pid, 0, &registers);
  if (plan.failed.number == SYS_brk)
    registers.rdi = plan.failed.arguments[0];
  else
    registers.rax = (unsigned long long)-at->error;
  ptrace(PTRACE_SETREGS, at->pid, 0, &registers);
  at->error = 0;
  at->everywhere = reads_fail();
}

static void at_call(struct process* at) {
  struct __ptrace_syscall_info info;
  static struct call last[kProcesses];
  struct call* call = &last[at - processes];
  if (ptrace(PTRACE_GET_SYSCALL_INFO, at->pid, sizeof info, &info) <= 0) return; /* it was killed meanwhile */
  if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
    at->stop++;
    at_end_of_call(at);
    act(at, call, 0);
    return;
  }
  call->number = info.entry.nr;
  memcpy(call->arguments, info.entry.args, sizeof call->arguments);
  if (info.op == PTRACE_SYSCALL_INFO_SECCOMP) {
    at->call = counting && !at->gone ? ++calls : 0;
    at->stop = 0;
    at->everywhere = reads_fail();
  } else if (call->number == SYS_read) {
    at->stop++;
  } else {
    return; /* it stops once more for the filter */
  }
  act(at, call, 1);
}

/* One that tries again for ever. */
static void end_command(int signal) {
  (void)signal;
  if (plan.mode == LET_GO) return;
  kill(processes[0].pid, SIGKILL);
  exit_code = kHangs;
}

/* Where the command has ended it reports that and returns to let its processes go on; else at the end of the last. */
static void serve(void) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR;) {
    if (pid < 0) continue;
    struct process* at = process_of(pid);
    if (!WIFSTOPPED(status)) {
      if (!is_command(at)) continue;
      if (exit_code == kBroken) exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      return;
    }
    int event = status >> 16, signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_EXEC) counting = 1;
    if (event == PTRACE_EVENT_SECCOMP || signal == (SIGTRAP | 0x80)) at_call(at);
    if (event || signal == (SIGTRAP | 0x80) || signal == SIGTRAP || signal == SIGSTOP) signal = 0;
    ptrace(at->everywhere || plan.mode == LIST_READS ? PTRACE_SYSCALL : PTRACE_CONT, pid, 0, signal);
  }
}

static int error_of(const char* name) {
  for (int error = 1; error < 134; error++)
    if (strerrorname_np(error) && !strcmp(strerrorname_np(error), name)) return error;
  broken(name);
  return 0;
}

static char** plan_of(char** words) {
  while (plan.mode < LET_GO && strcmp(words[0], kModes[plan.mode])) plan.mode++;
  if (plan.mode == LET_GO) broken(words[0]);
  if (plan.mode <= LIST_READS) return words + 1;
  if (!words[1] || sscanf(words[1], "%ld.%ld", &plan.call, &plan.stop) != 2) broken("POINT");
  if (plan.mode == KILL) return words + 2;
  plan.error = words[2] ? error_of(words[2]) : 0;
  return words + 3;
}

/* A process whose tracer ends could make no call any more, so the tracer outlives the command, as a process that nobody waits for. */
int main(int count, char** words) {
  int result[2];
  unsigned char code = kBroken;
  if (count < 3) return kBroken;
  char** command = plan_of(words + 1);
  if (pipe(result) || !command[0]) broken("start");
  pid_t tracer = fork();
  if (tracer == 0) {
    close(result[0]);
    if ((processes[0].pid = start(command)) < 0) broken("start");
    signal(SIGALRM, end_command);
    alarm(kSeconds);
    ptrace(PTRACE_CONT, processes[0].pid, 0, 0);
    serve();
    code = (unsigned char)exit_code;
    fflush(NULL);
    for (int fd = 0; fd < 3; fd++) close(fd);
    (void)!write(result[1], &code, 1);
    close(result[1]);
    plan.mode = LET_GO;
    for (struct process* one = processes; one < processes + kProcesses; one++) one->everywhere = 0;
    serve();
    _exit(0);
  }
  close(result[1]);
  return read(result[0], &code, 1) == 1 ? code : kBroken;
}
