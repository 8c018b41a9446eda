#include "compiler/driver/sources.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace lsmpc::driver {
namespace fs = std::filesystem;

namespace {

std::vector<std::string> policiesIn(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    fs::path path = entry.path();
    if (path.extension() == ".lsmp" && entry.is_regular_file(error))
      files.push_back(folder == "." ? path.filename().string() : path.string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string folderOf(const fs::path& file) { return file.has_parent_path() ? file.parent_path().string() : "."; }

std::optional<SourceList> findSources(const std::vector<std::string>& named, std::string& wrong) {
  SourceList list;
  std::vector<std::string> places = named;
  if (places.empty()) places = {"."};
  for (const std::string& place : places) {
    std::error_code error;
    if (!fs::is_directory(place, error)) {
      list.files.push_back(place);
      continue;
    }
    auto found = policiesIn(place);
    list.files.insert(list.files.end(), found.begin(), found.end());
    list.whole_folder = places.size() == 1;
  }
  if (list.files.empty()) {
    wrong = "no *.lsmp files in `" + places.front() + "`";
    return std::nullopt;
  }
  fs::path first(list.files.front());
  list.folder = folderOf(first);
  return list;
}

std::optional<SourceList> findSources(const std::vector<std::string>& named) {
  std::string wrong;
  auto list = findSources(named, wrong);
  if (!list) std::cerr << "lsmpc: " << wrong << "\n";
  return list;
}

std::optional<std::string> readText(const std::string& path, size_t limit, std::string& wrong) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) errno = EISDIR;
  std::ifstream in(path, std::ios::binary);
  std::string text;
  char part[16384];
  while (in && text.size() < limit) {
    in.read(part, static_cast<std::streamsize>(std::min(sizeof part, limit - text.size())));
    text.append(part, static_cast<size_t>(in.gcount()));
  }
  if (fs::is_directory(path, ignored) || (!in && !in.eof())) {
    wrong = std::strerror(errno ? errno : EIO);
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> readFile(const std::string& path, size_t limit) {
  std::string wrong;
  auto text = readText(path, limit, wrong);
  if (!text) std::cerr << "lsmpc: cannot read `" << path << "`: " << wrong << "\n";
  return text;
}

bool writeWhole(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::path temporary = path;
  temporary += ".tmp";
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) {
      std::cerr << "lsmpc: cannot write `" << path.string() << "`\n";
      std::error_code ignored;
      std::filesystem::remove(temporary, ignored);
      return false;
    }
  }
  std::error_code error;
  std::filesystem::rename(temporary, path, error);
  if (!error) return true;
  std::cerr << "lsmpc: cannot write `" << path.string() << "`: " << error.message() << "\n";
  std::filesystem::remove(temporary, error);
  return false;
}

bool writeOutput(const std::string& output, const std::string& bytes) {
  if (output != "-") return writeWhole(output, bytes);
  std::cout << bytes << std::flush;
  if (!std::cout) std::cerr << "lsmpc: cannot write to standard output\n";
  return static_cast<bool>(std::cout);
}

}  // namespace lsmpc::driver
