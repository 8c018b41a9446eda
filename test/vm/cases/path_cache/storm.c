/* Files are opened again and again while what their paths hang on changes: names of files and of the folders above, mounts, links, a folder that is
 * made anew. Each open is denied exactly where its path of now has WORD in it, or where user 7 opens an `f1`; what is open is locked, which is
 * denied of an `f1` to all. Two processes, each in a folder of its own, which disturb each other's cached answers.
 * Where the emulator stops the other in the middle of a rename no walk finds a quiet moment: EAGAIN. Usage: storm FOLDER OPENS SEED WORD, where FOLDER is
 * in the root of all and the beginning of the processes' folders. */
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/vm/expect.h"

enum { kFolders = 7, kFiles = 3, kOpensBetween = 250, kPath = 256 };

static struct folder {
  char path[kPath];
  int fd;
} folders[kFolders];
static const char* const kNames[kFiles] = {"f0", "f1", "name-of-16-bytes"};
static const char* word;
static unsigned state;
static char home[kPath / 4], below[kPath];
static const char *const places[2] = {home, below}, *top = home;
static int is_deny[3], made_deny, bound[2], covered, is_below;

static unsigned chance(unsigned below) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

static void must(int failed, const char* what) {
  if (!failed) return;
  printf("not ok %s: cannot %s: %s\n", getenv("CASE"), what, strerror(errno));
  exit(1);
}

static const char* kind(int deny) { return deny ? "deny" : "open"; }

static const char* at(const char* form, int deny) {
  static char text[4][kPath];
  static int turn;
  char* to = text[turn++ % 4];
  snprintf(to, kPath, form, kind(deny));
  return to;
}

static void fill(const char* folder) {
  char path[kPath];
  for (int i = 0; i < kFiles; i++) {
    snprintf(path, kPath, "%s/%s", folder, kNames[i]);
    must(mknod(path, S_IFREG | 0600, 0), "make a file"); /* which opens nothing */
  }
}

/* By its name of now, or by what was opened before, wherever that is by now. */
static void look(void) {
  char text[kFolders][kPath], proc[32];
  snprintf(text[0], kPath, "%s/a-%s", top, kind(is_deny[0]));
  snprintf(text[1], kPath, "%s/a-%s/d-%s", top, kind(is_deny[0]), kind(is_deny[1]));
  snprintf(text[2], kPath, "%s/b", top);
  snprintf(text[3], kPath, "%s/b/e-%s", top, kind(is_deny[2]));
  snprintf(text[4], kPath, "%s/c-%s", top, kind(made_deny));
  snprintf(text[5], kPath, "%s/m-open", top);
  snprintf(text[6], kPath, "%s/m-deny", top);
  for (int i = 0; i < kFolders; i++) {
    struct folder* one = &folders[i];
    ssize_t length = -1;
    snprintf(proc, sizeof proc, "/proc/self/fd/%d", one->fd);
    if (i < 3 && one->fd >= 0 && chance(2)) length = readlink(proc, one->path, kPath - 1);
    if (length > 0) {
      one->path[length] = 0;
    } else {
      if (one->fd >= 0) close(one->fd);
      snprintf(one->path, kPath, "%s", text[i]);
      one->fd = open(text[i], O_PATH | O_DIRECTORY);
    }
    must(one->fd < 0, "open a folder");
  }
}

/* Folders are made anew where the freed ones have just been, and without a rename. */
static void makeAnew(void) {
  const char* folder = at("c-%s", made_deny);
  char path[kPath];
  for (int i = 0; i < kFiles; i++) {
    snprintf(path, kPath, "%s/%s", folder, kNames[i]);
    must(unlink(path), "remove a file");
  }
  close(folders[4].fd);
  folders[4].fd = -1;
  must(rmdir(folder), "remove a folder");
  made_deny ^= 1;
  must(mkdir(at("c-%s", made_deny), 0700), "make a folder");
  fill(at("c-%s", made_deny));
}

static void closeMounted(void) {
  for (int i = 5; i < kFolders; i++) {
    close(folders[i].fd);
    folders[i].fd = -1;
  }
}

/* b is mounted at m-open, at m-deny, at both or at none. */
static void moveMount(void) {
  int which = (int)chance(2);
  closeMounted();
  if (bound[which] && !bound[!which]) {
    must(mount(at("m-%s", which), at("m-%s", !which), NULL, MS_MOVE, NULL), "move the mount");
    bound[!which] = 1;
    bound[which] = 0;
  } else if (bound[which]) {
    must(umount2(at("m-%s", which), MNT_DETACH), "unmount");
    bound[which] = 0;
  } else {
    must(mount("b", at("m-%s", which), NULL, MS_BIND, NULL), "bind");
    bound[which] = 1;
  }
}

static const char* inA(const char* form) {
  static char text[kPath];
  snprintf(text, kPath, form, kind(is_deny[0]));
  return text;
}

