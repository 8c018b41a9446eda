// `rate 10/s`: how many events of a rule are shown in a second, minute or hour.
#include <charconv>

#include "compiler/check/rule.h"

namespace lsmpc::check {
namespace {

using diag::Kind;

constexpr uint32_t kMaxEvents = 1'000'000;

struct Unit {
  std::string_view letter;
  uint32_t seconds;
};
constexpr Unit kUnits[] = {
#define LSMPC_RATE_UNIT(letter, seconds) {letter, seconds},
#include "compiler/check/rate_units.def"
};

uint32_t secondsOf(std::string_view letter) {
  for (const Unit& unit : kUnits)
    if (unit.letter == letter) return unit.seconds;
  return 0;
}

}  // namespace

bool setRate(const ast::Action& action, policy::Rule& rule, diag::Emitter& emitter) {
  const ast::Name& written = *action.frequency;
  size_t slash = written.text.find('/');
  std::string count = written.text.substr(0, slash), unit = written.text.substr(slash + 1);
  uint32_t events = 0;
  bool fits = std::from_chars(count.data(), count.data() + count.size(), events).ec == std::errc();
  if (!fits || events == 0 || events > kMaxEvents) {
    auto message = emitter.report(Kind::BadRate, written.range, count, std::to_string(kMaxEvents));
    message.hint(fits && events == 0 ? "`quiet` suppresses every event" : "without `rate` every event is shown");
    return false;
  }
  uint32_t seconds = secondsOf(unit);
  if (seconds == 0) {
    emitter.report(Kind::UnknownRateUnit, written.range, unit).hint("events in a second, minute or hour: `rate " + count + "/s`");
    return false;
  }
  rule.rate = {events, seconds, written.text};
  return true;
}

}  // namespace lsmpc::check
