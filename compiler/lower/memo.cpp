#include "compiler/lower/memo.h"

namespace lsmpc::lower {

using namespace llvm;

AllocaInst* Memo::slot(Type* type, const std::string& name) {
  BasicBlock& entry = builder_.GetInsertBlock()->getParent()->getEntryBlock();
  IRBuilder<> at(&entry, entry.begin());
  return at.CreateAlloca(type, nullptr, name);
}

Memo::CellId Memo::add(const std::vector<Type*>& words, const std::string& name) {
  Cell cell{slot(builder_.getInt1Ty(), name + ".filled"), {}};
  for (Type* type : words) cell.words.push_back(slot(type, name));
  BasicBlock& entry = builder_.GetInsertBlock()->getParent()->getEntryBlock();
  IRBuilder<> at(&entry, std::next(cell.filled->getIterator()));
  at.CreateStore(at.getFalse(), cell.filled);
  // Never read before it is filled; but the verifier refuses even to copy what was never written.
  for (AllocaInst* word : cell.words) at.CreateStore(Constant::getNullValue(word->getAllocatedType()), word);
  cells_.push_back(std::move(cell));
  return static_cast<CellId>(cells_.size() - 1);
}

void Memo::fill(const Cell& cell, const std::function<Words()>& compute) {
  Words words = compute();
  for (size_t i = 0; i < words.size(); ++i) builder_.CreateStore(words[i], cell.words[i]);
  builder_.CreateStore(builder_.getTrue(), cell.filled);
}

Memo::Words Memo::get(CellId id, const std::function<Words()>& compute) {
  if (!isKnown(id)) {
    Cell cell = cells_[id];
    if (maybe_.contains(id)) {
      Function* function = builder_.GetInsertBlock()->getParent();
      auto* need = BasicBlock::Create(builder_.getContext(), "need", function);
      auto* have = BasicBlock::Create(builder_.getContext(), "have", function);
      builder_.CreateCondBr(builder_.CreateLoad(builder_.getInt1Ty(), cell.filled), have, need);
      builder_.SetInsertPoint(need);
      enter();
      fill(cell, compute);
      leave();
      builder_.CreateBr(have);
      builder_.SetInsertPoint(have);
    } else {
      fill(cell, compute);
    }
    known_.insert(id);
  }
  Words result;
  for (AllocaInst* word : cells_[id].words) result.push_back(builder_.CreateLoad(word->getAllocatedType(), word));
  return result;
}

void Memo::enter() { outer_.push_back(known_); }

void Memo::leave() {
  maybe_.insert(known_.begin(), known_.end());
  known_ = std::move(outer_.back());
  outer_.pop_back();
}

void Memo::drop() {
  known_ = std::move(outer_.back());
  outer_.pop_back();
}

}  // namespace lsmpc::lower
