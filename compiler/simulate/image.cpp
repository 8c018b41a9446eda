#include "compiler/simulate/image.h"

namespace lsmpc::simulate {
namespace {

Address addressOf(const object::Reference& reference, Maps& maps, const std::map<std::string, Address>& symbols) {
  switch (reference.kind) {
    case object::Reference::Kind::Map: return maps.at(reference.index).handle();
    case object::Reference::Kind::Data: return maps.at(reference.index).find(std::string(sizeof(uint32_t), '\0')) + reference.offset;
    case object::Reference::Kind::Symbol: {
      auto symbol = symbols.find(reference.symbol);
      return symbol == symbols.end() ? 0 : symbol->second;
    }
    default: return 0;
  }
}

}  // namespace

Image link(const object::Object& object, const relocate::Relocated& relocated, Maps& maps, const std::map<std::string, Address>& symbols) {
  Image image{relocated.code};
  for (size_t i = 0; i < object.functions.size(); ++i)
    for (const object::Reference& reference : object.functions[i].references) {
      bpf_insn* at = &image.code[i][reference.instruction];
      at[0].src_reg = 0;
      if (reference.kind == object::Reference::Kind::Function) {
        at[0].src_reg = BPF_PSEUDO_CALL;
        at[0].imm = static_cast<int32_t>(reference.index);
        continue;
      }
      Address address = addressOf(reference, maps, symbols);
      at[0].imm = static_cast<int32_t>(address);
      at[1].imm = static_cast<int32_t>(address >> 32);
    }
  return image;
}

}  // namespace lsmpc::simulate
