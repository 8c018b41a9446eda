// The measured units by name, and which of them a builtin is.
#pragma once

#include "compiler/cost/cost.h"

namespace lsmpc::cost {

enum class Unit : uint8_t {
#define LSMPC_COST(name, loads, calls, instructions, untyped, per_name, per_byte, verified) name,
#include "compiler/cost/units.def"
};

// `untyped`: of a target where the acting task is no typed pointer (before 5.11).
Amount amountOf(Unit unit, bool untyped);
Unit unitOf(policy::Builtin builtin);

}  // namespace lsmpc::cost
