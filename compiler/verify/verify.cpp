#include "compiler/verify/verify.h"

#include <bpf/libbpf.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "compiler/verify/chosen.h"
#include "compiler/verify/reach.h"
#include "runtime/abi/layout.h"
#include "runtime/hooks.h"
#include "runtime/left_out.h"

namespace lsmpc::verify {
namespace {

using object::Reference;
using runtime::Message;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

class Verification {
 public:
  Verification(const Subject& subject, const Kernel& kernel) : subject_(subject), object_(subject.object), kernel_(kernel) {
    verdict_.kernel = kernel.name();
    std::vector<std::string> targets = subject.manifest.targets;
    if (!std::count(targets.begin(), targets.end(), kernel.name())) targets.push_back(kernel.name());
    targets_ = joined(targets);
  }

  Verdict run() {
    runtime::HookChoice choice = runtime::chooseHooks(subject_.manifest, kernel_.types(), kernel_.name());
    for (const runtime::Problem& problem : choice.problems) add(problem, placeOfHook(problem));
    verdict_.absent = choice.absent;
    for (const runtime::Problem& problem : choice.problems)
      if (problem.message == Message::HookAbsent) choice.absent.push_back(problem.arguments.back());  // its program cannot be looked at
    chosen_ = choose(object_, subject_.manifest, choice.absent, kernel_);
    places_.emplace(object_, subject_.manifest, chosen_);
    verdict_.programs = chosen_.programs.size();
    checkTrackers();
    checkMaps();
    checkCode();
    checkSizes();
    order();
    return std::move(verdict_);
  }

 private:
  void add(runtime::Problem problem, Place place) {
    auto [known, first] = found_.emplace(std::tuple(place, problem.message, problem.arguments), verdict_.findings.size());
    if (first)
      verdict_.findings.push_back({std::move(problem), std::move(place)});
    else
      ++verdict_.findings[known->second].times;
  }

  Place placeOfHook(const runtime::Problem& problem) const {
    for (const runtime::ManifestHook& hook : subject_.manifest.hooks)
      if (std::count(problem.arguments.begin(), problem.arguments.end(), hook.name) && !hook.rules.empty())
        return placeOfRule(subject_.manifest.rules[hook.rules.front()]);
    return {};
  }

  // What keeps facts of programs stands on hooks that no rule names.
  void checkTrackers() {
    constexpr std::string_view kHooks = "lsm/";
    for (size_t program : chosen_.programs) {
      const std::string& section = object_.functions[program].section;
      if (section.starts_with(kHooks) && !runtime::kernelArguments(kernel_.types(), section.substr(kHooks.size())))
        add({Message::HookAbsent, {kernel_.name(), section.substr(kHooks.size())}, {}}, placeIn(program, 0));
    }
  }

  bool hasMap(const char* name) const {
    return std::any_of(object_.maps.begin(), object_.maps.end(), [&](const object::Map& map) { return map.name == name; });
  }

  void checkMaps() {
    lacks_storage_ = !kernel_.hasTaskStorage() && hasMap(LSMP_MAP_SCRATCH) && !hasMap(LSMP_MAP_SCRATCH_CPU);
    if (lacks_storage_) add({Message::ProgramMismatch, {subject_.path, runtime::kNeedsTaskStorage}, {}}, {});
    for (const object::Map* map : chosen_.maps) {
      for (const object::Map* one = map; one; one = one->inner.get())
        if (!kernel_.hasMapType(one->type))
          add({Message::MapTypeAbsent, {kernel_.name(), map->name, typeName(one->type), targets_}, {}}, {});
      for (runtime::Problem& problem : overLimits(*map)) add(std::move(problem), {});
    }
  }

  // A map that is left out stands for another one of the same object, which its code takes on such kernels.
  void checkMade(const object::Map& map, Site site) {
    bool loaders =
        map.name == LSMP_MAP_FACTS_BEFORE || map.name == LSMP_MAP_FACTS_BEFORE_HASHED;  // come to where it has put one there, and said so
    if (loaders || lacks_storage_ || std::count(chosen_.maps.begin(), chosen_.maps.end(), &map)) return;
    add({Message::ProgramMismatch,
         {subject_.path, "its code comes to the map `" + map.name + "`, which loaders leave out on this kernel"},
         {}},
        placeIn(site.function, site.instruction));
  }

