// What one object led to when it was given to `lsmpc inspect` and to the loader.
#pragma once

#include <string>

namespace lsmpc::mutants {

// How far it came, by what happened.
struct Reached {
  bool manifest = false;     // its text was read
  bool relocations = false;  // libbpf spoke of one, or was past them
  bool maps = false;         // the kernel was asked for one of its maps
  bool programs = false;     // the kernel was asked to load one of its programs
  bool loaded = false;
};

struct Given {
  std::string bytes;
  std::string before;  // an object that is in force when it is loaded; empty: none
  bool audit = false;
};

// In the working folder, which is empty. Nothing, or what went wrong with it.
std::string give(const Given& given, Reached& reached);

}  // namespace lsmpc::mutants
