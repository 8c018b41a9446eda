// Elements of dynamic sets in words, as a set's file has them (docs/language.md).
#pragma once

#include <string>

#include "runtime/accounts.h"

namespace lsmpc::runtime {

// Throws Failure NoElement where the text is no value of the type: `int port uid gid pid path string ip cidr`. The name of a user or group of this host stands for its id.
std::string elementOf(const std::string& type, const std::string& text, Accounts& accounts);
std::string textOfElement(const std::string& type, const std::string& element);
// For a list: numbers and addresses by their value, the rest by their bytes.
bool comesBefore(const std::string& type, const std::string& element, const std::string& other);

}  // namespace lsmpc::runtime
