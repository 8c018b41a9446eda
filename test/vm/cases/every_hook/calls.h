/* What the trigger programs share. A group of calls runs in a child of its own, and the child takes the name of each system call just
   before it makes that call: the comm of an event then names the call that fired the hook. */
#ifndef EVERY_HOOK_CALLS_H
#define EVERY_HOOK_CALLS_H

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every event from here on is this call's, until the next one. Names beyond 15 bytes are cut by the kernel. */
static inline void at(const char* call) { prctl(PR_SET_NAME, call); }

/* A hook may refuse and a kernel may lack a call: what counts is what the hooks saw, not what the call returned. */
static inline void runGroups(void (*const* all)(void), unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    pid_t child = fork();
    if (child == 0) {
      alarm(20);
      all[i]();
      _exit(0);
    }
    waitpid(child, NULL, 0);
  }
}

#define RUN_GROUPS(...)                               \
  int main(void) {                                    \
    static void (*const all[])(void) = {__VA_ARGS__}; \
    runGroups(all, sizeof(all) / sizeof(all[0]));     \
    return 0;                                         \
  }

#endif
