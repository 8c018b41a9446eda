/* Each call once, on /m/… (a tmpfs) and by /b/… (a bind mount of /m/d). */
#include <dirent.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

static char message[256];

/* The thread's name is set back before anything is printed. */
#define CALL(name, call)                            \
  do {                                              \
    begin(name);                                    \
    int failure = (call) == -1;                     \
    int error = errno;                              \
    end();                                          \
    errno = error;                                  \
    snprintf(message, sizeof message, "%s", #call); \
    if (failure) failed(name, message);             \
  } while (0)

static void made(void) {
  CALL("create", open("/m/d/created", O_CREAT | O_WRONLY, 0600));
  expect("path_mknod", "create", SEEN, "/m/d/created");
  expect("file_open", "create", LIVE, "/m/d/created");
  CALL("create by bind", open("/b/by-bind", O_CREAT | O_WRONLY, 0600));
  expect("path_mknod", "create by bind", SEEN, "/b/by-bind");
  CALL("fifo", mknod("/m/d/fifo", S_IFIFO | 0600, 0));
  expect("path_mknod", "fifo", SEEN, "/m/d/fifo");
  CALL("mkdir", mkdir("/m/d/folder", 0700));
  expect("path_mkdir", "mkdir", SEEN, "/m/d/folder");
  CALL("symlink", symlink("/nowhere", "/m/d/symlink"));
  expect("path_symlink", "symlink", SEEN, "/m/d/symlink");
  CALL("link", link("/m/d/created", "/m/linked"));
  expectTwo("path_link", "link", "/m/d/created", "/m/linked");
  CALL("link by bind", link("/b/created", "/b/linked"));
  expectTwo("path_link", "link by bind", "/b/created", "/b/linked");
}

static void altered(void) {
  CALL("truncate", truncate("/m/d/created", 10));
  expect("path_truncate", "truncate", SEEN, "/m/d/created");
  int fd = open("/b/created", O_RDWR);
  CALL("chmod", chmod("/m/d/created", 0700));
  expect("path_chmod", "chmod", SEEN, "/m/d/created");
  CALL("fchmod", fchmod(fd, 0700));
  expect("path_chmod", "fchmod", SEEN, "/b/created");
  CALL("chown", chown("/m/d/created", 0, 0));
  expect("path_chown", "chown", SEEN, "/m/d/created");
  CALL("lchown", lchown("/m/d/symlink", 0, 0));
  expect("path_chown", "lchown", SEEN, "/m/d/symlink");
  CALL("watch", inotify_add_watch(inotify_init(), "/m/d", IN_OPEN));
  expect("path_notify", "watch", SEEN, "/m/d");
  close(fd);
}

static void used(void) {
  char byte;
  int fd = open("/b/created", O_RDWR);
  CALL("read", read(fd, &byte, 1));
  expect("file_permission", "read", SEEN, "/b/created");
  CALL("write", pwrite(fd, "x", 1, 0));
  expect("file_permission", "write", SEEN, "/b/created");
  CALL("map", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
  expect("mmap_file", "map", SEEN, "/b/created");
  int folder = open("/m/d", O_RDONLY);
  char entries[1024];
  CALL("list", getdents64(folder, entries, sizeof entries));
  expect("file_permission", "list", SEEN, "/m/d");
  close(fd);
  close(folder);
}

static void executed(const char* name, const char* file) {
  pid_t child = fork();
  if (child == 0) {
    begin(name);
    execl(file, file, "end", NULL);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status) failed(name, "exec");
}

/* A script's interpreter is checked after the script, as a file of its own. */
static void programs(void) {
  char self[4096];
  int from = open("/proc/self/exe", O_RDONLY), to = open("/m/d/program", O_CREAT | O_WRONLY, 0700);
  for (ssize_t size; (size = read(from, self, sizeof self)) > 0;)
    if (write(to, self, size) != size) failed("program", "write");
  close(to);
  int script = open("/m/d/script", O_CREAT | O_WRONLY, 0700);
  if (write(script, "#!/b/program\n", 13) != 13) failed("script", "write");
  close(script);
  executed("exec", "/m/d/program");
  expect("bprm_check_security", "exec", SEEN, "/m/d/program");
  executed("script", "/m/d/script");
  expect("bprm_check_security", "script", SEEN, "/m/d/script");
  expect("bprm_check_security", "script", SEEN, "/b/program");
}

static void removed(void) {
  CALL("rename", rename("/m/linked", "/m/d/renamed"));
  expectTwo("path_rename", "rename", "/m/linked", "/m/d/renamed");
  CALL("rename by bind", rename("/b/renamed", "/b/folder/again"));
  expectTwo("path_rename", "rename by bind", "/b/renamed", "/b/folder/again");
  CALL("replace", rename("/b/folder/again", "/b/by-bind"));
  expectTwo("path_rename", "replace", "/b/folder/again", "/b/by-bind");
  CALL("unlink", unlink("/m/d/created"));
  expect("path_unlink", "unlink", SEEN, "/m/d/created");
  CALL("unlink by bind", unlink("/b/by-bind"));
  expect("path_unlink", "unlink by bind", SEEN, "/b/by-bind");
  CALL("rmdir", rmdir("/m/d/folder"));
  expect("path_rmdir", "rmdir", SEEN, "/m/d/folder");
}

/* Neither a root of one's own nor a working folder shortens a path. */
static void jailed(void) {
  CALL("chroot", chroot("/m/d"));
  expect("path_chroot", "chroot", SEEN, "/m/d");
  if (chdir("/")) failed("chroot", "chdir");
  CALL("jail create", open("jailed", O_CREAT | O_WRONLY, 0600));
  expect("path_mknod", "jail create", SEEN, "/m/d/jailed");
  CALL("jail rename", rename("/jailed", "/other"));
  expectTwo("path_rename", "jail rename", "/m/d/jailed", "/m/d/other");
  CALL("jail unlink", unlink("/other"));
  expect("path_unlink", "jail unlink", SEEN, "/m/d/other");
}

int main(int count, char** arguments) {
  (void)arguments;
  if (count > 1) return 0; /* executed */
  mkdir("/m", 0700);
  mkdir("/b", 0700);
  if (mount("none", "/m", "tmpfs", 0, NULL) || mkdir("/m/d", 0700) || mount("/m/d", "/b", NULL, MS_BIND, NULL)) failed("/m", "mount");
  made();
  altered();
  used();
  programs();
  removed();
  jailed();
  return 0;
}
