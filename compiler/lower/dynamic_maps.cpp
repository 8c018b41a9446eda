#include "compiler/lower/dynamic_maps.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/GlobalVariable.h>

#include "compiler/lower/library.h"
#include "compiler/lower/map_type.h"
#include "runtime/abi/layout.h"
#include "runtime/abi/set_layout.h"

namespace lsmpc::lower {

using namespace llvm;
using Kind = decision::Set::Kind;

namespace {

constexpr uint32_t kHash = 1, kTrie = 11, kArrayOfMaps = 12, kNoPrealloc = 1;  // enum bpf_map_type; BPF_F_NO_PREALLOC, which a trie wants

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
  for (size_t i = 0; i < maps.size(); ++i) {
    const decision::Map& map = maps[i];
    MapType type(debug, unit);
    type.number("type", kArrayOfMaps).number("max_entries", 1).number("key_size", 4).values(setType(debug, unit, map));
    GlobalVariable* variable = type.define(module, LSMP_DYNAMIC_PREFIX + std::to_string(i));
    if (map.kind == Kind::Strings) defineLook(module, debug, unit, variable, lookOf(static_cast<uint32_t>(i)), capacityOf(map));
  }
}

}  // namespace lsmpc::lower
