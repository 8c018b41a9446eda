// The predicates over programs' paths of a whole policy: each is a bit of what is kept for a task.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/decision/decision.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::plan {

class FactTable {
 public:
  // The predicate's bit. Nothing, with an error at `range`, where there are too many.
  std::optional<uint32_t> add(match::Predicate predicate, base::Range range, diag::Emitter& emitter);
  // After the last add, of the programs that ask. Nothing after an error.
  std::optional<decision::Facts> build(const std::vector<decision::Program>& programs, diag::Emitter& emitter) const;

 private:
  std::vector<match::Predicate> predicates_;
  std::vector<base::Range> ranges_;
};

}  // namespace lsmpc::plan
