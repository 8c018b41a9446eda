/* Calls on files' contents. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/vm/act/act.h"

/* A letter a flag: r w b(oth) a(ppend) c(reate) t(runcate) n(onblock) d(irectory). */
static int flagsOf(const char* letters) {
  static const struct {
    char letter;
    int flag;
  } known[] = {{'r', O_RDONLY}, {'w', O_WRONLY},   {'b', O_RDWR},      {'a', O_APPEND}, {'c', O_CREAT},
               {'t', O_TRUNC},  {'n', O_NONBLOCK}, {'d', O_DIRECTORY}, {'s', O_SYNC}};
  int flags = 0;
  for (; *letters; letters++)
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
      if (known[i].letter == *letters) flags |= known[i].flag;
  return flags;
}

static int also; /* flags of every open below */

static void opens(const char* letters) { also = flagsOf(letters); }

const struct setup file_setups[] = {{"opens=", opens}, {0}};

static long openFile(char** words) { return open(words[0], flagsOf(words[1]), 0644); }

int opened(const char* path, int flags) {
  int file = open(path, flags | also);
  if (file < 0) giveUp("open");
  return file;
}

static long readByte(char** words) {
  char byte;
  return read(opened(words[0], O_RDWR), &byte, 1);
}

static long writeByte(char** words) { return write(opened(words[0], O_RDWR), "x", 1); }

/* The image is `act` itself, with the call `true`. */
static long execute(char** words) {
  int status = 0, child = fork();
  if (child == 0) {
    execl(words[0], words[0], "true", NULL);
    _exit(errno);
  }
  waitpid(child, &status, 0);
  errno = WIFEXITED(status) ? WEXITSTATUS(status) : ENOTRECOVERABLE;
  return errno ? -1 : 0;
}

/* Without a child: that program is this one, and ends with the call `nothing`. */
static long becomeProgram(char** words) { return execl(words[0], words[0], "nothing", NULL); }

static long doNothing(char** words) {
  (void)words;
  return 0;
}

static long succeed(char** words) {
  (void)words;
  fclose(stdout);
  _exit(0);
}

static long mapped(int file, const char* letters, int flags) {
  int protection = strchr(letters, 'x') ? PROT_READ | PROT_EXEC : PROT_READ;
  return mmap(NULL, 4096, protection, flags, file, 0) == MAP_FAILED ? -1 : 0;
}

static long mapFile(char** words) { return mapped(opened(words[0], O_RDONLY | O_NONBLOCK), words[1], MAP_PRIVATE); }
static long mapNothing(char** words) { return mapped(-1, words[0], MAP_PRIVATE | MAP_ANONYMOUS); }

/* The protection of a mapping is changed: of a file, or of none where the path is `-`. */
static long protect(char** words) {
  int none = !strcmp(words[0], "-");
  int file = none ? -1 : opened(words[0], O_RDONLY);
  void* at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | (none ? MAP_ANONYMOUS : 0), file, 0);
  if (at == MAP_FAILED) giveUp("map");
  return mprotect(at, 4096, strchr(words[1], 'x') ? PROT_READ | PROT_EXEC : PROT_READ | PROT_WRITE);
}

static long control(char** words) {
  int number = 0;
  return ioctl(opened(words[0], O_RDONLY | O_NONBLOCK), strtoul(words[1], NULL, 16), &number);
}

/* By the 32-bit entry, where ioctl is call 54; without a third argument. */
static long controlAs32(char** words) {
  long result = 54;
  int file = opened(words[0], O_RDONLY | O_NONBLOCK);
  __asm__ volatile("int $0x80" : "+a"(result) : "b"(file), "c"(strtoul(words[1], NULL, 16)), "d"(0) : "memory");
  errno = result < 0 ? -result : 0;
  return result < 0 ? -1 : result;
}

static long lockFile(char** words) { return flock(opened(words[0], O_RDONLY | O_NONBLOCK), LOCK_SH); }
static long askFlags(char** words) { return fcntl(opened(words[0], O_RDONLY | O_NONBLOCK), F_GETFL); }

static long readPipe(char** words) {
  int ends[2];
  char byte;
  (void)words;
  if (pipe(ends) || write(ends[1], "x", 1) != 1) return -1;
  return read(ends[0], &byte, 1);
}

static long truncateOpen(char** words) { return ftruncate(opened(words[0], O_RDWR), 1); }

/* Opens PREFIX000 … COUNT times: refused when all are, `ok` when none is. */
static long openMany(char** words) {
  char path[256];
  int refused = 0, count = atoi(words[1]), error = 0;
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s%03d", words[0], i);
    int file = open(path, O_RDONLY);
    if (file < 0)
      refused++, error = errno;
    else
      close(file);
  }
  errno = error;
  if (refused && refused != count) giveUp("open or not open all of them");
  return refused ? -1 : 0;
}

/* Steps down N folders of 200 bytes each that it makes where they lack, and opens `file` there (made too). */
static long openDeep(char** words) {
  char name[201];
  memset(name, 'd', 200);
  name[200] = 0;
  if (chdir(words[0])) giveUp("change the folder");
  for (int i = atoi(words[1]); i > 0; i--)
    if ((mkdir(name, 0755) && errno != EEXIST) || chdir(name)) giveUp("step down");
  return open("file", flagsOf(words[2]), 0644);
}

const struct call file_calls[] = {{"open", 2, openFile},          {"read", 1, readByte},
                                  {"write", 1, writeByte},        {"exec", 1, execute},
                                  {"true", kAny, succeed},        {"mmap", 2, mapFile},
                                  {"become", 1, becomeProgram},   {"nothing", 0, doNothing},
                                  {"anonymous", 1, mapNothing},   {"pipe", 0, readPipe},
                                  {"ftruncate", 1, truncateOpen}, {"many", 2, openMany},
                                  {"deep", 3, openDeep},          {"protect", 2, protect},
                                  {"ioctl", 2, control},          {"ioctl32", 2, controlAs32},
                                           {"lock", 1, lockFile},
                                  {"fcntl", 1, askFlags},         {0}};
