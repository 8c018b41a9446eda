// Work in a process of its own, whose memory nobody sees afterwards.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace lsmpc::emit {

struct ChildResult {
  std::optional<std::string> output;  // nothing: the work gave none, and `wrong` says why
  std::string wrong;
  bool died = false;                  // by a signal or an exit of its own: our fault
};

ChildResult runInChild(const std::function<std::optional<std::string>(std::string& wrong)>& work);

}  // namespace lsmpc::emit
