// Work that LLVM may end by a fatal error or a crash, without an end for us.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace lsmpc::emit {

using Work = std::function<std::optional<std::string>(std::string& wrong)>;

struct WorkResult {
  std::optional<std::string> output;  // nothing: the work gave none, and `wrong` says why
  std::string wrong;
  bool died = false;  // by a signal or an exit of its own: our fault
};

// After a result without output nothing that the work touched may be used again, not even freed.
WorkResult runGuarded(const Work& work);

// The same in a process of its own, whose memory nobody sees afterwards.
WorkResult runInChild(const Work& work);

}  // namespace lsmpc::emit
