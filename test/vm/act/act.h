/* `act`: system calls with a known actor, for the kernel tests. `act [SETUP…] CALL ARGUMENT… [and CALL ARGUMENT…]…` prints `ok` or
 * the errno's name of each, with commas between. Setups (files.c, actor.c, disguise.c, places.c, targets.c, held.c) change the acting task first, passages
 * (descent.c, disguise.c) go on in another; calls stand in the others. */
#ifndef LSMPC_TEST_VM_ACT_H
#define LSMPC_TEST_VM_ACT_H

#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>

/* `words` after the call's name, kAny for any number; the result is that of the system call: below 0 with errno set where it failed. */
enum { kAny = -1 };
struct call {
  const char* name;
  int words;
  long (*make)(char** words);
};

extern const struct call file_calls[], name_calls[], alias_calls[], socket_calls[], task_calls[], kernel_calls[], raw_calls[], ring_calls[], target_calls[], held_calls[], unix_calls[],
    peer_calls[];

/* A word such as `uid=5` before the call: what it does with the rest of the word. */
struct setup {
  const char* name; /* with its `=` */
  void (*apply)(const char* value);
};

extern const struct setup file_setups[], actor_setups[], disguise_setups[], place_setups[], target_setups[], held_setups[];

/* A word such as `thread=7`: what stands behind it is done by another task or program. */
struct passage {
  const char* name; /* with its `=` */
  void (*go)(char** words); /* words[0]: the rest of the word */
};

extern const struct passage descent_passages[], disguise_passages[];

/* A descriptor, with the flags of `opens=` too. */
int opened(const char* path, int flags);
/* Sets the id after which the kernel looks for the next task's, and returns what it was. Who chooses an id sets it back as soon as the
   task is there: a thread of the kernel would else get one of the next ids that a test wants, and keep it. */
int lastId(int last);
/* Applies SETUP words from the front; returns how many there were. */
int setUp(char** words);
/* Goes on in a child whose pid is `pid` (0: any); the parent waits for it and exits with its status. */
void continueInChild(int pid);
/* A child with that pid (0: any) and name, and a second thread named `thread`; it ignores signals and waits for endChild. */
struct child {
  int pid, thread;
};
struct child startChild(int pid, const char* comm);
void endChild(struct child child);
/* A child that runs that copy of this program and waits there for two seconds. */
int startProgram(const char* path);
/* What a family, type or protocol is called, or a number. */
int socketNumber(const char* word);
/* Such as bind: with that address, as the calls of sockets.c take it; the result is that of the system call. */
typedef int (*use)(int socket, const struct sockaddr* address, socklen_t length);
int atAddress(use use, int socket, const char* text, const char* port);
/* The setup could not be done: not a result of the call. */
void giveUp(const char* what);

#endif
