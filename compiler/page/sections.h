// The parts of a policy on the page, one each.
#pragma once

#include "compiler/page/markup.h"
#include "compiler/page/page.h"

namespace lsmpc::page {

// Addresses within the page. Those of rules are POLICY.HOOK.ID, stable across edits of other rules. Names of policies have no dots, and no hook is
// called `policy`.
std::string anchorOf(const Policy& policy, std::string_view part);
std::string hookAnchor(const Policy& policy, const Hook& hook);
std::string ruleAnchor(const Policy& policy, const Hook& hook, const Rule& rule);
// file:line, with a link where the page has that source.
Markup placeOf(const Policy& policy, const Place& place);

Markup findingsSection(const Policy& policy);
Markup rulesSection(const Policy& policy);
Markup claimsSection(const Policy& policy);
Markup testsSection(const Policy& policy);
Markup coverageSection(const Policy& policy);
Markup costSection(const Policy& policy);
Markup loadingSection(const Policy& policy);
Markup sourceSection(const Policy& policy);

// A heading with its address, and how to read what follows.
Markup heading(const Policy& policy, std::string_view part, std::string_view title, std::string_view how);

}  // namespace lsmpc::page
