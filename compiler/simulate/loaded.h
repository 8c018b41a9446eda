// A compiled policy loaded on a simulated host: its programs by their hooks, run one by one as the kernel would.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/simulate/image.h"
#include "compiler/simulate/kernel.h"
#include "compiler/simulate/machine.h"
#include "compiler/simulate/tasks.h"

namespace lsmpc::simulate {

// Trackers: only the programs that keep facts of tasks, to bring a fact about; no rule is asked.
enum class Which { All, Trackers };

class Loaded {
 public:
  // On a host whose kernel has these types, for which `relocated` is. The first two outlive it.
  Loaded(const object::Object& object, const relocate::Names& types, const relocate::Relocated& relocated);
  // What stands in one of the object's variables before any program has run. False: it has none of that name and at least that size.
  bool putVariable(const std::string& symbol, size_t offset, const void* bytes, size_t size);

  Kernel& kernel() { return kernel_; }
  Tasks& tasks() { return tasks_; }
  Maps& maps() { return maps_; }

  // The programs on the hook, those that keep facts of tasks first, as a loader attaches them last; with the arguments of the hook as the kernel has them. The
  // first refusal counts. Nothing where no program is on it.
  std::optional<Outcome> run(const std::string& hook, const std::vector<uint64_t>& arguments, Acting& acting, Which which = Which::All);

 private:
  std::optional<Outcome> runSection(const std::string& section, const std::vector<uint64_t>& arguments, Acting& acting, Which which);
  void meetFirst();

  const object::Object& object_;
  Memory memory_;
  Maps maps_;
  Kernel kernel_;
  Tasks tasks_;
  Image image_;
};

}  // namespace lsmpc::simulate
