/* What generated programs call. Compiled with clang-19 to bitcode at build time and linked by lower/.
 *
 * Strings live in numbered slots of the task's scratch memory: 0 and 1 are path slots (4096 bytes), 2 … 5 text slots
 * (255 bytes). A slot's bytes stay until the program ends. Every function that can fail returns enum lsmp_state.
 * Functions marked `global` are verified once, so they take scalars only; the others are hidden (libbpf makes them static)
 * and are verified where they are called, so any pointer may be passed. Link with LinkOnlyNeeded, keep linkage, visibility
 * and `noinline` as they are, and run the always-inline pass: lsmp_report has six parameters and must vanish. */
#ifndef LSMPC_STDLIB_BPF_LSMP_H
#define LSMPC_STDLIB_BPF_LSMP_H

#include "runtime/abi/layout.h"

#define LSMP_PATH_SLOTS 2
#define LSMP_TEXT_SLOTS 4
#define LSMP_FIRST_TEXT_SLOT 2

/* Kernel objects are passed by address: what cannot be read is unresolved, never zero.
 * Absolute path from the namespace's root, see stdlib/bpf/path.bpf.c. state PRESENT or IS_UNRESOLVED. */
lsmp_u32 lsmp_path_of(lsmp_u32 slot, lsmp_u64 path);
/* The victim `dentry` on the mount of `dir`. */
lsmp_u32 lsmp_path_at(lsmp_u32 slot, lsmp_u64 dir, lsmp_u64 dentry);
/* NULL file, pipe, socket, memfd: PRESENT and empty. */
lsmp_u32 lsmp_file_path(lsmp_u32 slot, lsmp_u64 file);
/* 1: the open that a stacked filesystem makes behind the user's file; no event. */
lsmp_u32 lsmp_inner_file(lsmp_u64 file);

/* Kernel memory at address `text`, up to 255 bytes before the NUL; longer or faulting: unresolved. */
lsmp_u32 lsmp_text(lsmp_u32 slot, lsmp_u64 text);
/* comm of the task at address `task`. */
lsmp_u32 lsmp_comm(lsmp_u32 slot, lsmp_u64 task);

/* Runs the byte DFA at word `table` of lsmp_tables over the slot's string; returns its accept set's id.
 * Layout there: classes, states, 64 words of 256 byte classes, then per state a row: `classes` successors (each the word
 * index of a row in lsmp_tables) and the accept id as the last word. The dead state's row is the first, the start's the
 * second. ~0u: impossible state, treat as unresolved. global */
lsmp_u32 lsmp_match(lsmp_u32 slot, lsmp_u32 table);

/* Effective capabilities of the cred at address `cred`, bit CAP_x; `caps_out_on_stack` gets the set. */
lsmp_u32 lsmp_caps(lsmp_u64 cred, lsmp_u64 *caps_out_on_stack);

/* The sockaddr at address `address` (kernel memory, `length` bytes): IP as two big-endian halves in host integers, port in
 * host order. ABSENT for other families (unix, unspec) and PRESENT otherwise. Short addresses: unresolved. */
struct lsmp_socket { lsmp_u64 high, low; lsmp_u32 port; lsmp_u32 family; };
lsmp_u32 lsmp_socket_address(lsmp_u64 address, lsmp_u32 length, struct lsmp_socket *out);

/* Raw memory for untyped pointer chains: `size` bytes at `address` into *out. 0 or IS_UNRESOLVED. */
lsmp_u32 lsmp_read(lsmp_u64 address, lsmp_u32 size, lsmp_u64 *out);

/* Sends the event to lsmp_events and counts. `fields` says which members of `object` and which path slots are meant. */
struct lsmp_object {
  lsmp_u64 address_high, address_low;
  lsmp_u32 family, port, target_pid, signal, cap;
  lsmp_u32 target_comm_slot;   /* 0: none */
};
void lsmp_report(lsmp_u32 rule, lsmp_u32 hook, lsmp_s32 result, lsmp_u32 verdict, lsmp_u32 flags, const struct lsmp_object *object);
void lsmp_count(lsmp_u32 counter); /* enum lsmp_counter */
/* Counts a decision that makes no event: `suppressed` where the rule says quiet. */
void lsmp_tally(lsmp_u32 verdict, lsmp_u32 flags, lsmp_u32 suppressed);
/* 1: evaluate and record, permit everything. */
lsmp_u32 lsmp_audit_mode(void);

#endif
