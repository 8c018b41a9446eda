// The signal of a `kill`.
#include <charconv>

#include "compiler/check/rule.h"
#include "runtime/match/suggest.h"
#include "stdlib/constants/constants.h"

namespace lsmpc::check {
namespace {

using diag::Kind;

constexpr int kMaxSignal = 64;  // _NSIG of include/uapi/asm-generic/signal.h

bool isSignal(const constants::Constant& constant) {
  return constant.group == "signal" && constant.value >= 1 && constant.value <= kMaxSignal;
}

bool setNumber(int number, const ast::Name& named, policy::Rule& rule, diag::Emitter& emitter) {
  if (number < 1 || number > kMaxSignal) {
    emitter.report(Kind::BadSignalNumber, named.range, named.text);
    return false;
  }
  rule.signal_value = number;
  rule.signal_name = std::to_string(number);
  for (const constants::Constant& constant : constants::all())
    if (isSignal(constant) && constant.value == number) rule.signal_name = constant.name;
  return true;
}

}  // namespace

bool setSignal(const ast::Name& named, policy::Rule& rule, diag::Emitter& emitter) {
  int number = 0;
  const char* end = named.text.data() + named.text.size();
  if (std::from_chars(named.text.data(), end, number).ptr == end) return setNumber(number, named, rule, emitter);
  std::vector<std::string> names;
  for (const constants::Constant& constant : constants::all()) {
    if (!isSignal(constant)) continue;
    names.emplace_back(constant.name);
    if (constant.name != named.text) continue;
    rule.signal_value = static_cast<int>(constant.value);
    rule.signal_name = constant.name;
    return true;
  }
  auto nearest = match::nearest(named.text, names);
  emitter.report(Kind::UnknownSignal, named.range, named.text)
      .hint(nearest ? "did you mean `" + *nearest + "`?" : "a signal of the kernel's headers: SIGKILL, SIGTERM, SIGSEGV …");
  return false;
}

}  // namespace lsmpc::check
