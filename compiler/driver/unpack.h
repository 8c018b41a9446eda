// The sources that a manifest carries, as files again.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/temporary_folder.h"
#include "runtime/manifest.h"

namespace lsmpc::driver {

// Thrown: why the sources of an object cannot be had or compiled, and what would help.
struct Obstacle {
  std::string why, way_out;
};

// In a folder that goes with this, each by its place from the policy's folder.
class Unpacked {
 public:
  // Of a long text the manifest has the digest alone: that file is looked for from the working folder. Throws Obstacle.
  explicit Unpacked(const runtime::Manifest& manifest);

  // Of a bundle one for each member, in their order.
  const std::vector<std::string>& policies() const { return policies_; }

 private:
  void put(const std::string& path, const std::string& text);
  std::string at(const std::string& path) const { return (folder_.path() / path).string(); }

  TemporaryFolder folder_;
  std::vector<std::string> policies_;
};

}  // namespace lsmpc::driver
