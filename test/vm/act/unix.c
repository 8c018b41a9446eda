/* Calls between two unix sockets of this process. */
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "test/vm/act/act.h"

static int made(int type) {
  int made = socket(AF_UNIX, type, 0);
  if (made < 0) giveUp("make a socket");
  return made;
}

/* One that waits at that name. */
static void serve(int type, const char* name) {
  int server = made(type);
  unlink(name);
  if (atAddress(bind, server, name, "0") || (type != SOCK_DGRAM && listen(server, 5))) giveUp("serve");
}

static int sendOne(int socket, const struct sockaddr* address, socklen_t length) { return sendto(socket, "x", 1, 0, address, length); }

/* TYPE NAME ADDRESS: connects to it where NAME is served. */
static long meet(char** words) {
  int type = socketNumber(words[0]);
  serve(type, words[1]);
  return atAddress(connect, made(type), words[2], "0");
}

/* NAME ADDRESS: a datagram to it where NAME is served. */
static long mail(char** words) {
  serve(SOCK_DGRAM, words[0]);
  return atAddress(sendOne, made(SOCK_DGRAM), words[1], "0");
}

/* A datagram to a socket without a name. */
static long mailUnnamed(char** words) {
  int ends[2];
  (void)words;
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends)) giveUp("make a pair");
  return send(ends[0], "x", 1, 0);
}

static long meetBy(const struct sockaddr_un* address) {
  int server = made(SOCK_STREAM);
  if (bind(server, (const struct sockaddr*)address, sizeof *address) || listen(server, 5)) giveUp("serve");
  return connect(made(SOCK_STREAM), (const struct sockaddr*)address, sizeof *address);
}

/* A file's name, whatever it begins with. */
static long meetName(char** words) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, words[0], sizeof address.sun_path - 1);
  return meetBy(&address);
}

/* A name that fills its memory without a NUL: 108 times the letter. */
static long meetFull(char** words) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memset(address.sun_path, words[0][0], sizeof address.sun_path);
  return meetBy(&address);
}

const struct call unix_calls[] = {{"meet", 3, meet},         {"mail", 2, mail},         {"mailunnamed", 0, mailUnnamed},
                                  {"meetname", 1, meetName}, {"meetfull", 1, meetFull}, {0}};
