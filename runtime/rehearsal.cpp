#include "runtime/rehearsal.h"

#include <bpf/bpf.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>

#include "runtime/abi/layout.h"
#include "runtime/gate.h"
#include "runtime/harmless_calls.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"

namespace lsmpc::runtime {
namespace {

enum class Step {
#define LSMPC_REHEARSAL_STEP(name, what) name,
#include "runtime/rehearsal.def"
};

constexpr const char* kWhat[] = {
#define LSMPC_REHEARSAL_STEP(name, what) what,
#include "runtime/rehearsal.def"
};

constexpr int kSteps = std::size(kWhat), kFirstStatus = 101;  // a child that died otherwise has another status
constexpr unsigned kSeconds = 10;

[[noreturn]] void stopAt(Step step) { _exit(kFirstStatus + static_cast<int>(step)); }

constexpr const char* kSelf = "/proc/self/exe";
constexpr std::string_view kDeleted = " (deleted)";

bool canExecute(const std::string& program) { return !access(program.c_str(), X_OK); }

// The same program under its own name: rules may look at both. `apply --watch` may live longer than its file, in whose place another one is then.
std::string ownProgram() {
  char path[PATH_MAX];
  ssize_t length = readlink(kSelf, path, sizeof path - 1);
  std::string program(path, length > 0 ? static_cast<size_t>(length) : 0);
  if (!canExecute(program) && program.ends_with(kDeleted)) program.resize(program.size() - kDeleted.size());
  return canExecute(program) ? program : kSelf;
}

// After the gate is open for this process. A shell that runs `lsmpctl unload` forks, then executes it.
[[noreturn]] void behaveAsShell(const std::string& program, const std::string& name, const std::string& generation) {
  alarm(kSeconds);
  pid_t child = fork();
  if (child == 0) _exit(0);
  if (child < 0 || waitpid(child, nullptr, 0) != child) stopAt(Step::Start);
  execl(program.c_str(), program.c_str(), kRehearsalCommand, name.c_str(), generation.c_str(), nullptr);
  stopAt(Step::Execute);
}

// -1: the policy let it do everything; else the step that failed.
int runChild(int gate, bool under_policy, const std::string& name, uint64_t generation) {
  int start[2];
  auto fail = [&] { return Failure(Message::HostRefuses, {name, "rehearsing it", errorText(errno)}); };
  if (pipe(start)) throw fail();
  Descriptor reading(start[0]), writing(start[1]);
  std::string program = ownProgram(), number = std::to_string(generation);
  pid_t loader = getpid(), child = fork();
  if (child < 0) throw fail();
  if (child == 0) {
    char byte;
    ::close(start[1]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // who cleans up after a killed loader shall not meet it in the folder
    (void)!read(start[0], &byte, 1);   // ends when the parent closes its side, with the gate set
    if (getppid() != loader) _exit(0);
    behaveAsShell(program, name, number);
  }
  bool opened = !under_policy || setGate(gate, static_cast<uint64_t>(child));
  int error = errno, status = 0;
  writing = Descriptor();
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  bool closed = setGate(gate, kGateClosed);
  if (!opened) errno = error;
  if (!opened || !closed) throw fail();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return -1;
  int step = WIFEXITED(status) ? WEXITSTATUS(status) - kFirstStatus : -1;
  return step >= 0 && step < kSteps ? step : static_cast<int>(Step::Execute);
}

bool canReadLinks(const std::string& folder) {
  try {
    std::vector<std::string> hooks = pinnedHooks(folder);
    for (const std::string& hook : hooks)
      if (!Descriptor(bpf_obj_get(linkPin(folder, hook).c_str()))) return false;
    return !hooks.empty();
  } catch (const Failure&) {
    return false;
  }
}

}  // namespace

std::string rehearse(const std::string& name, uint64_t generation) {
  Descriptor gate = openPin(generationFolder(name, generation) + "/gate");
  int failed = runChild(gate.get(), true, name, generation);
  unlink(linkPin(generationFolder(name, generation), "rehearsal").c_str());
  if (failed < 0) return {};
  // What fails without this policy too is not its doing.
  return runChild(gate.get(), false, name, generation) < 0 ? kWhat[failed] : "";
}

int runRehearsal(const std::string& name, const std::string& generation) {
  std::string folder = policyFolder(name) + "/" + generation;
  if (!usableName(name) || generation.find_first_not_of("0123456789") != std::string::npos) stopAt(Step::Look);
  if (!checkReader().empty()) stopAt(Step::Look);
  try {
    tryLock(LSMP_PIN_ROOT);  // the parent has it
  } catch (const Failure&) {
    stopAt(Step::Lock);
  }
  Descriptor gate(bpf_obj_get((folder + "/gate").c_str()));
  uint64_t word = 0;
  if (!gate || !readGate(gate.get(), word) || !canReadLinks(folder)) stopAt(Step::ReadPins);
  std::string pin = linkPin(folder, "rehearsal");
  if (!symlink("nowhere", pin.c_str()) && unlink(pin.c_str())) stopAt(Step::RemovePins);
  if (!setGate(gate.get(), word)) stopAt(Step::Close);
  callHarmlessly(folder);
  return 0;
}

}  // namespace lsmpc::runtime
