#include "runtime/cli/options.h"

#include <iostream>

#include "runtime/message.h"

namespace lsmpc::cli {

namespace po = boost::program_options;

namespace {

bool reports(const Call& call) { return call.command.synopsis.find("--format") != std::string_view::npos; }

void help(const Call& call, const po::options_description& options) {
  std::cout << "usage: " << call.program << " " << call.command.synopsis << "\n"
            << call.command.summary << "\n\n"
            << options << "\nexample: " << call.program << " " << call.command.example << "\n";
}

void store(const Call& call, const po::options_description& options, Parsed& parsed) {
  po::options_description all = options;
  all.add_options()("name", po::value<std::vector<std::string>>(), "");
  po::positional_options_description positional;
  positional.add("name", -1);
  try {
    po::store(po::command_line_parser(call.arguments).options(all).positional(positional).run(), parsed.values);
    po::notify(parsed.values);
  } catch (const po::error& error) {
    misused(call, error.what());
  }
  if (parsed.values.count("name")) parsed.names = parsed.values["name"].as<std::vector<std::string>>();
}

}  // namespace

void misused(const Call& call, const std::string& what) {
  throw runtime::Failure(runtime::Message::Usage, {what, call.program + " " + std::string(call.command.name)});
}

Parsed parse(const Call& call, po::options_description options, size_t max_names) {
  options.add_options()("help,h", "show this");
  if (reports(call)) options.add_options()("format", po::value<std::string>()->default_value("text"), "text or json");
  Parsed parsed;
  store(call, options, parsed);
  parsed.help = parsed.values.count("help") != 0;
  if (parsed.help) help(call, options);
  if (parsed.names.size() > max_names) misused(call, "`" + parsed.names[max_names] + "` is one word too many");
  if (reports(call)) {
    const auto& format = parsed.values["format"].as<std::string>();
    if (format != "text" && format != "json") misused(call, "`" + format + "` is no format: text or json");
    parsed.json = format == "json";
  }
  return parsed;
}

}  // namespace lsmpc::cli
