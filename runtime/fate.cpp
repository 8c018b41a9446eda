#include "runtime/fate.h"

#include <algorithm>

namespace lsmpc::runtime {
namespace {

constexpr const char* kWords[] = {
#define LSMPC_FATE(name, word) word,
#include "runtime/fates.def"
};

template <class List>
auto findName(List& list, const std::string& name) {
  return std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
}

// Of what is in force and the folder's.
std::string difference(const FolderObject& object, const LoadedPolicy& policy, const Wanted& wanted) {
  if (!policy.faults.empty()) return "it was damaged: " + policy.faults.front();
  if (policy.sha256 != object.sha256) return "its object is another";
  std::string mode = wanted.audit ? "audit" : object.mode;
  return policy.manifest.mode == mode ? "" : "its mode is to be " + mode;
}

// Where it came from; where that cannot be read: why not.
std::string originText(const LoadedPolicy& policy) {
  std::string text = textOf(policy.origin);
  return policy.origin || policy.faults.empty() ? text : text + " (" + policy.faults.front() + ")";
}

PolicyFate fateOf(FolderObject& object, const LoadedPolicy* policy, const Wanted& wanted) {
  PolicyFate result{Fate::Loaded, object.name, object.file.path};
  if (!policy) {
    if (wanted.known.count(object.name)) result.why = "somebody had unloaded it";
  } else if (policy->origin != wanted.origin) {
    result.fate = Fate::Conflict;
    result.problems.push_back({Message::Conflict, {object.name, object.file.path, originText(*policy)}, {}});
    return result;
  } else {
    result.generation = policy->generation;
    result.why = difference(object, *policy, wanted);
    result.fate = result.why.empty() ? Fate::Unchanged : Fate::Replaced;
  }
  if (result.fate != Fate::Unchanged) result.object = std::move(object.file);
  return result;
}

PolicyFate failedTwins(const FolderObject& first, const FolderObject& second, const LoadedPolicy* policy, const Wanted& wanted) {
  Problem problem{Message::SameName, {first.name, first.file.path, second.file.path}, {}};
  bool own = policy && policy->origin == wanted.origin;
  return {Fate::Failed, first.name, first.file.path, {}, {std::move(problem)}, own ? policy->generation : 0};
}

// The folder's own, or one that may be.
PolicyFate withoutObject(const LoadedPolicy& policy, const Wanted& wanted) {
  if (policy.origin) return {Fate::Unloaded, policy.name, {}, "the folder has no object of it", {}, policy.generation};
  Problem problem{Message::OriginUnknown, {policy.name, originText(policy), wanted.origin.folder}, {}};
  return {Fate::Kept, policy.name, {}, "it may not be the folder's", {std::move(problem)}, policy.generation};
}

}  // namespace

std::string wordOf(Fate fate) { return kWords[static_cast<size_t>(fate)]; }

std::vector<PolicyFate> planFates(FolderContent content, const std::vector<LoadedPolicy>& loaded, const Wanted& wanted) {
  std::vector<PolicyFate> fates;
  for (UnusableFile& file : content.unusable) fates.push_back({Fate::Failed, {}, file.path, {}, std::move(file.problems)});
  for (auto it = content.objects.begin(); it != content.objects.end(); ++it) {
    if (findName(fates, it->name) != fates.end()) continue;  // with its twin
    auto twin = std::find_if(it + 1, content.objects.end(), [&](const FolderObject& other) { return other.name == it->name; });
    auto found = findName(loaded, it->name);
    const LoadedPolicy* policy = found == loaded.end() ? nullptr : &*found;
    fates.push_back(twin != content.objects.end() ? failedTwins(*it, *twin, policy, wanted) : fateOf(*it, policy, wanted));
  }
  for (const LoadedPolicy& policy : loaded)
    if ((!policy.origin || policy.origin == wanted.origin) && findName(fates, policy.name) == fates.end())
      fates.push_back(withoutObject(policy, wanted));
  return fates;
}

void keepWhereFailed(std::vector<PolicyFate>& fates) {
  auto failed = [](const PolicyFate& one) { return one.fate == Fate::Failed; };
  if (std::none_of(fates.begin(), fates.end(), failed)) return;
  for (PolicyFate& one : fates)
    if (one.fate == Fate::Unloaded) one.fate = Fate::Kept, one.why = "the folder has no object of it, but something there failed";
}

}  // namespace lsmpc::runtime
