#include "compiler/lower/lower.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"

namespace lsmpc::lower {
namespace {

using namespace llvm;

constexpr const char* kTriple = "bpfel";
constexpr const char* kLayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128";
constexpr const char* kTablesWords = "lsmp_tables_words";
constexpr size_t kMaxTableBytes = 4u << 20;  // one map value of 5.10

class ModuleLowering {
 public:
  ModuleLowering(const decision::Decision& decision, LLVMContext& context)
      : decision_(decision), module_(std::make_unique<Module>("policy", context)), debug_(*module_) {
    module_->setTargetTriple(kTriple);
    module_->setDataLayout(kLayout);
    module_->addModuleFlag(Module::Warning, "Debug Info Version", DEBUG_METADATA_VERSION);
    module_->addModuleFlag(Module::Max, "Dwarf Version", 5);
    // The source comes along: the verifier's log shows the policy's own lines.
    file_ = debug_.createFile(decision.policy.source_path, ".", std::nullopt, StringRef(decision.policy.source));
    unit_ = debug_.createCompileUnit(dwarf::DW_LANG_C11, file_, "lsmpc", true, "", 0, "", DICompileUnit::FullDebug, 0, false,
                                     false, DICompileUnit::DebugNameTableKind::None);
  }

  std::unique_ptr<Module> run(diag::Emitter& emitter) {
    DebugTypes types(debug_, unit_, decision_);
    for (uint32_t i = 0; i < decision_.programs.size(); ++i)
      if (!addProgram(i, types, emitter)) return nullptr;
    if (!addTables(emitter)) return nullptr;
    addLicense();
    debug_.finalize();
    if (std::string wrong = linkLibrary(*module_); !wrong.empty()) return fault(wrong, emitter);
    if (GlobalVariable* words = module_->getGlobalVariable(kTablesWords)) words->setLinkage(GlobalValue::InternalLinkage);
    std::string wrong;
    raw_string_ostream text(wrong);
    if (verifyModule(*module_, &text)) return fault(text.str(), emitter);
    return std::move(module_);
  }

 private:
  std::unique_ptr<Module> fault(const std::string& text, diag::Emitter& emitter) {
    emitter.report(diag::Kind::CodeFault, decision_.policy.rules.front().range, text);
    return nullptr;
  }

  base::Range rangeOf(const decision::Program& program) const { return decision_.policy.rules[program.steps[0].rule].range; }

  bool addProgram(uint32_t index, DebugTypes& types, diag::Emitter& emitter) {
    const decision::Program& program = decision_.programs[index];
    SlotsFull full;
    auto slots = placeStrings(program, full);
    if (!slots) {
      emitter.report(diag::Kind::TooManyStrings, rangeOf(program), program.hook.name, std::to_string(full.wanted),
                     full.paths ? "paths" : "other strings", std::to_string(full.room));
      return false;
    }
    Function* function = declare(program, types);
    ProgramLowering(decision_, index, *slots, function, types, tables_).run();
    return true;
  }

  Function* declare(const decision::Program& program, DebugTypes& types) {
    LLVMContext& context = module_->getContext();
    auto* type = FunctionType::get(Type::getInt32Ty(context), {PointerType::getUnqual(context)}, false);
    std::string name = "lsmp_" + program.hook.name;
    auto* function = Function::Create(type, GlobalValue::ExternalLinkage, name, *module_);
    function->setSection("lsm/" + program.hook.name);
    function->addFnAttr(Attribute::NoUnwind);
    function->setDSOLocal(true);
    unsigned line = program.steps.empty() ? 1 : decision_.policy.rules[program.steps[0].rule].line;
    DIType* context_pointer = debug_.createPointerType(types.integer(64, false), 64);
    auto* signature = debug_.createSubroutineType(debug_.getOrCreateTypeArray({types.integer(32, true), context_pointer}));
    auto* subprogram = debug_.createFunction(file_, name, name, file_, line, signature, line, DINode::FlagPrototyped,
                                             DISubprogram::SPFlagDefinition | DISubprogram::SPFlagOptimized);
    debug_.createParameterVariable(subprogram, "ctx", 1, file_, line, context_pointer, true);
    function->setSubprogram(subprogram);
    return function;
  }

  bool addTables(diag::Emitter& emitter) {
    const std::vector<uint32_t>& words = tables_.words();
    if (words.empty()) return true;
    if (words.size() * 4 > kMaxTableBytes) {
      emitter.report(diag::Kind::TablesTooLarge, decision_.policy.rules.front().range, std::to_string(words.size() * 4 >> 10));
      return false;
    }
    LLVMContext& context = module_->getContext();
    Constant* data = ConstantDataArray::get(context, words);
    auto* tables = new GlobalVariable(*module_, data->getType(), true, GlobalValue::ExternalLinkage, data, "");
    if (GlobalVariable* declared = module_->getGlobalVariable("lsmp_tables")) {
      declared->replaceAllUsesWith(tables);
      declared->eraseFromParent();
    }
    tables->setName("lsmp_tables");
    tables->setSection(".rodata");
    tables->setAlignment(Align(8));
    tables->setDSOLocal(true);
    DIType* element = debug_.createQualifiedType(dwarf::DW_TAG_const_type, debug_.createBasicType("unsigned int", 32, dwarf::DW_ATE_unsigned));
    auto range = debug_.getOrCreateArray({debug_.getOrCreateSubrange(0, static_cast<int64_t>(words.size()))});
    describe(tables, debug_.createArrayType(words.size() * 32, 0, element, range));
    // LLVM folds the number into the checks and forgets the variable once the library is linked (it becomes internal there).
    new GlobalVariable(*module_, Type::getInt32Ty(context), true, GlobalValue::ExternalLinkage,
                       ConstantInt::get(Type::getInt32Ty(context), words.size()), kTablesWords);
    return true;
  }

  void addLicense() {
    Constant* text = ConstantDataArray::getString(module_->getContext(), "GPL");
    auto* license = new GlobalVariable(*module_, text->getType(), true, GlobalValue::ExternalLinkage, text, "LICENSE");
    license->setSection("license");
    license->setAlignment(Align(1));
    license->setDSOLocal(true);
    auto range = debug_.getOrCreateArray({debug_.getOrCreateSubrange(0, int64_t{4})});
    describe(license, debug_.createArrayType(32, 0, debug_.createBasicType("char", 8, dwarf::DW_ATE_signed_char), range));
  }

  void describe(GlobalVariable* variable, DIType* type) {
    variable->addDebugInfo(debug_.createGlobalVariableExpression(unit_, variable->getName(), variable->getName(), file_, 1, type,
                                                                 false, true));
  }

  const decision::Decision& decision_;
  std::unique_ptr<Module> module_;
  DIBuilder debug_;
  DIFile* file_ = nullptr;
  DICompileUnit* unit_ = nullptr;
  Tables tables_;
};

}  // namespace

std::unique_ptr<llvm::Module> lowerModule(const decision::Decision& decision, LLVMContext& context, diag::Emitter& emitter) {
  return ModuleLowering(decision, context).run(emitter);
}

}  // namespace lsmpc::lower
