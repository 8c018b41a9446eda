/* Setups and passages of a task that would pass for another program. */
#include <fcntl.h>
#include <linux/prctl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "test/vm/act/act.h"

enum { kHeld = 100 };

static char* cut(const char* pair, const char** second) {
  char* first = strdup(pair);
  char* colon = strchr(first, ':');
  if (!colon) errno = EINVAL, giveUp("take the word apart");
  *colon = 0;
  *second = colon + 1;
  return first;
}

/* WHAT:WHERE */
static void bindThere(const char* value) {
  const char* where;
  char* what = cut(value, &where);
  if (mount(what, where, NULL, MS_BIND, NULL)) giveUp("bind");
}

/* LOWER:WHERE, read only */
static void overlayThere(const char* value) {
  const char* where;
  char *lower = cut(value, &where), options[4096];
  snprintf(options, sizeof options, "lowerdir=%s:%s", lower, where);
  if (mount("overlay", where, "overlay", 0, options)) giveUp("mount an overlay");
}

/* The folder becomes the root of the mount namespace. An initramfs cannot be pivoted away: what is moved upon it hides it. */
static void rootAt(const char* value) {
  if (mount(value, value, NULL, MS_BIND | MS_REC, NULL) || chdir(value) || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
    giveUp("change the root of the namespace");
}

static void chrootTo(const char* value) {
  if (chroot(value) || chdir("/")) giveUp("change the root");
}

/* Opens the file, for exec-held. */
static void hold(const char* value) {
  int file = open(value, O_RDONLY);
  if (file < 0 || dup2(file, kHeld) < 0) giveUp("open what is to be held");
  close(file);
}

/* What is mapped of this program's file becomes memory of its own with the same bytes: then the kernel lets it name another. */
static void leaveOwnFile(void) {
  char line[512], self[256] = {0};
  FILE* maps = fopen("/proc/self/maps", "r");
  if (!maps || readlink("/proc/self/exe", self, sizeof self - 1) < 0) giveUp("read the own mappings");
  while (fgets(line, sizeof line, maps)) {
    uintptr_t from, to;
    if (!strstr(line, self) || sscanf(line, "%lx-%lx", &from, &to) != 2) continue;
    size_t size = to - from;
    void* copy = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (copy == MAP_FAILED || !memcpy(copy, (void*)from, size) || mprotect(copy, size, PROT_READ | PROT_WRITE | PROT_EXEC) ||
        mremap(copy, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, (void*)from) == MAP_FAILED)
      giveUp("leave the own file");
  }
  fclose(maps);
}

/* /proc/self/exe becomes that file, as a task in a user namespace of its own may have it. */
static void changeExeFile(const char* value) {
  unsigned long field[52] = {0};
  char text[2048], now[256] = {0};
  FILE* stat = fopen("/proc/self/stat", "r");
  if (!stat || !fgets(text, sizeof text, stat)) giveUp("read the own state");
  fclose(stat);
  int number = 3;
  for (char* word = strtok(strrchr(text, ')') + 2, " "); word && number < 52; word = strtok(NULL, " ")) field[number++] = strtoul(word, NULL, 10);
  leaveOwnFile();
  struct prctl_mm_map map = {.start_code = field[26], .end_code = field[27], .start_stack = field[28], .start_data = field[45], .end_data = field[46],
                             .start_brk = field[47], .arg_start = field[48], .arg_end = field[49], .env_start = field[50], .env_end = field[51]};
  map.brk = (uintptr_t)sbrk(0);
  map.exe_fd = open(value, O_RDONLY);
  if (prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0)) giveUp("change the exe file");
  if (readlink("/proc/self/exe", now, sizeof now - 1) < 0 || strcmp(now, value)) giveUp("be what it says");
}

const struct setup disguise_setups[] = {{"bind=", bindThere}, {"overlay=", overlayThere},      {"root=", rootAt}, {"chroot=", chrootTo},
                                        {"hold=", hold},      {"exe-file=", changeExeFile}, {0}};

extern char** environ;

/* NAME: what it is called, and nothing more. */
static void becomeHeld(char** words) {
  syscall(SYS_execveat, kHeld, "", words, environ, AT_EMPTY_PATH);
  giveUp("execute what is held");
}

static void becomeByProc(char** words) {
  execv("/proc/self/fd/100", words);
  giveUp("execute by /proc");
}

static void becomeCopy(char** words) {
  int file = open(words[0], O_RDONLY), memory = memfd_create("allowed", 0);
  struct stat about;
  if (file < 0 || memory < 0 || fstat(file, &about) || sendfile(memory, file, NULL, about.st_size) != about.st_size) giveUp("copy the program");
  syscall(SYS_execveat, memory, "", words, environ, AT_EMPTY_PATH);
  giveUp("execute the copy");
}

/* PROGRAM:NAME, as the shell's `exec -a NAME PROGRAM`. */
static void becomeNamed(char** words) {
  const char* name;
  char* program = cut(words[0], &name);
  words[0] = (char*)name;
  execv(program, words);
  giveUp("execute the program");
}

/* In the first line of a script: the kernel puts the script's name behind it. */
static void runScript(char** words) { words[1] = "in=."; }

const struct passage disguise_passages[] = {{"exec-held=", becomeHeld},   {"exec-proc=", becomeByProc}, {"exec-copy=", becomeCopy},
                                            {"exec-named=", becomeNamed}, {"script=", runScript},       {0}};
