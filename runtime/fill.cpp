#include "runtime/fill.h"

#include <cstring>
#include <optional>

#include "runtime/abi/layout.h"
#include "runtime/accounts.h"
#include "runtime/message.h"
#include "runtime/object_data.h"

namespace lsmpc::runtime {
namespace {

struct Kind {
  const char *name, *symbol;
  std::optional<uint32_t> (Accounts::*look_up)(const std::string& name);
};
constexpr Kind kKinds[] = {
#define LSMPC_FILL(name, symbol, look_up) {name, symbol, look_up},
#include "runtime/fill.def"
};

const Kind& kindOf(const Fill& fill, const std::string& path) {
  for (const Kind& kind : kKinds)
    if (fill.kind == kind.name) return kind;
  throw Failure(Message::NeedsUnknown, {path, textOf(fill)});
}

Problem unknown(const Fill& fill, const Manifest& manifest) {
  const ManifestRule& rule = manifest.rules[fill.rule];
  return {Message::NoAccount, {fill.kind, fill.name, manifest.name, placeOf(rule)}, rule.text};
}

void write(bpf_object* object, const std::string& image, const Filled& filled, const std::string& path) {
  const char* symbol = kindOf(filled.fill, path).symbol;
  size_t offset = size_t{filled.fill.slot} * sizeof filled.value;
  auto variable = findVariable(object, image, symbol, offset + sizeof filled.value);
  if (!variable) throw Failure(Message::ProgramMismatch, {path, "it has no place for " + textOf(filled.fill)});
  memcpy(variable->bytes.data() + variable->offset + offset, &filled.value, sizeof filled.value);
  if (int error = store(*variable)) throw Failure(Message::LoadFailed, {path, errorText(error)});
}

}  // namespace

std::vector<FilledNote> notesOf(const std::vector<Filled>& filled) {
  std::vector<FilledNote> notes;
  for (const Filled& one : filled) notes.push_back({textOf(one.fill), one.value});
  return notes;
}

std::vector<Filled> fillIn(bpf_object* object, const std::string& image, const Manifest& manifest, const std::string& path) {
  std::vector<Filled> all;
  std::vector<Problem> problems;
  Accounts accounts;
  for (const Fill& fill : manifest.fills) {
    if (auto value = (accounts.*kindOf(fill, path).look_up)(fill.name))
      all.push_back({fill, *value});
    else
      problems.push_back(unknown(fill, manifest));
  }
  if (!problems.empty()) throw Failure(std::move(problems));
  for (const Filled& filled : all) write(object, image, filled, path);
  return all;
}

}  // namespace lsmpc::runtime
