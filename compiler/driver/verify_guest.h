// `lsmpc verify --vm`: the verifiers of real kernels, each in a throwaway guest.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/verify_object.h"

namespace lsmpc::driver {

// Boots `kernel` (a name of `lsmpc kernels list`, or an image) once and shows it all objects, in whose `guests` it puts what that kernel said. Those that are at fault as
// they are are left out.
void verifyInGuest(const std::string& kernel, std::vector<VerifiedObject>& objects);

}  // namespace lsmpc::driver
