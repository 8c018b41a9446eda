// One hook's program: `int lsmp_HOOK(u64 *ctx)` in section `lsm/HOOK`.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/decision/decision.h"
#include "compiler/lower/access.h"
#include "compiler/lower/comparison.h"
#include "compiler/lower/memo.h"
#include "compiler/lower/set_words.h"
#include "compiler/lower/slots.h"
#include "compiler/lower/tables.h"

namespace lsmpc::lower {

// A value in the program. `state`: enum lsmp_state as i32. `words`: one i64 or ptr; ip: high and low; strings: none, they
// are in their slot.
struct Loaded {
  llvm::Value* state = nullptr;
  std::vector<llvm::Value*> words;
};

// Kleene: neither is unresolved.
struct Truth {
  llvm::Value* yes = nullptr;
  llvm::Value* no = nullptr;
};

// Rules with a limit before the one of index `end`: its place in lsmp_rates.
uint32_t limitedBefore(const std::vector<policy::Rule>& rules, size_t end);

// Whether programs may run there in the midst of another one of the acting task, who has nothing to do with it. What such a hook lets a program refuse
// is done by the kernel's own threads.
inline bool mayInterrupt(const btf::Hook& hook) { return !hook.actor && hook.use != btf::HookUse::Deny; }

class ProgramLowering {
 public:
  ProgramLowering(const decision::Decision& decision, uint32_t hook_index, const Slots& slots, llvm::Function* function, DebugTypes& types,
                  Tables& tables);
  void run();

 private:
  bool isAside() const { return mayInterrupt(program_.hook); }
  // value.cpp
  Loaded value(decision::ValueId id);
  Loaded compute(decision::ValueId id);
  Loaded account(const decision::Value& value);
  Loaded choice(const decision::Value& value);
  Loaded present(llvm::Value* word);
  Loaded either(llvm::Value* holds, const std::vector<llvm::Type*>& words, const std::function<Loaded()>& then,
                const std::function<Loaded()>& otherwise);
  Loaded guarded(llvm::Value* holds, llvm::Value* state, const std::vector<llvm::Type*>& words, const std::function<Loaded()>& compute);
  llvm::Value* worse(llvm::Value* left, llvm::Value* right);
  std::vector<llvm::Type*> wordTypes(decision::ValueId id) const;
  static bool isUntyped(const std::vector<btf::Step>& steps);  // no load can follow them, whatever the base
  bool isProbed(decision::ValueId id) const;                   // an address that the verifier knows nothing of
  bool isExpensive(decision::ValueId id) const;
  bool mayBeAbsent(decision::ValueId id) const;
  llvm::Value* asAddress(decision::ValueId id);
  llvm::Value* asNumber(decision::ValueId id);  // the address as what a global function takes
  llvm::Value* stateOf(decision::ValueId id);   // of an object that is passed by address
  llvm::Value* widen(llvm::Value* word, const policy::Type& type);
  llvm::BasicBlock* block(const char* name);
  // memory.cpp
  struct Chain {  // members from the last pointer on
    decision::ValueId base;
    std::vector<btf::Step> steps;
  };
  Chain chainOf(decision::ValueId id) const;
  Loaded field(const decision::Value& value);
  Loaded member(const decision::Value& value);  // of what its base leads to
  Loaded readAnywhere(const Loaded& base, const std::vector<btf::Step>& steps, const policy::Type& type);
  Loaded readMember(const Loaded& base, const std::vector<btf::Step>& steps, bool probed, const policy::Type& type);
  Loaded probe(llvm::Value* address, llvm::Value* size);
  llvm::Value* isKernelAddress(llvm::Value* word);
  llvm::Value* isNull(llvm::Value* word);
  // task.cpp
  std::vector<Chain> fromTask(decision::ValueId id) const;
  Loaded ofTask(const std::vector<Chain>& hops, const decision::Value& value);
  Loaded untyped(const std::vector<Chain>& hops, const decision::Value& value);
  Loaded follow(llvm::Value* pointer, const std::vector<Chain>& hops, size_t hop, const policy::Type& type);
  // call.cpp
  Loaded call(const decision::Value& value, decision::ValueId id);
  llvm::Value* helper(uint64_t number);
  Loaded kept(const char* function);  // facts of the current task
  Loaded keptOf(decision::ValueId task);
  Loaded socket(const decision::Value& value);
  llvm::Value* operandState(const decision::Value& value);
  llvm::Value* objectState(const decision::Value& value);
  Loaded readSocket(const decision::Value& value);
  Loaded given(const decision::Value& value);
  Loaded cast(const decision::Value& value);
  Loaded word(const decision::Value& value, const char* function);
  Loaded mapBits(const decision::Value& value);
  llvm::Value* arrayBytes(decision::ValueId id);
  Loaded stringCall(const decision::Value& value, decision::ValueId id);
  // argument.cpp
  void loadArguments();
  llvm::Value* variantHolds(const btf::HookVariant& variant);
  llvm::Value* contextWord(size_t position, llvm::Type* result);
  llvm::Type* argumentType(const std::string& name);
  Loaded argument(const decision::Value& value);
  // test.cpp
  Truth test(decision::TestId id);
  Truth judged(llvm::Value* state, llvm::Value* holds);
  llvm::Value* ordered(decision::TestOp op, llvm::Value* left, llvm::Value* right, bool is_signed);
  llvm::Value* compare(decision::TestOp op, decision::ValueId left, decision::ValueId right);
  Truth sameText(decision::ValueId left, decision::ValueId right);
  llvm::Value* intervals(const decision::Test& test, llvm::Value* word, const policy::Type& type);
  llvm::Value* cidrs(const decision::Test& test, const std::vector<llvm::Value*>& words);
  llvm::Value* inOrder(llvm::Value* word, const policy::Type& type);
  Truth listed(decision::TestId id);
  Loaded look(const decision::Test& test);
  Loaded lookInMap(const decision::Test& test);
  Truth answered(llvm::Value* state, llvm::Value* sameness);
  Truth classTest(const decision::Test& test);
  llvm::Value* acceptBit(const decision::Test& test, llvm::Value* set);
  llvm::Value* matched(uint32_t matcher, decision::ValueId value);
  llvm::Value* callMatch(uint32_t automaton, decision::ValueId value);
  llvm::Value* acceptSet(uint32_t matcher, decision::ValueId value);
  // node.cpp
  Truth node(decision::NodeId id);
  Truth compound(const decision::Node& node);
  bool needsWork(decision::NodeId id) const;
  bool isPending(decision::ValueId id) const;
  void prepare(decision::NodeId id);  // loads what is cheap before the condition branches
  void countUses();
  // step.cpp
  void step(const decision::Step& step);
  void search(size_t begin, size_t end);
  void searchAll();
  void leave(int result);
  void end(llvm::Value* result);
  void finish();
  void stepAside();
  llvm::Value* auditMode(const policy::Rule& rule);
  void decide(const policy::Rule& rule, llvm::Value* rule_index, llvm::Value* unresolved);
  void skipInnerFile(llvm::BasicBlock* skip);
  llvm::Value* constantReturn(int value);
  // silence.cpp
  size_t silentUntil(size_t begin, size_t end) const;
  void searchWhereMatched(size_t begin, size_t end);
  // table.cpp
  struct Conditions {  // a bit each, as i64
    llvm::Value* match;
    llvm::Value* yes;
  };
  uint32_t onBytes(const decision::Table& table);
  llvm::Value* matchedRow(const decision::Table& table);
  void tableStep(const decision::Step& step);
  std::pair<llvm::Value*, llvm::Value*> decidingRow(const decision::Table& table, const TablePlace& place, llvm::Value* mask,
                                                    llvm::BasicBlock* next);
  Conditions judge(const decision::Table& table);
  llvm::Value* firstRow(const decision::Table& table, const TablePlace& place, llvm::Value* mask);
  llvm::Value* searched(const decision::Table& table, const TablePlace& place, llvm::Value* mask);
  llvm::Value* callSearch(const decision::Table& table, const TablePlace& place, const std::vector<llvm::Value*>& words, llvm::Value* mask);
  llvm::Value* firstOfUnresolved(const decision::Table& table, llvm::Value* mask);
  void decideRow(const decision::Table& table, llvm::Value* word, llvm::Value* unresolved);
  // near_names.cpp
  llvm::Value* unlessFar(uint32_t matcher, decision::ValueId id, const std::function<llvm::Value*()>& search);
  // path_cache.cpp
  static constexpr uint64_t kCacheSeenWords = 5;  // sizeof(struct lsmp_cache_seen) / 8
  size_t questionsOf(decision::ValueId id) const;
  bool asksLittleBeside(decision::ValueId id) const;
  bool isCached(decision::ValueId id) const;
  llvm::Value* cached(decision::ValueId id, uint32_t question, llvm::Value* mask, const std::function<llvm::Value*()>& search);
  // report.cpp
  void report(const policy::Rule& rule, llvm::Value* rule_index, llvm::Value* flags);
  bool holdsFirst() const;
  void limitedReport(const policy::Rule& rule, llvm::Value* rule_index, llvm::Value* flags);
  void tally(const policy::Rule& rule, llvm::Value* flags, uint32_t unseen);
  llvm::Value* storeField(const decision::EventField& field);