  static std::string typeName(uint32_t type) {
    const char* name = libbpf_bpf_map_type_str(static_cast<bpf_map_type>(type));
    return name ? name : std::to_string(type);
  }

  void checkCode() {
    std::string wrong;
    auto relocated = relocate::relocateObject(object_, kernel_.names(), wrong);
    if (!relocated) return add({Message::TypesDisagree, {subject_.path, kernel_.name(), wrong, targets_}, {}}, {});
    std::vector<size_t> open = chosen_.programs;
    if (!kernel_.passesOverUncalled())
      for (const auto& [function, site] : chosen_.called) open.push_back(function);
    std::set<size_t> seen(open.begin(), open.end());
    for (size_t i = 0; i < open.size(); ++i)
      for (size_t callee : checkFunction(open[i], *relocated))
        if (seen.insert(callee).second) open.push_back(callee);
  }

  // Those that it calls.
  std::vector<size_t> checkFunction(size_t index, const relocate::Relocated& relocated) {
    const object::Function& function = object_.functions[index];
    const std::vector<bpf_insn>& code = relocated.code[index];
    auto reached = reachedIn(code, function.references);
    if (!reached) {
      add({Message::ProgramMismatch, {subject_.path, "a jump of `" + function.name + "` leads out of it"}, {}}, {});
      return {};
    }
    std::set<uint32_t> poisoned;
    for (const relocate::Missing& missing : relocated.missing) {  // few: what this kernel lacks
      if (missing.function != index || !(*reached)[missing.instruction]) continue;
      poisoned.insert(missing.instruction);
      add({Message::FieldAbsent, {kernel_.name(), missing.what, targets_}, {}}, placeIn(index, missing.instruction));
    }
    for (uint32_t i = 0; i < code.size(); ++i)
      if ((*reached)[i] && isHelper(code[i]) && !poisoned.count(i) && !kernel_.hasHelper(code[i].imm))
        add({Message::HelperAbsent, {kernel_.name(), helperName(code[i].imm), targets_}, {}}, placeIn(index, i));
    std::vector<size_t> callees;
    for (const Reference& reference : function.references) {
      if (!(*reached)[reference.instruction]) continue;
      if (reference.kind == Reference::Kind::Function) callees.push_back(reference.index);
      if (reference.kind == Reference::Kind::Map) checkMade(object_.maps[reference.index], {index, reference.instruction});
    }
    return callees;
  }

  static bool isHelper(const bpf_insn& instruction) { return instruction.code == (BPF_JMP | BPF_CALL) && instruction.src_reg == 0; }

  Place placeIn(size_t function, uint32_t instruction) { return places_->of({function, instruction}); }

  void checkSizes() {
    for (size_t program : chosen_.programs) {
      Size size = sizeOf(object_, program, subject_.depths);
      verdict_.largest.instructions = std::max(verdict_.largest.instructions, size.instructions);
      verdict_.largest.stack = std::max(verdict_.largest.stack, size.stack);
      verdict_.largest.frames = std::max(verdict_.largest.frames, size.frames);
      for (runtime::Problem& problem : overLimits(object_.functions[program], size)) add(std::move(problem), placeIn(program, 0));
    }
  }

  void order() {
    std::stable_sort(verdict_.findings.begin(), verdict_.findings.end(),
                     [](const Finding& left, const Finding& right) { return left.place < right.place; });
  }

  const Subject& subject_;
  const object::Object& object_;
  const Kernel& kernel_;
  Chosen chosen_;
  bool lacks_storage_ = false;
  std::optional<Places> places_;  // once that is known
  Verdict verdict_;
  std::map<std::tuple<Place, Message, std::vector<std::string>>, size_t> found_;  // its findings
  std::string targets_;                                                           // the object's and this kernel, as --target takes them
};

}  // namespace

Verdict verifyOn(const Subject& subject, const Kernel& kernel) { return Verification(subject, kernel).run(); }

}  // namespace lsmpc::verify
