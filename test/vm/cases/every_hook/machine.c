/* Calls on the machine as a whole: clock, log, modules, ports, keys, labels. */
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <string.h>
#include <sys/io.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "calls.h"

#define JUNK_FILE "/tmp/machine-junk"

static void clockAndLog(void) {
  struct timeval now;
  gettimeofday(&now, NULL);
  at("settimeofday");
  settimeofday(&now, NULL);
  at("syslog");
  klogctl(10, NULL, 0);
}

static void modules(void) {
  int fd = open(JUNK_FILE, O_RDWR | O_CREAT, 0600);
  if (write(fd, "no module, no kernel", 20) < 0) return;
  close(fd);
  fd = open(JUNK_FILE, O_RDONLY);
  at("init_module");
  syscall(SYS_init_module, "no module, no kernel", 20, "");
  at("finit_module");
  syscall(SYS_finit_module, fd, "", 0);
  at("kexec_load");
  syscall(SYS_kexec_load, 0, 0, NULL, 0);
  at("kexec_file_load");
  syscall(SYS_kexec_file_load, fd, -1, 0, NULL, 4);
}

static void ports(void) {
  at("ioperm");
  ioperm(0x80, 1, 1);
}

static void keys(void) {
  at("add_key");
  long key = syscall(SYS_add_key, "user", "note", "x", 1, KEY_SPEC_PROCESS_KEYRING);
  at("keyctl");
  char text[64];
  syscall(SYS_keyctl, KEYCTL_READ, key, text, sizeof(text));
  syscall(SYS_keyctl, KEYCTL_GET_SECURITY, key, text, sizeof(text));
}

/* The child's session keyring becomes its parent's. */
static void session(void) {
  at("keyctl");
  pid_t child = fork();
  if (child == 0) {
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
    syscall(SYS_keyctl, KEYCTL_SESSION_TO_PARENT);
    _exit(0);
  }
  waitpid(child, NULL, 0);
}

static void labels(void) {
  struct {
    uint64_t id, flags, length, text_length;
    char text[8];
  } label = {110, 0, 40, 8, "x"};
  uint32_t size = sizeof(label);
  at("lsm_get_self_attr");
  syscall(459, 100, &label, &size, 0);
  at("lsm_set_self_attr");
  syscall(460, 100, &label, sizeof(label), 0);
}

static void sendAudit(int fd, int type, void* body, unsigned size) {
  char bytes[4096] = {0};
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  struct nlmsghdr* header = (void*)bytes;
  header->nlmsg_len = NLMSG_SPACE(size);
  header->nlmsg_type = type;
  header->nlmsg_flags = NLM_F_REQUEST;
  memcpy(NLMSG_DATA(header), body, size);
  sendto(fd, bytes, header->nlmsg_len, 0, (void*)&kernel, sizeof(kernel));
}

/* A rule of the audit system about a label, added and taken away, and a message of user space, which is logged with labels. */
static void audit(void) {
  struct audit_status status = {.mask = AUDIT_STATUS_ENABLED, .enabled = 1};
  struct {
    struct audit_rule_data rule;
    char text[8];
  } label = {{.flags = AUDIT_FILTER_EXIT,
              .action = AUDIT_ALWAYS,
              .field_count = 1,
              .fields = {AUDIT_SUBJ_USER},
              .values = {1},
              .fieldflags = {AUDIT_EQUAL},
              .buflen = 1,
              .mask = {1}},
             "x"};
  int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
  at("sendto");
  sendAudit(fd, AUDIT_SET, &status, sizeof(status));
  sendAudit(fd, AUDIT_USER, "hello", 6);
  sendAudit(fd, AUDIT_ADD_RULE, &label, sizeof(label));
  sendAudit(fd, AUDIT_DEL_RULE, &label, sizeof(label));
  status.enabled = 0;
  sendAudit(fd, AUDIT_SET, &status, sizeof(status));
}

RUN_GROUPS(clockAndLog, modules, ports, keys, session, labels, audit)
