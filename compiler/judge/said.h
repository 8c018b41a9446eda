// What an event says of attributes and raw fields.
#pragma once

#include <map>
#include <string>

#include "compiler/judge/value.h"

namespace lsmpc::judge {

class Said {
 public:
  // Of the policy's targets the one that the event is on.
  explicit Said(uint32_t target) : target_(target) {}
  uint32_t target() const { return target_; }

  // `key` as it is written: `path`, `arg.file.f_flags`.
  void say(const std::string& key, Value value) { values_[key] = std::move(value); }
  const Value* of(const std::string& key) const {
    auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
  }
  // Elements of a dynamic set, each as its bytes (runtime/abi/layout.h); of one that nothing is said of its first.
  void saySet(const std::string& name, Known known, std::vector<std::string> elements) { sets_[name] = {known, std::move(elements)}; }
  void sayAccount(const policy::Account& account, Value value) { accounts_[policy::print(account)] = std::move(value); }

  struct Set {
    Known known = Known::Value;
    std::vector<std::string> elements;
  };
  const Set* set(const std::string& name) const {
    auto found = sets_.find(name);
    return found == sets_.end() ? nullptr : &found->second;
  }
  const Value* account(const policy::Account& account) const {
    auto found = accounts_.find(policy::print(account));
    return found == accounts_.end() ? nullptr : &found->second;
  }

 private:
  uint32_t target_;
  std::map<std::string, Value> values_, accounts_;
  std::map<std::string, Set> sets_;
};

}  // namespace lsmpc::judge
