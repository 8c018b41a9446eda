// mutants KERNEL.btf FIRST COUNT OBJECT…: gives COUNT damaged objects, made from their numbers, to `inspect` and to the loader on a
// kernel that is played (fake_kernel.h), each in a process of its own. Prints what went wrong with which number, and how far they came.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "runtime/message.h"
#include "runtime/object.h"
#include "test/mutants/fake_kernel.h"
#include "test/mutants/lie.h"
#include "test/mutants/mutate.h"
#include "test/mutants/trial.h"

using namespace lsmpc;
using namespace lsmpc::mutants;

namespace {

namespace fs = std::filesystem;

constexpr uint32_t kLiesOneIn = 3, kReplacesOneIn = 8, kAuditsOneIn = 5, kLeastPercent = 20;
constexpr unsigned kSeconds = 60;  // for one object, on a busy machine

// What a child tells its parent.
struct Told {
  Reached reached;
  char wrong[2000];
};

Given makeCase(uint32_t number, const std::vector<std::string>& objects, bool& lies) {
  Random random(number);
  const std::string& object = random.of(objects);
  lies = random.oneIn(kLiesOneIn);
  Given given{lies ? withManifest(object, lie(runtime::manifestOf(object, "object").text, random)) : mutate(object, random)};
  if (random.oneIn(kReplacesOneIn)) given.before = object;
  given.audit = random.oneIn(kAuditsOneIn);
  return given;
}

[[noreturn]] void runChild(const Given& given, Told& told) {
  alarm(kSeconds);
  std::string wrong;
  try {
    wrong = give(given, told.reached);
  } catch (const runtime::Failure& failure) {
    wrong = "refused where it is looked at: " + textOf(failure.problems().front());
  } catch (const std::exception& error) {
    wrong = std::string("an exception came through: ") + error.what();
  }
  strncpy(told.wrong, wrong.c_str(), sizeof told.wrong - 1);
  _exit(wrong.empty() ? 0 : 1);
}

// Nothing, or what went wrong.
std::string run(const Given& given, const fs::path& folder, Told& told) {
  told = {};
  fs::create_directory(folder);
  fs::current_path(folder);
  pid_t child = fork();
  if (child == 0) runChild(given, told);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return "no process for it";
  fs::current_path("/");
  fs::remove_all(folder);
  if (WIFSIGNALED(status)) return std::string("signal ") + strsignal(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "" : told.wrong[0] ? told.wrong : "exit " + std::to_string(WEXITSTATUS(status));
}

struct Share {
  const char* name;
  uint32_t count;
  uint32_t least;  // percent
};

bool printShares(const std::vector<Share>& shares, uint32_t all) {
  bool enough = true;
  for (const Share& share : shares) {
    uint32_t percent = all ? share.count * 100 / all : 0;
    std::cout << share.name << ": " << share.count << " of " << all << ", " << percent << " %" << (percent < share.least ? ": too few" : "")
              << "\n";
    enough = enough && percent >= share.least;
  }
  return enough;
}

std::string readFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 64;
  playKernel(argv[1]);
  auto first = static_cast<uint32_t>(std::stoul(argv[2])), count = static_cast<uint32_t>(std::stoul(argv[3]));
  std::vector<std::string> objects;
  for (int i = 4; i < argc; ++i) objects.push_back(readFile(argv[i]));
  char folder[] = "/tmp/mutants-XXXXXX";
  void* shared = mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED || !mkdtemp(folder)) return 2;
  Told& told = *static_cast<Told*>(shared);
  uint32_t wrong = 0, lying = 0;
  Share manifest{"manifest", 0, kLeastPercent}, relocations{"relocations", 0, kLeastPercent}, maps{"maps", 0, kLeastPercent},
      programs{"programs", 0, kLeastPercent}, loaded{"loaded whole", 0, 0};
  for (uint32_t number = first; number < first + count; ++number) {
    bool lies = false;
    std::string what = run(makeCase(number, objects, lies), fs::path(folder) / "case", told);
    if (!what.empty()) std::cout << "case " << number << ": " << what << std::endl;
    wrong += !what.empty();
    lying += lies;
    manifest.count += told.reached.manifest;
    relocations.count += told.reached.relocations;
    maps.count += told.reached.maps;
    programs.count += told.reached.programs;
    loaded.count += told.reached.loaded;
  }
  fs::remove_all(folder);
  bool enough = printShares({manifest, relocations, maps, programs, {"lying manifest", lying, kLeastPercent}, loaded}, count);
  return wrong || !enough ? 1 : 0;
}
