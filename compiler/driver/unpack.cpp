#include "compiler/driver/unpack.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "compiler/driver/sources.h"
#include "compiler/parse/parse.h"
#include "runtime/digest.h"

namespace lsmpc::driver {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string textOf(const Json& used) {
  if (used.contains("text")) return used.at("text");
  std::string path = used.at("path"), wrong;
  auto text = readText(path, parse::kMaxSetFileBytes + 1, wrong);
  if (text && runtime::sha256(*text) == used.at("sha256").get<std::string>()) return *text;
  throw Obstacle{"of `" + path + "` the manifest has the digest alone, and " +
                     (text ? "that file is another here" : "that file cannot be read here (" + wrong + ")"),
                 "call it in the policy's folder, where that file is as it was"};
}

}  // namespace

Unpacked::Unpacked(const runtime::Manifest& manifest) {
  try {
    Json source = Json::parse(manifest.text).at("source");
    put(source.at("path"), source.at("text"));
    for (const Json& used : source.value("used", Json::array())) put(used.at("path"), textOf(used));
    for (const runtime::ManifestMember& member : manifest.members) policies_.push_back(at(member.path));
    if (policies_.empty()) policies_.push_back(at(source.at("path")));
  } catch (const Json::exception& error) {
    throw Obstacle{error.what(), "build the policy again"};
  }
}

void Unpacked::put(const std::string& path, const std::string& text) {
  fs::path place = fs::path(path).lexically_normal();
  if (place.is_absolute() || place.empty() || *place.begin() == "..")
    throw Obstacle{"`" + path + "` is outside of the policy's folder", "build it from its sources, and compare with `cmp`"};
  fs::path file = folder_.path() / place;
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  if (fs::exists(file, ignored))
    throw Obstacle{"two of its sources are called `" + path + "`", "build it from its sources, and compare with `cmp`"};
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw Obstacle{"`" + file.string() + "` cannot be written", ""};
}

}  // namespace lsmpc::driver
