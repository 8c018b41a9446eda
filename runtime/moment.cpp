#include "runtime/moment.h"

#include <charconv>
#include <ctime>

#include "runtime/boot_time.h"
#include "runtime/duration.h"

namespace lsmpc::runtime {
namespace {

constexpr size_t kDateAndTime = 19;  // 2026-01-31T10:20:30

// Of digits alone.
std::optional<int64_t> numberOf(std::string_view digits) {
  int64_t number = 0;
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc()) return std::nullopt;
  return number;
}

// `digits` has a digit where `shape` has `d`, elsewhere the same character (`T` may be `t` or a space).
bool fits(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (size_t i = 0; i < shape.size(); ++i) {
    bool digit = text[i] >= '0' && text[i] <= '9';
    bool separator = shape[i] == 'T' && (text[i] == 't' || text[i] == ' ');
    if (shape[i] == 'd' ? !digit : text[i] != shape[i] && !separator) return false;
  }
  return true;
}

int at(std::string_view text, size_t place, size_t digits) { return static_cast<int>(*numberOf(text.substr(place, digits))); }

// Seconds; nothing where no calendar has that day.
std::optional<int64_t> secondsOf(std::string_view text) {
  if (!fits(text, "dddd-dd-ddTdd:dd:dd")) return std::nullopt;
  tm parts{};
  parts.tm_year = at(text, 0, 4) - 1900;
  parts.tm_mon = at(text, 5, 2) - 1;
  parts.tm_mday = at(text, 8, 2);
  parts.tm_hour = at(text, 11, 2);
  parts.tm_min = at(text, 14, 2);
  parts.tm_sec = at(text, 17, 2);
  bool leap_second = parts.tm_sec == 60;
  if (leap_second) parts.tm_sec = 59;
  tm same = parts;
  time_t seconds = timegm(&same);
  bool real = same.tm_mon == parts.tm_mon && same.tm_mday == parts.tm_mday && same.tm_hour == parts.tm_hour &&
              same.tm_min == parts.tm_min && same.tm_sec == parts.tm_sec && parts.tm_year >= 70 && parts.tm_year <= 361;
  return real ? std::optional(int64_t{seconds} + leap_second) : std::nullopt;
}

// `Z`, `+02:00`; seconds to take away.
std::optional<int64_t> offsetOf(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-') || !fits(zone.substr(1), "dd:dd")) return std::nullopt;
  int hours = at(zone, 1, 2), minutes = at(zone, 4, 2);
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * int64_t{hours * 3600 + minutes * 60};
}

}  // namespace

std::optional<int64_t> momentOf(std::string_view text) {
  auto seconds = secondsOf(text.substr(0, kDateAndTime));
  if (!seconds) return std::nullopt;
  std::string_view rest = text.substr(kDateAndTime);
  int64_t fraction = 0;
  if (!rest.empty() && rest[0] == '.') {
    size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return std::nullopt;
    int64_t unit = kSecond;
    for (size_t i = 1; i < end; ++i) fraction += (unit /= 10) * (rest[i] - '0');
    rest.remove_prefix(end);
  }
  auto offset = offsetOf(rest);
  if (!offset) return std::nullopt;
  return (*seconds - *offset) * kSecond + fraction;
}

std::optional<int64_t> momentOf(std::string_view text, int64_t now) {
  auto ago = secondsIn(text);
  if (!ago) return momentOf(text);
  if (*ago > static_cast<uint64_t>(now / kSecond)) return std::nullopt;
  return now - static_cast<int64_t>(*ago) * kSecond;
}

}  // namespace lsmpc::runtime
