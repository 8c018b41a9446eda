// The container that a cgroup is of, by the name that its engine gave it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace lsmpc::runtime {

// The id of 64 hexadecimal digits in a cgroup's path, the innermost; Docker, containerd, CRI-O and Podman name the cgroup after it (`docker-ID.scope`, `ID`). Empty: there is none.
std::string containerIn(std::string_view cgroup_path);

// Of cgroups by their id (cgroup v2, as events have it), which the kernel gives to no other. What is found out is kept, also that a cgroup is gone.
class Containers {
 public:
  std::string of(uint64_t cgroup);

 private:
  std::unordered_map<uint64_t, std::string> known_;
};

}  // namespace lsmpc::runtime
