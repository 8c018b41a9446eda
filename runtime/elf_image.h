// The two things wanted from an ELF image that libbpf does not tell: a section's bytes, a symbol's place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lsmpc::runtime {

struct SymbolPlace {
  std::string section;
  uint64_t offset = 0, size = 0;
};

// Nothing where the image is no 64-bit little-endian BPF ELF; `reason` says why.
bool isBpfElf(const std::string& image, std::string& reason);
std::optional<std::string> sectionBytes(const std::string& image, const std::string& name);
std::optional<SymbolPlace> findSymbol(const std::string& image, const std::string& name);

}  // namespace lsmpc::runtime
