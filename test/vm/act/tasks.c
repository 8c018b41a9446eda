/* Calls on other tasks. The target is a child of this process: PID (0: any) and its name. */
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "test/vm/act/act.h"

static long sendSignal(char** words) {
  struct child child = startChild(atoi(words[0]), words[1]);
  long result = kill(child.pid, atoi(words[2]));
  endChild(child);
  return result;
}

/* The signal goes to the process by the id of its second thread. */
static long signalThread(char** words) {
  struct child child = startChild(0, words[0]);
  long result = kill(child.thread, atoi(words[1]));
  endChild(child);
  return result;
}

static long seize(char** words) {
  struct child child = startChild(atoi(words[0]), words[1]);
  long result = ptrace(PTRACE_SEIZE, child.pid, NULL, NULL);
  endChild(child);
  return result;
}

const struct call task_calls[] = {{"kill", 3, sendSignal}, {"killthread", 2, signalThread}, {"ptrace", 2, seize}, {0}};
