/* Names of every kind, files without one, and files that lost theirs. */
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "test/vm/expect.h"

static void named(const char* name, const char* file) {
  char path[512];
  snprintf(path, sizeof path, "/seen/names/%s", file);
  make(path);
  seen(name, path, LIVE, path);
}

static void spelled(void) {
  char longest[256];
  memset(longest, 'n', 255);
  longest[255] = 0;
  mkdir("/seen/names", 0700);
  named("255 bytes", longest);
  named("newline", "a\nb");
  named("quote", "a\"b'c");
  named("no utf8", "a\xff\xc3(b\xed\xa0");
  named("utf8",
        "gr\xc3\xbc\xc3\x9f"
        "e");
  named("backslash", "a\\x41\\");
  named("control", "\x01\t\x7f");
  named("really", "file (deleted)");
  named("dots", "...");
}

/* Folders of `width` bytes each below the present one until the path of a file there has `length` bytes; that path. */
static char* deepen(char* path, size_t length, size_t width) {
  char name[256];
  if (chdir(path)) failed(path, "chdir");
  while (strlen(path) + 1 < length) {
    size_t left = length - strlen(path) - 1, size = left > width + 1 ? width : left;
    memset(name, 'd', size);
    name[size] = 0;
    strcat(strcat(path, "/"), name);
    if (strlen(path) == length) break;
    if ((mkdir(name, 0700) && errno != EEXIST) || chdir(name)) failed(name, "mkdir");
  }
  return strdup(strrchr(path, '/') + 1);
}

static void sized(const char* name, const char* top, size_t length, size_t width, enum view view, int resolves) {
  char path[8192];
  strcpy(path, top);
  mkdir(top, 0700);
  char* file = deepen(path, length, width);
  make(file);
  int fd = seenAt(name, AT_FDCWD, file, O_RDONLY, view, resolves ? path : NULL);
  if (strlen(path) != length) failed(name, "length");
  close(fd);
  free(file);
  if (chdir("/")) failed("/", "chdir");
}

static void lengths(void) {
  sized("4000 bytes", "/seen/l4000", 4000, 200, LIVE, 1);
  sized("4095 bytes", "/seen/l4095", 4095, 250, LIVE, 1);
  sized("4096 bytes", "/seen/l4096", 4096, 250, SEEN, 1);
  sized("4097 bytes", "/seen/l4097", 4097, 250, SEEN, 0);
  sized("6000 bytes", "/seen/l6000", 6000, 100, SEEN, 0);
  /* /seen/c is two components, /d each more. */
  sized("200 components", "/seen/c", 7 + 198 * 2, 1, LIVE, 1);
  sized("256 components", "/seen/e", 7 + 254 * 2, 1, LIVE, 1);
  if (mkdir("/seen/m", 0700) || mount("none", "/seen/m", "tmpfs", 0, NULL)) failed("/seen/m", "mount");
  sized("256 on another", "/seen/m", 7 + 254 * 2, 1, LIVE, 1);
  sized("300 components", "/seen/f", 7 + 298 * 2, 1, SEEN, 0);
  sized("900 components", "/seen/g", 7 + 898 * 2, 1, SEEN, 0);
}

static void again(const char* name, int fd, enum view view, const char* path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  seen(name, link, view, path);
}

static void changed(void) {
  mkdir("/seen/old", 0700);
  mkdir("/seen/old/d", 0700);
  make("/seen/old/d/file");
  make("/seen/old/gone");
  int gone = open("/seen/old/gone", O_RDONLY);
  unlink("/seen/old/gone");
  again("deleted", gone, SEEN, "/seen/old/gone");
  int folder = open("/seen/old/d", O_RDONLY);
  rename("/seen/old", "/seen/new");
  seenAt("renamed above", folder, "file", O_RDONLY, LIVE, "/seen/new/d/file");
  rename("/seen/new/d/file", "/seen/new/d/other");
  seenAt("renamed", folder, "other", O_RDONLY, LIVE, "/seen/new/d/other");
  mkdir("/seen/new/empty", 0700);
  int empty = open("/seen/new/empty", O_RDONLY);
  rmdir("/seen/new/empty");
  again("removed folder", empty, SEEN, "/seen/new/empty");
  seenAt("created", folder, "fresh", O_RDWR | O_CREAT, LIVE, "/seen/new/d/fresh");
}

/* The kernel names it after its inode. */
static void unnamed(void) {
  char path[128];
  struct stat status;
  begin("tmpfile");
  int fd = open("/seen/new/d", O_TMPFILE | O_RDWR, 0600);
  end();
  if (fd < 0 || fstat(fd, &status)) return failed("tmpfile", "open");
  snprintf(path, sizeof path, "/seen/new/d/#%lu", (unsigned long)status.st_ino);
  expect("file_open", "tmpfile", SEEN, path);
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  if (linkat(AT_FDCWD, link, AT_FDCWD, "/seen/new/d/linked", AT_SYMLINK_FOLLOW)) failed("tmpfile", "linkat");
  seen("tmpfile linked", "/seen/new/d/linked", LIVE, "/seen/new/d/linked");
}

static void written(const char* name, int fd) {
  begin(name);
  ssize_t size = write(fd, "12345678", 8);
  end();
  if (size != 8) failed(name, "write");
  expect("file_permission", name, SEEN, "");
}

static void nameless(void) {
  int ends[2], sockets[2];
  if (pipe(ends) || socketpair(AF_UNIX, SOCK_STREAM, 0, sockets)) return failed("pipe", "pipe");
  written("pipe", ends[1]);
  again("pipe reopened", ends[0], SEEN, "");
  written("socket", sockets[0]);
  int memory = memfd_create("x", 0);
  written("memfd", memory);
  again("memfd reopened", memory, SEEN, "");
  written("eventfd", eventfd(0, 0));
  begin("anonymous");
  void* page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  end();
  if (page == MAP_FAILED) failed("anonymous", "mmap");
  expect("mmap_file", "anonymous", SEEN, "");
  begin("memfd mapped");
  page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, memory, 0);
  end();
  if (page == MAP_FAILED) failed("memfd mapped", "mmap");
  expect("mmap_file", "memfd mapped", SEEN, "");
}

int main(void) {
  spelled();
  lengths();
  changed();
  unnamed();
  nameless();
  return 0;
}
