// Style sheets of a drawing, embedded: the colours, which a page that holds one has too, and what takes which.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lsmpc::drawing {

struct Sheet {
  std::string_view name;
  std::string_view text;
};

std::span<const Sheet> sheets();
std::string styleOf(std::span<const Sheet> sheets);  // one after the other

}  // namespace lsmpc::drawing
