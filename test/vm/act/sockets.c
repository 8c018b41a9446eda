/* Calls on sockets. Families and types by name, addresses as text. */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "test/vm/act/act.h"

int socketNumber(const char* word) {
  static const struct {
    const char* name;
    int number;
  } known[] = {{"inet", AF_INET},     {"inet6", AF_INET6},           {"unix", AF_UNIX},  {"netlink", AF_NETLINK}, {"stream", SOCK_STREAM},
               {"dgram", SOCK_DGRAM}, {"seqpacket", SOCK_SEQPACKET}, {"raw", SOCK_RAW},  {"tcp", IPPROTO_TCP},    {"udp", IPPROTO_UDP},
               {"icmp", IPPROTO_ICMP}};
  for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
    if (!strcmp(known[i].name, word)) return known[i].number;
  return atoi(word);
}

static int made(int family, int type, int protocol) {
  int made = socket(family, type, protocol), on = 1;
  if (made < 0) giveUp("make a socket");
  setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return made;
}

static long makeSocket(char** words) { return socket(socketNumber(words[0]), socketNumber(words[1]), socketNumber(words[2])); }

union address {
  struct sockaddr any;
  struct sockaddr_in inet;
  struct sockaddr_in6 inet6;
  struct sockaddr_un local;
};

/* "/path" or "./path" is a unix socket, so is "@name", which is abstract, a colon makes IPv6. Returns the length. */
static socklen_t addressOf(const char* text, const char* port, union address* out) {
  memset(out, 0, sizeof *out);
  if (strchr("/.@", text[0])) {
    out->local.sun_family = AF_UNIX;
    strncpy(out->local.sun_path, text, sizeof out->local.sun_path - 1);
    if (text[0] != '@') return sizeof out->local;
    out->local.sun_path[0] = 0;
    return offsetof(struct sockaddr_un, sun_path) + strlen(text);
  }
  if (strchr(text, ':')) {
    out->inet6.sin6_family = AF_INET6;
    out->inet6.sin6_port = htons(atoi(port));
    if (inet_pton(AF_INET6, text, &out->inet6.sin6_addr) != 1) giveUp("read the address");
    return sizeof out->inet6;
  }
  out->inet.sin_family = AF_INET;
  out->inet.sin_port = htons(atoi(port));
  if (inet_pton(AF_INET, text, &out->inet.sin_addr) != 1) giveUp("read the address");
  return sizeof out->inet;
}

int atAddress(use use, int socket, const char* text, const char* port) {
  union address address;
  socklen_t length = addressOf(text, port, &address);
  return use(socket, &address.any, length);
}

static long used(use use, int type, const char* text, const char* port) {
  union address address;
  socklen_t length = addressOf(text, port, &address);
  return use(made(address.any.sa_family, type, 0), &address.any, length);
}

static long bindTo(char** words) { return used(bind, socketNumber(words[0]), words[1], words[2]); }
/* Datagrams: no one need listen. */
static long connectTo(char** words) { return used(connect, SOCK_DGRAM, words[0], words[1]); }

/* An address of an IPv6 socket cut to N bytes. */
static long connectShort(char** words) {
  union address address;
  addressOf(words[0], "9", &address);
  return connect(made(address.any.sa_family, SOCK_DGRAM, 0), &address.any, atoi(words[1]));
}

/* Dissolves an association: family 0, no address. */
static long disconnect(char** words) {
  struct sockaddr nobody = {.sa_family = AF_UNSPEC};
  (void)words;
  return connect(made(AF_INET, SOCK_DGRAM, 0), &nobody, sizeof nobody);
}

/* A datagram from an unconnected socket, whose address is that of the socket's own family where FAMILY is its name, else AF_UNSPEC. */
static long sendTo(char** words) {
  union address address;
  socklen_t length = addressOf(words[1], words[2], &address);
  int socket = made(address.any.sa_family, SOCK_DGRAM, 0);
  if (!strcmp(words[0], "unspec")) address.any.sa_family = AF_UNSPEC;
  return sendto(socket, "x", 1, 0, &address.any, length);
}

/* The same of an IPv4 socket. */
static long bindUnspecified(char** words) {
  union address address;
  socklen_t length = addressOf("0.0.0.0", words[0], &address);
  address.any.sa_family = AF_UNSPEC;
  return bind(made(AF_INET, SOCK_STREAM, 0), &address.any, length);
}

