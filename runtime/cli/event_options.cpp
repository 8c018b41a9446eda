#include "runtime/cli/event_options.h"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <ctime>

#include "runtime/cli/event_outputs.h"
#include "runtime/moment.h"

namespace lsmpc::cli {
namespace {

namespace po = boost::program_options;

constexpr uint64_t kSmallestFile = 4096, kLargestFile = uint64_t{1} << 40;
constexpr unsigned kMostFiles = 1000;

po::options_description described() {
  po::options_description options("options");
  options.add_options()("follow,f", "go on until interrupted")("output", po::value<std::string>(),
                                                               "a file for JSON lines, or `journald`, `syslog`")(
      "rotate-size", po::value<std::string>(), "how large a file grows before the next begins: 4K to 1T, as a rule 64M")(
      "keep", po::value<std::string>(), "how many older files are kept, FILE.1 the newest: 1 to 1000, as a rule 5")(
      "from", po::value<std::string>(), "read what a collector wrote there, older files too")(
      "since", po::value<std::string>(), "from then on: 2026-01-31T10:20:30Z, or 10m, 2h, 1d ago")(
      "where", po::value<std::string>(), "only those for which this holds: 'verdict == deny and path under \"/etc\"'");
  return options;
}

// Empty where the option is not there.
std::string textOf(const Parsed& parsed, const char* option) {
  return parsed.values.count(option) ? parsed.values[option].as<std::string>() : "";
}

// The number, and what follows it.
std::optional<uint64_t> number(const std::string& text, std::string& rest) {
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  rest.assign(end, static_cast<size_t>(text.data() + text.size() - end));
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

uint64_t sizeOf(const Call& call, const std::string& text) {
  constexpr std::string_view kUnits = "KMGT";
  std::string unit;
  auto value = number(text, unit);
  size_t at = unit.size() == 1 ? kUnits.find(unit[0]) : std::string_view::npos;
  unsigned shift = unit.empty() ? 0 : at == std::string_view::npos ? 64 : 10 * (static_cast<unsigned>(at) + 1);
  if (!value || shift == 64 || *value > kLargestFile >> shift || *value << shift < kSmallestFile)
    misused(call, "`" + text + "` is no size from 4K to 1T, such as 64M");
  return *value << shift;
}

unsigned keepOf(const Call& call, const std::string& text) {
  std::string rest;
  auto value = number(text, rest);
  if (!value || !rest.empty() || !*value || *value > kMostFiles) misused(call, "`" + text + "` is no number of files from 1 to 1000");
  return static_cast<unsigned>(*value);
}

int64_t sinceOf(const Call& call, const std::string& text) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  auto moment = runtime::momentOf(text, int64_t{now.tv_sec} * 1000000000 + now.tv_nsec);
  if (!moment) misused(call, "`" + text + "` is no time such as 2026-01-31T10:20:30Z, and none ago, such as 10m, 2h, 1d");
  return *moment;
}

struct Rule {
  const char *option, *other;
  bool needs;  // else it excludes the other
  const char* why;
};
constexpr Rule kRules[] = {
    {"since", "from", true, "the kernel forgets what was read: `--since` goes with `--from FILE`, a collector's"},
    {"from", "follow", false, "`--from` reads what is there, it does not follow"},
    {"from", "output", false, "`--from` shows events, and `--output` takes them from the kernel"},
    {"rotate-size", "output", true, "`--rotate-size` goes with `--output FILE`"},
    {"keep", "output", true, "`--keep` goes with `--output FILE`"},
};

void checkTogether(const Call& call, const Parsed& parsed) {
  bool daemon = isLogDaemon(textOf(parsed, "output"));
  for (const Rule& rule : kRules)
    if (parsed.values.count(rule.option) && (parsed.values.count(rule.other) != 0) != rule.needs) misused(call, rule.why);
  for (const char* option : {"output", "from"})
    if (parsed.values.count(option) && textOf(parsed, option).empty()) misused(call, std::string("`--") + option + "` names no file");
  for (const char* option : {"rotate-size", "keep"})
    if (daemon && parsed.values.count(option)) misused(call, std::string("`--") + option + "` goes with `--output FILE`");
  if (parsed.values.count("output") && !daemon && parsed.format == "text") misused(call, "a file takes JSON lines, no text");
}

bool isSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

bool takesColours() {
  const char* kind = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && !isSet("NO_COLOR") && kind && std::string_view(kind) != "dumb";
}

}  // namespace

EventOptions parseEventOptions(const Call& call) {
  Parsed parsed = parse(call, described(), 1);
  EventOptions options{parsed.help, parsed.names};
  if (parsed.help) return options;
  checkTogether(call, parsed);
  options.text = parsed.values["format"].defaulted() ? isatty(STDOUT_FILENO) != 0 : parsed.format == "text";
  options.coloured = options.text && takesColours();
  options.follow = parsed.values.count("follow") != 0;
  options.output = textOf(parsed, "output");
  options.json_message = !parsed.values["format"].defaulted() && parsed.json;
  options.from = textOf(parsed, "from");
  if (std::string size = textOf(parsed, "rotate-size"); !size.empty()) options.rotation.size = sizeOf(call, size);
  if (std::string keep = textOf(parsed, "keep"); !keep.empty()) options.rotation.keep = keepOf(call, keep);
  if (std::string since = textOf(parsed, "since"); !since.empty()) options.since = sinceOf(call, since);
  if (parsed.values.count("where")) options.where = runtime::readCondition(textOf(parsed, "where"));
  return options;
}

}  // namespace lsmpc::cli
