#include "compiler/lower/lower.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

#include <algorithm>

#include "compiler/lower/dynamic_maps.h"
#include "compiler/lower/hits.h"
#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "compiler/lower/set_words.h"
#include "runtime/abi/layout.h"
#include "runtime/abi/set_layout.h"
#include "stdlib/bpf/fitting.h"

namespace lsmpc::lower {
namespace {

using namespace llvm;

constexpr const char* kTriple = "bpfel";
constexpr const char* kLayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128";
// Constants that the library is fitted with: LLVM folds them and forgets the variables.
constexpr const char* kTablesWords = "lsmp_tables_words";
constexpr const char* kUsesNext = "lsmp_uses_next";
constexpr const char* kUsesSpares = "lsmp_uses_spares";
constexpr const char* kTaskStorage = "lsmp_task_storage";
constexpr const char* kFactsTable = "lsmp_facts_table";
constexpr const char* kFactsRows = "lsmp_facts_rows";
constexpr const char* kFactsSets = "lsmp_facts_sets";
constexpr const char* kSetShards = "lsmp_set_shards";
constexpr const char* kSetRest = "lsmp_set_rest";
constexpr const char* kRates = "lsmp_rates";
constexpr const char* kRatesCount = "lsmp_rates_count";
constexpr const char* kHitsRules = "lsmp_hits_rules";
constexpr const char* kHitsBanks = "lsmp_hits_banks";
constexpr size_t kMaxTableBytes = 4u << 20;  // one map value of 5.10

constexpr const char* kAsksScripts = "lsmp_asks_scripts";
constexpr const char* kAsksAncestors = "lsmp_asks_ancestors";
constexpr const char* kTrustsForeign = "lsmp_trusts_foreign";

struct Tracker {
  const char* program;
  bool hashed_only, steps_only;
};
constexpr Tracker kTrackers[] = {
#define LSMP_TRACKER(program, section, hashed_only, steps_only) {program, hashed_only, steps_only},
#include "runtime/abi/trackers.def"
};

class ModuleLowering {
 public:
  ModuleLowering(const decision::Decision& decision, LLVMContext& context)
      : decision_(decision),
        module_(std::make_unique<Module>("policy", context)),
        debug_(*module_) {
    module_->setTargetTriple(kTriple);
    module_->setDataLayout(kLayout);
    module_->addModuleFlag(Module::Warning, "Debug Info Version", DEBUG_METADATA_VERSION);
    module_->addModuleFlag(Module::Max, "Dwarf Version", 5);
    // The source comes along: the verifier's log shows the policy's own lines.
    file_ = debug_.createFile(decision.policy.source_path, ".", std::nullopt, StringRef(decision.policy.source));
    unit_ = debug_.createCompileUnit(dwarf::DW_LANG_C11, file_, "lsmpc", true, "", 0, "", DICompileUnit::FullDebug, 0, false, false,
                                     DICompileUnit::DebugNameTableKind::None);
  }

