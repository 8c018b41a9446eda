#include "compiler/check/expectation.h"

#include <algorithm>

#include "compiler/check/rule.h"

namespace lsmpc::check {
namespace {

using ast::OutcomeKind;
using diag::Kind;
using policy::Verdict;

bool isVerdict(OutcomeKind kind) { return kind == OutcomeKind::Allow || kind == OutcomeKind::Deny || kind == OutcomeKind::Kill; }

// `deny` and `kill` mean here what they mean in a rule.
bool setVerdict(const ast::Outcome& outcome, policy::ExpectedVerdict& result, diag::Emitter& emitter) {
  result.range = outcome.range;
  if (outcome.kind == OutcomeKind::Allow) return true;
  bool kills = outcome.kind == OutcomeKind::Kill, good = true;
  policy::Rule codes;
  if (kills || !outcome.code) setErrno({"EPERM", outcome.range}, codes, emitter);
  if (!kills && outcome.code) good = setErrno(*outcome.code, codes, emitter);
  if (kills) good = setSignal(outcome.code.value_or(ast::Name{"SIGKILL", outcome.range}), codes, emitter);
  result.verdict = kills ? Verdict::Kill : Verdict::Deny;
  result.errno_value = codes.errno_value;
  result.errno_name = codes.errno_name;
  result.signal_value = codes.signal_value;
  result.signal_name = codes.signal_name;
  return good;
}

// False, reported: it is there already, or another verdict is.
bool isFirst(const ast::Outcome& outcome, const std::vector<const ast::Outcome*>& before, diag::Emitter& emitter) {
  auto repeats = [&](const ast::Outcome* other) { return other->kind == outcome.kind && other->message == outcome.message; };
  auto decides = [&](const ast::Outcome* other) { return isVerdict(outcome.kind) && isVerdict(other->kind); };
  std::string word(ast::spelling(outcome.kind));
  if (auto twin = std::find_if(before.begin(), before.end(), repeats); twin != before.end())
    emitter.report(Kind::RepeatedOutcome, outcome.range, word).note((*twin)->range, "the first");
  else if (auto other = std::find_if(before.begin(), before.end(), decides); other != before.end())
    emitter.report(Kind::TwoOutcomes, outcome.range, word, ast::spelling((*other)->kind)).note((*other)->range, "the first");
  else
    return true;
  return false;
}

}  // namespace

std::optional<policy::Expectation> checkExpectation(const ast::Expectation& written, const btf::Hook& hook, base::Range named,
                                                    diag::Emitter& emitter) {
  policy::Expectation result;
  result.range = written.range;
  std::vector<const ast::Outcome*> before;
  bool good = true;
  for (const ast::Outcome& outcome : written.outcomes) {
    good &= isFirst(outcome, before, emitter);
    before.push_back(&outcome);
    if (isVerdict(outcome.kind)) {
      policy::ExpectedVerdict verdict;
      good &= setVerdict(outcome, verdict, emitter);
      if (policy::refuses(verdict.verdict)) good &= canRefuse(hook, named, outcome.range, verdict.verdict == Verdict::Kill, emitter);
      result.verdict = verdict;
    }
    if (outcome.kind == OutcomeKind::Audit) result.events.push_back({outcome.range, outcome.message});
    if (outcome.kind == OutcomeKind::Quiet) result.quiet = outcome.range;
    if (outcome.kind == OutcomeKind::Unresolved) result.unresolved = outcome.range;
  }
  if (result.quiet && !result.events.empty()) {
    emitter.report(Kind::QuietOutcome, *result.quiet).note(result.events.front().range, "the event").hint("leave out one of them");
    good = false;
  }
  return good ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace lsmpc::check
