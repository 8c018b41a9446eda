#include "compiler/driver/options.h"

#include <iostream>
#include <sstream>

namespace lsmpc::driver {

namespace po = boost::program_options;

Options::Options(const Command& command) : command_(command), named_("options") { named_.add_options()("help,h", "show this and stop"); }

void Options::addTargets() {
  named_.add_options()("target", po::value<std::vector<std::string>>()->composing()->value_name("T,…"),
                       "kernels: running, a shipped version (5.10 6.1 6.12 7.3), or a path to BTF, vmlinux or vmlinuz");
}

void Options::addFormat() {
  named_.add_options()("format", po::value<std::string>()->default_value("text")->value_name("text|json"), "how to report");
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
    const std::string& format = values_["format"].as<std::string>();
    if (format != "text" && format != "json") {
      exit_code_ = usage("--format is `text` or `json`, not `" + format + "`");
      return false;
    }
  }
  return true;
}

std::vector<std::string> Options::targets() const {
  std::vector<std::string> result;
  if (!values_.count("target")) return result;
  for (const std::string& group : values_["target"].as<std::vector<std::string>>()) {
    std::istringstream parts(group);
    for (std::string part; std::getline(parts, part, ',');)
      if (!part.empty()) result.push_back(part);
  }
  return result;
}

bool Options::json() const { return values_.count("format") && values_["format"].as<std::string>() == "json"; }

Explain Options::explain() const {
  if (!values_.count("explain-cost")) return Explain::Nothing;
  return json() ? Explain::Json : Explain::Text;
}

int Options::usage(const std::string& message) const {
  std::cerr << "lsmpc " << command_.name << ": " << message << "\nusage: lsmpc " << command_.synopsis << "\n";
  return kUsage;
}

}  // namespace lsmpc::driver
