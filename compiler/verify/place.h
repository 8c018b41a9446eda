// Where in the policy an instruction comes from.
#pragma once

#include <string>

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
// By the object's lines; of code of the library that of the policy that calls it, or the first rule of the program's hook.
Place placeOfSite(const object::Object& object, const runtime::Manifest& manifest, const Chosen& chosen, Site site);

}  // namespace lsmpc::verify
