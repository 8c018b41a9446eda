// An ELF file's sections and symbols, as libelf reads them.
#pragma once

#include <gelf.h>

#include <optional>
#include <string>
#include <vector>

namespace lsmpc::object {

struct Section {
  std::string name, bytes;  // no bytes of one that has none in the file (.bss)
  GElf_Shdr header{};
};

struct Symbol {
  std::string name;
  GElf_Sym entry{};
};

struct Elf {
  std::vector<Section> sections;  // by number; the first is none
  std::vector<Symbol> symbols;

  const Section* section(const std::string& name) const;
  const Section* section(size_t number) const { return number < sections.size() ? &sections[number] : nullptr; }
};

// Nothing for what is no whole relocatable BPF file, 64-bit little-endian.
std::optional<Elf> readElf(const std::string& bytes);

}  // namespace lsmpc::object
