#include "compiler/driver/loosened.h"

#include <nlohmann/json.hpp>

#include "compiler/analyze/witness.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/policy_diff.h"
#include "compiler/driver/terminal.h"
#include "runtime/load.h"

namespace lsmpc::driver {
namespace {

using Json = nlohmann::ordered_json;

// What is found of both, or why it could not be.
struct Found {
  std::vector<PolicyDiff> policies;
  std::vector<std::string> notes;
  std::string unknown;
};

void compare(const runtime::LoadedNow& now, Found& found) {
  auto targets = openTargets({"running"}, "", found.unknown);
  if (!targets) return;
  Packed before{"what was in force", now.replaced->manifest, "", now.replaced->sha256};
  Packed after{"what is in force now", now.manifest, "", now.sha256};
  if (now.audit) after.manifest.mode = "audit";
  found.policies = diffAll(comparedObject(before, *targets, found.notes), comparedObject(after, *targets, found.notes));
}

Found find(const runtime::LoadedNow& now) {
  Found found;
  showProgress("lsmpc: looking what `" + now.manifest.name + "` permits that was refused before");
  try {
    compare(now, found);
  } catch (const runtime::Failure& failure) {
    found.unknown = textOf(failure.problems().front());
  } catch (const std::exception& error) {
    found.unknown = error.what();  // the policy that is in force now may forbid what this asks for
  }
  showProgress("");
  return found;
}

template <typename Take>
void eachLooser(const Found& found, const Take& take) {
  for (const PolicyDiff& diff : found.policies)
    for (const Change& one : diff.changes)
      if (one.difference.change == analyze::Change::Looser) take(diff, one);
}

std::vector<std::string> undecidedIn(const Found& found) {
  std::vector<std::string> hooks;
  for (const PolicyDiff& diff : found.policies) hooks.insert(hooks.end(), diff.undecided.begin(), diff.undecided.end());
  return hooks;
}

std::string textOf(const Found& found) {
  if (!found.unknown.empty()) return "  what it permits that was refused before is not known: " + found.unknown + "\n";
  std::string text;
  eachLooser(found, [&](const PolicyDiff& diff, const Change& one) {
    text += "    " + analyze::print(one.difference.witness) + "\n      before: " + answerOf(one.difference.old_done, diff.old_policy) +
            "\n      now: " + answerOf(one.difference.new_done, diff.new_policy) + "\n";
    if (!one.refuted.empty()) text += "      not seen on the compiled policies: " + one.refuted + "\n";
  });
  for (const std::string& hook : undecidedIn(found)) text += "    on " + hook + " not all could be looked at: there is too much of it\n";
  text = text.empty() ? "  permits nothing that was refused before\n" : "  permits what was refused before:\n" + text;
  for (const std::string& note : found.notes) text += "  note: " + note + "\n";
  return text;
}

Json jsonOf(const Found& found) {
  if (!found.unknown.empty()) return {{"unknown", found.unknown}};
  Json changes = Json::array();
  eachLooser(found, [&](const PolicyDiff& diff, const Change& one) {
    changes.push_back({{"hook", one.difference.hook},
                       {"event", analyze::print(one.difference.witness)},
                       {"confirmed", one.refuted.empty()},
                       {"before", answerOf(one.difference.old_done, diff.old_policy)},
                       {"now", answerOf(one.difference.new_done, diff.new_policy)}});
  });
  return {{"changes", changes}, {"undecided", undecidedIn(found)}, {"notes", found.notes}};
}

}  // namespace

std::string loosened(const runtime::LoadedNow& now, bool json) {
  Found found = find(now);
  return json ? jsonOf(found).dump(-1, ' ', false, Json::error_handler_t::replace) : textOf(found);
}

}  // namespace lsmpc::driver
