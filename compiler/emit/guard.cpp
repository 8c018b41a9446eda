#include "compiler/emit/guard.h"

#include <llvm/Support/CrashRecoveryContext.h>
#include <llvm/Support/ErrorHandling.h>

namespace lsmpc::emit {
namespace {

constexpr int kFatalError = 70;

// What LLVM cannot encode it calls fatal; for the author it is a policy that is too large.
[[noreturn]] void leave(void* wrong, const char* reason, bool) {
  *static_cast<std::string*>(wrong) = reason;
  llvm::CrashRecoveryContext::GetCurrent()->HandleExit(kFatalError);
}

}  // namespace

WorkResult runGuarded(const Work& work) {
  WorkResult result;
  std::string fatal;
  llvm::ScopedFatalErrorHandler handler(leave, &fatal);
  llvm::CrashRecoveryContext context;
  llvm::CrashRecoveryContext::Enable();
  bool finished = context.RunSafely([&] { result.output = work(result.wrong); });
  llvm::CrashRecoveryContext::Disable();
  if (finished) return result;
  if (!fatal.empty()) return {std::nullopt, fatal, false};
  return {std::nullopt, "the code generator ended with signal " + std::to_string(context.RetCode - 128), true};
}

}  // namespace lsmpc::emit
