#include "compiler/simulate/loaded.h"

namespace lsmpc::simulate {
namespace {

constexpr size_t kMostArguments = 12;             // MAX_BPF_FUNC_ARGS
constexpr const char* kTrackers = "lsmp_track_";  // stdlib/bpf/facts.bpf.c

}  // namespace

Loaded::Loaded(const object::Object& object, const relocate::Names& types, const relocate::Relocated& relocated)
    : object_(object),
      maps_(object.maps, memory_),
      kernel_(types, memory_),
      tasks_(kernel_),
      image_(link(object, relocated, maps_, {{"rename_lock", tasks_.files().renameLock()}, {"mount_lock", tasks_.files().mountLock()}})) {
  meetFirst();
}

// What runs already is read when a policy is loaded, by its iterator.
void Loaded::meetFirst() {
  Object meta = {memory_.add(Place::Kernel, sizeof(uint64_t)), 0};
  Acting acting = tasks_.actingAs(tasks_.first());
  runSection("iter/task", {meta.address, tasks_.first().task.address}, acting, Which::All);
}

std::optional<Outcome> Loaded::runSection(const std::string& section, const std::vector<uint64_t>& arguments, Acting& acting, Which which) {
  std::optional<Outcome> whole;
  Address context = memory_.add(Place::Context, kMostArguments * sizeof(uint64_t));
  for (size_t i = 0; i < arguments.size() && i < kMostArguments; ++i) memory_.put(context + i * sizeof(uint64_t), arguments[i]);
  Machine machine(image_, memory_, maps_, acting);
  for (size_t i = object_.functions.size(); i-- > 0;) {
    const object::Function& function = object_.functions[i];
    if (function.section != section || (which == Which::Trackers && !function.name.starts_with(kTrackers))) continue;
    Outcome outcome = machine.run(i, context);
    if (!outcome.fault.empty()) outcome.fault = function.name + ": " + outcome.fault;
    outcome.instructions += whole ? whole->instructions : 0;
    whole = outcome;
    if (outcome.value || !outcome.fault.empty()) break;
  }
  memory_.remove(context);
  return whole;
}

std::optional<Outcome> Loaded::run(const std::string& hook, const std::vector<uint64_t>& arguments, Acting& acting, Which which) {
  return runSection("lsm/" + hook, arguments, acting, which);
}

bool Loaded::putVariable(const std::string& symbol, size_t offset, const void* bytes, size_t size) {
  auto variable = object_.variables.find(symbol);
  if (variable == object_.variables.end() || offset > variable->second.size || size > variable->second.size - offset) return false;
  Address data = maps_.at(variable->second.map).find(std::string(sizeof(uint32_t), '\0'));
  return memory_.write(data + variable->second.offset + offset, bytes, size);
}

}  // namespace lsmpc::simulate
