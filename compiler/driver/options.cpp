#include "compiler/driver/options.h"

#include <algorithm>
#include <iostream>
#include <sstream>

namespace lsmpc::driver {

namespace po = boost::program_options;

namespace {

// Without empty parts.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

// `a`, `b` or `c`
std::string anyOf(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "`" : i + 1 == words.size() ? " or `" : ", `") + words[i] + "`";
  return text;
}

}  // namespace

Options::Options(const Command& command) : command_(command), named_("options") { named_.add_options()("help,h", "show this and stop"); }

void Options::addTargets() {
  named_.add_options()("target", po::value<std::vector<std::string>>()->composing()->value_name("T,…"),
                       "kernels: running, a shipped version (5.10 6.1 6.12 7.3), or a path to BTF, vmlinux or vmlinuz");
}

void Options::addFormat(const std::string& words) {
  formats_ = split(words, '|');
  named_.add_options()("format", po::value<std::string>()->default_value(formats_.front())->value_name(words), "how to report");
}

void Options::addExplain() { named_.add_options()("explain-cost", "say what each hook and rule costs, an event and in memory"); }

void Options::addWithOptionalValue(const std::string& name, const std::string& value_name, const std::string& text) {
  optional_values_.push_back(name);
  named_.add_options()(name.c_str(), po::value<std::string>()->value_name("[=" + value_name + "]"), text.c_str());
}

// Boost would take the next argument for the value.
Arguments Options::withoutBare(const Arguments& arguments) {
  Arguments rest;
  bool ended = false;
  for (const std::string& argument : arguments) {
    ended |= argument == "--";
    auto is = [&](const std::string& name) { return argument == "--" + name; };
    if (!ended && std::any_of(optional_values_.begin(), optional_values_.end(), is))
      values_.insert({argument.substr(2), po::variable_value(std::string(), false)});
    else
      rest.push_back(argument);
  }
  return rest;
}

bool Options::parse(const Arguments& arguments) {
  po::options_description all;
  all.add(named_);
  all.add_options()("positional", po::value<std::vector<std::string>>());
  po::positional_options_description places;
  places.add("positional", -1);
  try {
    po::store(po::command_line_parser(withoutBare(arguments)).options(all).positional(places).run(), values_);
    po::notify(values_);
  } catch (const po::error& error) {
    exit_code_ = usage(error.what());
    return false;
  }
  if (values_.count("help")) {
    std::cout << "lsmpc " << command_.name << ": " << command_.summary << "\n\nusage: lsmpc " << command_.synopsis << "\n\n"
              << named_ << "\nexample: " << command_.example << "\n";
    return false;
  }
  if (values_.count("positional")) positional_ = values_["positional"].as<std::vector<std::string>>();
  if (values_.count("format")) {
    if (std::find(formats_.begin(), formats_.end(), format()) == formats_.end()) {
      exit_code_ = usage("--format is " + anyOf(formats_) + ", not `" + format() + "`");
      return false;
    }
  }
  return true;
}

std::vector<std::string> Options::listed(const std::string& option) const {
  std::vector<std::string> result;
  if (!values_.count(option)) return result;
  for (const std::string& group : values_[option].as<std::vector<std::string>>())
    for (std::string& part : split(group, ',')) result.push_back(std::move(part));
  return result;
}

Format Options::diagnosticsFormat() const { return format() == "sarif" ? Format::Sarif : json() ? Format::Json : Format::Text; }

Explain Options::explain() const {
  if (!values_.count("explain-cost")) return Explain::Nothing;
  return json() ? Explain::Json : Explain::Text;
}

int Options::usage(const std::string& message) const {
  std::cerr << "lsmpc " << command_.name << ": " << message << "\nusage: lsmpc " << command_.synopsis << "\n";
  return kUsage;
}

}  // namespace lsmpc::driver
