#include "test/mutants/trial.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "compiler/driver/commands.h"
#include "runtime/load.h"
#include "runtime/pins.h"
#include "runtime/trackers.h"
#include "runtime/turn.h"
#include "runtime/unpin.h"
#include "test/mutants/fake_kernel.h"
#include "test/mutants/pin_root.h"

namespace lsmpc::mutants {
namespace {

namespace fs = std::filesystem;
using runtime::Failure;

constexpr const char* kObject = "mutant.bpf.o";
constexpr driver::Command kInspect = {"inspect", driver::runInspect, "", "", ""};

// All that a load leaves: pins, links on hooks, whose turn it is.
struct State {
  std::vector<std::string> pins, hooks;
  uint64_t turn = 0;

  bool operator==(const State&) const = default;
};

State stateNow(const std::string& policy) {
  State state;
  for (const auto& entry : fs::recursive_directory_iterator(LSMP_PIN_ROOT)) state.pins.push_back(entry.path());
  std::sort(state.pins.begin(), state.pins.end());
  state.hooks = attachedHooks();
  if (!policy.empty()) runtime::readTurn(policy, state.turn);
  return state;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += " " + word;
  return text;
}

// What both say of it goes nowhere.
class Quiet {
 public:
  Quiet() : out_(std::cout.rdbuf(said_.rdbuf())), error_(std::cerr.rdbuf(said_.rdbuf())) {}
  ~Quiet() {
    std::cout.rdbuf(out_);
    std::cerr.rdbuf(error_);
  }
  std::string said() const { return said_.str(); }

 private:
  std::ostringstream said_;
  std::streambuf *out_, *error_;
};

std::string inspect(Reached& reached) {
  int code;
  std::string said;
  {
    Quiet quiet;
    code = driver::runInspect(kInspect, {kObject});
    said = quiet.said();
  }
  bool refused = said.find("error R0") != std::string::npos;
  reached.manifest = code == 0 || said.find("R013") != std::string::npos || said.find("R014") != std::string::npos;
  if (code != 0 && code != 1) return "inspect ended with " + std::to_string(code) + ": " + said;
  return (code == 1) == refused ? "" : "inspect ended with " + std::to_string(code) + " and said: " + said;
}

std::string faultOfRefusal(const Failure& failure, Reached& reached) {
  for (const runtime::Problem& problem : failure.problems()) {
    std::string text = textOf(problem) + problem.detail;
    if (text.find("relo") != std::string::npos) reached.relocations = true;
    if (runtime::codeOf(problem.message) >= "R070" || textOf(problem).empty())
      return "refused with: " + std::string(runtime::codeOf(problem.message)) + " " + text;
  }
  return failure.problems().empty() ? "refused without a word" : "";
}

// Each hook of the manifest has its link, no other hook has one, and it is this generation's turn.
std::string faultOfLoaded(const runtime::LoadedNow& loaded) {
  auto policy = runtime::policyInForce(loaded.manifest.name);
  if (!policy) return "loaded and not in force";
  if (!policy->faults.empty()) return "loaded with a fault: " + policy->faults.front();
  if (policy->generation != loaded.generation) return "loaded and another generation's turn";
  std::vector<std::string> pinned;
  for (const std::string& name : runtime::pinnedHooks(policy->folder)) {
    std::string hook = hookAt(runtime::linkPin(policy->folder, name));
    if (hook != name && !runtime::isTrackerLink(name)) return "the pin of `" + name + "` shows a link on `" + hook + "`";
    pinned.push_back(hook);
  }
  for (const runtime::ManifestHook& hook : loaded.manifest.hooks) {
    bool absent = std::count(loaded.absent.begin(), loaded.absent.end(), hook.name) != 0;
    if (std::count(pinned.begin(), pinned.end(), hook.name) == 0 && !absent) return "`" + hook.name + "` is not attached";
  }
  std::vector<std::string> attached = attachedHooks();
  return attached.size() == pinned.size() ? "" : "attached are" + joined(attached) + ", pinned" + joined(pinned);
}

runtime::LoadOutcome load(const std::string& bytes, bool audit) {
  return runtime::loadWithLock({.objects = {{kObject, bytes}}, .audit = audit});
}

std::string loadAndLook(const Given& given, const std::string& before_policy, Reached& reached) {
  State before = stateNow(before_policy);
  forgetAsked();
  try {
    runtime::LoadOutcome outcome = load(given.bytes, given.audit);
    reached.loaded = true;
    if (!outcome.afterwards.empty()) return "loaded with a problem afterwards: " + textOf(outcome.afterwards.front());
    const runtime::LoadedNow& loaded = outcome.loaded.front();
    bool replaces = loaded.manifest.name == before_policy;
    if (!before_policy.empty() && !replaces) runtime::removePolicy(before_policy);
    if (std::string fault = faultOfLoaded(loaded); !fault.empty()) return fault;
    runtime::removePolicy(loaded.manifest.name);
    return stateNow("") == State{} ? "" : "unloaded, and there is left:" + joined(stateNow("").pins) + joined(stateNow("").hooks);
  } catch (const Failure& failure) {
    if (std::string fault = faultOfRefusal(failure, reached); !fault.empty()) return fault;
  }
  State after = stateNow(before_policy);
  return after == before ? "" : "refused, and there is now:" + joined(after.pins) + joined(after.hooks);
}

}  // namespace

std::string give(const Given& given, Reached& reached) {
  mkdir(LSMP_PIN_ROOT, 0700);
  std::ofstream(kObject, std::ios::binary) << given.bytes;
  if (std::string fault = inspect(reached); !fault.empty()) return fault;
  std::string before;
  if (!given.before.empty()) before = load(given.before, false).loaded.front().manifest.name;
  std::string fault = loadAndLook(given, before, reached);
  Asked kernel = asked();
  reached.programs = kernel.programs != 0;
  reached.maps = kernel.maps > 2;  // the turn and the gate come first
  reached.relocations |= reached.programs;
  return fault;
}

}  // namespace lsmpc::mutants
