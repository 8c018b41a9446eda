/* Calls on sockets: Unix, TCP and UDP over the loopback interface, netlink, and a network tunnel. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "calls.h"

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  return address;
}

static void stream(void) {
  struct sockaddr_in address = loopback(4711), peer;
  socklen_t size = sizeof(peer);
  int one = 1;
  at("socket");
  int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
  at("setsockopt");
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
  at("getsockopt");
  socklen_t option = sizeof(one);
  getsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, &option);
  at("bind");
  bind(listener, (void*)&address, sizeof(address));
  at("listen");
  listen(listener, 1);
  at("connect");
  connect(client, (void*)&address, sizeof(address));
  at("accept");
  int server = accept(listener, NULL, NULL);
  at("getsockname");
  getsockname(server, (void*)&peer, &size);
  at("getpeername");
  getpeername(server, (void*)&peer, &size);
  at("sendto");
  send(client, "x", 1, 0);
  at("recvfrom");
  char byte;
  recv(server, &byte, 1, 0);
  at("shutdown");
  shutdown(client, SHUT_RDWR);
}

static void unixStream(void) {
  struct sockaddr_un address = {AF_UNIX, "/tmp/sockets-stream"};
  char label[64];
  socklen_t size = sizeof(label);
  int listener = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
  at("bind");
  bind(listener, (void*)&address, sizeof(address));
  listen(listener, 1);
  at("connect");
  connect(client, (void*)&address, sizeof(address));
  at("accept");
  int server = accept(listener, NULL, NULL);
  at("getsockopt");
  getsockopt(server, SOL_SOCKET, SO_PEERSEC, label, &size);
}

static void unixDatagram(void) {
  struct sockaddr_un address = {AF_UNIX, "/tmp/sockets-datagram"};
  int one = 1, receiver = socket(AF_UNIX, SOCK_DGRAM, 0), sender = socket(AF_UNIX, SOCK_DGRAM, 0);
  setsockopt(receiver, SOL_SOCKET, SO_PASSSEC, &one, sizeof(one));
  bind(receiver, (void*)&address, sizeof(address));
  at("sendto");
  sendto(sender, "x", 1, 0, (void*)&address, sizeof(address));
}

/* A file descriptor passed from one end of a pair to the other. */
static void passed(void) {
  int pair[2];
  char byte = 'x', control[CMSG_SPACE(sizeof(int))];
  struct iovec bytes = {&byte, 1};
  struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
  at("socketpair");
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return;
  struct cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &pair[0], sizeof(int));
  at("sendmsg");
  sendmsg(pair[0], &message, 0);
  at("recvmsg");
  recvmsg(pair[1], &message, 0);
}

static void netlink(void) {
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  struct nlmsghdr nothing = {.nlmsg_len = sizeof(nothing), .nlmsg_type = NLMSG_NOOP, .nlmsg_flags = NLM_F_REQUEST};
  int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  at("sendto");
  sendto(fd, &nothing, sizeof(nothing), 0, (void*)&kernel, sizeof(kernel));
}

/* A family that nothing implements: the kernel asks for its module. */
static void unknownFamily(void) {
  at("socket");
  socket(AF_ROSE, SOCK_SEQPACKET, 0);
}

static void tunnel(void) {
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_MULTI_QUEUE};
  at("openat");
  int fd = open("/dev/net/tun", O_RDWR), other = open("/dev/net/tun", O_RDWR);
  at("ioctl");
  ioctl(fd, TUNSETIFF, &request);
  ioctl(other, TUNSETIFF, &request);
  request.ifr_flags = IFF_DETACH_QUEUE;
  ioctl(other, TUNSETQUEUE, &request);
  request.ifr_flags = IFF_ATTACH_QUEUE;
  ioctl(other, TUNSETQUEUE, &request);
}

RUN_GROUPS(stream, unixStream, unixDatagram, passed, netlink, unknownFamily, tunnel)
