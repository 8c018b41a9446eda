#include "compiler/plan/events.h"

#include <algorithm>

namespace lsmpc::plan {
namespace {

struct Shown {
  std::string_view attribute;
  std::string_view field;
};

constexpr Shown kShown[] = {
#define LSMPC_EVENT_FIELD(attribute, field) {attribute, #field},
#include "compiler/policy/event_fields.def"
};

class Fields {
 public:
  explicit Fields(Translator& translator) : translator_(translator) {}

  void add(std::string_view field, const policy::ExprPtr& expr, View view) {
    bool taken = std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.field == field; });
    if (taken) return;
    if (auto value = translator_.value(expr, view)) fields.push_back({std::string(field), *value});
  }

  std::vector<decision::EventField> fields;

 private:
  Translator& translator_;
};

}  // namespace

std::vector<decision::EventField> eventFields(const policy::HookPolicy& hook, Translator& translator) {
  Fields result(translator);
  auto isShown = [&](uint32_t index, std::string_view name) { return hook.attributes[index].name == name; };
  // `old_path` and `new_path` before `path`, which on such a hook is either of them.
  for (bool both : {false, true})
    for (uint32_t index : hook.event_attributes)
      for (const Shown& shown : kShown) {
        const policy::ExprPtr& value = hook.attributes[index].value;
        if (!isShown(index, shown.attribute) || translator.usesEither(value) != both) continue;
        result.add(shown.field, value, {0, false});
        if (both) result.add("path2", value, {1, false});
      }
  return std::move(result.fields);
}

}  // namespace lsmpc::plan
