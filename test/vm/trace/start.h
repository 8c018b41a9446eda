/* A command that is traced from its exec on. */
#pragma once
#include <sys/types.h>

/* Its system calls stop it (PTRACE_EVENT_SECCOMP), but read(2): a loader reads its kernel's types in thousands of them. So do those of the processes that it
 * starts. What it says goes to the file `said`. It stands before its exec; -1: it cannot be started. */
pid_t start(char** command);
