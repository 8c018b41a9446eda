// Giving an author's file another content.
#pragma once

#include <optional>
#include <string>

namespace lsmpc::driver {

// Who opens the file sees the old content or the new one, whatever goes wrong. Its mode, owner, access list and other extended attributes
// stay, and a symbolic link stays one: what it points to is changed. Other hard links keep the old content. Returns what is wrong; the
// file is as it was then.
std::optional<std::string> replaceFile(const std::string& path, const std::string& bytes);

}  // namespace lsmpc::driver
