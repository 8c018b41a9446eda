/* What the compiler tells the library of a policy beside its tables, as constants that LLVM folds. */
#ifndef LSMPC_STDLIB_BPF_FITTING_H
#define LSMPC_STDLIB_BPF_FITTING_H

enum lsmp_extent { LSMP_ON_NONE, LSMP_ON_ALL, LSMP_ON_SOME }; /* of the policy's targets */

#define LSMP_HELD 256 /* with the number of paths that an event shows: slot 0 has another */

#endif
