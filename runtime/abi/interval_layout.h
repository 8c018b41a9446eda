/* How the numbers or the addresses of many rules lie in an object: one table of 64-bit words that says which rule comes first. Written by
 * compiler/match, searched by intervals.bpf.c. Places are word numbers from the table's first word on. */
#ifndef LSMPC_RUNTIME_ABI_INTERVAL_LAYOUT_H
#define LSMPC_RUNTIME_ABI_INTERVAL_LAYOUT_H

#include "runtime/abi/path_layout.h"

/* First word: place of the lists (as LSMP_PATH_LISTS) | place of the part for IPv6 addresses << 32, 0 in a table of numbers. The part for numbers, or
 * for IPv4 addresses, follows.
 * Part: pieces | first step of the search << 32; where each piece begins, ascending, the first at 0: a word, of IPv6 two, high first; the result of each
 * piece (LSMP_PATH_RULE_BITS), two a word, the low half first. A piece ends where the next begins. */
#define LSMP_INTERVAL_PART 1

#endif
