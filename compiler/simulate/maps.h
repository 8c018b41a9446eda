// Maps as programs see them: a handle each, and values at addresses of the memory.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/object/object.h"
#include "compiler/simulate/memory.h"

namespace lsmpc::simulate {

// What a helper gives that fails: a negative errno.
using Result = int64_t;

class Map {
 public:
  Map(const object::Map& shape, Memory& memory);

  const object::Map& shape() const { return shape_; }
  Address handle() const { return handle_; }

  // Address of the value; 0: none. Of a map of maps the value is an element's handle.
  Address find(const std::string& key);
  Result put(const std::string& key, const std::string& value, uint64_t flags);
  Result remove(const std::string& key);

  // Task storage, by the task's address.
  Address ofTask(Address task, bool make);
  // A ring buffer's records, oldest first.
  std::vector<std::string>& records() { return records_; }
  // Of a map of maps: what stands at `index` from now on.
  void putMap(uint32_t index, Map* inner);

 private:
  Address made(const std::string& key);
  Address inArray(const std::string& key) const;
  Address longestPrefix(const std::string& key);

  const object::Map shape_;
  Memory& memory_;
  Address handle_ = 0, array_ = 0;           // of an array: all its values
  std::map<std::string, Address> elements_;  // of the others
  std::map<uint32_t, Map*> maps_;
  std::vector<std::string> records_;
};

// One of each of an object's maps. Per-processor ones have the values of one processor: a simulation has no other.
class Maps {
 public:
  Maps(const std::vector<object::Map>& shapes, Memory& memory);
  Map& at(size_t index) { return *maps_[index]; }
  Map* named(const std::string& name);
  Map* byHandle(Address handle);
  Map& make(const object::Map& shape);  // an element for a map of maps

 private:
  Memory& memory_;
  std::vector<std::unique_ptr<Map>> maps_;
  std::map<Address, Map*> by_handle_;
};

}  // namespace lsmpc::simulate
