#include "compiler/lower/slots.h"

#include <vector>

namespace lsmpc::lower {
namespace {

constexpr uint32_t kPathSlots = 2, kTextSlots = 4, kCgroupSlot = 6;

}  // namespace

std::optional<Slots> placeStrings(const decision::Program& program, SlotsFull& full) {
  Slots slots;
  std::vector<bool> taken(kPathSlots);
  for (const decision::EventField& field : program.event_fields) {
    uint32_t slot = field.field == "path" ? 0 : 1;
    if ((field.field != "path" && field.field != "path2") || slots.of.contains(field.value)) continue;
    slots.of[field.value] = slot;
    taken[slot] = true;
  }
  size_t paths = slots.of.size(), texts = 0;
  for (decision::ValueId id = 0; id < program.values.size(); ++id) {
    const decision::Value& value = program.values[id];
    if (value.op != decision::ValueOp::Builtin || slots.of.contains(id)) continue;
    if (value.builtin == policy::Builtin::CgroupPath) {
      slots.of[id] = kCgroupSlot;
    } else if (value.type.kind == policy::TypeKind::Path && ++paths <= kPathSlots) {
      uint32_t slot = taken[0] ? 1 : 0;
      taken[slot] = true;
      slots.of[id] = slot;
    }
    if (value.type.kind == policy::TypeKind::String) slots.of[id] = kPathSlots + static_cast<uint32_t>(texts++);
  }
  if (paths > kPathSlots || texts > kTextSlots) {
    full = paths > kPathSlots ? SlotsFull{true, paths, kPathSlots} : SlotsFull{false, texts, kTextSlots};
    return std::nullopt;
  }
  return slots;
}

}  // namespace lsmpc::lower
