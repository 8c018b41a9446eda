// What a kernel can do, by the constants that its types name.
#pragma once

#include <string_view>

struct btf;

namespace lsmpc::runtime {

bool hasEnumerator(const btf& types, const char* enumeration, std::string_view enumerator);
bool hasTaskStorage(const btf& types);

}  // namespace lsmpc::runtime
