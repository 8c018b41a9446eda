/* A setup that makes a socket, and calls on it. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/vm/act/act.h"

static int held, family, type, protocol;

/* FAMILY,TYPE,PROTOCOL[,ADDRESS,PORT[,PEER,PORT]]: bound to them and connected. */
static void holdSocket(const char* value) {
  char* rest = strdup(value);
  const char* words[7] = {0};
  for (int i = 0; i < 7; i++) words[i] = strsep(&rest, ",");
  family = socketNumber(words[0]), type = socketNumber(words[1]), protocol = socketNumber(words[2]);
  held = socket(family, type, protocol);
  if (held < 0) giveUp("make a socket");
  if (words[3] && atAddress(bind, held, words[3], words[4])) giveUp("bind");
  if (words[5] && atAddress(connect, held, words[5], words[6])) giveUp("connect");
}

const struct setup held_setups[] = {{"socket=", holdSocket}, {0}};

static long makeAnother(char** words) { return (void)words, socket(family, type, protocol); }
static long bindAgain(char** words) { return atAddress(bind, held, words[0], words[1]); }
static long listenOn(char** words) { return (void)words, listen(held, 1); }
static long shutDown(char** words) { return (void)words, shutdown(held, SHUT_RDWR); }
static long sendOn(char** words) { return (void)words, send(held, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL); }
static long acceptOn(char** words) { return (void)words, accept4(held, NULL, NULL, SOCK_NONBLOCK); }

static long disconnect(char** words) {
  struct sockaddr nobody = {.sa_family = AF_UNSPEC};
  (void)words;
  return connect(held, &nobody, sizeof nobody);
}

static long receiveOn(char** words) {
  char byte;
  (void)words;
  return recv(held, &byte, 1, MSG_DONTWAIT);
}

static long setOn(char** words) {
  int on = 1;
  (void)words;
  return setsockopt(held, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

static long getOn(char** words) {
  int on;
  socklen_t length = sizeof on;
  (void)words;
  return getsockopt(held, SOL_SOCKET, SO_KEEPALIVE, &on, &length);
}

static long labelOf(char** words) {
  char label[64];
  socklen_t length = sizeof label;
  (void)words;
  return getsockopt(held, SOL_SOCKET, SO_PEERSEC, label, &length);
}

static long nameOf(int (*ask)(int, struct sockaddr*, socklen_t*)) {
  struct sockaddr_storage name;
  socklen_t length = sizeof name;
  return ask(held, (struct sockaddr*)&name, &length);
}

static long ownName(char** words) { return (void)words, nameOf(getsockname); }
static long peerName(char** words) { return (void)words, nameOf(getpeername); }

const struct call held_calls[] = {{"heldnew", 0, makeAnother},  {"heldbind", 2, bindAgain},    {"heldconnect", 0, disconnect}, {"heldlisten", 0, listenOn},
                                  {"heldshutdown", 0, shutDown}, {"heldsend", 0, sendOn},       {"heldaccept", 0, acceptOn},    {"heldreceive", 0, receiveOn},
                                  {"heldset", 0, setOn},         {"heldget", 0, getOn},         {"heldname", 0, ownName},       {"heldpeer", 0, peerName},
                                  {"heldlabel", 0, labelOf},     {0}};
