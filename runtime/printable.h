// Bytes in JSON, which is UTF-8: names of files and programs are any bytes.
#pragma once

#include <string>
#include <string_view>

namespace lsmpc::runtime {

// What is no UTF-8 stands as \xHH, a backslash as two.
std::string printable(std::string_view bytes);
// The bytes again.
std::string bytesOf(std::string_view printable);

}  // namespace lsmpc::runtime
