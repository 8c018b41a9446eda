/* Passages: what follows is done by a task or program that descends from this one, in every way that Linux has. */
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/vm/act/act.h"

extern int main(int, char**);

static void* goOn(void* words) { exit(main(0, words)); }

static void* goOnAs(void* words) { return gettid() == atoi(*(char**)words) ? goOn(words) : NULL; }

static void inThread(void* (*start)(void*), char** words) {
  pthread_t made;
  if (pthread_create(&made, NULL, start, words)) giveUp("start a thread");
  pthread_join(made, NULL);
}

/* Whoever has the id may be on the way out. */
static void threadWithId(char** words) {
  for (int attempt = 0; attempt < 20; attempt++) {
    pthread_t made;
    int before = lastId(atoi(*words) - 1);
    if (pthread_create(&made, NULL, goOnAs, words)) giveUp("start a thread");
    lastId(before);
    pthread_join(made, NULL);
    usleep(50000);
  }
  errno = EAGAIN;
  giveUp("get the tid");
}

static void become(char** words) {
  execv(words[0], words);
  giveUp("execute the program");
}

static void* becomeIn(void* words) {
  become(words);
  return NULL;
}

static void waitFor(int child) {
  int status = 0;
  waitpid(child, &status, __WALL);
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 3);
}

/* Memory and all shared with this process, which sleeps until the child ends or executes something. */
static int goOnShared(void* words) {
  int status = main(0, words);
  fflush(stdout);
  _exit(status);
}

static int becomeShared(void* words) {
  become(words);
  return 1;
}

static void inVfork(int (*start)(void*), char** words) {
  enum { kStack = 1 << 20 };
  char* stack = mmap(NULL, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  int child = stack == MAP_FAILED ? -1 : clone(start, stack + kStack, CLONE_VM | CLONE_VFORK | SIGCHLD, words);
  if (child < 0) giveUp("vfork");
  waitFor(child);
}

/* The caller goes on as a grandchild whose parent has ended, of a session of its own; the first process waits for it. */
static void asDaemon(void) {
  int done[2];
  char nothing;
  if (pipe(done)) giveUp("make a pipe");
  int child = fork();
  if (child > 0) {
    close(done[1]);
    waitpid(child, NULL, 0);
    _exit(read(done[0], &nothing, 1) == 0 ? 0 : 3);
  }
  int middle = getpid();
  if (child < 0 || setsid() < 0) giveUp("start a session");
  child = fork();
  if (child) _exit(child < 0);
  while (getppid() == middle) usleep(1000);
}

static void by(char** words) {
  if (!strcmp(*words, "fork")) continueInChild(0);
  if (!strcmp(*words, "grandchild")) continueInChild(0), continueInChild(0);
  if (!strcmp(*words, "daemon")) asDaemon();
  if (!strcmp(*words, "thread")) inThread(goOn, words);
  if (!strcmp(*words, "vfork")) inVfork(goOnShared, words);
}

static long clone3(struct clone_args* arguments) {
  arguments->exit_signal = SIGCHLD;
  return syscall(SYS_clone3, arguments, sizeof *arguments);
}

/* FLAG+FLAG…: a child in new namespaces. */
static void inClone(char** words) {
  static const struct {
    const char* name;
    uint64_t flag;
  } known[] = {{"mnt", CLONE_NEWNS}, {"pid", CLONE_NEWPID}, {"user", CLONE_NEWUSER}, {"cgroup", CLONE_NEWCGROUP}, {"ipc", CLONE_NEWIPC}};
  struct clone_args arguments = {0};
  for (char* name = strtok(strdup(*words), "+"); name; name = strtok(NULL, "+"))
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
      if (!strcmp(known[i].name, name)) arguments.flags |= known[i].flag;
  fflush(stdout);
  long child = clone3(&arguments);
  if (child < 0) giveUp("clone");
  if (child) waitFor(child);
}

/* The folder of a cgroup, which the child is born in. */
static void intoCgroup(char** words) {
  int folder = open(*words, O_PATH | O_DIRECTORY);
  struct clone_args arguments = {.flags = CLONE_INTO_CGROUP, .cgroup = folder};
  if (folder < 0) giveUp("open the cgroup");
  fflush(stdout);
  long child = clone3(&arguments);
  if (child < 0) giveUp("clone into the cgroup");
  if (child) waitFor(child);
}

static void threadBecomes(char** words) { inThread(becomeIn, words); }
static void vforkBecomes(char** words) { inVfork(becomeShared, words); }

/* by=HOW: another task; exec=PROGRAM: another program (a copy of this one), also by a second thread or by vfork and exec. */
const struct passage descent_passages[] = {{"by=", by},
                                           {"thread=", threadWithId},
                                           {"clone=", inClone},
                                           {"into=", intoCgroup},
                                           {"exec=", become},
                                           {"thread-exec=", threadBecomes},
                                           {"vfork-exec=", vforkBecomes},
                                           {0}};
