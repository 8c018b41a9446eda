// What the policy takes: of an event, of memory, of a loader and a kernel.
#include "compiler/base/counts.h"
#include "compiler/page/sections.h"

namespace lsmpc::page {
namespace {

using base::counted;
using base::grouped;

Markup mapsOf(const Policy& policy) {
  std::vector<std::vector<Markup>> rows;
  for (const Map& map : policy.maps) rows.push_back({code(map.name), map.type, map.memory});
  return table("Maps of " + policy.name, {"map", "type", "memory"}, rows);
}

}  // namespace

Markup costSection(const Policy& policy) {
  Markup part = heading(policy, "cost", "Cost",
                        "What an event costs at most, estimated from measured units, for a path of 6 names and 32 bytes that no rule "
                        "matches; what more it costs where it is recorded; how many instructions the verifier follows (it stops at "
                        "1,000,000); and the program as it is: its instructions, of which one event runs a part, and its stack (512 bytes "
                        "is the kernel's limit).");
  std::vector<std::vector<Markup>> rows;
  for (const Hook& hook : policy.hooks) {
    const HookCost& cost = hook.cost;
    rows.push_back({link(hookAnchor(policy, hook), code(hook.name)), grouped(cost.instructions), grouped(cost.record), grouped(cost.loads),
                    grouped(cost.calls), grouped(cost.verified), grouped(cost.table_bytes), grouped(cost.code), grouped(cost.stack)});
  }
  part += table("Cost of " + policy.name + " by hook",
                {"hook", "an event", "recorded", "loads", "calls", "verifier", "tables, bytes", "program", "stack, bytes"}, rows);
  return part + mapsOf(policy);
}

Markup loadingSection(const Policy& policy) {
  Markup part = heading(policy, "loading", "Loading",
                        "Whether each kernel would load the object, as far as that is seen without it, and what only a loader can fill in. "
                        "Until it is filled in, it is unresolved.");
  std::vector<Markup> targets, needs;
  for (const Target& target : policy.targets)
    targets.push_back(span(target.loads ? "chip permit" : "chip refuse", target.loads ? "loads" : "does not load") + " " + target.name +
                      ": " + target.text);
  for (const std::string& need : policy.needs) needs.push_back(need);
  part += list("ul", targets, "plain");
  part += needs.empty() ? paragraph("It needs nothing of a loader: any libbpf program can load the object, and it enforces.")
                        : paragraph("It needs of a loader:") + list("ul", needs);
  return part + paragraph("The object has " + counted(policy.object_bytes, "byte") + ".", "fact");
}

}  // namespace lsmpc::page
