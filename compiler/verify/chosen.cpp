#include "compiler/verify/chosen.h"

#include <algorithm>

#include "runtime/left_out.h"

namespace lsmpc::verify {
namespace {

using object::Reference;

bool isLeftOut(const object::Function& function, const runtime::Manifest& manifest, const std::vector<std::string>& absent,
               bool uses_task_storage) {
  for (const runtime::ManifestHook& hook : manifest.hooks)
    if (hook.program == function.name) return std::count(absent.begin(), absent.end(), hook.name) != 0;
  return runtime::isTrackerLeftOut(function.name, uses_task_storage);
}

void addCalled(const object::Object& object, Chosen& chosen) {
  std::vector<size_t> open = chosen.programs;
  for (size_t i = 0; i < open.size(); ++i)
    for (const Reference& reference : object.functions[open[i]].references)
      if (reference.kind == Reference::Kind::Function &&
          chosen.called.emplace(reference.index, Site{open[i], reference.instruction}).second)
        open.push_back(reference.index);
}

class Circle {
 public:
  explicit Circle(const object::Object& object) : object_(object), seen_(object.functions.size()) {}

  bool comesBack(size_t function, size_t depth) {
    if (seen_[function] == Seen::Open || depth > object_.functions.size()) return true;
    if (seen_[function] == Seen::Done) return false;
    seen_[function] = Seen::Open;
    for (const Reference& reference : object_.functions[function].references)
      if (reference.kind == Reference::Kind::Function && comesBack(reference.index, depth + 1)) return true;
    seen_[function] = Seen::Done;
    return false;
  }

 private:
  enum class Seen : uint8_t { No, Open, Done };
  const object::Object& object_;
  std::vector<Seen> seen_;
};

}  // namespace

Chosen choose(const object::Object& object, const runtime::Manifest& manifest, const std::vector<std::string>& absent,
              const Kernel& kernel) {
  Chosen chosen;
  bool storage = runtime::usesTaskStorage(kernel.hasTaskStorage(), [&](const char* name) {
    return std::any_of(object.maps.begin(), object.maps.end(), [&](const object::Map& map) { return map.name == name; });
  });
  for (size_t i = 0; i < object.functions.size(); ++i)
    if (object.functions[i].isProgram() && !isLeftOut(object.functions[i], manifest, absent, storage)) chosen.programs.push_back(i);
  addCalled(object, chosen);
  auto left_out = runtime::mapsLeftOut(storage);
  for (const object::Map& map : object.maps)
    if (!std::count(left_out.begin(), left_out.end(), map.name)) chosen.maps.push_back(&map);
  return chosen;
}

std::string functionInCircle(const object::Object& object) {
  Circle circle(object);
  for (size_t i = 0; i < object.functions.size(); ++i)
    if (circle.comesBack(i, 0)) return object.functions[i].name;
  return "";
}

}  // namespace lsmpc::verify
