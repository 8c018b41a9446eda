/* System V shared memory, message queues and semaphores. */
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "calls.h"

enum { kKey = 4711 };

static void sharedMemory(void) {
  at("shmget");
  int id = shmget(kKey, 4096, IPC_CREAT | 0600);
  shmget(kKey, 4096, 0600);
  at("shmat");
  void* place = shmat(id, NULL, 0);
  at("shmdt");
  shmdt(place);
  at("shmctl");
  shmctl(id, IPC_RMID, NULL);
}

static void messages(void) {
  struct {
    long type;
    char text[8];
  } message = {1, "x"};
  at("msgget");
  int id = msgget(kKey, IPC_CREAT | 0600);
  msgget(kKey, 0600);
  at("msgsnd");
  msgsnd(id, &message, 8, IPC_NOWAIT);
  at("msgrcv");
  msgrcv(id, &message, 8, 0, IPC_NOWAIT);
  at("msgctl");
  msgctl(id, IPC_RMID, NULL);
}

static void semaphores(void) {
  struct sembuf operation = {0, 1, IPC_NOWAIT};
  at("semget");
  int id = semget(kKey, 1, IPC_CREAT | 0600);
  semget(kKey, 1, 0600);
  at("semop");
  semop(id, &operation, 1);
  at("semctl");
  semctl(id, 0, IPC_RMID);
}

RUN_GROUPS(sharedMemory, messages, semaphores)
