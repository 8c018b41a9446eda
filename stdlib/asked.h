// What of a module the texts that use it can ask for. To parse the prelude takes a third of the build of a small policy, which names a few of its
// attributes.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lsmpc::stdlib {

// `module` without comments and without the attributes whose name, or whose hooks, none of `texts` has the words of, nor an attribute that is
// kept. What is kept stands on its line.
std::string asked(std::string_view module, std::span<const std::string_view> texts);

}  // namespace lsmpc::stdlib
