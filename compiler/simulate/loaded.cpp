#include "compiler/simulate/loaded.h"

namespace lsmpc::simulate {
namespace {

constexpr size_t kMostArguments = 12;  // MAX_BPF_FUNC_ARGS

}  // namespace

std::unique_ptr<Loaded> Loaded::load(const object::Object& object, const relocate::Names& types, std::string& wrong) {
  auto relocated = relocate::relocateObject(object, types, wrong);
  return relocated ? std::unique_ptr<Loaded>(new Loaded(object, types, *relocated)) : nullptr;
}

Loaded::Loaded(const object::Object& object, const relocate::Names& types, const relocate::Relocated& relocated)
    : object_(object),
      maps_(object.maps, memory_),
      kernel_(types, memory_),
      tasks_(kernel_),
      image_(link(object, relocated, maps_, {{"rename_lock", tasks_.files().renameLock()}, {"mount_lock", tasks_.files().mountLock()}})) {}

std::optional<Outcome> Loaded::run(const std::string& hook, const std::vector<uint64_t>& arguments, Acting& acting) {
  std::optional<Outcome> whole;
  Address context = memory_.add(Place::Context, kMostArguments * sizeof(uint64_t));
  for (size_t i = 0; i < arguments.size() && i < kMostArguments; ++i) memory_.put(context + i * sizeof(uint64_t), arguments[i]);
  Machine machine(image_, memory_, maps_, acting);
  for (size_t i = object_.functions.size(); i-- > 0;) {
    if (object_.functions[i].section != "lsm/" + hook) continue;
    Outcome outcome = machine.run(i, context);
    if (!outcome.fault.empty()) outcome.fault = object_.functions[i].name + ": " + outcome.fault;
    if (!whole) whole = Outcome{};
    whole->instructions += outcome.instructions;
    whole->fault = outcome.fault;
    whole->value = outcome.value;
    if (outcome.value || !outcome.fault.empty()) break;
  }
  memory_.remove(context);
  return whole;
}

}  // namespace lsmpc::simulate
