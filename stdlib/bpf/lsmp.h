/* What generated programs call. Compiled with clang-19 to bitcode at build time and linked by lower/.
 *
 * Strings live in numbered slots of the task's scratch memory: 0 and 1 are path slots (4096 bytes), 2 … 5 text slots
 * (255 bytes), 6 is the cgroup's (511 bytes). A slot's bytes stay until the program ends, which it says by lsmp_finish. Every function that can fail returns enum lsmp_state.
 * The static ones are inline, so any pointer may be passed; the others are global functions, which take numbers only and are verified once. */
#ifndef LSMPC_STDLIB_BPF_LSMP_H
#define LSMPC_STDLIB_BPF_LSMP_H

#include "runtime/abi/layout.h"
#include "stdlib/bpf/rows.h"
#include "stdlib/bpf/same.h"

#define LSMP_PATH_SLOTS 2
#define LSMP_TEXT_SLOTS 4
#define LSMP_FIRST_TEXT_SLOT 2
#define LSMP_CGROUP_SLOT 6

static void lsmp_finish(void);
/* Before anything else where the program may run in the midst of another of the acting task. 0: there is no memory for it. `second`: for slots
 * other than 0, too. */
lsmp_u32 lsmp_step_aside(lsmp_u32 second);

/* Absolute path from the namespace's root, see stdlib/bpf/path.bpf.c: PRESENT or IS_UNRESOLVED. The pointers are what the
 * verifier knows the type of; `probed` takes any address, and what cannot be read there is unresolved. */
struct path;
struct file;
static lsmp_u32 lsmp_path_of(lsmp_u32 slot, const struct path *path);
lsmp_u32 lsmp_probed_path_of(lsmp_u32 slot, lsmp_u64 path);
/* The victim `dentry` (an address) on the mount of `dir`. */
static lsmp_u32 lsmp_path_at(lsmp_u32 slot, const struct path *dir, lsmp_u64 dentry);
lsmp_u32 lsmp_probed_path_at(lsmp_u32 slot, lsmp_u64 dir, lsmp_u64 dentry);
/* NULL file, pipe, socket, memfd: PRESENT and empty. */
static lsmp_u32 lsmp_file_path(lsmp_u32 slot, const struct file *file);
lsmp_u32 lsmp_probed_file_path(lsmp_u32 slot, lsmp_u64 file);
/* The path of `dentry` from its superblock's root, whatever is mounted where. */
struct dentry;
static lsmp_u32 lsmp_fs_path_of(lsmp_u32 slot, const struct dentry *dentry);
lsmp_u32 lsmp_fs_path(lsmp_u32 slot, lsmp_u64 dentry);
/* The path of the cgroup at address `cgroup` from its hierarchy's root; more than 511 bytes or 32 levels: unresolved. */
lsmp_u32 lsmp_cgroup_path(lsmp_u32 slot, lsmp_u64 cgroup);
/* 1: the open that a stacked filesystem makes behind the user's file; no event. */
static lsmp_u32 lsmp_inner_file(const struct file *file);

/* Kernel memory at address `text`, up to 255 bytes before the NUL or the end of an array of `bytes` bytes (0: no array);
 * longer or faulting: unresolved. */
lsmp_u32 lsmp_text(lsmp_u32 slot, lsmp_u64 text, lsmp_u32 bytes);
/* comm of the task at address `task`. */
lsmp_u32 lsmp_comm(lsmp_u32 slot, lsmp_u64 task);

/* Runs the byte DFA at word `table` of lsmp_tables over the slot's string; returns its accept set's id.
 * Layout there: the start's row, 64 words of 256 byte classes (from 1), then for each state, the dead one
 * first, its accept id and its row: the successor for each class. Rows are named by their index in lsmp_tables. ~0u:
 * impossible state, treat as unresolved. */
static lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table);

/* Whether the two slots hold the same bytes: enum lsmp_sameness. */
lsmp_u32 lsmp_same(lsmp_u32 left, lsmp_u32 right);

/* Whether the slot's string, a number, an address is an element of the set that begins at word `table` (runtime/abi/set_layout.h): enum
 * lsmp_sameness. Signed numbers have their sign bit turned over. */
