// A manifest that says what is not so, in proper JSON.
#pragma once

#include <string>

#include "test/mutants/random.h"

namespace lsmpc::mutants {

std::string lie(const std::string& manifest, Random& random);

}  // namespace lsmpc::mutants
