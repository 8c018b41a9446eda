// SHA-256 by nettle, as sha256sum prints it: 64 hexadecimal digits.
#pragma once

#include <string>
#include <string_view>

namespace lsmpc::runtime {

std::string sha256(std::string_view bytes);

}  // namespace lsmpc::runtime