  llvm::Value* i64(uint64_t value) { return builder_.getInt64(value); }
  llvm::Value* i32(uint32_t value) { return builder_.getInt32(value); }
  void onLine(uint32_t line);

  const decision::Decision& decision_;
  const decision::Program& program_;
  uint32_t hook_index_;
  const Slots& slots_;
  llvm::Function* function_;
  llvm::IRBuilder<> builder_;
  DebugTypes& types_;
  Tables& tables_;
  const WordPlaces places_;
  Access access_;
  Comparison comparison_;
  Memo memo_;
  llvm::Value* object_ = nullptr;  // struct lsmp_object on the stack
  llvm::Value* socket_out_ = nullptr;
  llvm::Value* cache_seen_ = nullptr;  // struct lsmp_cache_seen on the stack
  bool reporting_ = false;             // what an event shows is computed,
  bool shows_by_probes_ = false;       // and how a path of it
  llvm::BasicBlock* end_ = nullptr;    // the program's, with what it may return
  std::vector<std::pair<llvm::Value*, llvm::BasicBlock*>> results_;
  llvm::BasicBlock* next_member_ = nullptr;  // of a bundle: where the search of one of its policies ends
  llvm::AllocaInst* verdict_ = nullptr;      // of a bundle: the first refusal so far, or 0
  llvm::Value* word_out_ = nullptr;
  std::map<std::string, llvm::Value*> arguments_;
  std::map<decision::ValueId, Memo::CellId> value_cells_;
  std::map<std::pair<std::string, std::vector<decision::ValueId>>, Memo::CellId> socket_cells_;  // by the library's function and operands
  std::map<std::pair<uint32_t, decision::ValueId>, Memo::CellId> accept_cells_;
  std::map<decision::TestId, Memo::CellId> listed_cells_;
  std::map<decision::NodeId, Memo::CellId> node_cells_;
  std::map<uint32_t, uint32_t> automata_;  // matcher → word offset
  std::map<uint32_t, uint32_t> accept_rows_;
  std::map<const decision::Table*, uint32_t> tables_on_bytes_;  // word offset
  std::vector<uint32_t> uses_;  // of each node
};

}  // namespace lsmpc::lower
