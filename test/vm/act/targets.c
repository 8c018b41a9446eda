/* Setups that start another task, and calls on it; without one, on the task itself. */
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/vm/act/act.h"

enum { kOfProcess = 1, kBestEffort = 2 << 13 | 4 }; /* linux/ioprio.h */

static int target;

static void endTarget(void) { endChild((struct child){target, 0}); }

static void aimAt(int child) {
  target = child;
  if (child < 0 || atexit(endTarget)) giveUp("start the target");
}

static void withPid(const char* value) { aimAt(startChild(atoi(value), "target").pid); }
static void withName(const char* value) { aimAt(startChild(0, value).pid); }
static void withProgram(const char* value) { aimAt(startProgram(value)); }

static void withUser(const char* value) {
  int child = fork();
  if (child == 0) _exit(setuid(atoi(value)) || raise(SIGSTOP));
  if (waitpid(child, NULL, WUNTRACED) != child) giveUp("start the target");
  aimAt(child);
}

const struct setup target_setups[] = {
    {"target-pid=", withPid}, {"target-comm=", withName}, {"target-exe=", withProgram}, {"target-uid=", withUser}, {0}};

static int aimed(void) { return target ? target : getpid(); }

static long setNice(char** words) { return (void)words, setpriority(PRIO_PROCESS, aimed(), 0); }
static long setGroup(char** words) { return (void)words, setpgid(aimed(), aimed()); }
static long getGroup(char** words) { return (void)words, getpgid(aimed()); }
static long getSession(char** words) { return (void)words, getsid(aimed()); }
static long setPriority(char** words) { return (void)words, syscall(SYS_ioprio_set, kOfProcess, aimed(), kBestEffort); }
static long getPriority(char** words) { return (void)words, syscall(SYS_ioprio_get, kOfProcess, aimed()); }
static long getScheduler(char** words) { return (void)words, sched_getscheduler(aimed()); }
static long movePages(char** words) { return (void)words, syscall(SYS_move_pages, aimed(), 0, NULL, NULL, NULL, 0); }
static long trace(char** words) { return (void)words, ptrace(PTRACE_SEIZE, aimed(), NULL, NULL); }

static long setScheduler(char** words) {
  struct sched_param none = {0};
  (void)words;
  return sched_setscheduler(aimed(), SCHED_OTHER, &none);
}

static long setLimit(char** words) {
  struct rlimit limit = {64, 64};
  (void)words;
  return prlimit(aimed(), RLIMIT_NOFILE, &limit, NULL);
}

const struct call target_calls[] = {{"setnice", 0, setNice},           {"setpgid", 0, setGroup},           {"getpgid", 0, getGroup},
                                    {"getsid", 0, getSession},         {"setioprio", 0, setPriority},      {"getioprio", 0, getPriority},
                                    {"setscheduler", 0, setScheduler}, {"getscheduler", 0, getScheduler}, {"movepages", 0, movePages},
                                    {"setrlimit", 0, setLimit},        {"seize", 0, trace},                {0}};
