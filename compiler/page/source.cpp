#include <algorithm>

#include "compiler/base/counts.h"
#include "compiler/page/sections.h"

namespace lsmpc::page {
namespace {

constexpr size_t kLongest = 512 * 1024;  // bytes of all sources that are shown

std::string lineAnchor(const Policy& policy, size_t source, size_t line) {
  return anchorOf(policy, "source" + (source == 0 ? "" : std::to_string(source + 1))) + "." + std::to_string(line);
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// How many of the sources are shown.
size_t shownOf(const Policy& policy) {
  size_t bytes = 0, shown = 0;
  for (const Source& source : policy.sources) shown += (bytes += source.text.size()) <= kLongest;
  return shown;
}

Markup listing(const Policy& policy, size_t index) {
  Markup items;
  std::vector<std::string_view> lines = linesOf(policy.sources[index].text);
  for (size_t i = 0; i < lines.size(); ++i) items += element("li", code(lines[i]), {{"id", lineAnchor(policy, index, i + 1)}});
  Markup summary = element("summary", code(policy.sources[index].path) + ", " + base::counted(lines.size(), "line"));
  return element("details", summary + element("ol", items, {{"class", "source"}}), {{"class", "listing"}});
}

}  // namespace

Markup placeOf(const Policy& policy, const Place& place) {
  std::string text = place.file + ":" + std::to_string(place.line);
  auto isThere = [&](const Source& source) { return source.name == place.file; };
  auto first = policy.sources.begin(), last = policy.sources.end(), found = std::find_if(first, last, isThere);
  auto index = static_cast<size_t>(found - first);
  if (index >= shownOf(policy) || std::count_if(first, last, isThere) > 1) return span("place", text);
  return element("a", text, {{"class", "place"}, {"href", "#" + lineAnchor(policy, index, place.line)}});
}

Markup sourceSection(const Policy& policy) {
  Markup part =
      heading(policy, "source", "Source", "The text that was compiled, with the files that it uses. Places on this page lead here.");
  size_t shown = shownOf(policy);
  for (size_t i = 0; i < shown; ++i) part += listing(policy, i);
  if (shown < policy.sources.size())
    part += paragraph(base::counted(policy.sources.size() - shown, "file") + " more are too long for a page.", "notice");
  return part;
}

}  // namespace lsmpc::page
