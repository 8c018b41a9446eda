#include "compiler/driver/explain_graph.h"

#include <algorithm>
#include <iostream>

#include "compiler/drawing/drawing.h"
#include "compiler/driver/report.h"
#include "compiler/driver/sources.h"
#include "runtime/match/suggest.h"

namespace lsmpc::driver {
namespace {

int noSuchHook(const decision::Decision& decision, const std::string& hook) {
  std::vector<std::string> names;
  for (const decision::Program& program : decision.programs) names.push_back(program.hook.name);
  std::cerr << "lsmpc: `" << decision.policy.name << "` has no rule on `" << hook << "`";
  if (auto near = match::nearest(hook, names)) std::cerr << "; did you mean `" << *near << "`?";
  std::cerr << "\n";
  return kPolicyAtFault;
}

}  // namespace

int explainGraph(const Options& options, const std::string& hook) {
  if (options.positional().size() != 1 || options.values().count("rule")) return options.usage("--graph is of one hook of one policy");
  bool dot = options.format() == "dot";
  if (!dot && options.format() != "svg" && !options.values()["format"].defaulted())
    return options.usage("--graph is `svg` or `dot`, not `" + options.format() + "`");
  auto targets = openTargets(options.targets(), folderOf(options.positional().front()));
  if (!targets) return kEnvironment;
  Report report;
  auto file = report.read(options.positional().front());
  if (!file) return report.show(Format::Text);
  diag::Emitter own;
  auto typed = typePolicy(report.sources, *file, *targets, false, own);
  auto decision = typed ? planPolicy(std::move(typed->policy), *targets, own) : std::nullopt;
  report.take(own, decision.has_value());
  Exit exit = report.show(Format::Text);
  if (!decision) return exit;
  auto program = std::find_if(decision->programs.begin(), decision->programs.end(), [&](const auto& one) { return one.hook.name == hook; });
  if (program == decision->programs.end()) return noSuchHook(*decision, hook);
  drawing::Graph graph = drawing::graphOf(*decision, *program);
  std::string text = dot ? drawing::dotOf(graph) : drawing::svgOf(graph);
  return writeOutput(options.values()["output"].as<std::string>(), text) ? kDone : kEnvironment;
}

}  // namespace lsmpc::driver
