// Steps that follow one another and that only a path some pattern fits can come to match: where none does they are passed over together.
#include <algorithm>
#include <optional>

#include "compiler/lower/program.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::NodeOp;

namespace {

using AcceptSet = std::vector<uint32_t>;  // predicates that hold

// What a node comes to where the first test's matcher has found an accept set for its value, as far as that says it.
class Silence {
 public:
  Silence(const decision::Program& program, const decision::Test& first, const AcceptSet& accepted)
      : program_(program),
        first_(first),
        accepted_(accepted) {}

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

  // The first of the steps that may match, or `end`.
  size_t firstHeard(size_t begin, size_t end) const {
    while (begin < end && !program_.steps[begin].table && of(program_.steps[begin].condition) == false) ++begin;
    return begin;
  }

 private:
  std::optional<bool> ofTest(const decision::Test& test) const {
    bool same = test.op == decision::TestOp::Class && test.matcher == first_.matcher && test.left == first_.left;
    return same ? std::optional(std::binary_search(accepted_.begin(), accepted_.end(), test.predicate)) : std::nullopt;
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
  const AcceptSet& accepted_;
};

}  // namespace

// The first step is a test of patterns alone, so that it costs nothing to make it first. Returns the step behind the last one, or `begin`.
size_t ProgramLowering::silentUntil(size_t begin, size_t end) const {
  const decision::Node& node = program_.nodes[program_.steps[begin].condition];
  if (program_.steps[begin].table || node.op != NodeOp::Test || program_.tests[node.test].op != decision::TestOp::Class) return begin;
  return Silence(program_, program_.tests[node.test], {}).firstHeard(begin, end);
}

// Where patterns fit, the search begins with the first step that they let match.
void ProgramLowering::searchWhereMatched(size_t begin, size_t end) {
  const decision::Test& test = program_.tests[program_.nodes[program_.steps[begin].condition].test];
  const auto& sets = program_.matchers[test.matcher].dfa.accept_sets;
  onLine(decision_.policy.rules[program_.steps[begin].rule].line);
  Value* set = acceptSet(test.matcher, test.left);
  std::vector<BasicBlock*> heard;
  for (size_t i = begin; i < end; ++i) heard.push_back(block("heard"));
  heard.push_back(block("none_heard"));
  SwitchInst* choice = builder_.CreateSwitch(set, heard[0]);  // what is no accept set is unresolved
  for (uint32_t id = 0; id < sets.size(); ++id) {
    size_t first = Silence(program_, test, sets[id]).firstHeard(begin, end);
    if (first > begin) choice->addCase(builder_.getInt32(id), heard[first - begin]);
  }
  for (size_t i = begin; i < end; ++i) {
    builder_.SetInsertPoint(heard[i - begin]);
    memo_.enter();
    step(program_.steps[i]);
    memo_.leave();
    builder_.CreateBr(heard[i + 1 - begin]);
  }
  builder_.SetInsertPoint(heard.back());
}

}  // namespace lsmpc::lower