/* To the connected peer, with no address. */
static long sendConnected(char** words) {
  union address address;
  socklen_t length = addressOf(words[0], words[1], &address);
  int socket = made(address.any.sa_family, SOCK_DGRAM, 0);
  if (connect(socket, &address.any, length)) giveUp("connect");
  return send(socket, "x", 1, 0);
}

/* LOCAL-ADDRESS LOCAL-PORT ADDRESS PORT: a datagram socket that is bound before it is connected. */
static long connectFrom(char** words) {
  union address local, address;
  socklen_t length = addressOf(words[0], words[1], &local);
  int socket = made(local.any.sa_family, SOCK_DGRAM, 0);
  if (bind(socket, &local.any, length)) giveUp("bind");
  length = addressOf(words[2], words[3], &address);
  return connect(socket, &address.any, length);
}

/* A unix name that fills its memory without a NUL: 108 times the letter. */
static long bindFull(char** words) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memset(address.sun_path, words[0][0], sizeof address.sun_path);
  return bind(made(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr*)&address, sizeof address);
}

/* A file's name, whatever it begins with. */
static long bindName(char** words) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, words[0], sizeof address.sun_path - 1);
  return bind(made(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr*)&address, sizeof address);
}

/* The kernel is asked to choose a name. */
static long bindUnnamed(char** words) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  (void)words;
  return bind(made(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr*)&address, sizeof address.sun_family);
}

static long listenAt(char** words) {
  union address address;
  socklen_t length = addressOf(words[0], words[1], &address);
  int socket = made(address.any.sa_family, SOCK_STREAM, 0);
  if (address.any.sa_family == AF_UNIX) unlink(words[0]);
  if (bind(socket, &address.any, length)) giveUp("bind");
  return listen(socket, atoi(words[2]));
}

/* A raw IPv6 socket, with an address of no family. */
static long sendRaw(char** words) {
  union address address;
  socklen_t length = addressOf(words[1], "0", &address);
  int socket = made(AF_INET6, SOCK_RAW, IPPROTO_UDP);
  if (!strcmp(words[0], "unspec")) address.any.sa_family = AF_UNSPEC;
  return sendto(socket, "12345678", 8, 0, &address.any, length);
}

/* A stream that connects by what it sends first. No one listens: that is no refusal. */
static long sendFirst(char** words) {
  union address address;
  socklen_t length = addressOf(words[0], words[1], &address);
  int socket = made(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  long sent = sendto(socket, "x", 1, MSG_FASTOPEN, &address.any, length);
  return sent < 0 && errno == EINPROGRESS ? 0 : sent;
}

/* LEVEL NAME: an option of a TCP socket. */
static long setOption(char** words) {
  int on = 1;
  return setsockopt(made(AF_INET, SOCK_STREAM, 0), atoi(words[0]), atoi(words[1]), &on, sizeof on);
}

/* ADDRESS PORT FILE: listens, waits for a line in the file, and accepts what is not there. */
static long acceptLater(char** words) {
  union address address;
  socklen_t length = addressOf(words[0], words[1], &address);
  int socket = made(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (bind(socket, &address.any, length) || listen(socket, 5)) giveUp("listen");
  FILE* file = fopen(words[2], "r");
  if (!file || fgetc(file) == EOF) giveUp("wait");
  return accept(socket, NULL, NULL);
}

/* A frame of its own to the loopback device. */
static long sendFrame(char** words) {
  struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = 1, .sll_halen = 6};
  (void)words;
  return sendto(made(AF_PACKET, SOCK_DGRAM, 0), "x", 1, 0, (struct sockaddr*)&to, sizeof to);
}

const struct call socket_calls[] = {{"sendraw", 2, sendRaw},         {"sendfirst", 2, sendFirst},
                                    {"option", 2, setOption},        {"acceptlater", 3, acceptLater},
                                    {"sendframe", 0, sendFrame},
                                    {"socket", 3, makeSocket},       {"bind", 3, bindTo},
                                    {"connect", 2, connectTo},       {"short", 2, connectShort},
                                    {"disconnect", 0, disconnect},   {"listen", 3, listenAt},
                                    {"sendto", 3, sendTo},           {"bindunspec", 1, bindUnspecified},
                                    {"send", 2, sendConnected},      {"connectfrom", 4, connectFrom},
                                    {"bindfull", 1, bindFull},       {"bindname", 1, bindName},
                                    {"bindunnamed", 0, bindUnnamed}, {0}};
