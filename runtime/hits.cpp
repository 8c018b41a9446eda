#include "runtime/hits.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/mapped_words.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr size_t kWords = sizeof(lsmp_rule_hits) / sizeof(uint64_t);

}  // namespace

bpf_map* hitsOf(bpf_object* object) { return bpf_object__find_map_by_name(object, LSMP_MAP_HITS); }

bool hitsFit(bpf_object* object, size_t rules) {
  bpf_map* map = hitsOf(object);
  if (!map) return true;
  size_t entries = bpf_map__max_entries(map);
  return bpf_map__type(map) == BPF_MAP_TYPE_ARRAY && bpf_map__map_flags(map) == BPF_F_MMAPABLE &&
         bpf_map__value_size(map) == sizeof(lsmp_rule_hits) && rules && entries && entries % rules == 0;
}

std::string hitsPin(const std::string& folder) { return folder + "/hits"; }

std::vector<lsmp_rule_hits> readHits(const std::string& folder, size_t rules) {
  std::vector<lsmp_rule_hits> hits;
  std::string pin = hitsPin(folder);
  Descriptor map(bpf_obj_get(pin.c_str()));
  if (!map && errno == ENOENT) return hits;
  MappedWords words(std::move(map), pin);
  hits.resize(rules);
  for (size_t place = 0; rules && place < words.size() / kWords; ++place) {
    hits[place % rules].all += words[place * kWords].load(std::memory_order_relaxed);
    hits[place % rules].unresolved += words[place * kWords + 1].load(std::memory_order_relaxed);
  }
  return hits;
}

void forgetHits(bpf_object* object, const std::string& name) {
  bpf_map* map = hitsOf(object);
  if (!map) return;
  MappedWords words(Descriptor(fcntl(bpf_map__fd(map), F_DUPFD_CLOEXEC, 0)), name);
  for (size_t i = 0; i < words.size(); ++i) words[i].store(0, std::memory_order_relaxed);
}

}  // namespace lsmpc::runtime
