// Byte automata of components as words of the table (runtime/abi/path_layout.h).
#pragma once

#include "compiler/match/component_dfa.h"

namespace lsmpc::match {

class StateStore {
 public:
  explicit StateStore(uint32_t classes) : classes_(classes), states_(1), rows_(classes) {}
  // The place of its start.
  uint32_t add(const ComponentDfa& dfa);

  const std::vector<uint64_t>& states() const { return states_; }
  const std::vector<uint64_t>& rows() const { return rows_; }
  const std::vector<uint64_t>& accepting() const { return accepting_; }
  size_t words() const { return states_.size() + rows_.size() + accepting_.size(); }

 private:
  using Exceptions = std::vector<ComponentDfa::Exception>;

  bool fallsShorter(const ComponentDfa& dfa, uint32_t state, Exceptions& shorter) const;
  void write(const ComponentDfa& dfa, uint32_t state, const std::vector<uint32_t>& places);
  uint64_t acceptWord(std::span<const uint32_t> ordinals);
  uint32_t rowOf(const Exceptions& exceptions, uint32_t place);
  bool isFree(const Exceptions& exceptions, size_t base) const;

  uint32_t classes_;
  std::vector<uint64_t> states_, rows_, accepting_;
  size_t first_free_ = 0;  // in rows_: nothing before it is worth a try
};

}  // namespace lsmpc::match
