// The one list of phases: source text → … → object bytes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "compiler/base/source.h"
#include "compiler/btf/target_set.h"
#include "compiler/decision/decision.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/emit/emit.h"
#include "compiler/policy/policy.h"

namespace lsmpc::driver {

enum class Stage { Tokens, Ast, Policy, Decision, Llvm, LlvmOpt, Asm, Object, Check };

std::optional<Stage> stageByName(std::string_view name);  // the words of --emit
std::string stageNames();

enum class Explain { Nothing, Text, Json };  // of what a policy costs

struct Compiled {
  std::string policy_name;  // "" before check
  std::string output;       // the stage's text or bytes; empty for Check
  std::string cost;         // where it is asked for
  base::Range name_range{};
  bool library = false;  // declarations only: there is nothing to make of it
};

// A file as a policy, or as declarations only.
struct Typed {
  policy::Policy policy;
  bool library = false;
};
std::optional<Typed> typePolicy(base::SourceSet& sources, base::FileId file, const btf::TargetSet& targets, bool may_be_library,
                                diag::Emitter& emitter);
// Asserts proved, what each hook's program computes. Nothing after an error.
std::optional<decision::Decision> planPolicy(policy::Policy policy, const btf::TargetSet& targets, diag::Emitter& emitter);
// The phases after check.
std::optional<Compiled> compilePolicy(policy::Policy policy, const btf::TargetSet& targets, Stage stage, emit::Finish finish,
                                      Explain explain, diag::Emitter& emitter);

// The policy's own rules, of which analysis has something to say: what a template of the library asks is our business, and what plan has said already
// (`emitter`) is not said again. Not outlived by `sources`.
std::function<bool(const policy::Rule&)> rulesToAnalyse(const base::SourceSet& sources, const diag::Emitter& emitter);

// Runs the phases up to `stage`. Nothing after an error, which is in `emitter`. `libraries`: a file without rules is none.
std::optional<Compiled> compile(base::SourceSet& sources, base::FileId file, const btf::TargetSet& targets, Stage stage,
                                emit::Finish finish, Explain explain, bool libraries, diag::Emitter& emitter);

// Where the shipped kernels are: beside the running binary, `../share/lsmpc/kernels`.
std::string kernelsDir();

// The targets of `specs`, or of lsmp.toml in `folder`, or the running kernel, or all shipped. Null, and `wrong` says why, when one fails.
std::unique_ptr<btf::TargetSet> openTargets(std::vector<std::string> specs, const std::string& folder, std::string& wrong);
// The same. Prints the reason.
std::unique_ptr<btf::TargetSet> openTargets(std::vector<std::string> specs, const std::string& folder);

}  // namespace lsmpc::driver
