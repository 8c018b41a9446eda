#include "compiler/base/counts.h"

namespace lsmpc::base {

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, ",");
  return digits;
}

std::string counted(uint64_t number, std::string_view one) { return grouped(number) + " " + std::string(one) + (number == 1 ? "" : "s"); }

}  // namespace lsmpc::base
