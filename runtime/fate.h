// What becomes of each policy when a folder is applied: planned from what the folder holds and what is in force, without changing anything.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "runtime/message.h"
#include "runtime/object_folder.h"
#include "runtime/origin.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

enum class Fate {
#define LSMPC_FATE(name, word) name,
#include "runtime/fates.def"
};

std::string wordOf(Fate fate);

struct PolicyFate {
  Fate fate = Fate::Failed;
  std::string name;               // empty: its file cannot be read
  std::string path;               // of its object; empty: the folder has none
  std::string why;                // empty: as is to be expected
  std::vector<Problem> problems;  // none: it is as the folder has it
  uint64_t generation = 0;        // in force afterwards; 0: none that is the folder's
  ObjectFile object;              // to be loaded
};

struct Wanted {
  Origin origin;                // the folder's
  bool audit = false;           // deny nothing
  std::set<std::string> known;  // what an earlier pass left in force
};

// Loads before unloads, so that a policy with a new name is in force before the old one goes.
std::vector<PolicyFate> planFates(FolderContent content, const std::vector<LoadedPolicy>& loaded, const Wanted& wanted);
// Where something failed nothing is unloaded: what failed may be what takes its place.
void keepWhereFailed(std::vector<PolicyFate>& fates);

}  // namespace lsmpc::runtime
