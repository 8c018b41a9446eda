// An object made ready: fitted to this kernel, loaded behind a closed gate, attached. It ends with its destructor.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/attachment.h"
#include "runtime/gate.h"
#include "runtime/object.h"
#include "runtime/turn.h"
#include "runtime/verifier_log.h"

struct bpf_link;

namespace lsmpc::runtime {

struct LinkDestroy {
  void operator()(bpf_link* link) const;
};

struct AttachedHook {
  Attachment attachment;
  std::unique_ptr<bpf_link, LinkDestroy> link;
};

struct ReadyObject {
  PolicyObject object;
  bool audit = false;
  std::vector<std::string> absent;
  std::vector<uint64_t> before;  // generations whose pins are there
  uint64_t generation = 0;       // its own
  Turn turn;
  Gate gate;
  std::vector<AttachedHook> hooks;
};

// Loaded, not attached. `log`: to be filled, or none. Throws Failure.
ReadyObject prepareObject(const ObjectFile& file, bool audit, VerifierLog* log = nullptr);
void attachHooks(ReadyObject& ready);
// `name`: of the hook, for its pin and messages. Throws Failure AttachFailed.
void attachProgram(ReadyObject& ready, bpf_program* program, const std::string& name);
// Forgets what was recorded while the gate was open for a rehearsal.
void forgetRecords(const ReadyObject& ready);

}  // namespace lsmpc::runtime
