// Types of the language: which kernel type is which, and how messages call them.
#pragma once

#include <optional>
#include <string>

#include "compiler/btf/target_set.h"
#include "compiler/policy/policy.h"

namespace lsmpc::check {

policy::Type typeOf(const btf::TargetSet& targets, btf::TypeId id);
// A declared type (`uid`, `path`, `caps` …) given to a value; Error where the value cannot have it.
policy::Type declaredType(const std::string& name, const policy::Type& value);
policy::Type elementType(const std::string& name);  // of a set's elements
std::string describe(const policy::Type& type, const btf::TargetSet& targets);
policy::Int lowest(const policy::Type& type);
policy::Int highest(const policy::Type& type);
bool isInteger(const policy::Type& type);  // Int or Flags
// What holds every number of either; none: no word of 64 bits does.
std::optional<policy::Type> commonType(const policy::Type& one, const policy::Type& other);
policy::Type narrowestOf(policy::Int number);
using policy::isText;

}  // namespace lsmpc::check