lsmp_u32 lsmp_in_strings(lsmp_u32 slot, lsmp_u32 table);
lsmp_u32 lsmp_in_numbers(lsmp_u32 table, lsmp_u64 number);
lsmp_u32 lsmp_in_networks(lsmp_u32 table, lsmp_u64 high, lsmp_u64 low);

/* The row of the table of paths at word `table` (runtime/abi/path_layout.h) that the slot's path comes to first, among those whose condition is a bit
 * of `mask` (stdlib/bpf/rows.h). Its rows' words, and all others of sets and tables, are had one by one. */
static lsmp_u32 lsmp_first_row(lsmp_u32 slot, lsmp_u32 table, lsmp_u64 mask);
lsmp_u64 lsmp_set_word(lsmp_u64 place);
/* The same of the table of numbers or of addresses at word `table` (runtime/abi/interval_layout.h). Signed numbers have their sign bit turned over. */
lsmp_u32 lsmp_row_of_number(lsmp_u32 table, lsmp_u64 number, lsmp_u64 mask);
lsmp_u32 lsmp_row_of_address(lsmp_u32 table, lsmp_u64 high, lsmp_u64 low, lsmp_u64 mask);

/* 0: the file's last name (its folder's: `above`) is not the one of `length` bytes, whose first 24 are in the words. */
static lsmp_u32 lsmp_may_be_near(const struct file *file, lsmp_u32 above, lsmp_u64 length, lsmp_u64 first, lsmp_u64 second, lsmp_u64 third);

/* What was answered before when the path of that file was asked the same: the answer with a bit above it, or 0; then lsmp_cache_file is told the
 * answer once it is found. `mask`: what else it hangs on; `one_mask`: on nothing. `scratch`: where the path is, if it was climbed by loads; lsmp_match_since looks there. */
struct lsmp_cache_seen { /* before the walk */
  lsmp_u64 namespace, mounts;
  void *volatile scratch; /* these are not in registers, which a hit has better use for */
  volatile lsmp_u32 renames, fill;
  lsmp_u32 place, lock;
};
static lsmp_u32 lsmp_file_path_since(lsmp_u32 slot, const struct file *file, struct lsmp_cache_seen *seen);
static lsmp_u32 lsmp_match_since(lsmp_u32 slot, lsmp_u32 table, const struct lsmp_cache_seen *seen);
static lsmp_u64 lsmp_cached_file(const struct file *file, lsmp_u32 question, lsmp_u64 mask, lsmp_u32 one_mask, struct lsmp_cache_seen *seen);
static void lsmp_cache_file(const struct file *file, lsmp_u32 question, lsmp_u64 mask, lsmp_u32 answer, struct lsmp_cache_seen *seen);

/* The same of a dynamic set, which is a map. `capacity`: bytes that its values hold. */
static lsmp_u32 lsmp_among_numbers(void *sets, lsmp_u64 number);
static lsmp_u32 lsmp_among_networks(void *sets, lsmp_u64 high, lsmp_u64 low);
static lsmp_u32 lsmp_among_strings(void *sets, lsmp_u32 slot, lsmp_u64 capacity);

/* What is kept of the current task's programs: one bit for each predicate of the policy. Unresolved where nothing is known. */
static lsmp_u32 lsmp_exe(lsmp_u64 *bits);
static lsmp_u32 lsmp_ancestors(lsmp_u64 *bits);
static lsmp_u32 lsmp_parent_exe(lsmp_u64 *bits);
struct task_struct;
static lsmp_u32 lsmp_task_exe(struct task_struct *task, lsmp_u64 *bits);
static lsmp_u32 lsmp_script(lsmp_u64 *bits);
static lsmp_u32 lsmp_asked_script(lsmp_u64 *bits);
/* Which file of the chain of the exec that is under way `file` (an address) is: 0 the one that was asked for. */
static lsmp_u32 lsmp_exec_step(lsmp_u64 file, lsmp_u64 *step);

/* Whether the kernel has task storage and gives the acting task as a typed pointer: both came with 5.11. */
static int lsmp_has_task_storage(void);

/* Effective capabilities of the cred at address `cred`, bit CAP_x; `caps_out_on_stack` gets the set. */
static lsmp_u32 lsmp_caps(lsmp_u64 cred, lsmp_u64 *caps_out_on_stack);

