// The typed policy: names resolved, constants folded, one condition per hook and rule. Nobody after `check` asks BTF.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/btf/types.h"
#include "compiler/policy/assertion.h"
#include "compiler/policy/rule.h"
#include "compiler/policy/test.h"

namespace lsmpc::policy {

struct SourceText {
  std::string path;
  std::string text;
};

// One policy of a bundle.
struct Member {
  std::string name;
  std::string version;
  ast::Mode mode = ast::Mode::Enforce;
  bool unresolved_allow = false;
  std::string source_path;
};

struct Policy {
  std::string name;
  base::Range name_range;  // the header's name, or the file's beginning
  std::string version;
  ast::Mode mode = ast::Mode::Enforce;
  bool unresolved_allow = false;  // a condition that ends unresolved matches no rule
  bool foreign_trust = false;     // paths of programs count in mount namespaces that the host does not own, too
  std::vector<Member> members;    // of a bundle; empty: it stands for itself
  std::vector<std::string> targets;
  btf::TargetMask task_storage = 0;  // targets whose kernels have task storage (5.11)
  std::vector<Rule> rules;
  std::vector<HookPolicy> hooks;  // in order of first use
  std::vector<Test> tests;
  std::vector<Assertion> assertions;
  std::shared_ptr<const btf::TypeTable> types;
  std::string source_path;  // its name without folders: objects are the same wherever they are built
  std::string source;
  std::vector<SourceText> used;  // what `use` and `from` named, by the names that lead there from the policy's folder
};

bool isPolicyName(std::string_view name);  // also of a bundle; bpffs takes no dots
ast::Mode modeOf(const Policy& policy, uint32_t member);
bool allowsUnresolved(const Policy& policy, uint32_t member);

std::string print(const Policy& policy);  // `--emit=policy`
std::string print(const Test& test, const Policy& policy);
std::string print(const Assertion& assertion);

}  // namespace lsmpc::policy
