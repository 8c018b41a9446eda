// A review as a page shows it.
#pragma once

#include <optional>

#include "compiler/base/source.h"
#include "compiler/driver/review.h"
#include "compiler/page/page.h"

namespace lsmpc::driver {

page::Policy policyOf(const Review& review, const base::SourceSet& sources);

// Of it: what stands on each hook …
std::vector<page::Hook> hooksOf(const Review& review, const base::SourceSet& sources);
// … and what was found.
std::vector<page::Finding> findingsOf(const Review& review, const base::SourceSet& sources);
std::vector<page::Note> allowedOf(const Review& review, const base::SourceSet& sources);

// Where a rule's condition is written, if that is a template in another file than the rule, which stands at the call.
std::optional<base::Range> templateOf(const policy::Expr& condition, const policy::Rule& rule);
page::Place placeOf(base::Range range, const base::SourceSet& sources);

}  // namespace lsmpc::driver
