/* container CGROUP ROOT REQUESTS ANSWERS: a container as an OCI runtime makes it: its own mount, pid, uts, ipc and cgroup namespaces, ROOT (an
 * overlay) moved over its root (an initramfs has nothing that pivot_root could take), a proc of its own. Then each line of REQUESTS is run by its shell, and one line of ANSWERS says what it printed. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void need(int good, const char* what) {
  if (good) return;
  fprintf(stderr, "container: cannot %s: %s\n", what, strerror(errno));
  exit(1);
}

static void enterCgroup(const char* folder) {
  char path[256];
  snprintf(path, sizeof path, "%s/cgroup.procs", folder);
  int file = open(path, O_WRONLY);
  need(file >= 0 && write(file, "0", 1) == 1, "enter the cgroup");
  close(file);
}

static void changeRoot(const char* root) {
  need(!mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), "make mounts private");
  need(!mount(root, root, NULL, MS_BIND | MS_REC, NULL), "bind the root");
  need(!chdir(root) && !mount(root, "/", NULL, MS_MOVE, NULL) && !chroot(".") && !chdir("/"), "change the root");
  need(!mount("proc", "/proc", "proc", 0, NULL), "mount proc");
}

static void answer(const char* request, int answers) {
  int ends[2], status;
  char text[4096] = "";
  size_t length = 0;
  ssize_t got;
  need(!pipe(ends), "make a pipe");
  pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 1);
    dup2(ends[1], 2);
    close(ends[0]);
    execl("/bin/busybox", "sh", "-c", request, NULL);
    _exit(127);
  }
  close(ends[1]);
  while (length < sizeof text - 2 && (got = read(ends[0], text + length, sizeof text - 2 - length)) > 0) length += got;
  close(ends[0]);
  waitpid(child, &status, 0);
  for (size_t i = 0; i < length; i++)
    if (text[i] == '\n' || text[i] == '\0') text[i] = i + 1 == length ? '\0' : ' ';
  length = strlen(text);
  text[length++] = '\n';
  need(write(answers, text, length) == (ssize_t)length, "answer");
}

int main(int count, char** words) {
  need(count == 5, "understand the command line");
  FILE* requests = fopen(words[3], "r");
  int answers = open(words[4], O_WRONLY);
  need(requests && answers >= 0, "open the pipes");
  enterCgroup(words[1]);
  need(!unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP), "make the namespaces");
  pid_t first = fork();
  need(first >= 0, "fork");
  if (first > 0) return waitpid(first, NULL, 0) != first;
  changeRoot(words[2]);
  char line[1024];
  while (fgets(line, sizeof line, requests)) answer(line, answers);
  return 0;
}
