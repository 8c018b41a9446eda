// The kernels a policy is compiled for. The only room that reads BTF.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/btf/types.h"

struct btf;

namespace lsmpc::btf {

// What could not be opened, in one sentence fit for a message.
struct OpenError {
  std::string text;
};

class TargetSet {
 public:
  // Each spec: `running`, a shipped version (`6.1`), or a path to raw BTF, vmlinux (ELF) or vmlinuz.
  // At most 32. `kernels_dir` holds the shipped ones.
  static std::unique_ptr<TargetSet> open(const std::vector<std::string>& specs, const std::string& kernels_dir, OpenError& error);
  ~TargetSet();

  size_t size() const;
  const std::string& name(size_t target) const;
  TargetMask all() const;
  // As the target has them, for who lays out its memory or relocates for it.
  const struct ::btf& raw(size_t target) const;
  std::string names(TargetMask mask) const;  // "5.10, 6.1"

  const Hook* hook(std::string_view name) const;
  const std::vector<Hook>& hooks() const;  // by name; the union over targets, hooks.def merged in

  const Type& type(TypeId id) const;
  const std::shared_ptr<const TypeTable> types() const;       // grows while members are asked for; later rooms only read
  std::optional<TypeId> record(std::string_view name) const;  // struct or union by name
  // The member `name` of record `id`, through anonymous members. `present` may lack targets; a path whose kinds differ
  // between targets is present only where they equal the first target's.
  std::optional<FieldPath> member(TypeId id, std::string_view name) const;
  std::vector<std::string> memberNames(TypeId id) const;

  struct Enumerator {
    int64_t value;
    TargetMask present;
    bool same_everywhere;
  };
  std::optional<Enumerator> enumerator(std::string_view name) const;

  static std::vector<std::string> shipped(const std::string& kernels_dir);

 private:
  struct State;
  explicit TargetSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lsmpc::btf
