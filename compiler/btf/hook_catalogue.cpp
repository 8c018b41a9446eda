#include "compiler/btf/hook_catalogue.h"

#include <algorithm>
#include <map>
#include <set>

namespace lsmpc::btf {
namespace {

struct Review {
  std::string_view name;
  HookUse use;
  bool actor;
  std::string_view file_argument;
  std::string_view reason;
};

constexpr Review kReviews[] = {
#define LSMPC_HOOK(name, use, actor, file_argument, reason) {#name, HookUse::use, actor, file_argument, reason},
#include "compiler/btf/hooks.def"
};

struct Consent {
  std::string_view hook;
  int errno_value;
};

constexpr Consent kConsents[] = {
#define LSMPC_CONSENT(hook, number) {#hook, number},
#include "compiler/btf/consents.def"
};

struct HookMarker {
  std::string_view hook;
  const char* record;
  const char* member;
  bool is_union;
};

constexpr HookMarker kMarkers[] = {
#define LSMPC_MARKER(hook, record, member, is_union) {#hook, #record, #member, is_union},
#include "compiler/btf/markers.def"
};

std::string argumentName(std::string_view name) { return std::string(name.substr(0, name.find("__"))); }

// By place: a record of more than 8 bytes takes two places, the second without a name.
std::vector<std::string> argumentNames(const KernelTypes& kernel, const btf_type* prototype) {
  std::vector<std::string> names;
  for (int i = 0; i < btf_vlen(prototype); ++i) {
    names.push_back(argumentName(kernel.text(btf_params(prototype)[i].name_off)));
    const btf_type* type = kernel.type(kernel.stripped(btf_params(prototype)[i].type));
    if (type && btf_is_composite(type) && type->size > 8) names.emplace_back();
  }
  return names;
}

const btf_type* prototypeOf(const KernelTypes& kernel, const std::string& hook) {
  auto found = kernel.hookPrototypes().find(hook);
  return found == kernel.hookPrototypes().end() ? nullptr : found->second;
}

bool fieldExists(const KernelTypes& kernel, const Marker& marker) {
  const btf_type* record = kernel.type(kernel.record(marker.record));
  for (int i = 0; record && btf_is_composite(record) && i < btf_vlen(record); ++i)
    if (kernel.text(btf_members(record)[i].name_off) == marker.member) return true;
  return false;
}

bool anyExists(const KernelTypes& kernel, const std::vector<Marker>& markers) {
  return std::any_of(markers.begin(), markers.end(), [&](const Marker& marker) { return fieldExists(kernel, marker); });
}

std::vector<Marker> markersOf(const std::string& hook) {
  std::vector<Marker> markers;
  for (const HookMarker& entry : kMarkers)
    if (entry.hook == hook) markers.push_back({entry.record, entry.member, entry.is_union});
  return markers;
}

// One more target's names: the longest signature wins, and a place that is called otherwise somewhere (mnt_userns, idmap) has no
// name. False where signatures of different lengths disagree.
bool join(std::vector<std::string>& known, const std::vector<std::string>& names) {
  size_t common = std::min(known.size(), names.size());
  for (size_t i = 0; i < common; ++i) {
    if (known[i] == names[i]) continue;
    if (known.size() != names.size()) return false;
    known[i].clear();
  }
  known.insert(known.end(), names.begin() + static_cast<ptrdiff_t>(common), names.end());
  return true;
}

// Where the markers part the targets, the newer signature first; else one signature, if all are prefixes of the longest. False when
// neither holds: a program could not tell the kernels apart by the arguments' places.
bool setVariants(Hook& hook, const std::vector<std::unique_ptr<KernelTypes>>& kernels) {
  std::vector<Marker> markers = markersOf(hook.name);
  std::map<bool, HookVariant> sides;
  for (size_t target = 0; target < kernels.size(); ++target) {
    const btf_type* prototype = prototypeOf(*kernels[target], hook.name);
    if (!prototype) continue;
    bool newer = anyExists(*kernels[target], markers);
    HookVariant& variant = sides[newer];
    variant.targets |= 1u << target;
    if (!join(variant.arguments, argumentNames(*kernels[target], prototype))) return false;
    if (newer) variant.any_of = markers;
  }
  if (sides.count(true)) hook.variants.push_back(sides[true]);
  if (sides.count(false)) hook.variants.push_back(sides[false]);
  if (sides.size() == 1) hook.variants[0].any_of.clear();
  return !hook.variants.empty();
}

// An argument is the one of its name at its place in the target's own signature.
void setArguments(Hook& hook, const std::vector<std::unique_ptr<KernelTypes>>& kernels, Merge& merge) {
  std::vector<std::string> order;
  std::map<std::string, Ids> types;
  for (size_t target = 0; target < kernels.size(); ++target) {
    const btf_type* prototype = prototypeOf(*kernels[target], hook.name);
    if (!prototype) continue;
    for (int i = 0; i < btf_vlen(prototype); ++i) {
      std::string name = argumentName(kernels[target]->text(btf_params(prototype)[i].name_off));
      auto [place, added] = types.emplace(name, Ids(kernels.size(), 0));
      if (added) order.push_back(name);
      place->second[target] = btf_params(prototype)[i].type;
    }
  }
  for (const std::string& name : order) {
    HookArgument argument{name, merge.intern(types[name]), 0};
    argument.present = (*merge.table())[argument.type.value].present;
    hook.arguments.push_back(std::move(argument));
  }
}

// What no variant of a target names cannot be read there.
void forgetUnnamed(Hook& hook) {
  for (HookArgument& argument : hook.arguments)
    for (const HookVariant& variant : hook.variants)
      if (std::find(variant.arguments.begin(), variant.arguments.end(), argument.name) == variant.arguments.end())
        argument.present &= ~variant.targets;
}

// No marker tells the targets' orders apart: what is left are the leading arguments that all of them have.
void keepCommonArguments(Hook& hook, const std::vector<std::unique_ptr<KernelTypes>>& kernels) {
  std::vector<std::string> common;
  bool first = true;
  for (const auto& kernel : kernels) {
    const btf_type* prototype = prototypeOf(*kernel, hook.name);
    if (!prototype) continue;
    std::vector<std::string> names = argumentNames(*kernel, prototype);
    auto end = std::mismatch(common.begin(), common.end(), names.begin(), names.end()).first;
    if (first)
      common = names;
    else
      common.erase(end, common.end());
    first = false;
  }
  hook.variants = {{hook.present, {}, common}};
  std::erase_if(hook.arguments, [&](const HookArgument& one) { return std::find(common.begin(), common.end(), one.name) == common.end(); });
}

void setReview(Hook& hook) {
  hook.use = HookUse::AuditOnly;
  hook.reason = "its refusals have not been reviewed yet";
  for (const Review& review : kReviews) {
    if (review.name != hook.name) continue;
    hook.use = review.use;
    hook.reason = review.reason;
    hook.actor = review.actor;
    hook.file_argument = review.file_argument;
  }
  for (const Consent& consent : kConsents)
    if (consent.hook == hook.name) hook.consent = consent.errno_value;
  if (!hook.returns_int && hook.use == HookUse::Deny) hook.use = HookUse::AuditOnly;
  if (!hook.returns_int && hook.use == HookUse::AuditOnly) hook.reason = "it returns nothing";
}

}  // namespace

std::vector<Hook> hookCatalogue(const std::vector<std::unique_ptr<KernelTypes>>& kernels, Merge& merge) {
  std::map<std::string, Hook> hooks;
  for (size_t target = 0; target < kernels.size(); ++target)
    for (const auto& [name, prototype] : kernels[target]->hookPrototypes()) {
      Hook& hook = hooks[name];
      hook.name = name;
      hook.present |= 1u << target;
      hook.returns_int = hook.returns_int && prototype->type != 0;
    }
  for (const auto& kernel : kernels)
    for (const std::string& name : kernel->unattachable()) hooks[name].name = name;
  std::vector<Hook> result;
  for (auto& [name, hook] : hooks) {
    setReview(hook);
    if (!hook.present) {
      hook.use = HookUse::Refused;
      hook.reason = "it takes a record by value, and Linux before 6.1 lets no BPF program attach there (kernel/bpf/btf.c)";
      result.push_back(std::move(hook));
      continue;
    }
    setArguments(hook, kernels, merge);
    if (!setVariants(hook, kernels)) keepCommonArguments(hook, kernels);
    forgetUnnamed(hook);
    result.push_back(std::move(hook));
  }
  return result;
}

const HookVariant& variantOn(const Hook& hook, const KernelTypes& kernel) {
  for (const HookVariant& variant : hook.variants)
    if (variant.any_of.empty() || anyExists(kernel, variant.any_of)) return variant;
  return hook.variants.back();
}

}  // namespace lsmpc::btf
