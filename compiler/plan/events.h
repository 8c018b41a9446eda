// What an event of a hook shows besides its header.
#pragma once

#include <vector>

#include "compiler/plan/translate.h"

namespace lsmpc::plan {

std::vector<decision::EventField> eventFields(const policy::HookPolicy& hook, Translator& translator);

}  // namespace lsmpc::plan
