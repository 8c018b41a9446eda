#include "runtime/set_change.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <cerrno>
#include <unordered_set>

#include "runtime/message.h"
#include "runtime/set_entry.h"
#include "runtime/set_text.h"
#include "runtime/sets.h"

namespace lsmpc::runtime {
namespace {

const ManifestSet& setOf(const LoadedPolicy& policy, const std::string& name) {
  for (const ManifestSet& set : policy.manifest.sets)
    if (set.name == name) return set;
  throw Failure(Message::NoSet, {policy.name, name});
}

}  // namespace

SetChange::SetChange(const LoadedPolicy& policy, const std::string& set)
    : shown_(policy.name + "." + set),
      set_(setOf(policy, set)),
      map_(openPin(setPin(policy.folder, set))) {
  const SetKind& kind = setKind(set_.type);
  bpf_map_info info{};
  uint32_t size = sizeof info;
  // A pin that root has put there may be of any map.
  if (bpf_obj_get_info_by_fd(map_.get(), &info, &size) || info.key_size != kind.key_size || info.value_size != kind.value_size)
    throw Failure(Message::PinUnusable, {setPin(policy.folder, set), "it is no such set"});
}

std::vector<std::string> SetChange::elements() const {
  const SetKind& kind = setKind(set_.type);
  std::vector<std::string> found;
  SetEntry entry{std::string(kind.key_size, '\0'), std::string(kind.value_size, '\0')};
  std::string last;
  const void* from = nullptr;
  int error = 0;
  while (found.size() < set_.max && !(error = bpf_map_get_next_key(map_.get(), from, entry.key.data()))) {
    error = bpf_map_lookup_elem(map_.get(), entry.key.data(), entry.value.data());
    if (error && error != -ENOENT) break;
    if (!error) found.push_back(kind.element(entry));
    last = entry.key;
    from = last.data();
  }
  // What cannot be read must not count as what is not there.
  if (error && error != -ENOENT) throw Failure(Message::PinUnusable, {shown_, errorText(error)});
  std::sort(found.begin(), found.end(), [&](const std::string& a, const std::string& b) { return comesBefore(set_.type, a, b); });
  return found;
}

// Of `elements`, each once, those that are in the set or those that are not.
std::vector<std::string> SetChange::those(const std::vector<std::string>& elements, bool present) const {
  auto all = this->elements();
  std::unordered_set<std::string> there(all.begin(), all.end()), seen;
  std::vector<std::string> found;
  for (const std::string& element : elements)
    if ((there.count(element) != 0) == present && seen.insert(element).second) found.push_back(element);
  if (!present && all.size() + found.size() > set_.max)
    throw Failure(Message::SetFull, {shown_, std::to_string(set_.max), std::to_string(all.size()), std::to_string(found.size())});
  return found;
}

std::vector<std::string> SetChange::add(const std::vector<std::string>& elements) {
  return change(those(elements, false), &SetChange::put, &SetChange::drop);
}

std::vector<std::string> SetChange::remove(const std::vector<std::string>& elements) {
  return change(those(elements, true), &SetChange::drop, &SetChange::put);
}

std::vector<std::string> SetChange::change(std::vector<std::string> elements, Step step, Step back) const {
  for (size_t i = 0; i < elements.size(); ++i) {
    int error = (this->*step)(elements[i]);
    if (!error) continue;
    std::string why = error == EEXIST ? "another element has the same hash" : errorText(error);
    for (size_t done = i; done > 0; --done)
      if ((this->*back)(elements[done - 1])) why += ", and what was changed before it cannot be changed back";
    throw Failure(Message::SetFailed, {shown_, textOfElement(set_.type, elements[i]), why});
  }
  return elements;
}

int SetChange::put(const std::string& element) const {
  const SetKind& kind = setKind(set_.type);
  SetEntry entry = kind.entry(element, kind.value_size);
  return bpf_map_update_elem(map_.get(), entry.key.data(), entry.value.data(), BPF_NOEXIST) ? errno : 0;
}

int SetChange::drop(const std::string& element) const {
  const SetKind& kind = setKind(set_.type);
  SetEntry entry = kind.entry(element, kind.value_size);
  return bpf_map_delete_elem(map_.get(), entry.key.data()) ? errno : 0;
}

}  // namespace lsmpc::runtime
