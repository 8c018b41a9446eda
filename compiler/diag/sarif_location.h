// Places as SARIF has them: URIs from the working folder where they lie in it, columns in UTF-16 code units.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "compiler/base/source.h"

namespace lsmpc::diag {

constexpr std::string_view kFolderBase = "%SRCROOT%";       // the working folder
constexpr std::string_view kLibraryBase = "LSMPC_LIBRARY";  // the standard library, inside lsmpc

// An artifactLocation. `folder`: the working folder, absolute.
nlohmann::json sarifFile(std::string_view path, const std::string& folder);
// A region; its end is the place after the last character.
nlohmann::json sarifRegion(const base::SourceFile& file, base::Range range);
// A physicalLocation of both.
nlohmann::json sarifPlace(const base::SourceSet& sources, base::Range range, const std::string& folder);

}  // namespace lsmpc::diag
