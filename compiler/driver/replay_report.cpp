#include "compiler/driver/replay_report.h"

#include <nlohmann/json.hpp>

#include "compiler/driver/joined.h"
#include "compiler/driver/recorded.h"

namespace lsmpc::driver {
namespace {

using Json = nlohmann::ordered_json;

std::string counted(uint64_t count, const std::string& one) { return std::to_string(count) + " " + one + (count == 1 ? "" : "s"); }

// "nginx (pid 7, uid 33) path_unlink /srv/www/a", of an event's line.
std::string sampleText(const std::string& text) {
  Json line = Json::parse(text);
  std::string who = wordOf(line, "/process/comm"), object;
  if (const Json* pid = memberOf(line, "/process/pid")) who += " (pid " + pid->dump() + ")";
  if (const Json* members = memberOf(line, "/object"))
    for (const auto& [name, value] : members->items())
      object += " " + (value.is_string() ? value.get<std::string>() : name + " " + value.dump());
  return who + (who.empty() ? "" : " ") + wordOf(line, "/hook") + object;
}

std::string groupLine(const std::string& what, const Sampled& seen, const std::string& more) {
  return "  " + what + "\n    " + counted(seen.events, "event") + more + ", such as: " + sampleText(seen.sample) + "\n";
}

Json common(const Sampled& seen) { return {{"events", seen.events}, {"sample", Json::parse(seen.sample)}}; }

}  // namespace

std::string replayText(const ReplayOutcome& outcome) {
  std::string text = counted(outcome.events, "event") + ": " + std::to_string(outcome.denied_newly) + " newly denied, " +
                     std::to_string(outcome.denied_still) + " still denied, " + std::to_string(outcome.permitted_newly) +
                     " newly permitted, " + std::to_string(outcome.permitted_still) + " still permitted, " +
                     std::to_string(outcome.undecided) + " undecided\n";
  if (!outcome.denied.empty()) text += "denied by\n";
  for (const DeniedNow& one : outcome.denied)
    text += groupLine(one.file + ":" + std::to_string(one.line) + "  " + one.text, one.seen,
                      one.newly ? ", newly " + std::to_string(one.newly) : "");
  if (!outcome.permitted.empty()) text += "no longer denied, as it was by\n";
  for (const PermittedNow& one : outcome.permitted) text += groupLine(one.policy + ", " + one.source, one.seen, "");
  if (!outcome.unsaid.empty()) text += "undecided, for the events do not say\n";
  for (const Undecided& one : outcome.unsaid)
    text += groupLine(joined(one.attributes) + ", for " + one.file + ":" + std::to_string(one.line), one.seen, "");
  if (outcome.by_text) text += counted(outcome.by_text, "event") + " decided by the text of the rules alone\n";
  if (outcome.missing) text += counted(outcome.missing, "event") + " missing in the record, as it says\n";
  return text;
}

std::string replayJson(const ReplayOutcome& outcome) {
  Json document = {{"schema", "lsmpc-replay"},
                   {"version", 1},
                   {"events", outcome.events},
                   {"denied_newly", outcome.denied_newly},
                   {"denied_still", outcome.denied_still},
                   {"permitted_newly", outcome.permitted_newly},
                   {"permitted_still", outcome.permitted_still},
                   {"undecided", outcome.undecided},
                   {"by_text", outcome.by_text},
                   {"left_out", outcome.left_out},
                   {"missing", outcome.missing},
                   {"rules", Json::array()},
                   {"permitted", Json::array()},
                   {"unsaid", Json::array()}};
  for (const DeniedNow& one : outcome.denied) {
    Json group = {{"policy", one.policy}, {"file", one.file}, {"line", one.line}, {"id", one.id}, {"text", one.text}, {"newly", one.newly}};
    group.update(common(one.seen));
    document["rules"].push_back(std::move(group));
  }
  for (const PermittedNow& one : outcome.permitted) {
    Json group = {{"policy", one.policy}, {"id", one.id}, {"source", one.source}};
    group.update(common(one.seen));
    document["permitted"].push_back(std::move(group));
  }
  for (const Undecided& one : outcome.unsaid) {
    Json group = {{"attributes", one.attributes}, {"policy", one.policy}, {"file", one.file}, {"line", one.line}, {"id", one.id}};
    group.update(common(one.seen));
    document["unsaid"].push_back(std::move(group));
  }
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace lsmpc::driver
