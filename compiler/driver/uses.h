// Recorded events as what programs did.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/suggest/suggest.h"

namespace lsmpc::driver {

struct Uses {
  std::vector<suggest::Use> uses;
  std::map<std::string, size_t> unknown;  // names of processes of which no program is known, and their events
  size_t events = 0, left_out = 0;        // lines that are no events
  std::string first_left_out;
};

// The program is the event's own; of one that does not say it, the one of `programs` by the name of the process, or the one that the record saw executed under that name.
// Throws runtime::Failure where the record cannot be read.
Uses usesOf(const std::string& events, std::map<std::string, std::string> programs);

}  // namespace lsmpc::driver
