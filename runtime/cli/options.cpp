#include "runtime/cli/options.h"

#include <algorithm>
#include <iostream>

#include "runtime/message.h"

namespace lsmpc::cli {

namespace po = boost::program_options;

namespace {

// Those that the synopsis names: `--format text|json]`.
std::vector<std::string> formatsOf(const Call& call) {
  constexpr std::string_view kOption = "--format ";
  std::string_view rest = call.command.synopsis;
  size_t at = rest.find(kOption);
  if (at == std::string_view::npos) return {};
  rest.remove_prefix(at + kOption.size());
  std::vector<std::string> formats(1);
  for (char c : rest.substr(0, rest.find(']')))
    if (c == '|')
      formats.emplace_back();
    else
      formats.back() += c;
  return formats;
}

// text, json or prometheus
std::string choice(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) text += (!i ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

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
  const std::vector<std::string> formats = formatsOf(call);
  if (!formats.empty()) options.add_options()("format", po::value<std::string>()->default_value(formats.front()), choice(formats).c_str());
  Parsed parsed;
  store(call, options, parsed);
  parsed.help = parsed.values.count("help") != 0;
  if (parsed.help) help(call, options);
  if (parsed.names.size() > max_names) misused(call, "`" + parsed.names[max_names] + "` is one word too many");
  if (!formats.empty()) {
    parsed.format = parsed.values["format"].as<std::string>();
    if (!std::count(formats.begin(), formats.end(), parsed.format))
      misused(call, "`" + parsed.format + "` is no format: " + choice(formats));
    parsed.json = parsed.format == "json";
  }
  return parsed;
}

}  // namespace lsmpc::cli
