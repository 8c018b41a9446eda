// Which strings of a program live in which slot of its memory (stdlib/bpf/lsmp.h): paths in 0 and 1, texts in 2 to 5.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "compiler/decision/decision.h"

namespace lsmpc::lower {

struct Slots {
  std::map<decision::ValueId, uint32_t> of;
};

struct SlotsFull {
  bool paths;  // else texts
  size_t wanted;
  size_t room;
};

// The event's paths first: an event shows what stands in slots 0 and 1.
std::optional<Slots> placeStrings(const decision::Program& program, SlotsFull& full);

}  // namespace lsmpc::lower
