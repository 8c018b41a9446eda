// The host's users and groups, as its account files have them: the static `lsmpctl` cannot ask NSS, and what a policy means
// must not hang on a directory server that answers or not (docs/decisions/0004-rates-and-accounts.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lsmpc::runtime {

// The id in the third field of the first line of that name. Nothing without such a line, or with an id that is none.
std::optional<uint32_t> idOf(std::string_view account_file, std::string_view name);

// Each file is read when it is first asked for, once: all answers are of one state of the host. Throws Failure FileUnreadable.
class Accounts {
 public:
  std::optional<uint32_t> user(const std::string& name);
  std::optional<uint32_t> group(const std::string& name);

 private:
  std::optional<std::string> users_, groups_;
};

}  // namespace lsmpc::runtime
