/* Calls on other tasks. The target is a child of this process: PID (0: any) and its name. */
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/vm/act/act.h"

static long sendSignal(char** words) {
  struct child child = startChild(atoi(words[0]), words[1]);
  long result = kill(child.pid, atoi(words[2]));
  endChild(child);
  return result;
}

static long signalSelf(char** words) { return kill(getpid(), atoi(words[0])); }

/* The signal goes to the process by the id of its second thread. */
static long signalThread(char** words) {
  struct child child = startChild(0, words[0]);
  long result = kill(child.thread, atoi(words[1]));
  endChild(child);
  return result;
}

static long seize(char** words) {
  struct child child = startChild(atoi(words[0]), words[1]);
  long result = ptrace(PTRACE_SEIZE, child.pid, NULL, NULL);
  endChild(child);
  return result;
}

/* UID: that of the child. */
static long signalUser(char** words) {
  int child = fork();
  if (child == 0) {
    if (setuid(atoi(words[0])) || raise(SIGSTOP)) _exit(1);
  }
  if (waitpid(child, NULL, WUNTRACED) != child) giveUp("start the child");
  long result = kill(child, 0);
  endChild((struct child){child, 0});
  return result;
}

static long nextMap(char** words) {
  union bpf_attr attributes = {.start_id = 0};
  (void)words;
  return syscall(SYS_bpf, BPF_MAP_GET_NEXT_ID, &attributes, sizeof attributes);
}

static long nextProgram(char** words) {
  union bpf_attr attributes = {.start_id = 0};
  (void)words;
  return syscall(SYS_bpf, BPF_PROG_GET_NEXT_ID, &attributes, sizeof attributes);
}

/* TYPE DESCRIPTION */
static long addKey(char** words) { return syscall(SYS_add_key, words[0], words[1], "x", 1, KEY_SPEC_PROCESS_KEYRING); }

static long makeUserNamespace(char** words) {
  (void)words;
  return unshare(CLONE_NEWUSER);
}

const struct call task_calls[] = {{"killuser", 1, signalUser},
                                  {"bpfmap", 0, nextMap},
                                  {"bpfnext", 0, nextProgram},
                                  {"addkey", 2, addKey},
                                  {"userns", 0, makeUserNamespace},
                                  {"kill", 3, sendSignal},
                                  {"killself", 1, signalSelf},
                                  {"killthread", 2, signalThread},
                                  {"ptrace", 2, seize},
                                  {0}};
