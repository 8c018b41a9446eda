#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "runtime/moment.h"
#include "runtime/printable.h"
#include "runtime/where.h"

namespace lsmpc::runtime {
namespace {

using Value = std::variant<int64_t, Network, std::string>;

constexpr std::string_view kPaths[] = {"/object/path", "/object/old_path", "/object/new_path"};

const EventLine* memberAt(const EventLine& event, std::string_view place) {
  const EventLine* at = &event;
  while (!place.empty()) {
    place.remove_prefix(1);
    size_t length = std::min(place.find('/'), place.size());
    auto found = at->is_object() ? at->find(std::string(place.substr(0, length))) : at->end();
    if (!at->is_object() || found == at->end()) return nullptr;
    at = &*found;
    place.remove_prefix(length);
  }
  return at;
}

std::optional<Value> valueOf(WhereForm form, const EventLine& member) {
  if (form == WhereForm::Flag || form == WhereForm::Mark)
    return member.is_boolean() ? std::optional<Value>(int64_t{member.get<bool>()}) : std::nullopt;
  if (form == WhereForm::Number) {
    if (member.is_number_unsigned()) return static_cast<int64_t>(std::min<uint64_t>(member.get<uint64_t>(), INT64_MAX));
    return member.is_number_integer() ? std::optional<Value>(member.get<int64_t>()) : std::nullopt;
  }
  if (!member.is_string()) return std::nullopt;
  const auto& text = member.get_ref<const std::string&>();
  if (form == WhereForm::Text) return text;
  if (form == WhereForm::Bytes) return bytesOf(text);
  if (form == WhereForm::Time) {
    auto moment = momentOf(text);
    return moment ? std::optional<Value>(*moment) : std::nullopt;
  }
  auto network = networkOf(text).network;
  return network ? std::optional<Value>(*network) : std::nullopt;
}

class Look {
 public:
  Look(const EventLine& event, std::string_view path) : event_(event), path_(path) {}

  bool holds(const Condition& condition) const {
    auto part = [&](const Condition& one) { return holds(one); };
    switch (condition.kind) {
      case Condition::Kind::Comparison: return holds(condition.comparison);
      case Condition::Kind::Not: return !holds(condition.parts.front());
      case Condition::Kind::And: return std::all_of(condition.parts.begin(), condition.parts.end(), part);
      case Condition::Kind::Or: return std::any_of(condition.parts.begin(), condition.parts.end(), part);
    }
    return false;
  }

 private:
  bool holds(const Comparison& comparison) const {
    const WhereField& field = *comparison.field;
    WhereForm form = infoOf(field.type).form;
    const EventLine* member = memberAt(event_, field.place.empty() ? path_ : field.place);
    std::optional<Value> value = member                    ? valueOf(form, *member)
                                 : form == WhereForm::Mark ? std::optional<Value>(int64_t{0})
                                                           : std::nullopt;
    if (!value) return false;
    auto takes = [&](const auto& one) { return accepts(one, *value, field.alphabet()); };
    bool accepted =
        std::any_of(comparison.accepted.begin(), comparison.accepted.end(), [&](const auto& one) { return std::visit(takes, one); });
    return accepted != comparison.negated;
  }

  static bool accepts(const Interval& interval, const Value& value, match::Alphabet) {
    int64_t number = std::get<int64_t>(value);
    return interval.low <= number && number <= interval.high;
  }
  static bool accepts(const Network& network, const Value& value, match::Alphabet) { return contains(network, std::get<Network>(value)); }
  static bool accepts(const match::Pattern& pattern, const Value& value, match::Alphabet alphabet) {
    return match::matches(pattern, alphabet, std::get<std::string>(value));
  }

  const EventLine& event_;
  std::string_view path_;
};

}  // namespace

bool holds(const Condition& condition, const EventLine& event) {
  if (!event.contains("verdict")) return true;
  bool any = false;
  for (std::string_view path : kPaths) {
    if (!memberAt(event, path)) continue;
    any = true;
    if (Look(event, path).holds(condition)) return true;
  }
  return !any && Look(event, kPaths[0]).holds(condition);
}

}  // namespace lsmpc::runtime
