/* What a search of a table answers (lsmp_first_row, lsmp_row_of_number, lsmp_row_of_address), beside rows. Any other value leaves what is looked for
 * unresolved. */
#ifndef LSMPC_STDLIB_BPF_ROWS_H
#define LSMPC_STDLIB_BPF_ROWS_H

#define LSMP_ROWS (1u << 23)
#define LSMP_NO_ROW (~1u)

#endif
