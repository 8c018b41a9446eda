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

bool Options::parse(const Arguments& arguments) {
  po::options_description all;
  all.add(named_);
  all.add_options()("positional", po::value<std::vector<std::string>>());
  po::positional_options_description places;
  places.add("positional", -1);
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(places).run(), values_);
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
