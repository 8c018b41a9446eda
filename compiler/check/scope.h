// What names mean in one policy file: its own declarations and those of the libraries.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/btf/target_set.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::check {

// The declaration of an attribute, by its full name (`parent.pid`).
struct GroupEntry {
  const ast::Group* declaration;
  bool library;
};

struct AttributeEntry {
  std::string name;
  const ast::AttributeDeclaration* declaration;
  bool library;
};

struct Input;
struct Module;

class Scope {
 public:
  Scope(const Input& input, diag::Emitter& emitter);

  const ast::Let* let(std::string_view name) const;
  const ast::SetDeclaration* set(std::string_view name) const;
  const GroupEntry* group(std::string_view name) const;
  const ast::Template* templateNamed(std::string_view name) const;
  void markFaulty(const ast::AttributeDeclaration& declaration) { faulty_.insert(&declaration); }
  bool isFaulty(const ast::AttributeDeclaration& declaration) const { return faulty_.contains(&declaration); }
  // Reports a name that a template's parameter cannot have: one that is taken, but for the library's parameters by the policy.
  bool isFree(const ast::Name& name, diag::Emitter& emitter) const;
  // The declaration that holds on this hook, or null.
  const AttributeEntry* attribute(std::string_view name, std::string_view hook) const;
  bool isAttribute(std::string_view name) const;
  bool isPoisoned(std::string_view name) const { return poisoned_.contains(name); }  // declared, with an error reported
  // How to get at a name that is declared by a module of the library which is not used; "" for any other.
  std::string useFor(std::string_view name) const;
  std::vector<std::string> hooksOf(std::string_view attribute) const;
  std::vector<std::string> names(std::string_view hook) const;  // all that a bare word could mean, for "did you mean"
  std::vector<std::string> groupNames() const;
  std::vector<std::string> templateNames() const;

 private:
  void add(const ast::File& file, bool library, diag::Emitter& emitter);
  void declare(const ast::Name& name, std::string what, bool library, diag::Emitter& emitter);
  void declare(const ast::Name& name, std::string what, const std::string& is,
               diag::Emitter& emitter);  // `is`: what it means already, or ""

  void declareAttribute(const ast::AttributeDeclaration& attribute, diag::Emitter& emitter);
  void declareGroup(const ast::Group& group, bool library, diag::Emitter& emitter);
  void poisonCircles(diag::Emitter& emitter);
  std::string meaning(const std::string& name) const;  // what a name means before any declaration, or ""

  const std::vector<Module>& modules_;
  const btf::TargetSet& targets_;
  std::set<base::FileId> library_;
  std::set<std::string, std::less<>> poisoned_;
  std::map<std::string, std::pair<std::string, ast::Range>, std::less<>> taken_;  // name → what it is, where
  std::map<std::string, const ast::Let*, std::less<>> lets_;
  std::map<std::string, const ast::SetDeclaration*, std::less<>> sets_;
  std::vector<AttributeEntry> attributes_;
  std::set<const ast::AttributeDeclaration*> faulty_;
  std::map<std::string, const ast::Template*, std::less<>> templates_;
  std::map<std::string, GroupEntry, std::less<>> groups_;  // beside the hooks: no value is called by these names
};

std::string joined(const std::vector<ast::Name>& names);  // with dots

}  // namespace lsmpc::check
