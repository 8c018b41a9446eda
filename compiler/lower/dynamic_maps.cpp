#include "compiler/lower/dynamic_maps.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/GlobalVariable.h>

#include "compiler/lower/library.h"
#include "runtime/abi/layout.h"
#include "runtime/abi/set_layout.h"

namespace lsmpc::lower {

using namespace llvm;
using Kind = decision::Set::Kind;

namespace {

constexpr uint32_t kHash = 1, kTrie = 11, kArrayOfMaps = 12, kNoPrealloc = 1;  // enum bpf_map_type; BPF_F_NO_PREALLOC, which a trie wants

// libbpf reads a map's numbers from its type: `int (*NAME)[N]`, member by member, and of an array of maps the maps' type: `struct … *values[]`.
class MapType {
 public:
  MapType(DIBuilder& debug, DICompileUnit* unit) : debug_(debug), unit_(unit) {}

  MapType& number(const char* name, uint32_t number) {
    DIType* integer = debug_.createBasicType("int", 32, dwarf::DW_ATE_signed);
    return add(name, debug_.createPointerType(arrayOf(integer, 32, number), 64));
  }
  MapType& values(DIType* inner) { return add("values", arrayOf(debug_.createPointerType(inner, 64), 64, 0)); }
  DIType* finish() {
    return debug_.createStructType(unit_, "", unit_->getFile(), 0, bits_, 64, DINode::FlagZero, nullptr, debug_.getOrCreateArray(members_));
  }
  uint64_t pointers() const { return bits_ / 64; }

 private:
  DIType* arrayOf(DIType* type, uint64_t bits, uint32_t count) {
    return debug_.createArrayType(count * bits, static_cast<uint32_t>(bits), type,
                                  debug_.getOrCreateArray({debug_.getOrCreateSubrange(0, int64_t{count})}));
  }
  MapType& add(const char* name, DIType* type) {
    members_.push_back(debug_.createMemberType(unit_, name, unit_->getFile(), 0, type->getSizeInBits(), 64, bits_, DINode::FlagZero, type));
    bits_ += type->getSizeInBits();
    return *this;
  }

  DIBuilder& debug_;
  DICompileUnit* unit_;
  SmallVector<Metadata*, 5> members_;
  uint64_t bits_ = 0;
};

// Bytes that a value of a set of strings holds.
uint32_t capacityOf(const decision::Map& map) { return map.set.type == "path" ? LSMP_LISTED_BYTES : LSMP_SHORT_LISTED_BYTES; }

DISubprogram* signatureOf(const std::string& name, DIBuilder& debug, DICompileUnit* unit) {
  DIFile* file = unit->getFile();
  DIType* number = debug.createBasicType("unsigned int", 32, dwarf::DW_ATE_unsigned);
  auto* type = debug.createSubroutineType(debug.getOrCreateTypeArray({number, number}));
  auto* subprogram = debug.createFunction(file, name, name, file, 0, type, 0, DINode::FlagPrototyped,
                                          DISubprogram::SPFlagDefinition | DISubprogram::SPFlagOptimized);
  debug.createParameterVariable(subprogram, "slot", 1, file, 0, number, true);
  return subprogram;
}

uint32_t valueBytes(const decision::Map& map) {
  switch (map.kind) {
    case Kind::Strings: return static_cast<uint32_t>(sizeof(lsmp_listed)) + capacityOf(map);
    case Kind::Networks: return sizeof(lsmp_listed_network);
    case Kind::Numbers: return 8;
  }
  return 0;
}

// One of the maps that can be the set.
DIType* setType(DIBuilder& debug, DICompileUnit* unit, const decision::Map& map) {
  bool trie = map.kind == Kind::Networks;
  return MapType(debug, unit)
      .number("type", trie ? kTrie : kHash)
      .number("map_flags", kNoPrealloc)
      .number("max_entries", map.set.max)
      .number("key_size", trie ? sizeof(lsmp_network_key) : 8)
      .number("value_size", valueBytes(map))
      .finish();
}

void defineLook(Module& module, DIBuilder& debug, DICompileUnit* unit, GlobalVariable* map, const std::string& name, uint32_t capacity) {
  IRBuilder<> builder(module.getContext());
  Type* number = builder.getInt32Ty();
  auto* function = Function::Create(FunctionType::get(number, {number}, false), GlobalValue::ExternalLinkage, name, module);
  for (Attribute::AttrKind attribute : {Attribute::NoInline, Attribute::NoUnwind, Attribute::MinSize, Attribute::OptimizeForSize})
    function->addFnAttr(attribute);
  function->setSubprogram(signatureOf(name, debug, unit));
  builder.SetInsertPoint(BasicBlock::Create(module.getContext(), "look", function));
  builder.SetCurrentDebugLocation(DILocation::get(module.getContext(), 0, 0, function->getSubprogram()));
  builder.CreateRet(callLibrary(builder, "lsmp_among_strings", number, {map, function->getArg(0), builder.getInt64(capacity)}));
}

}  // namespace

std::string lookOf(uint32_t map) { return "lsmp_listed_" + std::to_string(map); }

void defineMaps(Module& module, DIBuilder& debug, DICompileUnit* unit, const std::vector<decision::Map>& maps) {
  LLVMContext& context = module.getContext();
  for (size_t i = 0; i < maps.size(); ++i) {
    const decision::Map& map = maps[i];
    MapType type(debug, unit);
    type.number("type", kArrayOfMaps).number("max_entries", 1).number("key_size", 4).values(setType(debug, unit, map));
    auto* words = ArrayType::get(PointerType::getUnqual(context), type.pointers());
    std::string name = LSMP_DYNAMIC_PREFIX + std::to_string(i);
    auto* variable = new GlobalVariable(module, words, false, GlobalValue::ExternalLinkage, Constant::getNullValue(words), name);
    variable->setSection(".maps");
    variable->setAlignment(Align(8));
    variable->setDSOLocal(true);
    variable->addDebugInfo(debug.createGlobalVariableExpression(unit, name, name, unit->getFile(), 0, type.finish(), false));
    if (map.kind == Kind::Strings) defineLook(module, debug, unit, variable, lookOf(static_cast<uint32_t>(i)), capacityOf(map));
  }
}

}  // namespace lsmpc::lower
