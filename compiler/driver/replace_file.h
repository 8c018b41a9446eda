// Giving an author's file another content.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lsmpc::driver {

// Who opens the file sees the old content or the new one, whatever goes wrong. Its mode, owner, access list and other extended attributes
// stay, and a symbolic link stays one: what it points to is changed. Other hard links keep the old content. `before` is what the new content
// was made of: a file that holds something else by now is left alone. Returns what is wrong; the file is as it was then.
std::optional<std::string> replaceFile(const std::string& path, std::string_view before, std::string_view after);

}  // namespace lsmpc::driver
