/* Calls on two sockets of this process that have each other's address, or on one that speaks with the kernel. */
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

#include "test/vm/act/act.h"

/* Of the address's family, bound to it; what it leaves is nothing that waits. */
static int boundTo(int type, const char* address, const char* port) {
  struct linger none = {.l_onoff = 1};
  int on = 1, made = socket(strchr(address, ':') ? AF_INET6 : AF_INET, type, 0);
  if (made < 0) giveUp("make a socket");
  setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(made, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  if (atAddress(bind, made, address, port)) giveUp("bind");
  return made;
}

/* LISTENS-AT ADDRESS PORT FROM FROM-PORT: connects there, where this process listens and accepts. */
static long converse(char** words) {
  int server = boundTo(SOCK_STREAM, words[0], words[2]), client = boundTo(SOCK_STREAM, words[3], words[4]);
  if (listen(server, 5)) giveUp("listen");
  if (atAddress(connect, client, words[1], words[2])) return -1;
  return accept(server, NULL, NULL);
}

/* ADDRESS PORT FROM FROM-PORT: one datagram between two sockets that are connected to each other. */
static long datagram(char** words) {
  int to = boundTo(SOCK_DGRAM, words[0], words[1]), from = boundTo(SOCK_DGRAM, words[2], words[3]);
  if (atAddress(connect, to, words[2], words[3]) || atAddress(connect, from, words[0], words[1])) giveUp("connect");
  return send(from, "x", 1, 0);
}

static int sendOne(int socket, const struct sockaddr* address, socklen_t length) { return sendto(socket, "x", 1, 0, address, length); }

/* ADDRESS PORT TO TO-PORT: one from a socket that is bound and not connected. */
static long datagramFrom(char** words) { return atAddress(sendOne, boundTo(SOCK_DGRAM, words[0], words[1]), words[2], words[3]); }

static long makePair(char** words) {
  int ends[2];
  return socketpair(socketNumber(words[0]), socketNumber(words[1]), socketNumber(words[2]), ends);
}

/* TYPE: a byte between two unix sockets. */
static long sendInPair(char** words) {
  int ends[2];
  if (socketpair(AF_UNIX, socketNumber(words[0]), 0, ends)) giveUp("make a pair");
  return send(ends[0], "x", 1, 0);
}

/* TYPE PROTOCOL: a message that asks for nothing. */
static long tellKernel(char** words) {
  struct nlmsghdr nothing = {.nlmsg_len = sizeof nothing, .nlmsg_type = NLMSG_NOOP, .nlmsg_flags = NLM_F_REQUEST};
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  int made = socket(AF_NETLINK, socketNumber(words[0]), socketNumber(words[1]));
  if (made < 0) giveUp("make a socket");
  return sendto(made, &nothing, sizeof nothing, 0, (struct sockaddr*)&kernel, sizeof kernel);
}

const struct call peer_calls[] = {{"converse", 5, converse},   {"datagram", 4, datagram},   {"datagramfrom", 4, datagramFrom}, {"pair", 3, makePair},
                                  {"pairsend", 1, sendInPair}, {"netlink", 2, tellKernel}, {0}};
