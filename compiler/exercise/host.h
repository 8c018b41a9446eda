// The simulated host that one run of a test has to itself: with what the test assumes of it.
#pragma once

#include <memory>
#include <string>

#include "compiler/exercise/exercise.h"
#include "compiler/judge/said.h"
#include "compiler/policy/lookup.h"
#include "compiler/simulate/loaded.h"

namespace lsmpc::exercise {

// The policy loaded as a loader would: its sets filled and its accounts looked up, as the test has them.
std::unique_ptr<simulate::Loaded> makeHost(const object::Object& object, const relocate::Relocated& relocated, const Target& target,
                                           const Slots& slots, const policy::DynamicSets& sets, const policy::Test& test);
// A task of it that has a parent of its own: the first, the second, …
simulate::Task makeTask(simulate::Loaded& host, uint32_t index);
// The names of the hook's arguments on that target, in their order.
const std::vector<std::string>& argumentsOf(const btf::Hook& hook, uint32_t target);
// The same for who judges by the text.
judge::Said assumed(const policy::Test& test, uint32_t target);

}  // namespace lsmpc::exercise
