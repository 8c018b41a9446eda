// Diagnostics as text for people (code, place, line, caret range), as JSON for tools, and as SARIF for those that show any analyser's results.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::diag {

std::string renderText(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources, bool colour);

// {"schema":"lsmpc-diagnostics","version":1,"diagnostics":[{code,name,severity,message,file,line,column,end_line,
// end_column,notes:[{…}],hint,fixes:[{…,replacement}]}]}; one line, ends with a newline.
std::string renderJson(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources);

// The call that the diagnostics are of.
struct Run {
  std::string_view version;           // of lsmpc
  std::string folder;                 // the working folder, absolute: what lies in it is named from there
  std::vector<std::string> files;     // policies that were looked at, also without a diagnostic
  std::vector<std::string> failures;  // of the environment: no place in a policy
  int exit_code = 0;
  bool successful = true;  // the policies were judged, however
};

// A SARIF 2.1.0 log of one run; one line, ends with a newline. Our own faults are notifications, all else is a result.
std::string renderSarif(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources, const Run& run);

}  // namespace lsmpc::diag
