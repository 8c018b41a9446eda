// Cost of a path automaton: reads the lines of rules.py --patterns, prints one line of JSON.
#include <sys/resource.h>

#include <fstream>
#include <iostream>

#include "compiler/match/path_automaton.h"

using namespace lsmpc::match;

namespace {

double seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

// The peak. Not getrusage's, which counts what the parent had before exec.
double mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (double kibibytes = 0; word == "VmHWM:" && status >> kibibytes) return kibibytes / 1024;
  return 0;
}

Pattern::Kind kindOf(const std::string& word) {
  if (word == "literal") return Pattern::Kind::Literal;
  return word == "under" ? Pattern::Kind::Under : Pattern::Kind::Glob;
}

void print(const PathSizes& sizes) {
  struct {
    const char* name;
    uint64_t value;
  } fields[] = {{"table", sizes.bytes},     {"exact", sizes.exact}, {"nodes", sizes.nodes},
                {"records", sizes.records}, {"edges", sizes.edges}, {"automata", sizes.automata},
                {"states", sizes.states},   {"sets", sizes.sets},   {"active", sizes.most_active}};
  for (const auto& field : fields) std::cout << ", \"" << field.name << "\": " << field.value;
}

}  // namespace

int main() {
  std::vector<PathEntry> entries;
  for (std::string kind, pattern; std::cin >> kind >> pattern;)
    entries.push_back({{kindOf(kind), pattern}, static_cast<uint32_t>(entries.size()), 0});
  double before = seconds();
  PathAutomatonResult result = buildPathAutomaton(entries);
  double cpu = seconds() - before;
  if (const std::optional<PathExcess>& excess = result.excess) {
    std::cerr << "refused: kind " << static_cast<int>(excess->kind) << ", " << excess->found << " of " << excess->limit << ", path "
              << excess->witness << ", rules";
    for (uint32_t rule : excess->rules) std::cerr << ' ' << rule;
    std::cerr << '\n';
    return 1;
  }
  std::cout << "{\"rules\": " << entries.size() << ", \"cpu\": " << cpu << ", \"mib\": " << mebibytes();
  print(result.automaton->sizes);
  std::cout << "}\n";
}
