// What the kernel's verifier counts while it looks at an object's programs.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

struct bpf_object;
struct bpf_program;

namespace lsmpc::runtime {

struct VerifierCounts {
  std::string program;
  std::string counts;  // its own line: processed N insns (limit 1000000) max_states_per_insn N total_states N peak_states N mark_read N
};

// For one load: asked for before it, read after it. Outlives the load.
class VerifierLog {
 public:
  // Of what is to be loaded. Instructions are not told of then: of a program that is refused there is the last sentence only.
  void ask(bpf_object* object);
  std::vector<VerifierCounts> counts() const;

 private:
  std::vector<std::pair<std::string, std::unique_ptr<char[]>>> logs_;
};

}  // namespace lsmpc::runtime
