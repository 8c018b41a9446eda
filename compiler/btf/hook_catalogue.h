// Every hook of the targets, with what hooks.def and markers.def say of it.
#pragma once

#include <vector>

#include "compiler/btf/kernel_types.h"
#include "compiler/btf/merge.h"
#include "compiler/btf/types.h"

namespace lsmpc::btf {

// Sorted by name.
std::vector<Hook> hookCatalogue(const std::vector<std::unique_ptr<KernelTypes>>& kernels, Merge& merge);

// The variant that a kernel's program would pick, by the existence of the markers' fields there.
const HookVariant& variantOn(const Hook& hook, const KernelTypes& kernel);

}  // namespace lsmpc::btf
