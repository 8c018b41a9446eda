// How records of one kernel lie in memory, by the names of their members.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/relocate/relocate.h"

namespace lsmpc::simulate {

struct Member {
  uint64_t bit_offset = 0;  // from the record's beginning
  uint32_t bit_size = 0;    // of a bit field, else 0
  uint32_t size = 0;        // in bytes; of a bit field, of the type that it is declared with
  uint32_t type = 0;

  uint64_t offset() const { return bit_offset / 8; }
};

class Layout {
 public:
  explicit Layout(const relocate::Names& kernel) : kernel_(kernel) {}

  std::optional<uint32_t> record(std::string_view name) const;  // struct or union
  uint32_t sizeOf(uint32_t type) const;                         // 0: of no size
  // "f_path.mnt", "rlim[7].rlim_cur", through anonymous records.
  std::optional<Member> member(uint32_t record, std::string_view path) const;
  // The record that the pointer `type` points to, or that it is; 0: none.
  uint32_t recordOf(uint32_t type) const;
  std::string nameOf(uint32_t type) const;
  bool isPointer(uint32_t type) const;

 private:
  bool find(uint32_t record, std::string_view name, Member& member, int depth) const;
  bool intoArray(std::string_view& path, Member& member) const;

  const relocate::Names& kernel_;
};

}  // namespace lsmpc::simulate
