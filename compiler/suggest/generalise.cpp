#include "compiler/suggest/generalise.h"

#include <algorithm>
#include <regex>
#include <set>

namespace lsmpc::suggest {
namespace {

constexpr std::string_view kMeaning = "\\*?[]{},";  // in globs

std::string escaped(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (kMeaning.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string componentOf(const std::string& name) {
  static const std::regex kNumber("[0-9]+");
  static const std::regex kOfItsTime("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{6,}");
  if (std::regex_match(name, kNumber)) return "[0-9]*";
  std::string result;
  auto at = name.begin();
  for (std::sregex_iterator found(name.begin(), name.end(), kOfItsTime), none; found != none; ++found) {
    result += escaped({at, (*found)[0].first}) + "*";
    at = (*found)[0].second;
  }
  return result + escaped({at, name.end()});
}

size_t depthOf(const std::string& folder) { return static_cast<size_t>(std::count(folder.begin(), folder.end(), '/')); }

// The folder of a glob, "" of the root's.
std::string folderOf(const std::string& glob) { return glob.substr(0, glob.rfind('/')); }

using Globs = std::map<std::string, size_t>;

// What is below a folder with many entries of its kind becomes `replacement`. `entry`: of a glob the folder and what counts there, or nothing.
template <typename Entry, typename Below>
Globs folded(const Globs& globs, size_t least, const std::string& replacement, Entry entry, Below below) {
  std::map<std::string, std::set<std::string>> entries;
  for (const auto& [glob, count] : globs)
    for (const auto& [folder, name] : entry(glob)) entries[folder].insert(name);
  Globs result;
  for (const auto& [glob, count] : globs) {
    std::string made = glob;
    for (const auto& [folder, names] : entries)
      if (names.size() >= least && depthOf(folder) >= kLeastDepth && below(glob, folder)) {
        made = folder + replacement;
        break;  // the outermost one: folders are sorted
      }
    result[made] += count;
  }
  return result;
}

using Entries = std::vector<std::pair<std::string, std::string>>;

}  // namespace

std::string patternOf(const std::string& path) {
  std::string pattern;
  for (size_t at = 0; at < path.size();) {
    size_t end = std::min(path.find('/', at), path.size());
    pattern += componentOf(path.substr(at, end - at));
    if (end < path.size()) pattern += '/';
    at = end + 1;
  }
  return pattern;
}

std::map<std::string, size_t> generalise(const std::map<std::string, size_t>& paths) {
  Globs globs;
  for (const auto& [path, count] : paths) globs[patternOf(path)] += count;
  globs = folded(
      globs, kFiles, "/*",
      [](const std::string& glob) {
        return Entries{{folderOf(glob), glob}};
      },
      [](const std::string& glob, const std::string& folder) { return folderOf(glob) == folder; });
  auto folders = [](const std::string& glob) {
    Entries entries;
    for (std::string below = folderOf(glob); !below.empty(); below = folderOf(below)) entries.push_back({folderOf(below), below});
    return entries;
  };
  return folded(globs, kFolders, "/**", folders,
                [](const std::string& glob, const std::string& folder) { return glob.starts_with(folder + "/"); });
}

}  // namespace lsmpc::suggest
