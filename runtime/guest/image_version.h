// Which release a kernel image is of, by its own header.
#pragma once

#include <string>

namespace lsmpc::guest {

struct ImageVersion {
  unsigned major = 0, minor = 0;
};

// Of a bzImage (Documentation/arch/x86/boot.rst: `HdrS` at 0x202, at 0x20e the place of the version's text less 0x200);
// 0.0 for anything else.
ImageVersion imageVersion(const std::string& image);

}  // namespace lsmpc::guest
