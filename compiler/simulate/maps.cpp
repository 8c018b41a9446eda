#include "compiler/simulate/maps.h"

#include <cerrno>

namespace lsmpc::simulate {
namespace {

bool isArray(uint32_t type) { return type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY; }
size_t stride(const object::Map& map) { return (size_t{map.value_size} + 7) / 8 * 8; }

uint32_t indexOf(const std::string& key) {
  uint32_t index = 0;
  memcpy(&index, key.data(), std::min(key.size(), sizeof index));
  return index;
}

// struct bpf_lpm_trie_key: a length in bits, then as many of them.
bool covers(const std::string& network, const std::string& address) {
  uint32_t bits = indexOf(network);
  if (bits > indexOf(address)) return false;
  for (uint32_t bit = 0; bit < bits; ++bit) {
    size_t byte = sizeof(uint32_t) + bit / 8;
    if ((network[byte] ^ address[byte]) >> (7 - bit % 8) & 1) return false;
  }
  return true;
}

}  // namespace

Map::Map(const object::Map& shape, Memory& memory) : shape_(shape), memory_(memory), handle_(memory.add(Place::Handles, 0)) {
  if (!isArray(shape.type)) return;
  array_ = memory.add(Place::Values, stride(shape) * shape.max_entries);
  if (shape.is_data) memory.write(array_, shape.first.data(), shape.first.size());
}

Address Map::inArray(const std::string& key) const {
  uint32_t index = indexOf(key);
  return index < shape_.max_entries ? array_ + stride(shape_) * index : 0;
}

Address Map::longestPrefix(const std::string& key) {
  Address found = 0;
  uint32_t longest = 0;
  for (const auto& [network, value] : elements_)
    if (covers(network, key) && (!found || indexOf(network) > longest)) found = value, longest = indexOf(network);
  return found;
}

Address Map::find(const std::string& key) {
  if (isArray(shape_.type)) return inArray(key);
  if (shape_.type == BPF_MAP_TYPE_ARRAY_OF_MAPS) {
    auto inner = maps_.find(indexOf(key));
    return inner == maps_.end() ? 0 : inner->second->handle();
  }
  if (shape_.type == BPF_MAP_TYPE_LPM_TRIE) return longestPrefix(key);
  auto element = elements_.find(key);
  return element == elements_.end() ? 0 : element->second;
}

Address Map::made(const std::string& key) { return elements_[key] = memory_.add(Place::Values, shape_.value_size); }

Result Map::put(const std::string& key, const std::string& value, uint64_t flags) {
  Address at = shape_.type == BPF_MAP_TYPE_LPM_TRIE ? (elements_.count(key) ? elements_[key] : 0) : find(key);
  if (flags > BPF_EXIST) return -EINVAL;
  if (at && flags == BPF_NOEXIST) return -EEXIST;
  if (!at && (flags == BPF_EXIST || isArray(shape_.type))) return isArray(shape_.type) ? -E2BIG : -ENOENT;
  if (!at && elements_.size() >= shape_.max_entries) return -E2BIG;
  if (!at) at = made(key);
  memory_.write(at, value.data(), shape_.value_size);
  return 0;
}

Result Map::remove(const std::string& key) {
  if (isArray(shape_.type)) return -EINVAL;
  auto element = elements_.find(key);
  if (element == elements_.end()) return -ENOENT;
  memory_.remove(element->second);
  elements_.erase(element);
  return 0;
}

Address Map::ofTask(Address task, bool make) {
  std::string key(reinterpret_cast<const char*>(&task), sizeof task);
  auto element = elements_.find(key);
  if (element != elements_.end()) return element->second;
  return make ? made(key) : 0;
}

void Map::putMap(uint32_t index, Map* inner) { maps_[index] = inner; }

Maps::Maps(const std::vector<object::Map>& shapes, Memory& memory) : memory_(memory) {
  for (const object::Map& shape : shapes) make(shape);
}

Map& Maps::make(const object::Map& shape) {
  maps_.push_back(std::make_unique<Map>(shape, memory_));
  by_handle_[maps_.back()->handle()] = maps_.back().get();
  return *maps_.back();
}

Map* Maps::named(const std::string& name) {
  for (const auto& map : maps_)
    if (map->shape().name == name) return map.get();
  return nullptr;
}

Map* Maps::byHandle(Address handle) {
  auto found = by_handle_.find(handle);
  return found == by_handle_.end() ? nullptr : found->second;
}

}  // namespace lsmpc::simulate
