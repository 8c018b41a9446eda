// A damaged object: a few words of the structures that its readers follow are others.
#pragma once

#include <string>

#include "test/mutants/random.h"

namespace lsmpc::mutants {

std::string mutate(const std::string& object, Random& random);
// The object with another manifest, of any length, and all else as it was.
std::string withManifest(const std::string& object, const std::string& manifest);

}  // namespace lsmpc::mutants
