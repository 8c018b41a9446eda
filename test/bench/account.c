/* account COMMAND…: what a command that loads a policy takes, and what it leaves in the kernel: nanoseconds of CPU and of the clock (in a guest that counts
 * instructions those), KiB of memory that went, and of all BPF maps and programs what their /proc/self/fdinfo says. */
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(long seconds, long rest) { return seconds * 1000000000LL + rest; }

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return nanoseconds(time.tv_sec, time.tv_nsec);
}

/* The number behind `key` in a file of lines, or 0. */
static long long number(const char* path, const char* key) {
  char line[256];
  long long value = 0;
  FILE* file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file))
    if (strncmp(line, key, strlen(key)) == 0) value = atoll(line + strlen(key));
  if (file) fclose(file);
  return value;
}

static int call(int command, union bpf_attr* attributes) { return syscall(SYS_bpf, command, attributes, sizeof *attributes); }

/* Prints how many objects there are, the sum of their memory, and of the instructions that the verifier went through. */
static void sum(const char* what, int next, int open) {
  union bpf_attr attributes = {0};
  long long count = 0, bytes = 0, verified = 0;
  while (call(next, &attributes) == 0) {
    union bpf_attr chosen = {.map_id = attributes.next_id};
    char path[64];
    int object = call(open, &chosen);
    attributes.start_id = attributes.next_id;
    if (object < 0) continue;
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", object);
    count++;
    bytes += number(path, "memlock:");
    verified += number(path, "verified_insns:");
    close(object);
  }
  printf(" %ss %lld %s_bytes %lld %s_verified %lld", what, count, what, bytes, what, verified);
}

int main(int count, char** words) {
  struct rusage used;
  int status = 0;
  long long before = number("/proc/meminfo", "MemAvailable:"), begin = now();
  pid_t child = count > 1 ? fork() : -1;
  if (child == 0) {
    if (!freopen("/dev/null", "w", stdout)) _exit(126);
    execvp(words[1], words + 1);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) return 1;
  long long cpu = nanoseconds(used.ru_utime.tv_sec + used.ru_stime.tv_sec, (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000);
  printf("cpu %lld clock %lld", cpu, now() - begin);
  printf(" gone_kib %lld", before - number("/proc/meminfo", "MemAvailable:"));
  sum("map", BPF_MAP_GET_NEXT_ID, BPF_MAP_GET_FD_BY_ID);
  sum("program", BPF_PROG_GET_NEXT_ID, BPF_PROG_GET_FD_BY_ID);
  printf("\n");
  return 0;
}
