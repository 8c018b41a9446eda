#include "runtime/cli/duration.h"

#include <charconv>
#include <iterator>
#include <string_view>

#include "runtime/cli/options.h"

namespace lsmpc::cli {
namespace {

struct Unit {
  std::string_view letter;
  uint64_t seconds;
};
constexpr Unit kUnits[] = {{"s", 1}, {"m", 60}, {"h", 60 * 60}, {"d", 24 * 60 * 60}};

}  // namespace

uint64_t secondsOf(const Call& call, const std::string& text, const LongestTime& longest) {
  uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view letter(end, static_cast<size_t>(text.data() + text.size() - end));
  for (const Unit& unit : kUnits)
    if (error == std::errc() && letter == unit.letter && number && number <= longest.seconds / unit.seconds) return number * unit.seconds;
  misused(call, "`" + text + "` is no time from 1s to " + longest.text + ", such as 60s or 5m");
}

std::string timeText(uint64_t seconds) {
  const Unit* unit = std::begin(kUnits);
  while (std::next(unit) != std::end(kUnits) && seconds >= 2 * std::next(unit)->seconds) ++unit;
  return std::to_string((seconds + unit->seconds - 1) / unit->seconds) + std::string(unit->letter);
}

}  // namespace lsmpc::cli
