// `lsmpc verify --rebuild`: the source in an object's manifest, compiled again.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "compiler/bundle/bundle.h"
#include "compiler/driver/joined.h"
#include "compiler/driver/report.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/temporary_folder.h"
#include "compiler/driver/verify_object.h"
#include "compiler/object/elf.h"
#include "compiler/parse/parse.h"
#include "runtime/digest.h"

namespace lsmpc::driver {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using runtime::Message;

// Why it cannot be done, and what would help.
struct Obstacle {
  std::string why, way_out;
};

class Sources {
 public:
  explicit Sources(const fs::path& folder) : folder_(folder) {}

  // Those of the manifest, by their places from the policy's folder. Throws Obstacle.
  void write(const Json& source) {
    put(source.at("path"), source.at("text"));
    for (const Json& used : source.value("used", Json::array()))
      put(used.at("path"), used.contains("text") ? used.at("text").get<std::string>() : found(used));
  }
  std::string at(const std::string& path) const { return (folder_ / path).string(); }

 private:
  // Of a long text the manifest has the digest alone.
  static std::string found(const Json& used) {
    std::string path = used.at("path"), wrong;
    auto text = readText(path, parse::kMaxSetFileBytes + 1, wrong);
    if (text && runtime::sha256(*text) == used.at("sha256").get<std::string>()) return *text;
    throw Obstacle{"of `" + path + "` the manifest has the digest alone, and " +
                       (text ? "that file is another here" : "that file cannot be read here (" + wrong + ")"),
                   "call it in the policy's folder, where that file is as it was"};
  }

  void put(const std::string& path, const std::string& text) {
    fs::path place = fs::path(path).lexically_normal();
    if (place.is_absolute() || place.empty() || *place.begin() == "..")
      throw Obstacle{"`" + path + "` is outside of the policy's folder", "build it from its sources, and compare with `cmp`"};
    fs::path file = folder_ / place;
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    if (fs::exists(file, ignored))
      throw Obstacle{"two of its sources are called `" + path + "`", "build it from its sources, and compare with `cmp`"};
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) throw Obstacle{"`" + file.string() + "` cannot be written", ""};
  }

  fs::path folder_;
};

std::string firstError(const diag::Emitter& emitter) {
  auto diagnostics = emitter.sorted();
  return diagnostics.empty() ? "for no reason that is said" : diagnostics.front().text;
}

std::string compileOne(const std::string& path, const btf::TargetSet& targets) {
  Report report;
  diag::Emitter own;
  auto file = report.read(path);
  std::optional<Compiled> compiled;
  if (file) compiled = compile(report.sources, *file, targets, Stage::Object, emit::Finish::InChild, Explain::Nothing, false, own);
  if (!compiled) throw Obstacle{"its source does not compile: " + firstError(own), "use the compiler that made it"};
  return compiled->output;
}

std::string compileBundled(const std::string& name, const std::vector<std::string>& paths, const btf::TargetSet& targets) {
  Report report;
  diag::Emitter own;
  std::vector<policy::Policy> members;
  for (const std::string& path : paths) {
    auto file = report.read(path);
    auto typed = file ? typePolicy(report.sources, *file, targets, false, own) : std::nullopt;
    if (!typed) throw Obstacle{"its source does not compile: " + firstError(own), "use the compiler that made it"};
    members.push_back(std::move(typed->policy));
  }
  auto compiled =
      compilePolicy(bundle::bundlePolicies(name, std::move(members)), Stage::Object, emit::Finish::InChild, Explain::Nothing, own);
  if (!compiled) throw Obstacle{"its source does not compile: " + firstError(own), "use the compiler that made it"};
  return compiled->output;
}

std::string compileAgain(const runtime::Manifest& manifest) {
  constexpr const char* kOurs = "lsmpc " LSMPC_VERSION;
  if (manifest.compiler != kOurs)
    throw Obstacle{"`" + manifest.compiler + "` made it, and this is `" + kOurs + "`", "use the compiler that made it"};
  std::string wrong;
  auto targets = openTargets(manifest.targets, "", wrong);
  if (!targets) throw Obstacle{wrong, "call it where the targets " + joined(manifest.targets) + " are"};
  TemporaryFolder folder;
  Sources sources(folder.path());
  Json json = Json::parse(manifest.text);
  sources.write(json.at("source"));
  if (manifest.members.empty()) return compileOne(sources.at(json.at("source").at("path")), *targets);
  std::vector<std::string> members;
  for (const runtime::ManifestMember& member : manifest.members) members.push_back(sources.at(member.path));
  return compileBundled(manifest.name, members, *targets);
}

// The first section that differs.
std::string differenceOf(const std::string& given, const std::string& made) {
  auto first = object::readElf(given), second = object::readElf(made);
  for (size_t i = 0; first && second && i < first->sections.size(); ++i) {
    const object::Section* other = second->section(first->sections[i].name);
    if (!other || other->bytes != first->sections[i].bytes) return "section `" + first->sections[i].name + "` differs";
  }
  return "it has " + std::to_string(given.size()) + " bytes, and " + std::to_string(made.size()) + " come of the source";
}

}  // namespace

Rebuilt rebuildAndCompare(const std::string& path, const std::string& bytes, const runtime::Manifest& manifest) {
  try {
    std::string made = compileAgain(manifest);
    if (made == bytes) return {};
    return {{{Message::RebuiltDiffers, {path, differenceOf(bytes, made)}, {}}}};
  } catch (const Obstacle& obstacle) {
    return {{{Message::NotRebuilt, {path, obstacle.why, obstacle.way_out}, {}}}};
  } catch (const Json::exception& error) {
    return {{{Message::NotRebuilt, {path, error.what(), "build the policy again"}, {}}}};
  }
}

}  // namespace lsmpc::driver
