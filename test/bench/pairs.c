/* pairs KIND ROUNDS OBJECT…: what one call costs with each of the objects, one after the other, in nanoseconds: in a guest that counts instructions those.
 * Prints the least of the rounds' means, and what AppArmor says of this process, or `-`. KIND:
 *   first    open and close of a file, of each once: the rounds share the objects out; the kernel knows the name, by a stat
 *   warm     open and close of a file
 *   renamed  the same, after its folder was renamed away and back, so that nothing that was kept for the folder holds
 *   exec     a program is started and ends
 *   connect  a datagram socket gets the address as its peer */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int udp;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char* what) {
  perror(what);
  exit(1);
}

static void open_file(const char* path) {
  int file = open(path, O_RDONLY);
  if (file < 0) fail(path);
  close(file);
}

/* Without an environment, whose copying would count. */
static void execute(const char* path) {
  int status = 0;
  pid_t child = vfork();
  if (child == 0) {
    execle(path, path, NULL, (char*[]){NULL});
    _exit(127);
  }
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) fail(path);
}

static void connect_to(const char* address) {
  struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = inet_addr(address)};
  if (connect(udp, (struct sockaddr*)&peer, sizeof peer) != 0) fail(address);
}

static void keep(const char* path) { (void)path; }

static void look_up(const char* path) {
  struct stat found;
  if (stat(path, &found) != 0) fail(path);
}

static void move_folder(const char* path) {
  char folder[256], away[260];
  snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
  snprintf(away, sizeof away, "%s-", folder);
  if (rename(folder, away) != 0 || rename(away, folder) != 0) fail(folder);
}

static const struct kind {
  const char* name;
  void (*before)(const char* object);
  void (*call)(const char* object);
  int once; /* with each object, in one of the rounds */
} kinds[] = {
    {"first", look_up, open_file, 1},
    {"warm", keep, open_file, 0},
    {"renamed", move_folder, open_file, 0},
    {"exec", keep, execute, 0},
    {"connect", keep, connect_to, 0},
};

static long long one_round(const struct kind* kind, char** objects, int count) {
  long long took = 0;
  for (int i = 0; i < count; i++) {
    kind->before(objects[i]);
    long long begin = now();
    kind->call(objects[i]);
    took += now() - begin;
  }
  return took / count;
}

static long long least_of(const struct kind* kind, int rounds, char** objects, int count) {
  long long least = -1;
  int share = kind->once ? count / rounds : count;
  for (int round = 0; round < rounds; round++) {
    long long mean = one_round(kind, objects + (kind->once ? round * share : 0), share);
    if (least < 0 || mean < least) least = mean;
  }
  return least;
}

static const char* confinement(char* text, int size) {
  int file = open("/proc/self/attr/current", O_RDONLY);
  ssize_t length = file < 0 ? -1 : read(file, text, size - 1);
  if (file >= 0) close(file);
  if (length <= 0) return "-";
  text[length] = 0;
  text[strcspn(text, "\n")] = 0;
  return text;
}

int main(int count, char** words) {
  const struct kind clock = {"clock", keep, keep, 0}, *end = kinds + sizeof kinds / sizeof *kinds, *kind = kinds;
  char text[256];
  int rounds = count < 4 ? 0 : atoi(words[2]), objects = count - 3;
  if (rounds < 1) return 64;
  while (kind < end && strcmp(kind->name, words[1]) != 0) kind++;
  if (kind == end || (kind->once && objects % rounds)) return 64;
  udp = socket(AF_INET, SOCK_DGRAM, 0);
  long long call = least_of(kind, rounds, words + 3, objects), alone = least_of(&clock, rounds, words + 3, objects);
  printf("%lld %s\n", call - alone, confinement(text, sizeof text));
  return 0;
}
