// Programs of an object that keep what its rules ask of tasks' programs (runtime/abi/trackers.def). They have no gate: they keep from their
// attachment on. Their links are pinned as `hook_track_HOOK`.
#pragma once

#include <string>

struct bpf_object;

namespace lsmpc::runtime {

struct ReadyObject;

bool isTracker(const std::string& program, const std::string& section);
bool isTrackerLink(const std::string& name);
// Before the load: those that this kernel does not need are left out.
void chooseTrackers(bpf_object* object);
// After all hooks are attached. Throws Failure AttachFailed.
void attachTrackers(ReadyObject& ready);
// What the tasks run that are older than the policy; the gate is still closed. How many processes those are, where a rule asks for
// ancestors: what ended before is not among theirs. Throws Failure.
uint64_t readRunningTasks(const ReadyObject& ready);

}  // namespace lsmpc::runtime
