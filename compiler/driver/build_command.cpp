#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "compiler/driver/commands.h"
#include "compiler/driver/compile_all.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {
namespace fs = std::filesystem;
namespace {

// The objects that the index of an earlier build names; nothing for an index that is none of ours.
std::set<std::string> indexed(const fs::path& folder) {
  std::set<std::string> names;
  std::ifstream in(folder / "index.json");
  auto index = nlohmann::json::parse(in, nullptr, false);
  if (!index.is_object() || index.value("schema", "") != "lsmp-index" || !index["objects"].is_array()) return names;
  for (const auto& name : index["objects"])
    if (name.is_string() && name.get<std::string>().find('/') == std::string::npos) names.insert(name.get<std::string>());
  return names;
}

// The index after this build. Of a whole folder it is just this build's objects, so those of deleted sources go.
bool writeIndex(const fs::path& folder, std::set<std::string> objects, bool whole_folder) {
  std::set<std::string> before = indexed(folder);
  if (!whole_folder) objects.insert(before.begin(), before.end());
  nlohmann::json index = {{"schema", "lsmp-index"}, {"version", 1}, {"objects", objects}};
  if (!writeWhole(folder / "index.json", index.dump(1) + "\n")) return false;
  std::error_code ignored;
  for (const std::string& name : before)
    if (!objects.count(name)) fs::remove(folder / name, ignored);
  return true;
}

int writeObjects(const Outcome& outcome, const fs::path& folder, bool whole_folder, const btf::TargetSet& targets, Format format) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    std::cerr << "lsmpc: cannot make folder `" << folder.string() << "`: " << error.message() << "\n";
    return kEnvironment;
  }
  std::set<std::string> objects;
  for (size_t i = 0; i < outcome.compiled.size(); ++i) {
    const Compiled& compiled = outcome.compiled[i];
    std::string name = compiled.policy_name + ".bpf.o";
    if (!writeWhole(folder / name, compiled.output)) return kEnvironment;
    objects.insert(name);
    if (format == Format::Text)
      std::cout << outcome.files[i] << " -> " << (folder / name).string() << " (" << compiled.output.size() << " bytes, for "
                << targets.names(targets.all()) << ")\n";
  }
  return writeIndex(folder, objects, whole_folder) ? kDone : kEnvironment;
}

void addOptions(Options& options) {
  namespace po = boost::program_options;
  options.named().add_options()("output,o", po::value<std::string>()->default_value("build")->value_name("DIR"), "where objects go")(
      "bundle", po::value<std::string>()->value_name("NAME"), "make one object of all policies, with one program for each hook")(
      "emit", po::value<std::string>()->value_name("STAGE"), ("print a stage instead: " + stageNames()).c_str());
  options.addExplain();
  options.addTargets();
  options.addFormat("text|json|sarif");
}

struct Wanted {
  Stage stage = Stage::Object;
  bool to_output = false;  // the stage is printed, and nothing is written
  std::string bundle;      // "": an object for each policy
};

// What the options ask for; nothing, and `wrong` says why, where they do not go together.
std::optional<Wanted> wantedBy(const Options& options, std::string& wrong) {
  Wanted wanted;
  auto text = [&](const char* name) { return options.values().count(name) ? options.values()[name].as<std::string>() : ""; };
  wanted.to_output = options.values().count("emit");
  wanted.bundle = text("bundle");
  bool costs = options.explain() != Explain::Nothing;
  auto stage = wanted.to_output ? stageByName(text("emit")) : Stage::Object;
  if (!stage)
    wrong = "--emit is one of: " + stageNames();
  else if (wanted.to_output && costs)
    wrong = "--emit and --explain-cost both print: one of them";
  else if (options.diagnosticsFormat() == Format::Sarif && (wanted.to_output || costs))
    wrong = "a SARIF log holds diagnostics: no --emit and no --explain-cost";
  else if (options.values().count("bundle") && !policy::isPolicyName(wanted.bundle))
    wrong = "--bundle takes a policy's name: a-z, then a-z 0-9 _ -, at most 63";
  else if (!wanted.bundle.empty() && *stage < Stage::Policy)
    wrong = "a bundle begins with --emit=policy: before it each file stands alone";
  if (!wrong.empty()) return std::nullopt;
  wanted.stage = *stage;
  return wanted;
}

}  // namespace

int runBuild(const Command& self, const Arguments& arguments) {
  Options options(self);
  addOptions(options);
  if (!options.parse(arguments)) return options.exitCode();
  std::string wrong;
  auto wanted = wantedBy(options, wrong);
  if (!wanted) return options.usage(wrong);
  Format format = options.diagnosticsFormat();
  auto sources = findSources(options.positional(), wrong);
  if (!sources) return reportFailure(wrong, format);
  auto targets = openTargets(options.targets(), sources->folder, wrong);
  if (!targets) return reportFailure(wrong, format);
  Request request{wanted->stage, format, options.explain(), sources->whole_folder};
  Outcome outcome = wanted->bundle.empty() ? compileAll(sources->files, *targets, request)
                                           : compileBundle(wanted->bundle, sources->files, *targets, request);
  if (outcome.exit != kDone) return outcome.exit;  // all or nothing: a folder is never half built
  if (wanted->to_output) {
    for (const Compiled& compiled : outcome.compiled) std::cout << compiled.output;
    return kDone;
  }
  printCosts(outcome);
  return writeObjects(outcome, options.values()["output"].as<std::string>(), sources->whole_folder, *targets, format);
}

}  // namespace lsmpc::driver
