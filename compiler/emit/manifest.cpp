// The JSON of section .lsmp.manifest: runtime/abi/manifest.md.
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SHA256.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "compiler/emit/emit.h"
#include "runtime/abi/layout.h"
#include "runtime/manifest_text.h"

namespace lsmpc::emit {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kLongestText = 64u << 10;  // the loader keeps the manifest in one map value
constexpr size_t kLongRun = 64;
constexpr int kDecisionVersion = 1;  // of the text that decision::print gives

std::string markerName(const btf::Marker& marker) { return marker.record + "." + marker.member; }

bool onAll(btf::TargetMask targets, const policy::Policy& policy) {
  auto all = static_cast<btf::TargetMask>((uint64_t{1} << policy.targets.size()) - 1);
  return (targets & all) == all;
}

// Numbers, or pairs of the first and the last of a long run.
Json rulesOf(const decision::Program& program) {
  std::vector<uint32_t> rules;
  for (const decision::Step& step : program.steps) {
    if (!step.table)
      rules.push_back(step.rule);
    else
      for (const decision::TableRow& row : program.tables[*step.table].rows) rules.push_back(row.rule);
  }
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  Json result = Json::array();
  for (size_t begin = 0, end = 0; begin < rules.size(); begin = end) {
    for (end = begin + 1; end < rules.size() && rules[end] == rules[end - 1] + 1;) ++end;
    if (end - begin >= kLongRun)
      result.push_back({rules[begin], rules[end - 1]});
    else
      for (size_t i = begin; i < end; ++i) result.push_back(rules[i]);
  }
  return result;
}

// What is as usual is left out (runtime/abi/manifest.md).
Json hook(const decision::Program& program, const policy::Policy& policy) {
  Json variants = Json::array();
  for (const btf::HookVariant& variant : program.hook.variants) {
    Json any_of = Json::array();
    for (const btf::Marker& marker : variant.any_of) any_of.push_back(markerName(marker));
    Json entry = {{"arguments", variant.arguments}};
    if (!any_of.empty()) entry["any_of"] = std::move(any_of);
    variants.push_back(std::move(entry));
  }
  Json entry = {{"name", program.hook.name}, {"program", "lsmp_" + program.hook.name}, {"rules", rulesOf(program)}, {"variants", variants}};
  if (!program.hook.actor) entry["actor"] = false;
  if (!onAll(program.targets, policy)) entry["if_present"] = true;
  return entry;
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

const char* verdictName(policy::Verdict verdict) {
  switch (verdict) {
    case policy::Verdict::Deny: return "deny";
    case policy::Verdict::Kill: return "kill";
    case policy::Verdict::Allow: return "allow";
    default: return "audit";
  }
}

Json rule(const policy::Rule& rule, const policy::Policy& policy, const std::vector<std::string_view>& lines) {
  Json entry = {{"id", rule.id}, {"line", rule.line}, {"verdict", verdictName(rule.verdict)}};
  bool in_source = rule.file == policy.source_path;
  if (!in_source) entry["file"] = rule.file;
  if (!in_source || rule.line > lines.size() || lines[rule.line - 1] != rule.text) entry["text"] = rule.text;
  if (policy::refuses(rule.verdict)) entry["errno"] = rule.errno_name;
  if (rule.verdict == policy::Verdict::Kill) entry["signal"] = rule.signal_name;
  if (rule.quiet) entry["quiet"] = true;
  if (rule.rate.limits()) entry["rate"] = rule.rate.text;
  if (!rule.message.empty()) entry["message"] = rule.message;
  return entry;
}

// Versions, messages and names of files are bytes, and JSON is UTF-8: what is none is shown as U+FFFD.
std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string rulesText(const policy::Policy& policy) {
  auto lines = linesOf(policy.source);
  std::string text;
  for (const policy::Rule& one : policy.rules) text += (text.empty() ? "" : ",") + dumped(rule(one, policy, lines));
  return text;
}

Json member(const policy::Member& member) {
  Json entry = {{"name", member.name}, {"version", member.version}, {"mode", ast::spelling(member.mode)}};
  if (member.unresolved_allow) entry["unresolved"] = "allow";
  entry["path"] = member.source_path;
  return entry;
}

Json need(const decision::Account& asked, size_t slot) {
  return {{"fill", policy::info(asked.account.kind).spelling}, {"name", asked.account.name}, {"slot", slot}, {"rule", asked.rule}};
}

// The map of slot N is lsmp_dynamic_N.
Json need(const decision::Map& asked, size_t slot) {
  const policy::DynamicSet& set = asked.set;
  return {{"set", set.name}, {"type", set.type}, {"slot", slot}, {"max", set.max}, {"first", set.first.size()}, {"rule", asked.rule}};
}

void appendWord(std::string& bytes, size_t word) {
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(word >> 8 * i);
}

Json sourceText(const policy::SourceText& used) {
  if (used.text.size() <= kLongestText) return {{"path", used.path}, {"text", used.text}};
  llvm::ArrayRef bytes(reinterpret_cast<const uint8_t*>(used.text.data()), used.text.size());
  return {{"path", used.path}, {"bytes", used.text.size()}, {"sha256", llvm::toHex(llvm::SHA256::hash(bytes), true)}};
}

// What stands for a condition on programs in another policy of the same: equal ones have equal names. The trust in foreign namespaces changes what each means.
std::string factName(const match::Predicate& predicate, bool trusts) {
  std::string text(1, trusts ? '+' : '-');
  for (const match::Pattern& pattern : predicate)
    text += std::to_string(static_cast<int>(pattern.kind)) + " " + std::to_string(pattern.text.size()) + " " + pattern.text;
  llvm::ArrayRef bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  return llvm::toHex(llvm::SHA256::hash(bytes), true).substr(0, 16);
}

}  // namespace

std::string manifest(const decision::Decision& decision) {
  const policy::Policy& policy = decision.policy;
  Json hooks = Json::array();
  for (const decision::Program& program : decision.programs) hooks.push_back(hook(program, policy));
  Json result = {{"schema", "lsmp-manifest"}, {"abi", LSMP_ABI_VERSION}};
  result["policy"] = {{"name", policy.name}, {"version", policy.version}, {"mode", ast::spelling(policy.mode)}};
  if (policy.unresolved_allow) result["policy"]["unresolved"] = "allow";
  if (policy.foreign_trust) result["policy"]["foreign"] = "trust";
  for (const policy::Member& one : policy.members) result["policy"]["members"].push_back(member(one));
  result["compiler"] = "lsmpc " LSMPC_VERSION;
  result["arch"] = "x86_64";
  result["targets"] = policy.targets;
  result["hooks"] = std::move(hooks);
  result["needs"] = Json::array();
  if (policy.task_storage != 0 && !onAll(policy.task_storage, policy)) result["needs"].push_back(LSMP_NEED_MAPS);
  if (decision.facts.kept()) result["needs"].push_back(LSMP_NEED_FACTS);
  for (const match::Predicate& predicate : decision.facts.predicates) result["facts"].push_back(factName(predicate, policy.foreign_trust));
  for (size_t slot = 0; slot < decision.accounts.size(); ++slot) result["needs"].push_back(need(decision.accounts[slot], slot));
  for (size_t slot = 0; slot < decision.maps.size(); ++slot) result["needs"].push_back(need(decision.maps[slot], slot));
  result["source"] = {{"path", policy.source_path}, {"text", policy.source}};
  for (const policy::SourceText& used : policy.used) result["source"]["used"].push_back(sourceText(used));
  result["decision"] = {{"version", kDecisionVersion}, {"text", decision::print(decision)}};
  std::string text = dumped(result);
  text.back() = ',';  // for the last brace: what is said of 100,000 rules never stands in memory as JSON
  return runtime::packManifest(text += "\"rules\":[" + rulesText(policy) + "]}");
}

std::string firstElements(const decision::Decision& decision) {
  std::string bytes;
  for (size_t slot = 0; slot < decision.maps.size(); ++slot)
    for (const std::string& element : decision.maps[slot].set.first) {
      appendWord(bytes, slot);
      appendWord(bytes, element.size());
      bytes += element;
    }
  return bytes;
}

}  // namespace lsmpc::emit
