#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/vm/act/act.h"

int lastId(int last) {
  char text[16] = "";
  int before = 0, file = open("/proc/sys/kernel/ns_last_pid", O_RDWR);
  if (file < 0 || read(file, text, sizeof text - 1) <= 0) giveUp("read the last pid");
  before = atoi(text);
  int length = sprintf(text, "%d", last);
  if (pwrite(file, text, length, 0) != length) giveUp("choose the next pid");
  close(file);
  return before;
}

/* A fork whose child has that pid, if the pid is free. */
static int forkNext(int pid) {
  int before = pid ? lastId(pid - 1) : 0, child = fork();
  if (pid && child) lastId(before);
  return child;
}

static int forkAs(int pid) {
  for (int attempt = 0; attempt < 20; attempt++) {
    int child = forkNext(pid);
    if (child < 0) giveUp("fork");
    if (child == 0 && pid && getpid() != pid) _exit(0);
    if (child == 0 || !pid || child == pid) return child;
    waitpid(child, NULL, 0);
    usleep(50000); /* who has it may be on the way out */
  }
  giveUp("get the pid");
  return -1;
}

void continueInChild(int pid) {
  fflush(stdout);
  int child = forkAs(pid), status = 0;
  if (child == 0) return;
  waitpid(child, &status, 0);
  exit(WIFEXITED(status) ? WEXITSTATUS(status) : 3);
}

static void* report(void* ready) {
  int tid = gettid();
  if (prctl(PR_SET_NAME, "thread") || write(*(int*)ready, &tid, sizeof tid) != sizeof tid) _exit(1);
  while (1) pause();
}

static void waitForSignals(const char* comm, int ready) {
  pthread_t thread;
  for (int number = 1; number < 32; number++) signal(number, SIG_IGN);
  if (prctl(PR_SET_NAME, comm) || pthread_create(&thread, NULL, report, &ready)) _exit(1);
  while (1) pause();
}

struct child startChild(int pid, const char* comm) {
  int ready[2];
  struct child child;
  if (pipe(ready)) giveUp("make a pipe");
  child.pid = forkAs(pid);
  if (child.pid == 0) waitForSignals(comm, ready[1]);
  if (read(ready[0], &child.thread, sizeof child.thread) != sizeof child.thread) giveUp("start the child");
  close(ready[0]);
  close(ready[1]);
  return child;
}

void endChild(struct child child) {
  int keep = errno;
  kill(child.pid, SIGKILL);
  waitpid(child.pid, NULL, 0);
  errno = keep;
}

/* Ids change without a change of capabilities. */
static void ids(int call, int real, int effective) {
  if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) || syscall(call, real, effective, -1)) giveUp("change the ids");
}

static void uid(const char* value) { ids(SYS_setresuid, atoi(value), -1); }
static void euid(const char* value) { ids(SYS_setresuid, -1, atoi(value)); }
static void egid(const char* value) { ids(SYS_setresgid, -1, atoi(value)); }
static void gid(const char* value) { ids(SYS_setresgid, atoi(value), -1); }

static void fsuid(const char* value) {
  if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)) giveUp("keep capabilities");
  setfsuid(atoi(value));
  if (setfsuid(-1) != atoi(value)) giveUp("change the fsuid");
}

static void comm(const char* value) {
  if (prctl(PR_SET_NAME, value)) giveUp("change the name");
}

/* Takes the capability of that number out of the effective set. */
static void drop(const char* value) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[2];
  int number = atoi(value);
  if (syscall(SYS_capget, &header, sets)) giveUp("read the capabilities");
  sets[number / 32].effective &= ~(1U << number % 32);
  if (syscall(SYS_capset, &header, sets)) giveUp("drop the capability");
}

static void pid(const char* value) { continueInChild(atoi(value)); }

static void inFolder(const char* value) {
  if (chdir(value)) giveUp("change the folder");
}

/* Until somebody opens that fifo for writing and closes it. */
static void after(const char* value) {
  char nothing[16];
  int fifo = open(value, O_RDONLY);
  if (fifo < 0 || read(fifo, nothing, sizeof nothing) < 0) giveUp("wait at the fifo");
  close(fifo);
}

const struct setup actor_setups[] = {{"pid=", pid},     {"uid=", uid},   {"euid=", euid}, {"gid=", gid},     {"egid=", egid},
                                     {"fsuid=", fsuid}, {"comm=", comm}, {"drop=", drop}, {"in=", inFolder}, {"after=", after}, {0}};

static const struct setup* find(const char* word) {
  const struct setup* tables[] = {file_setups, actor_setups, disguise_setups, place_setups, target_setups, held_setups};
  for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
    for (const struct setup* setup = tables[i]; setup->name; setup++)
      if (!strncmp(word, setup->name, strlen(setup->name))) return setup;
  return NULL;
}

static int wentBy(char** words) {
  const struct passage* tables[] = {descent_passages, disguise_passages};
  for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
    for (const struct passage* passage = tables[i]; passage->name; passage++)
      if (!strncmp(*words, passage->name, strlen(passage->name))) {
        *words += strlen(passage->name);
        passage->go(words);
        return 1;
      }
  return 0;
}

int setUp(char** words) {
  for (int count = 0;; count++) {
    if (!words[count]) return count;
    if (wentBy(words + count)) continue;
    const struct setup* setup = find(words[count]);
    if (!setup) return count;
    setup->apply(words[count] + strlen(setup->name));
  }
}
