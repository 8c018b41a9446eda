#include "runtime/object_folder.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "runtime/digest.h"
#include "runtime/trusted_file.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".bpf.o";

Failure unusable(const std::string& folder, const std::string& reason) { return {Message::FolderUnusable, {folder, reason}}; }

bool isObjectName(std::string_view name) { return name.ends_with(kSuffix) && !name.starts_with("."); }

// It is kept as JSON.
bool isText(const std::string& path) {
  try {
    (void)nlohmann::json(path).dump();
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

FolderObject readObject(const std::string& path, const std::string& folder) {
  std::error_code error;
  fs::path home = fs::canonical(path, error).parent_path();
  if (error) throw Failure(Message::FileUnreadable, {path, error.message()});
  if (home != folder) checkTrusted(home);
  ObjectFile file{path, readTrusted(path)};
  Manifest manifest = manifestOf(file.bytes, path);
  return {manifest.name, manifest.mode, sha256(file.bytes), std::move(file)};
}

bool isThere(const std::string& folder) {
  std::error_code error;
  fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) return false;
  if (error) throw unusable(folder, error.message());
  if (status.type() != fs::file_type::directory) throw unusable(folder, "it is no folder");
  return true;
}

}  // namespace

std::string canonicalFolder(const std::string& path) {
  std::error_code error;
  std::string folder = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) throw unusable(path, error.message());
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  if (!isText(folder)) throw unusable(path, "its name is not UTF-8");
  return folder;
}

// One that cannot be read to its end must not look like an empty one.
std::vector<std::string> objectFiles(const std::string& folder) {
  std::vector<std::string> names;
  if (!isThere(folder)) return names;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error))
    if (std::string name = it->path().filename(); isObjectName(name)) names.push_back(name);
  if (error) throw unusable(folder, error.message());
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<FolderContent> readFolder(const std::string& folder) {
  if (!isThere(folder)) return std::nullopt;
  checkTrusted(folder);
  FolderContent content;
  for (const std::string& name : objectFiles(folder)) {
    std::string path = (fs::path(folder) / name).string();
    try {
      content.objects.push_back(readObject(path, folder));
    } catch (const Failure& failure) {
      content.unusable.push_back({path, failure.problems()});
    }
  }
  return content;
}

}  // namespace lsmpc::runtime
