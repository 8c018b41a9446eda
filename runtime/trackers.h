// Programs of an object that keep what its rules ask of tasks' programs (runtime/abi/trackers.def). They have no gate: they keep from their
// attachment on. Their links are pinned as `hook_track_HOOK`.
#pragma once

#include <cstdint>
#include <string>

struct bpf_map;
struct bpf_object;

namespace lsmpc::runtime {

struct PolicyObject;
struct ReadyObject;

bool isTracker(const std::string& program, const std::string& section);
bool isTrackerLink(const std::string& name);
// Before the load: those that this kernel does not need are left out.
// Where its programs keep what they know of tasks, on this kernel (left_out.h).
bool usesTaskStorage(const bpf_object* object);
void chooseTrackers(bpf_object* object);
// Before the load: what is kept for the policy in force that this one replaces, so that nothing of it is forgotten; `generation` is in force, 0: none.
// Throws Failure PinUnusable, LoadFailed.
void followFacts(const PolicyObject& object, uint64_t generation);
// Of the loaded object; null where it keeps nothing.
bpf_map* factsOf(bpf_object* object);
std::string factsPin(const std::string& folder);
// After all hooks are attached. Throws Failure AttachFailed.
void attachTrackers(ReadyObject& ready);
// What the tasks run that are older than the policy, and what the replaced policy knows of them; the gate is still closed. How many processes those are of which
// neither knows all ancestors, where a rule asks for them: what ended before is not among theirs. Throws Failure.
uint64_t readRunningTasks(const ReadyObject& ready);

}  // namespace lsmpc::runtime
