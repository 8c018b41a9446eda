#include "runtime/cli/options.h"

#include <iostream>

#include "runtime/message.h"

namespace lsmpc::cli {

namespace po = boost::program_options;
using runtime::Failure;
using runtime::Message;

Parsed parse(const Command& command, const Arguments& arguments, po::options_description options) {
  bool reports = command.synopsis.find("--format") != std::string_view::npos;
  options.add_options()("help,h", "show this");
  if (reports) options.add_options()("format", po::value<std::string>()->default_value("text"), "text or json");
  po::options_description all = options;
  all.add_options()("name", po::value<std::vector<std::string>>(), "");
  po::positional_options_description positional;
  positional.add("name", -1);
  Parsed parsed;
  std::string name(command.name);
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(positional).run(), parsed.values);
    po::notify(parsed.values);
  } catch (const po::error& error) {
    throw Failure(Message::Usage, {error.what(), name});
  }
  if (parsed.values.count("name")) parsed.names = parsed.values["name"].as<std::vector<std::string>>();
  parsed.help = parsed.values.count("help") != 0;
  if (parsed.help) std::cout << "usage: " << command.synopsis << "\n" << command.summary << "\n\n" << options << "\nexample: " << command.example << "\n";
  if (reports) {
    const auto& format = parsed.values["format"].as<std::string>();
    if (format != "text" && format != "json") throw Failure(Message::Usage, {"`" + format + "` is no format: text or json", name});
    parsed.json = format == "json";
  }
  return parsed;
}

}  // namespace lsmpc::cli