/* A mount under a folder that is renamed. */
static void cover(void) {
  const char* folder = at(inA("a-%s/d-%%s"), is_deny[1]);
  close(folders[1].fd);
  folders[1].fd = -1;
  covered ^= 1;
  if (!covered) {
    must(umount2(folder, MNT_DETACH), "uncover");
    return;
  }
  must(mount("none", folder, "tmpfs", 0, NULL), "cover");
  fill(folder);
}

static void flip(int which, const char* form) {
  must(rename(at(form, is_deny[which]), at(form, !is_deny[which])), "rename a folder");
  is_deny[which] ^= 1;
}

/* All names up to the root are what they were, but the last of them is no longer in it. */
static void sink(void) {
  must(rename(places[is_below], places[!is_below]), "move the folder of all");
  is_below ^= 1;
  top = places[is_below];
}

static void relink(void) {
  must(link("b/f0", "b/other"), "link");
  must(unlink("b/f0"), "unlink");
  must(link("b/other", "b/f0"), "link back");
  must(unlink("b/other"), "unlink the other");
}

static void disturb(void) {
  switch (chance(9)) {
    case 0: flip(0, "a-%s"); break;
    case 1:
      if (covered) cover();
      flip(1, inA("a-%s/d-%%s"));
      break;
    case 2: flip(2, "b/e-%s"); break;
    case 3: makeAnew(); break;
    case 4:
    case 5: moveMount(); break;
    case 6: cover(); break;
    case 7: sink(); break;
    default: relink();
  }
  look();
}

/* The first mount on a folder is a change that renames are told from (fs/dcache.c: d_set_mounted). So that there is none, something is always mounted
 * on both folders, by way of another mount of the same tree. */
static void mountElsewhere(void) {
  char again[kPath + 8];
  snprintf(again, sizeof again, "%s-again", top);
  must(mkdir(again, 0700) || mount(top, again, NULL, MS_BIND, NULL) || chdir(again), "mount again");
  for (int i = 0; i < 2; i++) must(mount("none", at("m-%s", i), "tmpfs", 0, NULL), "mount elsewhere");
  must(chdir(top), "go back");
}

static void build(void) {
  for (int i = 0; i < kFolders; i++) folders[i].fd = -1;
  must(mkdir(top, 0700) || chdir(top), "make the folder");
  for (const char* const* one = (const char* const[]){"a-open", "a-open/d-open", "b", "b/e-open", "c-open", "m-open", "m-deny", NULL}; *one;
       one++) {
    must(mkdir(*one, 0700), "make a folder");
    fill(*one);
  }
  mountElsewhere();
  look();
}

static long unquiet;

static int isWrong(const struct folder* folder, const char* name, uid_t user) {
  int is_f1 = !strcmp(name, "f1"), wanted = strstr(folder->path, word) || (user == 7 && is_f1);
  int fd = openat(folder->fd, name, O_RDONLY), denied = fd < 0 && errno == EACCES;
  if (fd < 0 && errno == EAGAIN) return unquiet++, 0;
  must(fd < 0 && !denied, "open");
  if (fd < 0) return !wanted;
  int refused = flock(fd, LOCK_SH) != 0, lock_unquiet = refused && errno == EAGAIN;
  must(refused && errno != ENOLCK && errno != EAGAIN, "lock");
  close(fd);
  unquiet += lock_unquiet;
  return wanted || (refused != is_f1 && !lock_unquiet);
}

/* Wrong decisions. */
static long storm(long opens) {
  long wrong = 0;
  uid_t user = 0;
  build();
  for (long i = 0; i < opens; i++) {
    if (i % kOpensBetween == kOpensBetween - 1) disturb();
    const struct folder* one = &folders[chance(kFolders)];
    const char* name = kNames[chance(kFiles)];
    if (chance(8) == 0) must(setresuid(user ^= 7, -1, -1), "change the user");
    if (!isWrong(one, name, user)) continue;
    if (!wrong++) printf("%s/%s, user %u\n", one->path, name, user);
  }
  for (int which = 0; which < 2; which++)
    if (bound[which]) umount2(at("m-%s", which), MNT_DETACH);
  if (covered) cover();
  return wrong;
}

int main(int count, char** arguments) {
  if (count != 5) return 2;
  long opens = atol(arguments[2]);
  word = arguments[4];
  for (int which = 0; which < 2; which++) {
    snprintf(home, sizeof home, "%s%d", arguments[1], which);
    snprintf(below, sizeof below, "/below%s%s", word, home);
    state = (unsigned)atoi(arguments[3]) * 2 + which + 1;
    if (fork()) continue;
    long wrong = storm(opens);
    printf("%s %s: %s: %ld of %ld opens are decided wrongly\n", wrong ? "not ok" : "ok", getenv("CASE"), top, wrong, opens);
    printf("%s %s: %s: %ld found no quiet moment\n", unquiet > opens / 100 ? "not ok" : "ok", getenv("CASE"), top, unquiet);
    return 0;
  }
  while (wait(NULL) > 0) {
  }
  return 0;
}
