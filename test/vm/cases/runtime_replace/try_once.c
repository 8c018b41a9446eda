/* Exit 0: the kernel let it send itself the signal; 1: it did not. */
#include <signal.h>
#include <unistd.h>

int main(void) {
  signal(50, SIG_IGN);
  return kill(getpid(), 50) != 0;
}
