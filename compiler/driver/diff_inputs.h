// What a command that compares policies is given: sources, objects, folders of both.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compared.h"

namespace lsmpc::driver {

struct DiffInput {
  std::string path;
  std::optional<Packed> object;  // nothing: a source
  bool of_folder = false;        // then it may be a library
};

// The file, or a folder's *.lsmp and *.bpf.o, sorted. Throws runtime::Failure: FileUnreadable, or an object is damaged.
std::vector<DiffInput> diffInputs(const std::string& path);

// Those that are asked for; else those that all objects are for; else as for sources in `folder`. Prints the reason where there are none.
std::unique_ptr<btf::TargetSet> targetsToCompareOn(const std::vector<std::string>& asked, const std::vector<DiffInput>& inputs,
                                                   const std::string& folder);

// Throws as comparedObject does; what is wrong with a source, the report has.
std::vector<Compared> comparedAll(const std::vector<DiffInput>& inputs, const btf::TargetSet& targets, Report& report,
                                  std::vector<std::string>& notes);

}  // namespace lsmpc::driver
