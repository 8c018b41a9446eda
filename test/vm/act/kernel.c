/* Calls into the kernel's own machinery: code without a name, modules, kexec, tracing, rings. */
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/kexec.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/vm/act/act.h"

/* The image is `act` itself, with the call `true`. */
static long executeOpen(int file) {
  int status = 0, child = fork();
  char* words[] = {"act", "true", NULL};
  if (child == 0) {
    syscall(SYS_execveat, file, "", words, environ, AT_EMPTY_PATH);
    _exit(errno);
  }
  waitpid(child, &status, 0);
  errno = WIFEXITED(status) ? WEXITSTATUS(status) : ENOTRECOVERABLE;
  return errno ? -1 : 0;
}

static long copied(int to) {
  int from = open("/proc/self/exe", O_RDONLY);
  struct stat image;
  if (from < 0 || fstat(from, &image) || sendfile(to, from, NULL, image.st_size) != image.st_size) giveUp("copy the image");
  return close(from);
}

static long executeMemory(char** words) {
  int file = memfd_create("image", 0);
  (void)words;
  copied(file);
  return executeOpen(file);
}

/* A copy at PATH, whose name is gone before it is executed. */
static long executeDeleted(char** words) {
  int made = open(words[0], O_WRONLY | O_CREAT | O_TRUNC, 0755);
  copied(made);
  close(made);
  int file = open(words[0], O_RDONLY);
  if (file < 0 || unlink(words[0])) giveUp("take the name away");
  return executeOpen(file);
}

static long giveModule(char** words) {
  (void)words;
  return syscall(SYS_init_module, "no module", 9, "");
}

/* Nothing to load: what is loaded is dropped. */
static long loadKernel(char** words) {
  (void)words;
  return syscall(SYS_kexec_load, 0, 0, NULL, 0);
}

static long beTraced(char** words) {
  (void)words;
  return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static long makeRing(char** words) {
  char parameters[120] = {0};
  (void)words;
  return syscall(425, 4, parameters); /* io_uring_setup */
}

static long openCounter(char** words) {
  struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE, .size = sizeof event, .config = PERF_COUNT_SW_CPU_CLOCK};
  (void)words;
  return syscall(SYS_perf_event_open, &event, 0, -1, -1, 0);
}

static long raisePrivilege(char** words) {
  (void)words;
  return iopl(3);
}

static long leaveMount(char** words) { return umount2(words[0], 0); }

static long makeBlock(char** words) { return mknod(words[0], S_IFBLK | 0600, makedev(7, 0)); }

/* A child in a mount namespace of its own. */
static long traceApart(char** words) {
  int child = fork();
  (void)words;
  if (child == 0) _exit(unshare(CLONE_NEWNS) || raise(SIGSTOP));
  if (waitpid(child, NULL, WUNTRACED) != child) giveUp("start the child");
  long result = ptrace(PTRACE_SEIZE, child, NULL, NULL);
  endChild((struct child){child, 0});
  return result;
}

static long waitShortly(char** words) {
  (void)words;
  alarm(2);
  return pause();
}

/* It says when it runs, and ends by itself: no one may be able to end it. */
int startProgram(const char* path) {
  int said[2];
  char byte;
  if (pipe(said)) giveUp("make a pipe");
  int child = fork();
  if (child == 0) {
    dup2(said[1], STDOUT_FILENO);
    execl(path, path, "nothing", "and", "pause", NULL);
    _exit(1);
  }
  close(said[1]);
  if (child < 0 || read(said[0], &byte, 1) < 0) giveUp("start the program");
  close(said[0]);
  return child;
}

static long ended(int child, long result) {
  int keep = errno;
  waitpid(child, NULL, 0);
  errno = keep;
  return result;
}

/* PATH SIGNAL */
static long signalProgram(char** words) {
  int child = startProgram(words[0]);
  return ended(child, kill(child, atoi(words[1])));
}

static long traceProgram(char** words) {
  int child = startProgram(words[0]);
  long result = ptrace(PTRACE_SEIZE, child, NULL, NULL);
  if (!result) kill(child, SIGKILL);
  return ended(child, result);
}

/* COMMAND: with nothing said about what for. */
static long callBpf(char** words) {
  char nothing[64] = {0};
  return syscall(SYS_bpf, atoi(words[0]), nothing, sizeof nothing);
}

static long openPin(char** words) {
  union bpf_attr attributes = {.pathname = (unsigned long)words[0]};
  return syscall(SYS_bpf, BPF_OBJ_GET, &attributes, sizeof attributes);
}

/* How long the kernel's log may be. */
static long askLog(char** words) {
  (void)words;
  return syscall(SYS_syslog, 10, NULL, 0);
}

/* To what it shows already. */
static long setClock(char** words) {
  struct timespec now;
  (void)words;
  clock_gettime(CLOCK_REALTIME, &now);
  return clock_settime(CLOCK_REALTIME, &now);
}

const struct call kernel_calls[] = {{"mkblock", 1, makeBlock},        {"ptraceapart", 0, traceApart},         {"pause", 0, waitShortly},
                                    {"killprogram", 2, signalProgram}, {"traceprogram", 1, traceProgram},     {"bpfcall", 1, callBpf},
                                    {"bpfget", 1, openPin},            {"settime", 0, setClock},
                                    {"syslog", 0, askLog},
                                    {"memoryexec", 0, executeMemory}, {"deletedexec", 1, executeDeleted}, {"initmodule", 0, giveModule},
                                    {"kexec", 0, loadKernel},         {"traceme", 0, beTraced},           {"ring", 0, makeRing},
                                    {"perf", 0, openCounter},         {"iopl", 0, raisePrivilege},        {"umount", 1, leaveMount},
                                    {0}};
