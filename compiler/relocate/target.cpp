#include "compiler/relocate/target.h"

#include <linux/bpf.h>

namespace lsmpc::relocate {
namespace {

enum class Asks { Fields, Types, Enumerators, Nothing };

Asks asks(uint32_t kind) {
  switch (kind) {
    case BPF_CORE_FIELD_BYTE_OFFSET:
    case BPF_CORE_FIELD_BYTE_SIZE:
    case BPF_CORE_FIELD_EXISTS:
    case BPF_CORE_FIELD_SIGNED:
    case BPF_CORE_FIELD_LSHIFT_U64:
    case BPF_CORE_FIELD_RSHIFT_U64: return Asks::Fields;
    case BPF_CORE_TYPE_ID_LOCAL:
    case BPF_CORE_TYPE_ID_TARGET:
    case BPF_CORE_TYPE_EXISTS:
    case BPF_CORE_TYPE_SIZE: return Asks::Types;
    case BPF_CORE_ENUMVAL_EXISTS:
    case BPF_CORE_ENUMVAL_VALUE: return Asks::Enumerators;
    default: return Asks::Nothing;
  }
}

bool asksExistence(uint32_t kind) {
  return kind == BPF_CORE_FIELD_EXISTS || kind == BPF_CORE_TYPE_EXISTS || kind == BPF_CORE_ENUMVAL_EXISTS;
}

struct Enumerator {
  std::string name;
  uint64_t value = 0;
};

std::optional<Enumerator> enumeratorAt(const ::btf& types, uint32_t type, uint32_t index) {
  const btf_type* of = typeOf(types, withoutNames(types, type));
  if (!btf_is_any_enum(of) || index >= btf_vlen(of)) return std::nullopt;
  if (btf_is_enum64(of)) return Enumerator{nameOf(types, btf_enum64(of)[index].name_off), btf_enum64_value(&btf_enum64(of)[index])};
  return Enumerator{nameOf(types, btf_enum(of)[index].name_off), static_cast<uint64_t>(int64_t{btf_enum(of)[index].val})};
}

class Search {
 public:
  Search(const object::CoreRelocation& relocation, const ::btf& local, const Names& kernel)
      : asked_(relocation),
        local_(local),
        kernel_(kernel) {}

  std::optional<Target> run(std::string& wrong) {
    if (!readLocal())
      return wrong = "a relocation of kind " + std::to_string(asked_.kind) + " with access `" + asked_.access + "` is none", std::nullopt;
    if (asked_.kind == BPF_CORE_TYPE_ID_LOCAL) {
      target_.found = target_.local;
      return target_;
    }
    const btf_type* root = typeOf(local_, withoutQualifiers(local_, asked_.type));
    for (uint32_t id : kernel_.candidates(nameOf(local_, root->name_off), btf_kind(root))) {
      auto field = inKernel(id);
      if (field && target_.found && field->value != target_.found->value)
        return wrong = "`" + target_.what + "` is not the same in all types of that name", std::nullopt;
      if (field) target_.found = field;
    }
    if (asksExistence(asked_.kind)) target_.found = Field{target_.found ? 1u : 0u};
    return target_;
  }

 private:
  bool readLocal() {
    switch (asks(asked_.kind)) {
      case Asks::Fields: return readField();
      case Asks::Types: return readType();
      case Asks::Enumerators: return readEnumerator();
      default: return false;
    }
  }

  bool readField() {
    access_ = parseAccess(local_, asked_.type, asked_.access);
    if (!access_) return false;
    target_.what = textOf(local_, *access_);
    auto field = asksExistence(asked_.kind) ? Field{1} : fieldOf(local_, *access_, asked_.kind);
    if (field) target_.local = *field;
    return field.has_value();
  }

  bool readType() {
    const btf_type* type = typeOf(local_, withoutQualifiers(local_, asked_.type));
    target_.what = "type " + std::string(withoutFlavour(nameOf(local_, type->name_off)));
    target_.local = ofType(local_, asked_.type);
    return asked_.access == "0";
  }

  bool readEnumerator() {
    std::vector<uint32_t> numbers = numbersOf(asked_.access);
    auto enumerator = numbers.size() == 1 ? enumeratorAt(local_, asked_.type, numbers.front()) : std::nullopt;
    if (!enumerator) return false;
    target_.what = enumerator->name;
    target_.local.value = asksExistence(asked_.kind) ? 1 : enumerator->value;
    enumerator_ = withoutFlavour(target_.what);
    return true;
  }

  Field ofType(const ::btf& types, uint32_t id) const {
    if (asksExistence(asked_.kind)) return Field{1};
    if (asked_.kind == BPF_CORE_TYPE_SIZE) return Field{static_cast<uint64_t>(std::max<int64_t>(btf__resolve_size(&types, id), 0))};
    return Field{id};
  }

  std::optional<Field> inKernel(uint32_t id) const {
    if (access_) {
      auto access = matchAccess(local_, *access_, kernel_.types(), id);
      if (!access) return std::nullopt;
      return asksExistence(asked_.kind) ? Field{1} : fieldOf(kernel_.types(), *access, asked_.kind);
    }
    if (asks(asked_.kind) == Asks::Types) return ofType(kernel_.types(), id);
    for (uint32_t i = 0; auto one = enumeratorAt(kernel_.types(), id, i); ++i)
      if (withoutFlavour(one->name) == enumerator_) return Field{asksExistence(asked_.kind) ? 1 : one->value};
    return std::nullopt;
  }

  const object::CoreRelocation& asked_;
  const ::btf& local_;
  const Names& kernel_;
  Target target_;
  std::optional<Access> access_;  // of a field
  std::string_view enumerator_;
};

}  // namespace

std::optional<Target> targetOf(const object::CoreRelocation& relocation, const ::btf& local, const Names& kernel, std::string& wrong) {
  return Search(relocation, local, kernel).run(wrong);
}

}  // namespace lsmpc::relocate
