#include "compiler/driver/subject.h"

#include "compiler/driver/pipeline.h"
#include "compiler/driver/slots.h"
#include "runtime/object.h"

namespace lsmpc::driver {
std::optional<Subject> subjectOf(const std::string& path, const btf::TargetSet& targets, emit::Finish finish, Report& report) {
  auto file = report.read(path);
  if (!file) return std::nullopt;
  diag::Emitter own;
  auto typed = typePolicy(report.sources, *file, targets, true, own);
  if (!typed || typed->library) {
    report.take(own, typed.has_value());
    return std::nullopt;
  }
  auto compiled = compilePolicy(typed->policy, Stage::Object, finish, Explain::Nothing, own);
  report.take(own, compiled.has_value());
  if (!compiled) return std::nullopt;
  std::string wrong;
  auto object = object::readObject(compiled->output, wrong);
  if (!object) {
    report.fail("the object of `" + path + "` cannot be read: " + wrong, kOurBug);
    return std::nullopt;
  }
  return Subject{path, std::move(typed->policy), std::move(*object), slotsOf(runtime::manifestOf(compiled->output, path))};
}

}  // namespace lsmpc::driver
