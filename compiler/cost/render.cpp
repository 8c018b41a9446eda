#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/base/counts.h"
#include "compiler/cost/cost.h"
#include "compiler/decision/texts.h"

namespace lsmpc::cost {
namespace {

using base::grouped;
using Json = nlohmann::ordered_json;

constexpr size_t kLongestRule = 72;

std::string column(const std::string& text, size_t width) { return std::string(width - std::min(width, text.size()), ' ') + text; }
std::string column(uint64_t number, size_t width) { return column(grouped(number), width); }

std::string placeOf(const policy::Rule& rule) { return rule.file + ":" + std::to_string(rule.line); }

std::string shortened(const std::string& text) {
  if (text.size() <= kLongestRule) return text;
  size_t end = kLongestRule;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string line(const RuleCost& cost, const policy::Policy& policy) {
  const policy::Rule& rule = policy.rules[cost.rule];
  std::string counts = cost.in_table ? column("table", 14) + column("-", 7) + column("-", 7) + column("-", 10)
                                     : column(cost.amount.instructions(), 14) + column(cost.amount.loads, 7) +
                                           column(cost.amount.calls, 7) + column(cost.amount.verified, 10);
  return counts + column(cost.size.states, 9) + column(cost.size.bytes, 9) + "  " + placeOf(rule) + "  " + shortened(rule.text) + "\n";
}

std::string line(const TableCost& table) {
  std::string out = "  table of " + decision::subjectText(table.kind, table.subject) + ": " + grouped(table.rows) + " rules, " +
                    grouped(table.conditions) + " other conditions; ";
  if (table.states) return out + "one automaton on bytes, " + grouped(table.states) + " states, " + grouped(table.bytes) + " bytes\n";
  if (table.kind != decision::Table::Kind::Paths) return out + grouped(table.pieces) + " pieces, " + grouped(table.bytes) + " bytes\n";
  return out + grouped(table.sizes.exact) + " whole paths, " + grouped(table.sizes.nodes) + " nodes, " + grouped(table.sizes.edges) +
         " edges, " + grouped(table.sizes.states) + " byte states, " + grouped(table.sizes.bytes) + " bytes; a path is in up to " +
         std::to_string(table.sizes.most_active) + " nodes at once\n" +
         (table.wildcards ? "    " + grouped(table.wildcards) +
                                " of the instructions only where wildcards are asked about every name, in each of those nodes\n"
                          : "");
}

std::string text(const HookCost& hook, const policy::Policy& policy) {
  const Amount& amount = hook.amount;
  std::string out = hook.name + ": " + grouped(hook.rules) + (hook.rules == 1 ? " rule\n" : " rules\n");
  out += "  an event takes at most about " + grouped(amount.instructions()) + " instructions, with " + grouped(amount.loads) +
         " loads and " + grouped(amount.calls) + (amount.calls == 1 ? " call" : " calls");
  if (amount.per_name + amount.per_byte != 0)
    out += "; " + grouped(amount.per_name) + " more for each name of the path beyond " + std::to_string(kNames) + ", " +
           grouped(amount.per_byte) + " for each byte beyond " + std::to_string(kBytes);
  out += "\n";
  if (hook.event.instructions() != 0) out += "  and " + grouped(hook.event.instructions()) + " more where it is recorded\n";
  out += "  the verifier follows about " + grouped(amount.verified) + " instructions; it stops at " + grouped(kVerifierLimit) + "\n";
  out += "  tables: " + grouped(hook.size.states) + " states, " + grouped(hook.size.bytes) + " bytes\n";
  for (const TableCost& table : hook.tables) out += line(table);
  out += "  instructions  loads  calls  verifier   states    bytes  rule, alone\n";
  for (const RuleCost& rule : hook.costs) out += line(rule, policy);
  if (hook.costs.size() < hook.rules) out += "  … " + grouped(hook.rules - hook.costs.size()) + " rules of tables that take no more\n";
  return out;
}

Json json(const Amount& amount) {
  return {{"instructions", amount.instructions()},
          {"per_name", amount.per_name},
          {"per_byte", amount.per_byte},
          {"loads", amount.loads},
          {"calls", amount.calls},
          {"verifier", amount.verified}};
}

Json json(const Size& size) { return {{"states", size.states}, {"bytes", size.bytes}}; }

Json json(const TableCost& table) {
  Json common = {{"of", table.subject}, {"rules", table.rows}, {"conditions", table.conditions}};
  Json own = {{"pieces", table.pieces}, {"bytes", table.bytes}};
  if (table.states)
    own = {{"states", table.states}, {"bytes", table.bytes}};
  else if (table.kind == decision::Table::Kind::Paths)
    own = {{"whole_paths", table.sizes.exact},      {"nodes", table.sizes.nodes}, {"edges", table.sizes.edges},
           {"states", table.sizes.states},          {"bytes", table.sizes.bytes}, {"wildcards", table.wildcards},
           {"most_active", table.sizes.most_active}};
  common.update(own);
  return common;
}

Json json(const RuleCost& cost, const policy::Policy& policy) {
  const policy::Rule& rule = policy.rules[cost.rule];
  Json entry = {{"id", rule.id}, {"file", rule.file}, {"line", rule.line}, {"table", cost.in_table}, {"size", json(cost.size)}};
  if (!cost.in_table) entry["alone"] = json(cost.amount);
  return entry;
}

}  // namespace

std::string renderText(const Cost& cost, const policy::Policy& policy) {
  std::string out =
      "what " + policy.name + " costs, for a path of " + std::to_string(kNames) + " names and " + std::to_string(kBytes) + " bytes\n";
  for (const HookCost& hook : cost.hooks) out += "\n" + text(hook, policy);
  if (cost.facts.states != 0)
    out += "\nprograms are told apart by " + grouped(cost.facts.states) + " states, " + grouped(cost.facts.bytes) +
           " bytes, once for all hooks\n";
  return out;
}

std::string renderJson(const Cost& cost, const policy::Policy& policy) {
  Json hooks = Json::array();
  for (const HookCost& hook : cost.hooks) {
    Json tables = Json::array(), rules = Json::array();
    for (const TableCost& table : hook.tables) tables.push_back(json(table));
    for (const RuleCost& rule : hook.costs) rules.push_back(json(rule, policy));
    hooks.push_back({{"name", hook.name},
                     {"rules", hook.rules},
                     {"event", json(hook.amount)},
                     {"record", json(hook.event)},
                     {"size", json(hook.size)},
                     {"tables", tables},
                     {"costs", rules}});
  }
  Json all = {{"schema", "lsmp-cost"},
              {"version", 1},
              {"policy", policy.name},
              {"path", {{"names", kNames}, {"bytes", kBytes}}},
              {"verifier_limit", kVerifierLimit},
              {"programs", json(cost.facts)},
              {"hooks", hooks}};
  return all.dump() + "\n";
}

}  // namespace lsmpc::cost
