/* What lsmp_same says of two strings. Any other value is none of its: the condition is then unresolved. */
#ifndef LSMPC_STDLIB_BPF_SAME_H
#define LSMPC_STDLIB_BPF_SAME_H

enum lsmp_sameness { LSMP_DIFFERENT = 0, LSMP_SAME = 1 };

#endif
