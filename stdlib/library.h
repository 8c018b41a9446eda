// The standard library's .lsmp files, embedded: `prelude` is always there, the others are named by `use std.NAME`.
#pragma once

#include <span>
#include <string_view>

namespace lsmpc::stdlib {

struct Module {
  std::string_view name;
  std::string_view text;
};

std::span<const Module> modules();

}  // namespace lsmpc::stdlib
