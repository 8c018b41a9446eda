// Where in the policy an instruction comes from.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/object/object.h"
#include "compiler/verify/chosen.h"
#include "runtime/manifest.h"

namespace lsmpc::verify {

struct Place {
  std::string file;  // of the policy's line
  uint32_t line = 0;
  std::string text;
  std::string program;  // where no line is known: of what the loader runs beside the rules' programs
  auto operator<=>(const Place&) const = default;
};

Place placeOfRule(const runtime::ManifestRule& rule);

// Of one object, which outlives it, as do the others.
class Places {
 public:
  Places(const object::Object& object, const runtime::Manifest& manifest, const Chosen& chosen);

  // By the object's lines; of code of the library that of the policy that calls it, or the first rule of the program's hook.
  Place of(Site site);

 private:
  using Lines = std::vector<const object::SourceLine*>;  // of files that rules are in, by instruction
  const Lines& linesOf(size_t function);
  bool hasRules(const std::string& file);
  Place ofHook(const object::Function& program) const;

  const object::Object& object_;
  const runtime::Manifest& manifest_;
  const Chosen& chosen_;
  std::map<std::pair<std::string, uint32_t>, const runtime::ManifestRule*> rules_;  // by place
  std::unordered_map<std::string, bool> files_;                                     // as the object names them
  std::unordered_map<size_t, Lines> lines_;
};

}  // namespace lsmpc::verify
