#include "compiler/driver/diff_inputs.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "compiler/driver/joined.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/sources.h"
#include "runtime/digest.h"
#include "runtime/message.h"
#include "runtime/object.h"

namespace lsmpc::driver {
namespace {

namespace fs = std::filesystem;
using runtime::Failure;
using runtime::Message;

constexpr size_t kMaxObjectBytes = 256u << 20;
constexpr std::string_view kElf = "\177ELF", kObject = ".bpf.o", kSource = ".lsmp";

std::string bytesOf(const std::string& path, size_t limit) {
  std::string wrong;
  auto bytes = readText(path, limit, wrong);
  if (!bytes) throw Failure(Message::FileUnreadable, {path, wrong});
  return std::move(*bytes);
}

// A pipe has a source, and what is read of it is gone.
bool isObject(const std::string& path) {
  std::error_code ignored;
  return path.ends_with(kObject) || (fs::is_regular_file(path, ignored) && bytesOf(path, kElf.size()) == kElf);
}

DiffInput inputOf(const std::string& path, bool of_folder) {
  if (!isObject(path)) return {path, std::nullopt, of_folder};
  std::string bytes = bytesOf(path, kMaxObjectBytes), digest = runtime::sha256(bytes);
  runtime::Manifest manifest = runtime::openWhole({path, bytes}).manifest;
  return {path, Packed{path, std::move(manifest), std::move(bytes), std::move(digest)}, of_folder};
}

// In the order of the first that names them.
std::vector<std::string> targetsOfAll(const std::vector<const runtime::Manifest*>& manifests) {
  std::vector<std::string> targets = manifests.front()->targets;
  auto lacks = [&](const std::string& target) {
    return std::any_of(manifests.begin(), manifests.end(), [&](const runtime::Manifest* one) {
      return std::find(one->targets.begin(), one->targets.end(), target) == one->targets.end();
    });
  };
  targets.erase(std::remove_if(targets.begin(), targets.end(), lacks), targets.end());
  return targets;
}

}  // namespace

std::vector<DiffInput> diffInputs(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {inputOf(path, false)};
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    std::string file = entry.path().string();
    if (entry.is_regular_file(error) && (file.ends_with(kObject) || file.ends_with(kSource))) files.push_back(file);
  }
  if (files.empty()) throw Failure(Message::FileUnreadable, {path, "there are no policies in it, *.lsmp or *.bpf.o"});
  std::sort(files.begin(), files.end());
  std::vector<DiffInput> inputs;
  for (const std::string& file : files) inputs.push_back(inputOf(file, true));
  return inputs;
}

std::unique_ptr<btf::TargetSet> targetsToCompareOn(const std::vector<std::string>& asked, const std::vector<DiffInput>& inputs,
                                                   const std::string& folder) {
  std::vector<const runtime::Manifest*> manifests;
  for (const DiffInput& input : inputs)
    if (input.object) manifests.push_back(&input.object->manifest);
  if (!asked.empty() || manifests.empty()) return openTargets(asked, folder);
  std::vector<std::string> targets = targetsOfAll(manifests);
  if (!targets.empty()) return openTargets(targets, folder);
  std::cerr << "lsmpc: the objects are for no kernel in common, such as ";
  auto apart = std::find_if(manifests.begin(), manifests.end(), [&](const runtime::Manifest* one) {
    return targetsOfAll({manifests.front(), one}).empty();
  });
  std::cerr << joined(manifests.front()->targets) << " and " << joined((apart == manifests.end() ? manifests.back() : *apart)->targets)
            << "; `--target` names those to compare them on\n";
  return nullptr;
}

std::vector<Compared> comparedAll(const std::vector<DiffInput>& inputs, const btf::TargetSet& targets, Report& report,
                                  std::vector<std::string>& notes) {
  std::vector<Compared> all;
  for (const DiffInput& input : inputs) {
    if (input.object) {
      for (Compared& one : comparedObject(*input.object, targets, notes)) all.push_back(std::move(one));
    } else if (auto one = comparedSource(input.path, targets, input.of_folder, report)) {
      all.push_back(std::move(*one));
    }
  }
  return all;
}

}  // namespace lsmpc::driver
