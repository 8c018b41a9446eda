#include "compiler/exercise/host.h"

#include <algorithm>
#include <cstddef>

#include "compiler/materialise/exec.h"
#include "runtime/abi/layout.h"
#include "runtime/set_entry.h"

namespace lsmpc::exercise {
namespace {

constexpr uint32_t kFirstPid = 100, kParentPid = 50;  // of the tasks

void fill(simulate::Loaded& host, uint32_t slot, const policy::DynamicSet& set) {
  simulate::Map* outer = host.maps().named(LSMP_DYNAMIC_PREFIX + std::to_string(slot));
  if (!outer || !outer->shape().inner) return;
  simulate::Map& inner = host.maps().make(*outer->shape().inner);
  const runtime::SetKind& kind = runtime::setKind(set.type);
  for (const std::string& element : set.first) {
    runtime::SetEntry entry = kind.entry(element, inner.shape().value_size);
    inner.put(entry.key, entry.value, 0);
  }
  outer->putMap(0, &inner);
}

}  // namespace

std::unique_ptr<simulate::Loaded> makeHost(const object::Object& object, const relocate::Relocated& relocated, const Target& target,
                                           const Slots& slots, const policy::DynamicSets& sets, const policy::Test& test) {
  auto host = std::make_unique<simulate::Loaded>(object, target.types, relocated);
  const lsmp_u32 enforced = 0;
  host->putVariable(LSMP_CONFIG_SYMBOL, offsetof(lsmp_config, audit), &enforced, sizeof enforced);
  for (const auto& [name, set] : sets) {
    auto slot = slots.sets.find(name);
    auto assumed = std::find_if(test.sets.begin(), test.sets.end(), [&](const policy::AssumedSet& one) { return one.set.name == name; });
    if (slot == slots.sets.end() || (assumed != test.sets.end() && assumed->unresolved)) continue;
    fill(*host, slot->second, assumed != test.sets.end() ? assumed->set : *set);
  }
  for (const policy::AssumedAccount& assumed : test.accounts) {
    auto slot = slots.accounts.find(policy::print(assumed.account));
    uint64_t id = assumed.id.value_or(0);
    if (slot != slots.accounts.end() && assumed.id) host->putVariable(LSMP_ACCOUNTS_SYMBOL, slot->second * sizeof id, &id, sizeof id);
  }
  return host;
}

simulate::Task makeTask(simulate::Loaded& host, uint32_t index) {
  simulate::Task parent = materialise::fork(host, host.tasks().first(), kParentPid);
  simulate::Task task = materialise::fork(host, host.tasks().first(), kFirstPid + index);
  host.tasks().putParent(task, parent);
  return task;
}

const std::vector<std::string>& argumentsOf(const btf::Hook& hook, uint32_t target) {
  for (const btf::HookVariant& variant : hook.variants)
    if (variant.targets >> target & 1) return variant.arguments;
  return hook.variants.back().arguments;
}

judge::Said assumed(const policy::Test& test, uint32_t target) {
  judge::Said said(target);
  for (const policy::AssumedSet& set : test.sets)
    said.saySet(set.set.name, set.unresolved ? judge::Known::Unresolved : judge::Known::Value, set.set.first);
  for (const policy::AssumedAccount& account : test.accounts)
    said.sayAccount(account.account,
                    {.known = account.id ? judge::Known::Value : judge::Known::Unresolved, .number = account.id.value_or(0)});
  return said;
}

}  // namespace lsmpc::exercise
