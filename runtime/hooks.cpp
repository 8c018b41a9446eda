#include "runtime/hooks.h"

#include <bpf/btf.h>

#include <algorithm>

#include "runtime/kernel_enumerators.h"

namespace lsmpc::runtime {
namespace {

bool hasMember(const btf& types, const std::string& type_name, const std::string& member) {
  for (uint32_t kind : {BTF_KIND_STRUCT, BTF_KIND_UNION}) {
    int id = btf__find_by_name_kind(&types, type_name.c_str(), kind);
    const btf_type* type = id > 0 ? btf__type_by_id(&types, id) : nullptr;
    if (!type) continue;
    if (member.empty()) return true;
    for (int i = 0; i < btf_vlen(type); ++i)
      if (member == btf__name_by_offset(&types, btf_members(type)[i].name_off)) return true;
  }
  return false;
}

bool isRecord(const btf& types, uint32_t id, uint32_t& size) {
  const btf_type* type = btf__type_by_id(&types, id);
  while (type && (btf_is_mod(type) || btf_is_typedef(type))) type = btf__type_by_id(&types, type->type);
  size = type && btf_is_composite(type) ? type->size : 0;
  return size != 0;
}

// Before the release that brought this map no program could stand on a function that takes a record by value.
bool takesRecords(const btf& types) { return hasEnumerator(types, "bpf_map_type", "BPF_MAP_TYPE_USER_RINGBUF"); }

bool markerHolds(const btf& types, const std::string& marker) {
  size_t dot = marker.find('.');
  return hasMember(types, marker.substr(0, dot), dot == std::string::npos ? "" : marker.substr(dot + 1));
}

// The variant that the object's own guards will take here: the first whose marker is there, else the one without markers.
const HookVariant* takenVariant(const ManifestHook& hook, const btf& types) {
  auto holds = [&](const std::string& marker) { return markerHolds(types, marker); };
  for (const HookVariant& variant : hook.variants)
    if (variant.any_of.empty() || std::any_of(variant.any_of.begin(), variant.any_of.end(), holds)) return &variant;
  return nullptr;
}

// Where no marker tells kernels apart, the leading arguments agree: their places are what matters. Of the others an object may know some
// that this kernel lacks (bpf's `kernel`, since 6.15): the compiler lets no program use what one of its targets lacks, and the verifier
// lets none read what is not there. One without a name is called otherwise on some of the targets.
bool agree(const std::vector<std::string>& known, const std::vector<std::string>& all) {
  auto same = [](const std::string& one, const std::string& other) { return one.empty() || one == other; };
  size_t common = std::min(known.size(), all.size());
  return std::equal(known.begin(), known.begin() + static_cast<ptrdiff_t>(common), all.begin(), same);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

std::optional<std::vector<std::string>> kernelArguments(const btf& types, const std::string& hook) {
  int id = btf__find_by_name_kind(&types, ("bpf_lsm_" + hook).c_str(), BTF_KIND_FUNC);
  if (id <= 0) return std::nullopt;
  const btf_type* prototype = btf__type_by_id(&types, btf__type_by_id(&types, id)->type);
  if (!prototype) return std::nullopt;
  std::vector<std::string> names;
  for (int i = 0; i < btf_vlen(prototype); ++i) {
    std::string name = btf__name_by_offset(&types, btf_params(prototype)[i].name_off);
    names.push_back(name.substr(0, name.find("__")));  // `file__nullable`
    uint32_t size = 0;
    if (!isRecord(types, btf_params(prototype)[i].type, size)) continue;
    if (!takesRecords(types)) return std::nullopt;
    if (size > 8) names.emplace_back();  // it takes two places
  }
  return names;
}

HookChoice chooseHooks(const Manifest& manifest, const btf& types, const std::string& kernel) {
  HookChoice choice;
  for (const ManifestHook& hook : manifest.hooks) {
    auto arguments = kernelArguments(types, hook.name);
    if (!arguments && hook.if_present) {
      choice.absent.push_back(hook.name);
    } else if (!arguments) {
      choice.problems.push_back({Message::HookAbsent, {kernel, hook.name}, {}});
    } else if (const HookVariant* taken = takenVariant(hook, types); !taken || !agree(taken->arguments, *arguments)) {
      choice.problems.push_back({Message::HookDiffers, {hook.name, joined(*arguments), taken ? joined(taken->arguments) : "none"}, {}});
    }
  }
  return choice;
}

}  // namespace lsmpc::runtime
