#include "compiler/driver/subject.h"

#include "compiler/driver/pipeline.h"
#include "compiler/driver/slots.h"
#include "runtime/object.h"

namespace lsmpc::driver {

std::optional<Subject> subjectOf(const std::string& path, const btf::TargetSet& targets, const Wanted& wanted, Report& report) {
  auto file = report.read(path);
  if (!file) return std::nullopt;
  diag::Emitter own;
  auto typed = typePolicy(report.sources, *file, targets, wanted.library, own);
  if (!typed || typed->library) {
    report.take(own, typed.has_value());
    return std::nullopt;
  }
  if (!wanted.asserts) typed->policy.assertions.clear();
  auto compiled = compilePolicy(typed->policy, targets, Stage::Object, wanted.finish, Explain::Nothing, own);
  std::string wrong;
  base::Range place = typed->policy.name_range;
  auto subject = compiled ? subjectOf(path, std::move(typed->policy), compiled->output, wrong) : std::nullopt;
  if (!wrong.empty()) own.report(diag::Kind::ObjectFault, place, wrong);
  report.take(own, compiled.has_value());
  return subject;
}

std::optional<Subject> subjectOf(std::string path, policy::Policy policy, const std::string& bytes, std::string& wrong) {
  auto object = object::readObject(bytes, wrong);
  if (!object) return std::nullopt;
  exercise::Slots slots = slotsOf(runtime::manifestOf(bytes, path));
  return Subject{std::move(path), std::move(policy), std::move(*object), std::move(slots)};
}

}  // namespace lsmpc::driver
