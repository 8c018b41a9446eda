/* Definitions of the scratch maps. Under 5.10 the loader leaves the task maps out, elsewhere they are used. */
#include "scratch.h"

struct lsmp_task_map lsmp_scratch SEC(".maps");
struct lsmp_task_map lsmp_scratch_next SEC(".maps");
struct lsmp_cpu_map lsmp_scratch_cpu SEC(".maps");
