#include "runtime/set_change.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <cerrno>
#include <unordered_set>

#include "runtime/boot_time.h"
#include "runtime/protection.h"
#include "runtime/set_entry.h"
#include "runtime/set_text.h"
#include "runtime/sets.h"

namespace lsmpc::runtime {
namespace {

const ManifestSet& setOf(const LoadedPolicy& policy, const std::string& name) {
  for (const ManifestSet& set : policy.manifest.sets)
    if (set.name == name) return set;
  if (!policy.manifest.abi) throw Failure(Message::Damaged, {policy.name, policy.faults.front()});  // whether it has one cannot be read
  throw Failure(Message::NoSet, {policy.name, name});
}

std::vector<std::string> eachOnce(const std::vector<std::string>& elements) {
  std::unordered_set<std::string> seen;
  std::vector<std::string> found;
  for (const std::string& element : elements)
    if (seen.insert(element).second) found.push_back(element);
  return found;
}

}  // namespace

SetChange::SetChange(const LoadedPolicy& policy, const std::string& set)
    : shown_(policy.name + "." + set),
      set_(setOf(policy, set)),
      folder_(policy.folder),
      sets_(openPin(setPin(folder_, set))),
      map_(setNow(sets_.get(), set_)) {
  if (!map_) throw unusable(errno == EINVAL ? "it is no such set" : errorText(errno));
}

std::vector<SetElement> SetChange::elements() const {
  std::vector<SetElement> found;
  for (auto& [element, until] : ends()) found.push_back({element, until});
  std::sort(found.begin(), found.end(), [&](const SetElement& a, const SetElement& b) { return comesBefore(set_.type, a.bytes, b.bytes); });
  return found;
}

SetDifference SetChange::add(const std::vector<std::string>& elements, uint64_t until) const {
  forget();
  Ends there = ends();
  SetDifference difference;
  std::vector<Write> writes;
  for (const std::string& element : eachOnce(elements)) {
    auto known = there.find(element);
    if (known == there.end()) {
      writes.push_back({element, std::nullopt, until});
      difference.added.push_back(element);
    } else if (known->second != 0) {
      writes.push_back({element, known->second, until});
      difference.renewed.push_back(element);
    } else {
      ++difference.unchanged;
    }
  }
  hold(there.size(), difference.added.size());
  difference.now = there.size() + difference.added.size();  // nothing is read behind the change: it could fail
  apply(writes);
  return difference;
}

SetDifference SetChange::remove(const std::vector<std::string>& elements) const {
  forget();
  Ends there = ends();
  SetDifference difference;
  std::vector<Write> writes;
  for (const std::string& element : eachOnce(elements)) {
    auto known = there.find(element);
    if (known == there.end()) {
      ++difference.unchanged;
      continue;
    }
    writes.push_back({element, known->second, std::nullopt});
    difference.removed.push_back(element);
  }
  difference.now = there.size() - difference.removed.size();
  apply(writes);
  return difference;
}

SetDifference SetChange::replace(const std::vector<std::string>& elements, uint64_t until) {
  std::vector<std::string> wanted = eachOnce(elements);
  hold(0, wanted.size());
  Ends there = ends();
  Descriptor map = newSet(set_);
  if (!map) throw unusable("no other map in its place: " + errorText(errno));
  for (const std::string& element : wanted)
    if (int error = putElement(map.get(), set_, element, until, false)) throw failed(element, error);
  extendProtection(map.get());
  if (int error = exchangeSet(sets_.get(), map.get())) throw unusable("no other map in its place: " + errorText(error));
  map_ = std::move(map);
  SetDifference difference;
  difference.now = wanted.size();
  for (const std::string& element : wanted) {
    if (there.erase(element))
      ++difference.unchanged;
    else
      difference.added.push_back(element);
  }
  for (const auto& [element, end] : there) difference.removed.push_back(element);
  std::sort(difference.removed.begin(), difference.removed.end(), [&](auto& a, auto& b) { return comesBefore(set_.type, a, b); });
  return difference;
}

SetChange::Ends SetChange::ends() const {
  Ends ends;
  uint64_t now = nanosecondsSinceBoot();
  read([&](const SetEntry& entry) {
    if (isElement(entry, now)) ends.emplace(setKind(set_.type).element(entry), untilOf(entry));
  });
  return ends;
}

void SetChange::forget() const {
  uint64_t now = nanosecondsSinceBoot();
  std::vector<std::string> over;  // a map that loses elements while it is read may be read from its beginning again
  read([&](const SetEntry& entry) {
    if (!isElement(entry, now)) over.push_back(entry.key);
  });
  for (const std::string& key : over) bpf_map_delete_elem(map_.get(), key.data());
}

// What cannot be read must not count as what is not there.
void SetChange::read(const std::function<void(const SetEntry&)>& visit) const {
  if (int error = forEachEntry(map_.get(), set_, visit)) throw unusable(errorText(error));
}

void SetChange::hold(size_t there, size_t come) const {
  if (there + come > set_.max)
    throw Failure(Message::SetFull, {shown_, std::to_string(set_.max), std::to_string(there), std::to_string(come)});
}

void SetChange::apply(const std::vector<Write>& writes) const {
  for (size_t i = 0; i < writes.size(); ++i) {
    int error = write(writes[i].element, writes[i].before, writes[i].after);
    if (!error) continue;
    bool is_back = true;
    for (size_t done = i; done > 0; --done)
      is_back = !write(writes[done - 1].element, writes[done - 1].after, writes[done - 1].before) && is_back;
    throw failed(writes[i].element, error, is_back ? "" : ", and what was changed before it cannot be changed back");
  }
}

int SetChange::write(const std::string& element, const std::optional<uint64_t>& before, const std::optional<uint64_t>& after) const {
  if (after) return putElement(map_.get(), set_, element, *after, before.has_value());
  const SetKind& kind = setKind(set_.type);
  return bpf_map_delete_elem(map_.get(), kind.entry(element, kind.value_size).key.data()) ? errno : 0;
}

Failure SetChange::unusable(const std::string& why) const { return Failure(Message::PinUnusable, {setPin(folder_, set_.name), why}); }

Failure SetChange::failed(const std::string& element, int error, const std::string& also) const {
  std::string why = error == EEXIST ? "another element has the same hash" : errorText(error);
  return Failure(Message::SetFailed, {shown_, textOfElement(set_.type, element), why + also});
}

}  // namespace lsmpc::runtime
