#include "compiler/driver/meanings.h"

#include <algorithm>
#include <cstring>

#include "compiler/diag/pages.h"
#include "compiler/driver/hook_text.h"
#include "compiler/driver/joined.h"
#include "compiler/driver/prelude.h"
#include "stdlib/constants/constants.h"

namespace lsmpc::driver {
namespace {

struct HostMessage {
  std::string_view code, text, hint;
  int exit;
};
constexpr HostMessage kHostMessages[] = {
#define LSMPC_RUNTIME_MESSAGE(code, name, exit, text, hint) {#code, text, hint, exit},
#include "runtime/messages.def"
};

struct Function {
  std::string_view name;
  int arity;  // negative: several
};
constexpr Function kFunctions[] = {
#define LSMPC_BUILTIN(name, spelling, arity, cost, absent, unresolved) {spelling, arity},
#include "compiler/policy/builtins.def"
    {"exists", 1}};

struct Flag {
  std::string_view domain, name;
};
constexpr Flag kFlags[] = {
#define LSMPC_FLAG(domain, name, mask) {domain, name},
#include "compiler/policy/flags.def"
};

// Of which flags type the constants of a group of the kernel's headers are.
struct FlagGroup {
  std::string_view domain, group;
};
constexpr FlagGroup kFlagGroups[] = {
#define LSMPC_FLAG_GROUP(domain, group, numbered) {domain, group},
#include "compiler/policy/flags.def"
};

std::string quoted(std::string_view word) { return "`" + std::string(word) + "`"; }

std::string moduleText(const std::string& module) {
  bool always = module == "prelude" || module == "groups";
  return always ? "of the standard library, without a `use`" : "of `use std." + module + "`";
}

void addDeclarations(const std::string& word, std::vector<Meaning>& meanings) {
  for (const DocumentedAttribute& one : documentedAttributes())
    if (one.name == word)
      meanings.push_back(
          {"attribute", word + ": an attribute of type " + one.type + ", " + moduleText(one.module) + "\n" + one.doc + "\non " +
                            (one.hooks.empty() ? "every hook whose current task is the one that acts" : joined(one.hooks)) + "\n"});
  for (const DocumentedDeclaration& one : documentedDeclarations())
    if (one.name == word)
      meanings.push_back(
          {one.kind, word + ": a " + std::string(one.kind) + " " + moduleText(one.module) + "\n" + one.doc + "\n\n  " + one.head + "\n"});
}

std::string constantText(const constants::Constant& constant) {
  std::string text = std::string(constant.name) + ": a constant of the kernel's headers, " + std::to_string(constant.value);
  int number = static_cast<int>(constant.value);
  if (constant.group == "errno")
    text += std::string(": ") + std::strerror(number) + "\n`deny " + std::string(constant.name) + "` refuses with it";
  if (constant.group == "signal") text += std::string(": ") + strsignal(number) + "\n`kill " + std::string(constant.name) + "` sends it";
  if (!constant.doc.empty()) text += "\n" + std::string(constant.doc);
  for (const FlagGroup& flags : kFlagGroups)
    if (flags.group == constant.group) text += "\na flag of the type " + quoted(flags.domain);
  return text + "\n";
}

void addConstants(const std::string& word, const btf::TargetSet& targets, std::vector<Meaning>& meanings) {
  for (const Flag& flag : kFlags)
    if (flag.name == word) meanings.push_back({"flag", word + ": a flag of the type " + quoted(flag.domain) + "\n"});
  if (const constants::Constant* constant = constants::find(word)) {
    meanings.push_back({"constant", constantText(*constant)});
  } else if (auto one = targets.enumerator(word)) {
    std::string value = one->same_everywhere ? std::to_string(one->value) : "another number from kernel to kernel";
    meanings.push_back({"enumerator", word + ": an enumerator of the kernel, " + value + "\non " + targets.names(one->present) + "\n"});
  }
}

void addFunctions(const std::string& word, std::vector<Meaning>& meanings) {
  for (const Function& function : kFunctions) {
    if (function.name != word) continue;
    std::string takes =
        function.arity < 0 ? "several values" : std::to_string(function.arity) + (function.arity == 1 ? " value" : " values");
    meanings.push_back({"function", word + ": a function of " + takes + " (docs/language.md, Attributes of your own)\n"});
  }
}

}  // namespace

std::vector<Meaning> meaningsOfCode(const std::string& word) {
  std::string code = word;
  if (!code.empty()) code[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(code[0])));
  if (const diag::Page* page = diag::pageOf(code)) return {{"message", std::string(page->text)}};
  for (const HostMessage& message : kHostMessages) {
    if (message.code != code) continue;
    std::string text = code + ": " + std::string(message.text) + "\n";
    if (!message.hint.empty()) text += "  help: " + std::string(message.hint) + "\n";
    text += message.exit == 0 ? "a warning: the command goes on\n" : "exit code " + std::to_string(message.exit) + "\n";
    return {{"message", text + "docs/operations.md, When something fails\n"}};
  }
  return {};
}

std::vector<Meaning> meaningsOf(const std::string& word, const btf::TargetSet& targets) {
  std::vector<Meaning> meanings;
  if (const btf::Hook* hook = targets.hook(word)) meanings.push_back({"hook", hookText(targets, *hook, documentedAttributes())});
  addDeclarations(word, meanings);
  addConstants(word, targets, meanings);
  addFunctions(word, meanings);
  return meanings;
}

std::vector<std::string> namesWithMeaning(const btf::TargetSet& targets) {
  std::vector<std::string> names;
  for (const btf::Hook& hook : targets.hooks()) names.push_back(hook.name);
  for (const DocumentedAttribute& one : documentedAttributes()) names.push_back(one.name);
  for (const DocumentedDeclaration& one : documentedDeclarations()) names.push_back(one.name);
  for (const Flag& flag : kFlags) names.emplace_back(flag.name);
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  for (const constants::Constant& constant : constants::all()) names.emplace_back(constant.name);
  return names;
}

}  // namespace lsmpc::driver
