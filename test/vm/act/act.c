#include "test/vm/act/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void giveUp(const char* what) {
  printf("cannot %s: %s\n", what, strerrorname_np(errno));
  exit(1);
}

static const struct call* find(const char* name) {
  const struct call* tables[] = {file_calls,   name_calls, alias_calls, socket_calls, task_calls,
                                 kernel_calls, raw_calls,  ring_calls, target_calls, held_calls,  unix_calls,
                                 peer_calls};
  for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
    for (const struct call* call = tables[i]; call->name; call++)
      if (!strcmp(call->name, name)) return call;
  return NULL;
}

/* The words of the call, and where the next one begins, or NULL. */
static char** cutOff(char** words) {
  while (*words && strcmp(*words, "and")) words++;
  if (!*words) return NULL;
  *words = NULL;
  return words + 1;
}

static int make(char** words, const char* before) {
  const struct call* call = *words ? find(*words) : NULL;
  int given = 0;
  while (call && words[given + 1]) given++;
  if (!call || (call->words != kAny && given != call->words)) {
    fprintf(stderr, "act: `%s` is no call with %d words\n", *words ? *words : "", given);
    return 2;
  }
  printf("%s", before);
  fflush(stdout); /* the call may make another program of this one */
  long result = call->make(words + 1);
  printf("%s", result >= 0 ? "ok" : strerrorname_np(errno));
  return 0;
}

int main(int count, char** words) {
  const char* before = "";
  int status = 0;
  (void)count;
  words += 1 + setUp(words + 1);
  for (char** next; !status && words; words = next, before = ",") {
    next = cutOff(words);
    status = make(words, before);
  }
  printf("\n");
  return status;
}
