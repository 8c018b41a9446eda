// What `lsmpc verify` found, for people and for machines.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/verify_object.h"

namespace lsmpc::driver {

// A line for the object, one for each target, and below it what is found there.
std::string verifyText(const VerifiedObject& object);
// {"schema":"lsmpc-verify","version":1,"objects":[…]}; docs/ci.md has the members.
std::string verifyJson(const std::vector<VerifiedObject>& objects);

}  // namespace lsmpc::driver
