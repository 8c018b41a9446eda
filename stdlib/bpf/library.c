/* The library is one translation unit: its functions are local, so LLVM fits them to the policy that they are linked into,
 * and the verifier checks them where they are called, which lets callers pass any pointer. */
#include "scratch.bpf.c"
#include "text.bpf.c"
#include "task.bpf.c"
#include "socket.bpf.c"
#include "match.bpf.c"
#include "sets.bpf.c"
#include "dynamic.bpf.c"
#include "event.bpf.c"
#include "rate.bpf.c"
#include "kill.bpf.c"
#include "path.bpf.c"
#include "facts.bpf.c"
