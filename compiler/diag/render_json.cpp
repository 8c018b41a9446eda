#include <nlohmann/json.hpp>

#include "compiler/diag/render.h"

namespace lsmpc::diag {
namespace {

using nlohmann::json;

json placed(const base::SourceSet& sources, base::Range range) {
  const base::SourceFile& file = sources.file(range.file);
  base::Position start = file.position(range.begin), end = file.position(range.end);
  return {{"file", file.path()}, {"line", start.line}, {"column", start.column}, {"end_line", end.line}, {"end_column", end.column}};
}

std::string_view word(Severity severity) {
  return severity == Severity::Warning ? "warning" : severity == Severity::Fault ? "fault" : "error";
}

}  // namespace

std::string renderJson(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources) {
  json list = json::array();
  for (const Diagnostic& d : diagnostics) {
    json entry = placed(sources, d.range);
    entry["code"] = info(d.kind).code;
    entry["name"] = info(d.kind).name;
    entry["severity"] = word(info(d.kind).severity);
    entry["message"] = d.text;
    entry["hint"] = d.hint;
    entry["notes"] = json::array();
    for (const Label& label : d.labels) {
      json note = placed(sources, label.range);
      note["message"] = label.text;
      entry["notes"].push_back(note);
    }
    entry["fixes"] = json::array();
    for (const Fix& fix : d.fixes) {
      json change = placed(sources, fix.range);
      change["replacement"] = fix.replacement;
      entry["fixes"].push_back(change);
    }
    list.push_back(entry);
  }
  json document = {{"schema", "lsmpc-diagnostics"}, {"version", 1}, {"diagnostics", list}};
  return document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace lsmpc::diag
