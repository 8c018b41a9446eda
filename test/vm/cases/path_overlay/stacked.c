/* Calls on files of an overlay: lower, upper, copied up, made, removed; one file is forbidden by the policy. */
#include <dirent.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "test/vm/expect.h"

static void filled(const char* path) {
  int fd = open(path, O_CREAT | O_WRONLY, 0700);
  if (fd < 0 || write(fd, "text", 4) != 4) failed(path, "write");
  close(fd);
}

static void stack(void) {
  for (const char** at = (const char*[]){"/o", "/o/t", "/o/lower", "/o/merged", NULL}; *at; at++) mkdir(*at, 0700);
  if (mount("none", "/o/t", "tmpfs", 0, NULL)) failed("/o/t", "mount");
  for (const char** at = (const char*[]){"/o/t/upper", "/o/t/work", NULL}; *at; at++) mkdir(*at, 0700);
  for (const char** at = (const char*[]){"/o/lower/file", "/o/lower/forbidden", "/o/lower/raised", "/o/lower/cut", "/o/lower/gone", NULL};
       *at; at++)
    filled(*at);
  if (mount("overlay", "/o/merged", "overlay", 0, "lowerdir=/o/lower,upperdir=/o/t/upper,workdir=/o/t/work")) failed("/o/merged", "mount");
  filled("/o/merged/upper");
}

/* One file by all that reads and maps it: one event each. */
static void readAll(const char* open_name, const char* read_name, const char* map_name, const char* path) {
  char bytes[4];
  int fd = seenAt(open_name, AT_FDCWD, path, O_RDONLY, SEEN, path);
  begin(read_name);
  ssize_t size = read(fd, bytes, 4);
  end();
  if (size != 4) failed(read_name, "read");
  expect("file_permission", read_name, SEEN, path);
  begin(map_name);
  void* page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
  end();
  if (page == MAP_FAILED)
    failed(map_name, "mmap");
  else if (*(volatile char*)page != 't')
    failed(map_name, "page");
  expect("mmap_file", map_name, SEEN, path);
  close(fd);
}

/* A lower file is copied up by the open; the write goes to the upper file. */
static void raised(void) {
  int fd = seenAt("raise", AT_FDCWD, "/o/merged/raised", O_RDWR, SEEN, "/o/merged/raised");
  begin("raise write");
  ssize_t size = write(fd, "more", 4);
  end();
  if (size != 4) failed("raise write", "write");
  expect("file_permission", "raise write", SEEN, "/o/merged/raised");
  close(fd);
  begin("cut");
  int result = truncate("/o/merged/cut", 1);
  end();
  if (result) failed("cut", "truncate");
  expect("path_truncate", "cut", SEEN, "/o/merged/cut");
}

static void changed(void) {
  int fd = seenAt("made", AT_FDCWD, "/o/merged/made", O_CREAT | O_WRONLY, SEEN, "/o/merged/made");
  if (fd >= 0) expect("path_mknod", "made", SEEN, "/o/merged/made");
  begin("renamed");
  int result = rename("/o/merged/made", "/o/merged/renamed");
  end();
  if (result) failed("renamed", "rename");
  expectTwo("path_rename", "renamed", "/o/merged/made", "/o/merged/renamed");
  begin("unlinked");
  result = unlink("/o/merged/gone");
  end();
  if (result) failed("unlinked", "unlink");
  expect("path_unlink", "unlinked", SEEN, "/o/merged/gone");
  int folder = seenAt("list", AT_FDCWD, "/o/merged", O_RDONLY, SEEN, "/o/merged");
  char entries[1024];
  begin("list read");
  if (getdents64(folder, entries, sizeof entries) < 0) failed("list", "getdents");
  end();
  expect("file_permission", "list read", SEEN, "/o/merged");
}

static void refused(const char* name, const char* hook, int result) {
  int error = errno;
  end();
  if (result != -1 || error != EACCES) failed(name, "expected EACCES");
  expect(hook, name, SEEN, "/o/merged/forbidden");
}

static void forbidden(void) {
  begin("no read");
  refused("no read", "file_open", open("/o/merged/forbidden", O_RDONLY));
  begin("no write");
  refused("no write", "file_open", open("/o/merged/forbidden", O_RDWR));
  begin("no cut");
  refused("no cut", "path_truncate", truncate("/o/merged/forbidden", 0));
  begin("no unlink");
  refused("no unlink", "path_unlink", unlink("/o/merged/forbidden"));
}

int main(void) {
  stack();
  readAll("lower open", "lower read", "lower map", "/o/merged/file");
  readAll("upper open", "upper read", "upper map", "/o/merged/upper");
  raised();
  changed();
  forbidden();
  return 0;
}
