#include "compiler/driver/slots.h"

#include "runtime/message.h"
#include "runtime/object.h"

namespace lsmpc::driver {

exercise::Slots slotsOf(const runtime::Manifest& manifest) {
  exercise::Slots slots;
  for (const runtime::ManifestSet& set : manifest.sets) slots.sets[set.name] = set.slot;
  for (const runtime::Fill& fill : manifest.fills) slots.accounts[runtime::textOf(fill)] = fill.slot;
  return slots;
}

}  // namespace lsmpc::driver
