// Paths that programs have used → globs that also cover those which they would use next.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace lsmpc::suggest {

// From so many on files of one folder become all of its files, and subfolders of one folder all that is below it.
constexpr size_t kFiles = 5, kFolders = 5;
// A folder less deep stays as it is: `/etc` and `/usr` hold everything.
constexpr size_t kLeastDepth = 2;

// Of one path: what names an object of its time stands for all such names. A component that is a number is `[0-9]*`; a UUID, a date and a run of six or
// more digits within one are `*`. Characters that mean something in a glob are quoted.
std::string patternOf(const std::string& path);

// With the number of events of each path; the sums are those of the globs, sorted by them.
std::map<std::string, size_t> generalise(const std::map<std::string, size_t>& paths);

}  // namespace lsmpc::suggest
