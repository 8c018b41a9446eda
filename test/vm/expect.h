/* For test programs that make an object, do one call on it and say which event must come of it. The call runs under a thread
 * name of its own ("t:NAME"), by which lib.sh's `events_are` finds its events. */
#ifndef LSMPC_TEST_VM_EXPECT_H
#define LSMPC_TEST_VM_EXPECT_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum view { SEEN, LIVE }; /* LIVE: bpf_d_path, called by the same task, must say the same */

/* Fifteen bytes, without spaces. */
static const char* threadOf(const char* name) {
  static char thread[16];
  snprintf(thread, sizeof thread, "t:%.13s", name);
  for (char* at = thread; *at; at++)
    if (*at == ' ') *at = '_';
  return thread;
}

__attribute__((unused)) static void begin(const char* name) { prctl(PR_SET_NAME, threadOf(name)); }

__attribute__((unused)) static void end(void) { prctl(PR_SET_NAME, "idle"); }

__attribute__((unused)) static void failed(const char* name, const char* what) {
  printf("not ok %s: %s: %s: %s\n", getenv("CASE"), name, what, strerror(errno));
  fflush(stdout);
}

static int sequence(const unsigned char* at) {
  int length = *at < 0x80 ? 1 : *at >= 0xc2 && *at < 0xe0 ? 2 : *at >= 0xe0 && *at < 0xf0 ? 3 : *at >= 0xf0 && *at < 0xf5 ? 4 : 0;
  for (int i = 1; i < length; i++)
    if ((at[i] & 0xc0) != 0x80) return 0;
  return length;
}

/* As docs say of events: bytes that are no UTF-8 as \xHH, a backslash doubled; then as a JSON string. */
__attribute__((unused)) static void writeText(const char* text) {
  putchar('"');
  for (const unsigned char* at = (const unsigned char*)text; *at;) {
    int length = sequence(at);
    if (!length)
      printf("\\\\x%02x", *at);
    else if (*at == '\\')
      printf("\\\\\\\\");
    else if (*at == '"')
      printf("\\\"");
    else if (*at == '\n')
      printf("\\n");
    else if (*at == '\t')
      printf("\\t");
    else if (*at < 0x20)
      printf("\\u%04x", *at);
    else
      fwrite(at, 1, length, stdout);
    at += length ? length : 1;
  }
  putchar('"');
}

/* NULL: the path must be unresolved. */
__attribute__((unused)) static void expect(const char* hook, const char* name, enum view view, const char* path) {
  printf("expect %s %s %s {", hook, threadOf(name), view == LIVE ? "live" : "seen");
  if (path) {
    printf("\"path\":");
    writeText(path);
  } else {
    printf("\"path_unresolved\":true");
  }
  printf("}\n");
  fflush(stdout);
}

__attribute__((unused)) static void expectTwo(const char* hook, const char* name, const char* from, const char* to) {
  printf("expect %s %s seen {\"old_path\":", hook, threadOf(name));
  writeText(from);
  printf(",\"new_path\":");
  writeText(to);
  printf("}\n");
  fflush(stdout);
}

/* Opens under the name; the descriptor, or -1 when that failed. */
__attribute__((unused)) static int seenAt(const char* name, int folder, const char* file, int flags, enum view view, const char* path) {
  begin(name);
  int fd = openat(folder, file, flags, 0600);
  int error = errno;
  end();
  errno = error;
  if (fd < 0)
    failed(name, "open");
  else
    expect("file_open", name, view, path);
  return fd;
}

__attribute__((unused)) static int seen(const char* name, const char* file, enum view view, const char* path) {
  int fd = seenAt(name, AT_FDCWD, file, O_RDONLY, view, path);
  if (fd >= 0) close(fd);
  return fd;
}

__attribute__((unused)) static void make(const char* path) {
  int fd = open(path, O_CREAT | O_WRONLY, 0700);
  if (fd < 0)
    failed(path, "create");
  else
    close(fd);
}

#endif
