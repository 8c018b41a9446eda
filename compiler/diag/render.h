// Diagnostics as text for people (code, place, line, caret range) and as JSON for tools.
#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::diag {

std::string renderText(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources, bool colour);

// {"schema":"lsmpc-diagnostics","version":1,"diagnostics":[{code,name,severity,message,file,line,column,end_line,
// end_column,notes:[{…}],hint,fixes:[{…,replacement}]}]}; one line, ends with a newline.
std::string renderJson(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources);

}  // namespace lsmpc::diag
