#include "runtime/folder_stamp.h"

#include <sys/stat.h>

#include <filesystem>

#include "runtime/message.h"
#include "runtime/object_folder.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> pathsIn(const std::string& folder) {
  std::vector<std::string> paths;
  try {
    for (const std::string& name : objectFiles(folder)) paths.push_back(folder + "/" + name);
  } catch (const Failure&) {
    // The pass that reads it says so.
  }
  return paths;
}

void add(std::string& stamp, const timespec& time) { stamp += " " + std::to_string(time.tv_sec) + "." + std::to_string(time.tv_nsec); }

void addFile(std::string& stamp, const std::string& path) {
  struct stat status {};
  stamp += path;
  if (stat(path.c_str(), &status)) {
    stamp += " -\n";
    return;
  }
  for (uint64_t number : {uint64_t{status.st_dev}, uint64_t{status.st_ino}, static_cast<uint64_t>(status.st_size)})
    stamp += " " + std::to_string(number);
  add(stamp, status.st_mtim);
  add(stamp, status.st_ctim);
  stamp += "\n";
}

}  // namespace

std::string stampOf(const std::string& folder) {
  std::string stamp;
  std::vector<std::string> paths = pathsIn(folder);
  if (paths.empty()) addFile(stamp, folder);  // there and empty, or not there
  for (const std::string& path : paths) addFile(stamp, path);
  return stamp;
}

std::set<std::string> placesOf(const std::string& folder) {
  std::set<std::string> places{folder, fs::path(folder).parent_path()};
  for (const std::string& path : pathsIn(folder)) {
    std::error_code error;
    if (fs::path real = fs::canonical(path, error); !error) places.insert(real.parent_path());
  }
  return places;
}

}  // namespace lsmpc::runtime