  std::unique_ptr<Module> run(diag::Emitter& emitter) {
    DebugTypes types(debug_, unit_, decision_);
    addAccounts();
    defineMaps(*module_, debug_, unit_, decision_.maps);
    for (uint32_t i = 0; i < decision_.programs.size(); ++i)
      if (!addProgram(i, types, emitter)) return nullptr;
    addFacts();
    addRates();
    addHits();
    if (!addTables(emitter) || !addSets(emitter)) return nullptr;
    addConstant(kUsesNext, uses_next_);
    addConstant(kTaskStorage, taskStorage());
    addConstant(kUsesSpares, taskStorage() != LSMP_ON_NONE || mayInterrupt());
    for (const char* map : {LSMP_MAP_EVENTS, LSMP_MAP_COUNTERS}) module_->getOrInsertGlobal(map, Type::getInt8Ty(module_->getContext()));
    addLicense();
    debug_.finalize();
    std::string wrong;
    raw_string_ostream text(wrong);
    if (verifyModule(*module_, &text)) return fault(text.str(), emitter);
    if (wrong = linkLibrary(*module_, fit()); !wrong.empty()) return fault(wrong, emitter);
    setMode();
    for (const char* name : constants_) module_->getGlobalVariable(name)->setLinkage(GlobalValue::InternalLinkage);
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
    for (const auto& [value, slot] : slots->of) uses_next_ |= slot != 0;
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
    function->addFnAttr(Attribute::MinSize);  // what runs is the same, what is loaded is smaller
    function->addFnAttr(Attribute::OptimizeForSize);
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

  // The programs of the library that keep facts of tasks, and where their tables are.
  void addFacts() {
    const decision::Facts& facts = decision_.facts;
    if (!facts.kept()) return;
    addConstant(kFactsTable, tables_.automaton(facts.dfa));
    addConstant(kFactsRows, tables_.acceptRows(facts.dfa, decision::kMaxFacts));
    addConstant(kFactsSets, static_cast<uint32_t>(facts.dfa.accept_sets.size()));
    addConstant(kAsksScripts, facts.scripts);
    addConstant(kAsksAncestors, facts.ancestors);
    addConstant(kTrustsForeign, decision_.policy.foreign_trust);
    LLVMContext& context = module_->getContext();
    auto* type = FunctionType::get(Type::getInt32Ty(context), {PointerType::getUnqual(context)}, false);
    for (const Tracker& tracker : kTrackers) {
      if (tracker.hashed_only && taskStorage() == LSMP_ON_ALL) continue;
      if (!tracker.steps_only || facts.steps) module_->getOrInsertFunction(tracker.program, type);
    }
  }

  void addAccounts() {
    if (decision_.accounts.empty()) return;
    std::vector<uint64_t> unset(decision_.accounts.size(), LSMP_UNSET_ACCOUNT);
    define(LSMP_ACCOUNTS_SYMBOL, ".rodata", ConstantDataArray::get(module_->getContext(), unset), true);
  }

  // One count for each rule with a limit, in the order of the rules (stdlib/bpf/rate.bpf.c).
  void addRates() {
    uint32_t limited = limitedBefore(decision_.policy.rules, decision_.policy.rules.size());
    if (limited == 0) return;
    Type* type = ArrayType::get(ArrayType::get(Type::getInt64Ty(module_->getContext()), 2), limited);
    addConstant(kRatesCount, limited);
    define(kRates, LSMP_RATES_SECTION, Constant::getNullValue(type), false);
  }

  void addHits() {
    size_t rules = decision_.policy.rules.size();
    defineHits(*module_, debug_, unit_, rules);
    addConstant(kHitsRules, static_cast<uint32_t>(rules));
    addConstant(kHitsBanks, banksOf(rules));
  }

  GlobalVariable* define(const char* name, const char* section, Constant* data, bool constant) {
    auto* variable = new GlobalVariable(*module_, data->getType(), constant, GlobalValue::ExternalLinkage, data, name);
    variable->setSection(section);
    variable->setAlignment(Align(8));
    variable->setDSOLocal(true);
    return variable;
  }

  bool addTables(diag::Emitter& emitter) {
    const std::vector<uint32_t>& words = tables_.words();
    if (words.empty()) return true;
    if (words.size() * 4 > kMaxTableBytes) {
      emitter.report(diag::Kind::TablesTooLarge, decision_.policy.rules.front().range, std::to_string(words.size() * 4 >> 10));
      return false;
    }
    LLVMContext& context = module_->getContext();
    GlobalVariable* tables = define("", ".rodata", ConstantDataArray::get(context, words), true);
    if (GlobalVariable* declared = module_->getGlobalVariable("lsmp_tables")) {
      declared->replaceAllUsesWith(tables);
      declared->eraseFromParent();
    }
    tables->setName("lsmp_tables");
    addConstant(kTablesWords, static_cast<uint32_t>(words.size()));
    return true;
  }

  bool addSets(diag::Emitter& emitter) {
    uint64_t words = placeWords(decision_).words;
    if (words == 0) return true;
    if (words > uint64_t{LSMP_SHARDS} * LSMP_SHARD_WORDS) {
      emitter
          .report(diag::Kind::SetsTooLarge, decision_.policy.rules.front().range, std::to_string(words * 8 >> 10),
                  std::to_string(uint64_t{LSMP_SHARDS} * LSMP_SHARD_WORDS * 8 >> 10))
          .hint("split the policy: each loaded policy has this room to itself");
      return false;
    }
    Shards shards = defineShards(*module_, decision_);
    shards_ = shards.count;
    addConstant(kSetShards, shards.count);
    addConstant(kSetRest, shards.rest);
    return true;
  }

  lsmp_extent taskStorage() const {
    auto all = static_cast<btf::TargetMask>((uint64_t{1} << decision_.policy.targets.size()) - 1);
    btf::TargetMask has = decision_.policy.task_storage & all;
    return has == all ? LSMP_ON_ALL : has == 0 ? LSMP_ON_NONE : LSMP_ON_SOME;
  }

  stdlib::Fit fit() const {
    if (taskStorage() != LSMP_ON_ALL || shards_ > 1) return stdlib::Fit::None;
    return uses_next_ ? stdlib::Fit::AllSlots : stdlib::Fit::FirstSlot;
  }

  bool mayInterrupt() const {
    return std::any_of(decision_.programs.begin(), decision_.programs.end(),
                       [](const auto& program) { return lower::mayInterrupt(program.hook); });
  }

  // Of a policy in audit mode: any loader loads it so.
  void setMode() {
    GlobalVariable* config = module_->getGlobalVariable(LSMP_CONFIG_SYMBOL);
    if (!config || decision_.policy.mode != ast::Mode::Audit) return;
    Type* word = Type::getInt32Ty(module_->getContext());
    config->setInitializer(ConstantStruct::get(cast<StructType>(config->getValueType()),
                                               {ConstantInt::get(word, LSMP_ABI_VERSION), ConstantInt::get(word, LSMP_EVENT_AUDIT_MODE)}));
  }

  void addConstant(const char* name, uint32_t value) {
    Type* type = Type::getInt32Ty(module_->getContext());
    new GlobalVariable(*module_, type, true, GlobalValue::ExternalLinkage, ConstantInt::get(type, value), name);
    constants_.push_back(name);
  }

  void addLicense() {
    Constant* text = ConstantDataArray::getString(module_->getContext(), "GPL");
    auto* license = new GlobalVariable(*module_, text->getType(), true, GlobalValue::PrivateLinkage, text, "LICENSE");
    license->setSection("license");
    license->setAlignment(Align(1));
    appendToCompilerUsed(*module_, {license});
  }

  const decision::Decision& decision_;
  std::unique_ptr<Module> module_;
  DIBuilder debug_;
  DIFile* file_ = nullptr;
  DICompileUnit* unit_ = nullptr;
  Tables tables_;
  std::vector<const char*> constants_;  // external only until the library is linked
  uint32_t shards_ = 0;                 // of its sets
  bool uses_next_ = false;              // slots beyond the first path's
};

}  // namespace

std::unique_ptr<llvm::Module> lowerModule(const decision::Decision& decision, LLVMContext& context, diag::Emitter& emitter) {
  return ModuleLowering(decision, context).run(emitter);
}

}  // namespace lsmpc::lower
