// One module a process: LLVM's BPF back end keeps globals of the first module it sees in a static table
// (BPFAbstractMemberAccess) and would use them, freed, in the next.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace lsmpc::emit {

// Output, or nothing and words in `wrong`.
using Generation = std::function<std::optional<std::string>(std::string& wrong)>;

// Runs it in a child, which leaves this process's table empty. Nothing and no words: the child ended early.
std::optional<std::string> runApart(const Generation& generation, std::string& wrong);

}  // namespace lsmpc::emit
