#include <algorithm>
#include <iostream>

#include "compiler/driver/canonical.h"
#include "compiler/driver/left_out.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/uses.h"
#include "compiler/policy/policy.h"
#include "runtime/message.h"

namespace lsmpc::driver {

namespace po = boost::program_options;

namespace {

// NAME=PATH, each; false: one is none.
bool readPrograms(const Options& options, std::map<std::string, std::string>& programs, std::string& wrong) {
  if (!options.values().count("program")) return true;
  for (const std::string& text : options.values()["program"].as<std::vector<std::string>>()) {
    size_t equal = text.find('=');
    if (equal == 0 || equal == std::string::npos || text[equal + 1] != '/') {
      wrong = text;
      return false;
    }
    programs[text.substr(0, equal)] = text.substr(equal + 1);
  }
  return true;
}

std::string policyOf(const Uses& uses, const std::string& name, const std::string& events) {
  std::string file = events.substr(events.rfind('/') + 1);
  std::replace_if(
      file.begin(), file.end(), [](unsigned char c) { return c < 0x20; }, '?');  // it stands in a comment
  return suggest::suggestPolicy(
      uses.uses, name,
      {"Suggested by `lsmpc suggest` from " + std::to_string(uses.uses.size()) + " of " + std::to_string(uses.events) + " events: " + file,
       "Hooks of which the record has no event are not asked. Read it before it is loaded."});
}

void tellOfLeftOut(const Uses& uses, const std::string& events) {
  warnOfLeftOut(events, uses.left_out, uses.first_left_out);
  for (const auto& [process, count] : uses.unknown)
    std::cerr << "lsmpc: " << count << (count == 1 ? " event of `" : " events of `") << process
              << "` left out: the record does not say which program that is; --program says it\n";
}

}  // namespace

int runSuggest(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.named().add_options()("output,o", po::value<std::string>()->default_value("")->value_name("FILE"), "write the policy there");
  options.named().add_options()("name", po::value<std::string>()->default_value("suggested"), "of the policy");
  options.named().add_options()("program", po::value<std::vector<std::string>>()->value_name("NAME=PATH"),
                                "the program of the processes that have this name");
  if (!options.parse(arguments)) return options.exitCode();
  if (options.positional().size() != 1) return options.usage("it takes one file of events");
  const std::string &events = options.positional().front(), &name = options.values()["name"].as<std::string>();
  if (!policy::isPolicyName(name)) return options.usage("`" + name + "` is no name of a policy");
  std::map<std::string, std::string> programs;
  std::string wrong;
  if (!readPrograms(options, programs, wrong)) return options.usage("--program is NAME=/PATH, not `" + wrong + "`");
  Uses uses;
  try {
    uses = usesOf(events, std::move(programs));
  } catch (const runtime::Failure& failure) {
    return show(failure);
  }
  tellOfLeftOut(uses, events);
  if (uses.uses.empty()) {
    std::cerr << "lsmpc: no event of a known program in `" << events << "`, so there is nothing to suggest\n";
    return kPolicyAtFault;
  }
  Formatted made = canonical("the suggestion", policyOf(uses, name, events));
  if (made.exit != kDone) return kOurBug;
  const std::string& output = options.values()["output"].as<std::string>();
  if (!output.empty()) return writeWhole(output, made.text) ? kDone : kEnvironment;
  std::cout << made.text;
  return kDone;
}

}  // namespace lsmpc::driver
