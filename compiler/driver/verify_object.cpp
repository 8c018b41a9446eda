#include "compiler/driver/verify_object.h"

#include <algorithm>

#include "compiler/emit/stack.h"
#include "compiler/verify/chosen.h"
#include "runtime/object.h"

namespace lsmpc::driver {
namespace {

using runtime::Message;

constexpr const char* kArchitecture = "x86_64";  // of the targets, as emit has it

int worst(const std::vector<runtime::Problem>& problems, int exit) {
  for (const runtime::Problem& problem : problems) exit = std::max(exit, runtime::exitOf(problem.message));
  return exit;
}

}  // namespace

int VerifiedObject::exitCode() const {
  int exit = worst(problems, 0);
  for (const verify::Verdict& verdict : verdicts)
    for (const verify::Finding& finding : verdict.findings) exit = worst({finding.problem}, exit);
  if (rebuilt) exit = worst(rebuilt->problems, exit);
  for (const GuestVerdict& guest : guests) exit = worst(guest.problems, exit);
  return exit;
}

VerifiedObject verifyObject(const std::string& path, const std::string& bytes, const btf::TargetSet& targets) {
  VerifiedObject verified{.path = path};
  try {
    verified.manifest = runtime::openWhole({path, bytes}).manifest;
  } catch (const runtime::Failure& failure) {
    verified.problems = failure.problems();
    return verified;
  }
  std::string wrong;
  auto object = object::readObject(bytes, wrong);
  auto fail = [&](Message message, std::vector<std::string> arguments) {
    verified.problems.push_back({message, std::move(arguments), {}});
    return verified;
  };
  if (!object) return fail(Message::NotAnObject, {path, wrong});
  if (verified.manifest->arch != kArchitecture) return fail(Message::OtherArch, {path, verified.manifest->arch, kArchitecture});
  if (std::string circle = verify::functionInCircle(*object); !circle.empty())
    return fail(Message::ProgramMismatch, {path, "its function `" + circle + "` comes to itself"});
  auto depths = emit::callDepths(bytes);
  if (!depths) return fail(Message::NotAnObject, {path, "its code is damaged"});
  verify::Subject subject{path, *object, *verified.manifest, *depths};
  for (size_t target = 0; target < targets.size(); ++target)
    verified.verdicts.push_back(verify::verifyOn(subject, {targets.name(target), targets.raw(target)}));
  return verified;
}

}  // namespace lsmpc::driver
