// The types of an object's `.BTF`, which libbpf 1.1 takes on trust: it follows a type's number and compares a type's name
// wherever they lead, which ends the process by a signal or never.
#pragma once

#include <string>

namespace lsmpc::runtime {

// What is wrong with the section's bytes: a name outside its strings, a type that there is not, a name for itself. Empty where
// nothing is, or where they are no BTF: libbpf says so itself.
std::string faultOfTypes(const std::string& bytes);

}  // namespace lsmpc::runtime
