/* Objects of the kernel with a certain value somewhere inside. */
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "test/vm/act/act.h"

/* On a socket that is connected, to a listener of this process. */
static long listenConnected(char** words) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  int listener = socket(AF_INET, SOCK_STREAM, 0), connected = socket(AF_INET, SOCK_STREAM, 0);
  (void)words;
  if (bind(listener, (struct sockaddr*)&at, length) || listen(listener, 1) || getsockname(listener, (struct sockaddr*)&at, &length) ||
      connect(connected, (struct sockaddr*)&at, length))
    giveUp("connect");
  return listen(connected, 1);
}

/* 0 or 1: whether the datagram goes without a checksum. */
static long sendUnchecked(char** words) {
  int made = socket(AF_INET, SOCK_DGRAM, 0), unchecked = atoi(words[0]);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (made < 0 || setsockopt(made, SOL_SOCKET, SO_NO_CHECK, &unchecked, sizeof unchecked)) giveUp("make the socket");
  return sendto(made, "x", 1, 0, (struct sockaddr*)&to, sizeof to);
}

/* The limit of open files of the process that is signalled. */
static long signalLimited(char** words) {
  struct rlimit limit = {atoi(words[0]), 1024};
  struct child child = startChild(0, "limited");
  if (prlimit(child.pid, RLIMIT_NOFILE, &limit, NULL)) giveUp("set the limit");
  long result = kill(child.pid, 0);
  endChild(child);
  return result;
}

/* A name of 16 bytes has no NUL; what follows it in the kernel's memory is then no NUL either. */
static long nameMap(char** words) {
  union bpf_attr attributes;
  struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}; /* 5.10 counts maps as locked memory */
  size_t length = strlen(words[0]);
  if (setrlimit(RLIMIT_MEMLOCK, &all)) giveUp("lock memory");
  memset(&attributes, 0, sizeof attributes);
  attributes.map_type = BPF_MAP_TYPE_ARRAY;
  attributes.key_size = attributes.value_size = 4;
  attributes.max_entries = 1;
  memcpy(attributes.map_name, words[0], length > sizeof attributes.map_name ? sizeof attributes.map_name : length);
  if (length >= sizeof attributes.map_name) attributes.map_ifindex = 0x41414141;
  return syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes);
}

const struct call raw_calls[] = {{"listenconnected", 0, listenConnected},
                                 {"sendunchecked", 1, sendUnchecked},
                                 {"killlimited", 1, signalLimited},
                                 {"mapname", 1, nameMap},
                                 {0}};
