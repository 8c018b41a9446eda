// What each rule of a policy has decided since it was loaded (lsmp_rule_hits in runtime/abi/layout.h).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/abi/layout.h"

struct bpf_map;
struct bpf_object;

namespace lsmpc::runtime {

// Of an object; null where it counts none.
bpf_map* hitsOf(bpf_object* object);
// Before the load: it has none, or one with an element for each rule in each bank.
bool hitsFit(bpf_object* object, size_t rules);
std::string hitsPin(const std::string& folder);
// By rule, all banks together; empty where the policy counts none. Throws Failure PinUnusable.
std::vector<lsmp_rule_hits> readHits(const std::string& folder, size_t rules);
// Of a loaded object: all begin at 0. Throws Failure PinUnusable.
void forgetHits(bpf_object* object, const std::string& name);

}  // namespace lsmpc::runtime
