/* A system call of a traced process, in words. */
#pragma once
#include <stdint.h>
#include <sys/types.h>

struct call {
  uint64_t number, arguments[6];
};

/* NAME, with bpf(2)'s command, a path or a file descriptor behind it; good until the next call. */
const char* text_of(pid_t process, const struct call* call);
/* A fault can be put into it: bpf(2), files, memory, processes. */
int can_fail(const struct call* call);
/* By number, and the command of bpf(2) or what is read or written. */
int same_kind(const struct call* one, const struct call* other);
