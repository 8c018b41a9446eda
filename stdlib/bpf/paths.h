/* What lsmp_first_row answers, beside rows. Any other value leaves the path unresolved. */
#ifndef LSMPC_STDLIB_BPF_PATHS_H
#define LSMPC_STDLIB_BPF_PATHS_H

#define LSMP_ROWS (1u << 23)
#define LSMP_NO_ROW (~1u)

#endif
