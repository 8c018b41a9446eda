// The reference: backtracking over a flat program, each (instruction, offset) tried once.
#include <cstddef>

#include "runtime/match/glob.h"

namespace lsmpc::match {
namespace {

struct Instruction {
  enum class Op : uint8_t {
    Take,      // one byte of `set`
    RunFirst,  // a run before its first byte
    RunMore,   // a run that has at least one
    Fork,      // go on at each of `targets`
    Jump,      // go on at targets[0]
  } op;
  ByteSet set;
  std::vector<size_t> targets;
};

using Code = std::vector<Instruction>;

void compile(const GlobSequence& items, Code& code) {
  for (const GlobItem& item : items) {
    if (item.kind == GlobItem::Kind::One) {
      code.push_back({Instruction::Op::Take, item.set, {}});
    } else if (item.kind == GlobItem::Kind::Run) {
      code.push_back({Instruction::Op::RunFirst, item.set, {}});
      code.push_back({Instruction::Op::RunMore, item.set, {}});
    } else {
      size_t fork = code.size();
      code.push_back({Instruction::Op::Fork, {}, {}});
      std::vector<size_t> jumps;
      for (const GlobSequence& choice : item.choices) {
        code[fork].targets.push_back(code.size());
        compile(choice, code);
        jumps.push_back(code.size());
        code.push_back({Instruction::Op::Jump, {}, {}});
      }
      for (size_t jump : jumps) code[jump].targets = {code.size()};
    }
  }
}

class Search {
 public:
  Search(const Code& code, Alphabet alphabet, std::string_view subject)
      : code_(code),
        subject_(subject),
        root_(alphabet == Alphabet::Path && subject == "/"),
        seen_((code.size() + 1) * (subject.size() + 1)) {}

  bool run() {
    push(0, 0);
    while (!pending_.empty()) {
      auto [pc, offset] = pending_.back();
      pending_.pop_back();
      if (pc < code_.size())
        step(pc, offset);
      else if (offset == subject_.size())
        return true;
    }
    return false;
  }

 private:
  void push(size_t pc, size_t offset) {
    size_t key = pc * (subject_.size() + 1) + offset;
    if (seen_[key]) return;
    seen_[key] = true;
    pending_.push_back({pc, offset});
  }

  void step(size_t pc, size_t offset) {
    const Instruction& in = code_[pc];
    bool takes = offset < subject_.size() && in.set.test(static_cast<unsigned char>(subject_[offset]));
    switch (in.op) {
      case Instruction::Op::Take:
        if (takes) push(pc + 1, offset + 1);
        break;
      case Instruction::Op::RunFirst:
        // After the `/` of the root itself an empty run would be an empty component: `/**` is not the root.
        if (!(root_ && offset == 1)) push(pc + 2, offset);
        if (takes) push(pc + 1, offset + 1);
        break;
      case Instruction::Op::RunMore:
        push(pc + 1, offset);
        if (takes) push(pc, offset + 1);
        break;
      case Instruction::Op::Fork:
      case Instruction::Op::Jump:
        for (size_t target : in.targets) push(target, offset);
        break;
    }
  }

  const Code& code_;
  std::string_view subject_;
  bool root_;
  std::vector<bool> seen_;
  std::vector<std::pair<size_t, size_t>> pending_;
};

// What the kernel side can produce but "": absolute, no empty component.
bool isCanonical(std::string_view path) {
  if (path.empty() || path[0] != '/') return false;
  return path == "/" || (path.back() != '/' && path.find("//") == std::string_view::npos);
}

bool isUnder(std::string_view directory, std::string_view subject) {
  if (directory == "/") return !subject.empty() && subject[0] == '/';
  if (subject.substr(0, directory.size()) != directory) return false;
  return subject.size() == directory.size() || subject[directory.size()] == '/';
}

}  // namespace

bool matches(const Pattern& pattern, Alphabet alphabet, std::string_view subject) {
  if (alphabet == Alphabet::Path) {
    if (subject.empty()) return pattern.kind == Pattern::Kind::Literal && pattern.text.empty();
    if (!isCanonical(subject)) return false;
  }
  if (pattern.kind == Pattern::Kind::Literal) return pattern.text == subject;
  if (pattern.kind == Pattern::Kind::Under) return isUnder(pattern.text, subject);
  ParsedGlob parsed = parseGlob(pattern.text, alphabet);
  if (parsed.error) return false;
  Code code;
  compile(parsed.items, code);
  return Search(code, alphabet, subject).run();
}

}  // namespace lsmpc::match
