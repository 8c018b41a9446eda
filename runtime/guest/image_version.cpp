#include "runtime/guest/image_version.h"

#include <cstdio>

namespace lsmpc::guest {
namespace {

constexpr size_t kMagicAt = 0x202, kVersionAt = 0x20e, kSetupStart = 0x200;

}  // namespace

ImageVersion imageVersion(const std::string& image) {
  ImageVersion version;
  if (image.size() < kVersionAt + 2 || image.compare(kMagicAt, 4, "HdrS") != 0) return version;
  auto byte = [&](size_t at) { return static_cast<unsigned char>(image[at]); };
  size_t at = kSetupStart + (byte(kVersionAt) | byte(kVersionAt + 1) << 8);
  std::string text = at < image.size() ? image.substr(at, 64) : "";
  if (std::sscanf(text.c_str(), "%u.%u", &version.major, &version.minor) != 2) return {};
  return version;
}

}  // namespace lsmpc::guest
