// What is computed at most once an event: its code stands where it is first needed; later uses that may come by another way
// test a state first. Follows the structured control flow of one program while it is lowered.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include <functional>
#include <set>
#include <vector>

namespace lsmpc::lower {

class Memo {
 public:
  using CellId = uint32_t;
  using Words = std::vector<llvm::Value*>;

  explicit Memo(llvm::IRBuilder<>& builder) : builder_(builder) {}

  // A cell of words of the given types, in the entry block; `name` shows in the IR.
  CellId add(const std::vector<llvm::Type*>& words, const std::string& name);
  bool isKnown(CellId cell) const { return known_.contains(cell); }
  // Emits `compute` unless the cell is filled for certain here, and returns its words.
  Words get(CellId cell, const std::function<Words()>& compute);

  // Code that may be skipped stands between enter and leave.
  void enter();
  void leave();
  void drop();  // leave, where the code between never comes back

 private:
  struct Cell {
    llvm::AllocaInst* filled;
    std::vector<llvm::AllocaInst*> words;
  };
  void fill(const Cell& cell, const std::function<Words()>& compute);
  llvm::AllocaInst* slot(llvm::Type* type, const std::string& name);

  llvm::IRBuilder<>& builder_;
  std::vector<Cell> cells_;
  std::set<CellId> known_;  // filled on every way here
  std::set<CellId> maybe_;  // filled on some way here
  std::vector<std::set<CellId>> outer_;
};

}  // namespace lsmpc::lower
