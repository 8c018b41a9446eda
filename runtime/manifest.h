// What an object says about itself (runtime/abi/manifest.md), checked: every index points somewhere, every name is usable.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::runtime {

struct HookVariant {
  std::vector<std::string> any_of;     // `struct.member` that marks the kernels of this variant; empty: all others
  std::vector<std::string> arguments;  // names in order, without the incoming verdict
};

struct ManifestHook {
  std::string name, program;
  bool if_present = false;
  std::vector<uint32_t> rules;
  std::vector<HookVariant> variants;
  bool actor = true;  // false: the current task of an event may have nothing to do with it
};

struct ManifestRule {
  std::string id, file;
  uint32_t line = 0;
  std::string text, verdict, error_name, signal_name, message;
};

// A value that the loader writes into the object before it loads it (runtime/fill.h).
struct Fill {
  std::string kind, name;
  uint32_t slot = 0;
  uint32_t rule = 0;  // the first that asks for it
};

// One policy of a bundle.
struct ManifestMember {
  std::string name, version, mode, path;
};

// A set that can change while the policy is loaded (runtime/sets.h).
struct ManifestSet {
  std::string name, type;
  uint32_t slot = 0, max = 0;
  uint64_t first = 0;  // how many elements it begins with
  uint32_t rule = 0;   // the first that asks for it
};

struct Manifest {
  uint32_t abi = 0;
  std::string name, version, mode, compiler, arch;
  std::vector<ManifestMember> members;  // of a bundle
  std::vector<std::string> targets, needs;
  std::vector<Fill> fills;
  std::vector<ManifestSet> sets;  // in order of their slots
  std::vector<std::string> facts;  // what is kept of tasks' programs, by bit: equal names mean the same
  std::vector<ManifestHook> hooks;
  std::vector<ManifestRule> rules;
  std::string text;  // the document itself
};

std::string placeOf(const ManifestRule& rule);  // web.lsmp:3

// The rules of a policy that the one in its place has no more: what a rule says is in its id.
std::vector<ManifestRule> rulesGone(const Manifest& before, const Manifest& now);

// As the policy writes it: user("nginx").
std::string textOf(const Fill& fill);

// As the policy writes it: set blocked : cidr dynamic max 1000.
std::string textOf(const ManifestSet& set);

// Throws Failure: BadManifest, OtherAbi. `origin` is the file or pin it came from, for messages.
Manifest parseManifest(const std::string& text, const std::string& origin);

// A name that may be a folder of a bpffs: letters, digits, `_`, `-`; at most 64.
bool usableName(const std::string& name);

}  // namespace lsmpc::runtime
