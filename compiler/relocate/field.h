// What a relocation asks of an access: where the field is, how long, whether it is there.
#pragma once

#include <optional>

#include "compiler/relocate/access.h"

namespace lsmpc::relocate {

struct Field {
  uint64_t value = 0;
  uint32_t size = 0;  // of what is loaded there; 0: it does not matter
  uint32_t type = 0;
};

// Nothing for a kind (enum bpf_core_relo_kind) that is not of fields, or a bit field that no load of 8 bytes holds.
std::optional<Field> fieldOf(const ::btf& types, const Access& access, uint32_t kind);

}  // namespace lsmpc::relocate
