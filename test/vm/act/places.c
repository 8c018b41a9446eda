/* Setups that change where the acting task is: its namespaces, cgroup, terminal and login. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test/vm/act/act.h"

static void writeTo(const char* path, const char* text) {
  int file = open(path, O_WRONLY);
  if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text)) giveUp("write to a file of the kernel");
  close(file);
}

static void login(const char* value) { writeTo("/proc/self/loginuid", value); }

/* The folder of a cgroup, mounted somewhere */
static void cgroup(const char* value) {
  char path[4096];
  snprintf(path, sizeof path, "%s/cgroup.procs", value);
  writeTo(path, "0");
}

static void unshareOne(const char* value) {
  static const struct {
    const char* name;
    int flag;
  } known[] = {{"mnt", CLONE_NEWNS}, {"pid", CLONE_NEWPID}, {"net", CLONE_NEWNET}, {"user", CLONE_NEWUSER}};
  for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
    if (!strcmp(known[i].name, value) && unshare(known[i].flag)) giveUp("unshare");
  if (!strcmp(value, "pid")) continueInChild(0);
  if (strcmp(value, "user")) return;
  writeTo("/proc/self/setgroups", "deny"); /* root goes on as root */
  writeTo("/proc/self/uid_map", "0 0 1");
  writeTo("/proc/self/gid_map", "0 0 1");
}

/* A new session, whose controlling terminal is a new pseudoterminal. */
static void terminal(const char* value) {
  (void)value;
  continueInChild(0);
  int leader = setsid() < 0 ? -1 : posix_openpt(O_RDWR | O_NOCTTY);
  if (leader < 0 || grantpt(leader) || unlockpt(leader) || open(ptsname(leader), O_RDWR) < 0) giveUp("open a terminal");
}

const struct setup place_setups[] = {{"login=", login}, {"cgroup=", cgroup}, {"unshare=", unshareOne}, {"tty=", terminal}, {0}};