/* The pid namespace of level `level` (0: the initial one) that the task at address `task` is in. */
static lsmp_u32 lsmp_root_superblock(lsmp_u64 *superblock_out_on_stack);
static lsmp_u32 lsmp_pid_namespace(lsmp_u64 task, lsmp_u64 level, lsmp_u64 *namespace_out_on_stack);

/* The sockaddr at address `address` (kernel memory, `length` bytes): IP as two big-endian halves in host integers, port in
 * host order. ABSENT for other families (unix) and PRESENT otherwise. Short addresses: unresolved; none at all: ABSENT.
 * `unspec`: the family of a socket that takes AF_UNSPEC for its own, else AF_UNSPEC itself, which is then no address. */
struct lsmp_socket { lsmp_u64 high, low; lsmp_u32 port; lsmp_u32 family; };
static lsmp_u32 lsmp_socket_address(lsmp_u64 address, lsmp_u32 length, lsmp_u32 unspec, struct lsmp_socket *out);
/* What the `struct sock` at address `sock` is bound to; ABSENT where it is not of IPv4 or IPv6. */
static lsmp_u32 lsmp_local_address(lsmp_u64 sock, struct lsmp_socket *out);
/* What it is connected to; ABSENT where it is not, too. */
static lsmp_u32 lsmp_peer_address(lsmp_u64 sock, struct lsmp_socket *out);
/* The name in a unix sockaddr as the caller wrote it; `@` and the bytes of an abstract one; `./` before a relative path that
 * begins with `@`. ABSENT for other families and where no name is given. */
lsmp_u32 lsmp_unix_path(lsmp_u32 slot, lsmp_u64 address, lsmp_u32 length);
/* The same of the name that the `struct sock` at address `sock` is bound to. */
lsmp_u32 lsmp_unix_name(lsmp_u32 slot, lsmp_u64 sock);

/* `flags` of the calls below say whether the policy is in audit mode (LSMP_EVENT_AUDIT_MODE).
 * Counts the decision and sends its event to lsmp_events. `rule_hook`: rule << 32 | hook, indices of the manifest.
 * `result_verdict`: (u32)result << 32 | enum lsmp_verdict. `object`: NULL where the hook has none. `paths`: how many of the
 * path slots its events can show; the flags say which are there now. With LSMP_HELD (fitting.h) slot 0 is of a path that events do not show: then they do not show the
 * program's either, which is found there. */
static void lsmp_report(lsmp_u64 rule_hook, lsmp_u64 result_verdict, lsmp_u32 flags, const struct lsmp_object *object, lsmp_u32 paths);
/* comm of the target, from a text slot into the object. */
static void lsmp_target_comm(lsmp_u32 slot, struct lsmp_object *object);
/* The same in a program that may run in an interrupt, where nothing else of it needs memory. */
static void lsmp_report_aside(lsmp_u64 rule_hook, lsmp_u64 result_verdict, lsmp_u32 flags, const struct lsmp_object *object, lsmp_u32 paths);
lsmp_u32 lsmp_count(lsmp_u32 counter); /* enum lsmp_counter */
/* Counts a decision of the rule of that index. */
lsmp_u32 lsmp_hit(lsmp_u32 rule, lsmp_u32 flags);
/* Counts a decision; one that makes no event in `unseen` too, LSMP_SUPPRESSED or LSMP_LIMITED; LSMP_COUNTERS: in none. */
lsmp_u32 lsmp_tally(lsmp_u32 verdict, lsmp_u32 flags, lsmp_u32 unseen);
/* 1 where the rule may make another event, which is then counted out: at most `most` in each `window` nanoseconds. */
lsmp_u32 lsmp_within_rate(lsmp_u32 slot, lsmp_u64 most, lsmp_u64 window);
/* Sends `signal` to the acting process, but not in audit mode and not to pid 1: 0, or LSMP_EVENT_NOT_SIGNALLED. */
static lsmp_u32 lsmp_kill(lsmp_u32 signal, lsmp_u32 audit);
/* LSMP_EVENT_AUDIT_MODE or 0: evaluate and record, permit everything. */
static lsmp_u32 lsmp_audit_mode(void);

#endif
