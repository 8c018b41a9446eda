/* Calls on tasks and credentials. prctl comes first: every later `at` is one too. */
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>

#include "calls.h"

static void prctlCall(void) {
  at("prctl");
  prctl(PR_GET_DUMPABLE);
}

static void cloned(void) {
  at("clone");
  pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, NULL, 0);
}

static void processGroups(void) {
  at("getpgid");
  getpgid(getppid());
  at("getsid");
  getsid(getppid());
  at("setpgid");
  setpgid(0, 0);
}

static void priorities(void) {
  at("setpriority");
  setpriority(PRIO_PROCESS, 0, 1);
  at("ioprio_set");
  syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 4);
  at("ioprio_get");
  syscall(SYS_ioprio_get, 1, getppid());
  at("sched_setscheduler");
  struct sched_param parameters = {0};
  sched_setscheduler(0, SCHED_BATCH, &parameters);
  at("sched_getscheduler");
  sched_getscheduler(0);
}

static void limits(void) {
  struct rlimit limit = {64, 64};
  at("prlimit64");
  prlimit(getppid(), RLIMIT_CORE, NULL, &limit);
  at("setrlimit");
  syscall(SYS_setrlimit, RLIMIT_CORE, &limit);
}

static void signals(void) {
  at("kill");
  kill(getppid(), 0);
}

static void traced(void) {
  pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  char here[8], there[8];
  struct iovec local = {here, sizeof(here)}, remote = {there, sizeof(there)};
  at("process_vm_readv");
  process_vm_readv(child, &local, 1, &remote, 1, 0);
  at("move_pages");
  syscall(SYS_move_pages, child, 0, NULL, NULL, NULL, 0);
  at("ptrace");
  ptrace(PTRACE_ATTACH, child, NULL, NULL);
  at("kill");
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
}

static void traceMe(void) {
  at("ptrace");
  ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static void capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  at("capget");
  syscall(SYS_capget, &header, data);
  at("capset");
  syscall(SYS_capset, &header, data);
}

static void identities(void) {
  gid_t group = 7;
  at("setgroups");
  setgroups(1, &group);
  at("setgid");
  setgid(7);
  at("setuid");
  setuid(7);
}

static void exec(void) {
  /* The new program's name is its file's: the call keeps its name to the end. */
  char *const arguments[] = {"true", NULL}, *const environment[] = {NULL};
  if (symlink("/bin/busybox", "/tmp/execve")) return;
  at("execve");
  execve("/tmp/execve", arguments, environment);
}

static void namespaces(void) {
  at("unshare");
  unshare(CLONE_NEWUSER);
}

static void procFolder(void) {
  at("openat");
  close(open("/proc/self/status", O_RDONLY));
}

RUN_GROUPS(prctlCall, cloned, processGroups, priorities, limits, signals, traced, traceMe, capabilities, identities, exec, namespaces,
           procFolder)
