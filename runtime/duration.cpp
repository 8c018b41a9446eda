#include "runtime/duration.h"

#include <charconv>
#include <iterator>

namespace lsmpc::runtime {
namespace {

struct Unit {
  char letter;
  uint64_t seconds;
};
constexpr Unit kUnits[] = {{'s', 1}, {'m', 60}, {'h', 60 * 60}, {'d', 24 * 60 * 60}};

}  // namespace

std::optional<uint64_t> secondsIn(std::string_view text) {
  uint64_t number = 0;
  const char* last = text.data() + text.size();
  auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc() || last - end != 1) return std::nullopt;
  for (const Unit& unit : kUnits)
    if (*end == unit.letter && number <= UINT64_MAX / unit.seconds) return number * unit.seconds;
  return std::nullopt;
}

std::string durationText(uint64_t seconds) {
  const Unit* unit = std::begin(kUnits);
  while (std::next(unit) != std::end(kUnits) && seconds >= 2 * std::next(unit)->seconds) ++unit;
  return std::to_string((seconds + unit->seconds - 1) / unit->seconds) + unit->letter;
}

}  // namespace lsmpc::runtime
