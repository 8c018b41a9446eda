// Objects of one kernel in a simulation's memory, laid out as that kernel has them. What nobody has written is zero.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compiler/simulate/layout.h"
#include "compiler/simulate/memory.h"

namespace lsmpc::simulate {

// An address and the record that is there.
struct Object {
  Address address = 0;
  uint32_t record = 0;
};

class Kernel {
 public:
  Kernel(const relocate::Names& types, Memory& memory) : layout_(types), memory_(memory) {}

  const Layout& layout() const { return layout_; }
  Memory& memory() { return memory_; }

  // Of a record that this kernel lacks: an object of no bytes.
  // `more`: bytes behind it, for a last member of no length.
  Object make(std::string_view record, size_t more = 0);
  Object make(uint32_t record, size_t more = 0);
  // False where this kernel has no such member.
  bool put(const Object& object, std::string_view member, uint64_t value);
  bool put(const Object& object, const Member& member, uint64_t value);
  bool has(const Object& object, std::string_view member) const { return layout_.member(object.record, member).has_value(); }
  uint64_t get(const Object& object, std::string_view member);
  uint64_t get(const Object& object, const Member& member);
  Address addressOf(const Object& object, std::string_view member) const;
  Address text(std::string_view bytes);  // with a NUL behind

 private:
  Layout layout_;
  Memory& memory_;
};

}  // namespace lsmpc::simulate
