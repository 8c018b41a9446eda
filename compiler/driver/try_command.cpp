// A policy tried in a throwaway guest: no root, no KVM, no BPF on this machine.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "compiler/driver/commands.h"
#include "compiler/driver/compile_all.h"
#include "compiler/driver/guest_of.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/temporary_folder.h"
#include "runtime/guest/boot.h"
#include "runtime/guest/kernels.h"

namespace lsmpc::driver {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

constexpr const char* kDefaultKernel = "6.1";
constexpr int kBeforeFailed = 125;  // the script's own failures, apart from the command's

struct Trial {
  std::vector<std::string> objects;  // in the guest
  std::string before;
  Arguments command;
  bool audit = false, load = true;
};

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

std::string scriptOf(const Trial& trial) {
  std::ostringstream script;
  std::string fail = " || exit " + std::to_string(kBeforeFailed) + "\n";
  if (!trial.before.empty()) script << "( " << trial.before << "\n)" << fail;
  if (trial.load) {
    script << "lsmpctl load" << (trial.audit ? " --audit" : "");
    for (const std::string& object : trial.objects) script << " " << quoted(object);
    script << " >&2" << fail << "lsmpctl events --follow --format json > /dev/events 2>/dev/null &\nevents=$!\n";
  }
  for (const std::string& word : trial.command) script << quoted(word) << " ";
  script << "\nstatus=$?\n";
  if (trial.load) script << "kill $events\nwait $events\n";
  script << "exit $status\n";
  return script.str();
}

guest::GuestFile hostFile(const std::string& spec) {
  size_t colon = spec.rfind(':');
  if (colon == std::string::npos) return {spec, fs::absolute(spec).string()};
  return {spec.substr(0, colon), spec.substr(colon + 1)};
}

// Sources are built for the guest's kernel: its shipped types, or all shipped ones where the image is another.
int addPolicies(const std::vector<std::string>& policies, const std::string& kernel, const fs::path& folder,
                std::vector<guest::GuestFile>& files, Trial& trial) {
  std::vector<std::string> sources;
  for (const std::string& policy : policies)
    if (fs::path(policy).extension() == ".lsmp") sources.push_back(policy);
  Outcome outcome;
  if (!sources.empty()) {
    std::vector<std::string> shipped = btf::TargetSet::shipped(kernelsDir());
    bool known = std::count(shipped.begin(), shipped.end(), kernel) != 0;
    auto targets = openTargets(known ? std::vector<std::string>{kernel} : shipped, "");
    if (!targets) return kEnvironment;
    outcome = compileAll(sources, *targets, {});
    if (outcome.exit != kDone) return outcome.exit;
  }
  size_t compiled = 0;
  for (const std::string& policy : policies) {
    std::string host = policy, guest = "/policy/" + std::to_string(trial.objects.size() + 1) + "-" + fs::path(policy).filename().string();
    if (fs::path(policy).extension() == ".lsmp") {
      const Compiled& one = outcome.compiled[compiled++];
      host = (folder / (one.policy_name + "-" + std::to_string(compiled))).string();
      guest = "/policy/" + one.policy_name + ".bpf.o";
      if (!writeWhole(host, one.output)) return kEnvironment;
    }
    files.push_back({host, guest});
    trial.objects.push_back(guest);
  }
  return kDone;
}

void summarise(const std::string& events) {
  std::map<std::string, size_t> counts;
  std::istringstream lines(events);
  for (std::string line; std::getline(lines, line);) {
    auto event = nlohmann::json::parse(line, nullptr, false);
    if (!event.is_object()) continue;
    if (event.contains("lost"))
      std::cerr << "lsmpc: " << event["lost"] << " events of " << event.value("policy", "?") << " were lost\n";
    else
      ++counts[event.value("verdict", "?") + " " + event.value("hook", "?") + " by " + event.value("source", "?")];
  }
  if (counts.empty()) std::cerr << "lsmpc: no events\n";
  for (const auto& [what, count] : counts) std::cerr << "lsmpc: " << count << " × " << what << "\n";
}

int finish(const guest::GuestResult& result, const std::string& events_file, bool loaded) {
  std::cout << result.output << std::flush;
  if (!result.finished) {
    std::cerr << "lsmpc: the guest did not finish: " << result.problem << "\n";
    return kEnvironment;
  }
  if (events_file.empty()) {
    if (loaded) summarise(result.events);
  } else {
    std::ofstream out(events_file, std::ios::binary);
    out << result.events;
    if (!out.flush()) {
      std::cerr << "lsmpc: cannot write `" << events_file << "`\n";
      return kEnvironment;
    }
  }
  return result.status;
}

}  // namespace

int runTryCommand(const Command& self, const Arguments& arguments) {
  auto split = std::find(arguments.begin(), arguments.end(), "--");
  Options options(self);
  options.named().add_options()("kernel", po::value<std::string>()->default_value(kDefaultKernel),
                                "a name of `lsmpc kernels list`, or an image")("audit", "load the policies in audit mode")(
      "file", po::value<std::vector<std::string>>()->value_name("HOST[:GUEST]"), "a file for the guest")(
      "before", po::value<std::string>()->default_value(""), "shell command to run before the policies are loaded")(
      "events", po::value<std::string>()->default_value(""), "write the events there")(
      "no-load", "put the policies into /policy, load nothing")("seconds", po::value<int>()->default_value(300), "give up after so long")(
      "kernel-arguments", po::value<std::string>()->default_value(""), "more words for the guest kernel's command line")(
      "count-instructions", "one processor, whose clock goes on by a nanosecond for each instruction: to measure what a policy costs");
  if (!options.parse({arguments.begin(), split})) return options.exitCode();
  Trial trial;
  if (split != arguments.end()) trial.command.assign(split + 1, arguments.end());
  if (trial.command.empty()) return options.usage("a command stands after `--`");
  const po::variables_map& values = options.values();
  std::string name = values["kernel"].as<std::string>();
  auto kernel = guest::resolveKernel(name);
  if (!kernel) {
    std::cerr << "lsmpc: there is no kernel `" << name << "`; `lsmpc kernels fetch " << name << "` gets one of "
              << "those that `lsmpc kernels list` names\n";
    return kEnvironment;
  }
  trial.audit = values.count("audit");
  trial.load = !values.count("no-load") && !options.positional().empty();
  trial.before = values["before"].as<std::string>();
  guest::Guest guest = guestOf(*kernel);
  guest.seconds = values["seconds"].as<int>();
  guest.kernel_arguments = values["kernel-arguments"].as<std::string>();
  guest.counts_instructions = values.count("count-instructions");
  TemporaryFolder folder;
  if (int exit = addPolicies(options.positional(), name, folder.path(), guest.files, trial); exit != kDone) return exit;
  if (values.count("file"))
    for (const std::string& spec : values["file"].as<std::vector<std::string>>()) guest.files.push_back(hostFile(spec));
  guest.script = scriptOf(trial);
  return finish(guest::boot(guest), values["events"].as<std::string>(), trial.load);
}

}  // namespace lsmpc::driver
