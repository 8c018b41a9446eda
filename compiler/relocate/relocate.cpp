#include "compiler/relocate/relocate.h"

#include "compiler/relocate/patch.h"

namespace lsmpc::relocate {

// libbpf's bpf_core_essential_name_len: the last `___` that stands between two other characters.
std::string_view withoutFlavour(std::string_view name) {
  for (size_t i = name.size(); i-- > 0;) {
    if (i + 5 > name.size()) continue;
    if (name[i] != '_' && name.substr(i + 1, 3) == "___" && name[i + 4] != '_') return name.substr(0, i + 1);
  }
  return name;
}

Names::Names(const ::btf& types) : types_(types) {
  for (uint32_t id = 1; id < btf__type_cnt(&types); ++id) {
    const char* name = btf__str_by_offset(&types, btf__type_by_id(&types, id)->name_off);
    if (name && *name) ids_[withoutFlavour(name)].push_back(id);
  }
}

std::vector<uint32_t> Names::candidates(std::string_view name, uint32_t kind) const {
  auto of_name = ids_.find(withoutFlavour(name));
  if (of_name == ids_.end()) return {};
  auto plain = [](uint32_t of) { return of == BTF_KIND_ENUM64 ? uint32_t{BTF_KIND_ENUM} : of; };
  std::vector<uint32_t> found;
  for (uint32_t id : of_name->second)
    if (plain(btf_kind(btf__type_by_id(&types_, id))) == plain(kind)) found.push_back(id);
  return found;
}

std::optional<Relocated> relocateObject(const object::Object& object, const Names& kernel, std::string& wrong) {
  Relocated relocated;
  for (uint32_t i = 0; i < object.functions.size(); ++i) {
    const object::Function& function = object.functions[i];
    std::vector<bpf_insn> code = function.code;
    for (const object::CoreRelocation& relocation : function.relocations) {
      auto target = targetOf(relocation, *object.types, kernel, wrong);
      Patched patched = target ? patch(code, relocation, *target, *object.types, kernel.types(), wrong) : Patched::Wrong;
      if (patched == Patched::Wrong) {
        wrong = "function `" + function.name + "`, instruction " + std::to_string(relocation.instruction) + ": " + wrong;
        return std::nullopt;
      }
      if (patched == Patched::Poisoned) relocated.missing.push_back({i, relocation.instruction, target->what});
    }
    relocated.code.push_back(std::move(code));
  }
  return relocated;
}

}  // namespace lsmpc::relocate
