// The component patterns of one directory as one automaton on classes of bytes. Rows are sparse: most classes lead where most do.
#pragma once

#include <limits>

#include "compiler/match/component_nfa.h"
#include "compiler/match/subset_ids.h"

namespace lsmpc::match {

struct ComponentLimits {
  uint64_t states = std::numeric_limits<uint64_t>::max();
  uint64_t exceptions = std::numeric_limits<uint64_t>::max();
  size_t accepts = std::numeric_limits<size_t>::max();  // patterns that one name can match
};

// The first limit that was not enough.
enum class ComponentOver : uint8_t { None, States, Exceptions, Accepts, Work };

class ComponentDfa {
 public:
  struct Exception {
    uint32_t cls, to;
  };
  struct Row {
    uint32_t otherwise = 0;
    uint32_t first_exception = 0, exceptions = 0;
    uint32_t first_accept = 0, accepts = 0;
  };

  // `work` goes down with what is computed. An accepting state has only contenders that decide something beside those before them: sort
  // them by rule.
  ComponentOver build(const std::vector<Contender>& contenders, const ByteSets& sets, const ComponentLimits& limits, int64_t& work);

  // State 0 takes nothing any more, state 1 is the start.
  uint32_t states() const { return static_cast<uint32_t>(rows_.size()); }
  uint32_t otherwise(uint32_t state) const { return rows_[state].otherwise; }
  std::span<const Exception> exceptions(uint32_t state) const {
    return std::span(exceptions_).subspan(rows_[state].first_exception, rows_[state].exceptions);
  }
  // Ascending ordinals.
  std::span<const uint32_t> accepts(uint32_t state) const {
    return std::span(accepts_).subspan(rows_[state].first_accept, rows_[state].accepts);
  }
  uint32_t next(uint32_t state, uint32_t cls) const;
  uint32_t after(std::string_view name, const ByteSets& sets) const;

 private:
  friend class ComponentDfaBuilder;

  std::vector<Row> rows_;
  std::vector<Exception> exceptions_;  // of a row ascending by class
  std::vector<uint32_t> accepts_;
};

}  // namespace lsmpc::match
