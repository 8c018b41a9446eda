// Steps that follow one another and that only a path some pattern fits can come to match: where none does they are passed over together.
#include <algorithm>
#include <optional>

#include "compiler/lower/program.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::NodeOp;

namespace {

// What a node comes to where no pattern of the first test's matcher fits its value, as far as that says it.
class Silence {
 public:
  Silence(const decision::Program& program, const decision::Test& first) : program_(program), first_(first) {}

  std::optional<bool> of(decision::NodeId id) const {
    const decision::Node& node = program_.nodes[id];
    switch (node.op) {
      case NodeOp::True: return true;
      case NodeOp::False: return false;
      case NodeOp::Test: return ofTest(program_.tests[node.test]);
      case NodeOp::Not: {
        std::optional<bool> operand = of(node.children[0]);
        return operand ? std::optional(!*operand) : std::nullopt;
      }
      default: return ofAll(node);
    }
  }

 private:
  std::optional<bool> ofTest(const decision::Test& test) const {
    bool same = test.op == decision::TestOp::Class && test.matcher == first_.matcher && test.left == first_.left;
    return same ? std::optional(false) : std::nullopt;
  }

  std::optional<bool> ofAll(const decision::Node& node) const {
    bool decides = node.op == NodeOp::Or, all = true;
    for (decision::NodeId child : node.children) {
      std::optional<bool> one = of(child);
      if (one == decides) return decides;
      all = all && one.has_value();
    }
    return all ? std::optional(!decides) : std::nullopt;
  }

  const decision::Program& program_;
  const decision::Test& first_;
};

}  // namespace

// The first step is a test of patterns alone, so that it costs nothing to make it first. Returns the step behind the last one, or `begin`.
size_t ProgramLowering::silentUntil(size_t begin, size_t end) const {
  const decision::Node& node = program_.nodes[program_.steps[begin].condition];
  if (program_.steps[begin].table || node.op != NodeOp::Test || program_.tests[node.test].op != decision::TestOp::Class) return begin;
  Silence silence(program_, program_.tests[node.test]);
  size_t past = begin;
  while (past < end && !program_.steps[past].table && silence.of(program_.steps[past].condition) == false) ++past;
  return past;
}

void ProgramLowering::searchWhereMatched(size_t begin, size_t end) {
  const decision::Test& test = program_.tests[program_.nodes[program_.steps[begin].condition].test];
  const auto& sets = program_.matchers[test.matcher].dfa.accept_sets;
  auto none = std::find_if(sets.begin(), sets.end(), [](const auto& set) { return set.empty(); });
  onLine(decision_.policy.rules[program_.steps[begin].rule].line);
  Value* set = acceptSet(test.matcher, test.left);
  BasicBlock *matched = block("matched"), *after = block("none_matched");
  auto id = static_cast<uint32_t>(none - sets.begin());
  builder_.CreateCondBr(none == sets.end() ? builder_.getFalse() : comparison_.same(set, i32(id)), after, matched);
  builder_.SetInsertPoint(matched);
  memo_.enter();
  for (size_t i = begin; i < end; ++i) step(program_.steps[i]);
  memo_.leave();
  builder_.CreateBr(after);
  builder_.SetInsertPoint(after);
}

}  // namespace lsmpc::lower
