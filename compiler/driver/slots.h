// Where a loader puts what an object asks it for.
#pragma once

#include "compiler/exercise/exercise.h"

namespace lsmpc::runtime {
struct Manifest;
}

namespace lsmpc::driver {

exercise::Slots slotsOf(const runtime::Manifest& manifest);

}  // namespace lsmpc::driver
