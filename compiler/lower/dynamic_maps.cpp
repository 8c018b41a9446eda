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

constexpr uint32_t kHash = 1, kTrie = 11, kNoPrealloc = 1;  // enum bpf_map_type; BPF_F_NO_PREALLOC, which a trie wants

// `int (*NAME)[N]`, member by member: libbpf reads a map's numbers from its type.
DIType* mapType(DIBuilder& debug, DICompileUnit* unit, const std::vector<std::pair<const char*, uint32_t>>& numbers) {
  DIType* integer = debug.createBasicType("int", 32, dwarf::DW_ATE_signed);
  SmallVector<Metadata*, 5> members;
  for (auto [name, number] : numbers) {
    auto* array = debug.createArrayType(uint64_t{number} * 32, 32, integer, debug.getOrCreateArray({debug.getOrCreateSubrange(0, number)}));
    members.push_back(debug.createMemberType(unit, name, unit->getFile(), 0, 64, 64, members.size() * 64, DINode::FlagZero,
                                             debug.createPointerType(array, 64)));
  }
  return debug.createStructType(unit, "", unit->getFile(), 0, members.size() * 64, 64, DINode::FlagZero, nullptr,
                                debug.getOrCreateArray(members));
}

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
    bool trie = map.kind == Kind::Networks;
    auto key = static_cast<uint32_t>(trie ? sizeof(lsmp_network_key) : 8);
    auto value = static_cast<uint32_t>(map.kind == Kind::Strings ? sizeof(lsmp_listed) + capacityOf(map) : 4);
    DIType* type = mapType(debug, unit,
                           {{"type", trie ? kTrie : kHash},
                            {"map_flags", kNoPrealloc},
                            {"max_entries", map.set.max},
                            {"key_size", key},
                            {"value_size", value}});
    auto* words = ArrayType::get(PointerType::getUnqual(context), 5);
    std::string name = LSMP_DYNAMIC_PREFIX + std::to_string(i);
    auto* variable = new GlobalVariable(module, words, false, GlobalValue::ExternalLinkage, Constant::getNullValue(words), name);
    variable->setSection(".maps");
    variable->setAlignment(Align(8));
    variable->setDSOLocal(true);
    variable->addDebugInfo(debug.createGlobalVariableExpression(unit, name, name, unit->getFile(), 0, type, false));
    if (map.kind == Kind::Strings) defineLook(module, debug, unit, variable, lookOf(static_cast<uint32_t>(i)), capacityOf(map));
  }
}

}  // namespace lsmpc::lower
