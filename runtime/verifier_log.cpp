#include "runtime/verifier_log.h"

#include <bpf/libbpf.h>

#include <cstring>
#include <sstream>

namespace lsmpc::runtime {
namespace {

constexpr size_t kLogBytes = 16384;
constexpr unsigned kCounts = 4;  // BPF_LOG_STATS (include/linux/bpf_verifier.h)
constexpr const char* kLine = "processed ";

}  // namespace

void VerifierLog::ask(bpf_object* object) {
  bpf_program* program;
  bpf_object__for_each_program(program, object) {
    if (!bpf_program__autoload(program)) continue;
    logs_.emplace_back(bpf_program__name(program), std::make_unique<char[]>(kLogBytes));
    bpf_program__set_log_buf(program, logs_.back().second.get(), kLogBytes);
    bpf_program__set_log_level(program, kCounts);
  }
}

std::vector<VerifierCounts> VerifierLog::counts() const {
  std::vector<VerifierCounts> counts;
  for (const auto& [program, log] : logs_) {
    std::istringstream lines(std::string(log.get(), strnlen(log.get(), kLogBytes)));
    for (std::string line; std::getline(lines, line);)
      if (line.rfind(kLine, 0) == 0) counts.push_back({program, line});
  }
  return counts;
}

}  // namespace lsmpc::runtime
