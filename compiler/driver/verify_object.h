// A compiled object looked at for `lsmpc verify`: its bytes, each target, what it is compiled from, the verifiers of real kernels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/btf/target_set.h"
#include "compiler/driver/rebuild.h"
#include "compiler/verify/verify.h"
#include "runtime/manifest.h"
#include "runtime/message.h"

namespace lsmpc::driver {

// What one program came to in a kernel's own verifier.
struct VerifiedProgram {
  std::string name;
  std::string counts;  // the kernel's line: processed N insns (limit 1000000) …
};
struct GuestVerdict {
  std::string kernel;
  std::vector<runtime::Problem> problems;  // none: it takes the object
  std::vector<VerifiedProgram> programs;
};

struct VerifiedObject {
  std::string path;
  std::optional<runtime::Manifest> manifest;  // nothing: the object is at fault as it is
  std::vector<runtime::Problem> problems;     // of the object, whatever it is loaded on
  std::vector<verify::Verdict> verdicts;      // by target
  std::optional<Rebuilt> rebuilt;
  std::vector<GuestVerdict> guests;

  int exitCode() const;  // the worst of what was found
};

// Up to the verdicts. `bytes` of the file.
VerifiedObject verifyObject(const std::string& path, const std::string& bytes, const btf::TargetSet& targets);

}  // namespace lsmpc::driver
