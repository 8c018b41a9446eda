#include "test/vm/trace/call.h"

#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

enum kind { OTHER, FILE_ };
#define FILE FILE_
static const struct name {
  const char* text;
  enum kind kind;
  int path;
} names[] = {
#define CALL(name, kind, path) [SYS_##name] = {#name, kind, path},
#include "test/vm/trace/calls.def"
};
#undef FILE

static const char* const commands[] = {
#define COMMAND(name) [BPF_##name] = #name,
#include "test/vm/trace/bpf_commands.def"
};

enum { kNames = sizeof names / sizeof *names, kCommands = sizeof commands / sizeof *commands, kLongest = 160 };

static const struct name* name_of(const struct call* call) {
  return call->number < kNames && names[call->number].text ? &names[call->number] : NULL;
}

static void read_string(pid_t process, uint64_t at, char* text) {
  for (size_t i = 0; i < kLongest; i += sizeof(long)) {
    long word = ptrace(PTRACE_PEEKDATA, process, at + i, 0);
    memcpy(text + i, &word, sizeof word);
    if (memchr(&word, 0, sizeof word)) return;
  }
  text[kLongest - 1] = 0;
}

const char* text_of(pid_t process, const struct call* call) {
  static char text[kLongest + 64];
  char path[kLongest + sizeof(long)] = "";
  const struct name* name = name_of(call);
  uint64_t command = call->arguments[0];
  if (!name) {
    snprintf(text, sizeof text, "call_%lu", call->number);
  } else if (call->number == SYS_bpf) {
    if (command < kCommands && commands[command])
      snprintf(text, sizeof text, "bpf %s", commands[command]);
    else
      snprintf(text, sizeof text, "bpf %lu", command);
  } else if (name->path >= 0) {
    read_string(process, call->arguments[name->path], path);
    snprintf(text, sizeof text, "%s %s", name->text, path);
  } else if (call->number == SYS_read || call->number == SYS_write) {
    snprintf(text, sizeof text, "%s %lu", name->text, call->arguments[0]);
  } else {
    snprintf(text, sizeof text, "%s", name->text);
  }
  return text;
}

int can_fail(const struct call* call) {
  const struct name* name = name_of(call);
  return name && name->kind == FILE_;
}

int same_kind(const struct call* one, const struct call* other) {
  int by_first = one->number == SYS_bpf || one->number == SYS_read || one->number == SYS_write;
  return one->number == other->number && (!by_first || one->arguments[0] == other->arguments[0]);
}
