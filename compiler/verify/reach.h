// Which instructions of a function a kernel's verifier comes to.
#pragma once

#include <optional>
#include <vector>

#include "compiler/object/object.h"

namespace lsmpc::verify {

// Constants in registers are followed, and branches that they decide taken one way, as kernel/bpf/verifier.c does. That knows more (what stands on the
// stack, ranges, how values hang together): what is not reached here no kernel reaches. `code` of the function, relocated; functions are verified each by itself,
// their arguments are not known. Nothing where a jump leaves the function or its end is run past.
std::optional<std::vector<bool>> reachedIn(const std::vector<bpf_insn>& code, const std::vector<object::Reference>& references);

}  // namespace lsmpc::verify
