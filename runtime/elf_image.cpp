#include "runtime/elf_image.h"

#include <gelf.h>

#include <memory>
#include <set>

namespace lsmpc::runtime {
namespace {

struct ElfEnd {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, ElfEnd>;

// libelf takes a mutable pointer but writes nothing in memory mode unless asked to.
ElfHandle openElf(const std::string& image) {
  elf_version(EV_CURRENT);
  return ElfHandle(elf_memory(const_cast<char*>(image.data()), image.size()));
}

std::string sectionName(Elf* elf, Elf_Scn* section) {
  size_t strings = 0;
  GElf_Shdr header;
  if (elf_getshdrstrndx(elf, &strings) || !gelf_getshdr(section, &header)) return {};
  const char* name = elf_strptr(elf, strings, header.sh_name);
  return name ? name : "";
}

// The first name that two sections have; empty: none.
std::string nameTwice(Elf* elf) {
  std::set<std::string> names;
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section));)
    if (std::string name = sectionName(elf, section); !name.empty() && !names.insert(name).second) return name;
  return {};
}

}  // namespace

bool isBpfElf(const std::string& image, std::string& reason) {
  ElfHandle elf = openElf(image);
  GElf_Ehdr header;
  if (!elf || elf_kind(elf.get()) != ELF_K_ELF || !gelf_getehdr(elf.get(), &header)) {
    reason = "no ELF file, or a truncated one";
  } else if (header.e_machine != EM_BPF || header.e_type != ET_REL) {
    reason = "an ELF file, but not a relocatable one for BPF";
  } else if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    reason = "not 64-bit little-endian";
  } else if (size_t count = 0; elf_getshdrnum(elf.get(), &count) || count == 0) {
    reason = "its section table is missing or cut off";
  } else if (std::string name = nameTwice(elf.get()); !name.empty()) {
    reason = "it has two sections `" + name + "`";  // libbpf takes the last of a name, sectionBytes the first
  } else {
    return true;
  }
  return false;
}

std::optional<std::string> sectionBytes(const std::string& image, const std::string& name) {
  ElfHandle elf = openElf(image);
  for (Elf_Scn* section = nullptr; elf && (section = elf_nextscn(elf.get(), section));) {
    if (sectionName(elf.get(), section) != name) continue;
    Elf_Data* data = elf_rawdata(section, nullptr);
    if (!data || !data->d_buf) return std::nullopt;
    return std::string(static_cast<const char*>(data->d_buf), data->d_size);
  }
  return std::nullopt;
}

std::optional<SymbolPlace> findSymbol(const std::string& image, const std::string& name) {
  ElfHandle elf = openElf(image);
  for (Elf_Scn* section = nullptr; elf && (section = elf_nextscn(elf.get(), section));) {
    GElf_Shdr header;
    if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize) continue;
    Elf_Data* data = elf_getdata(section, nullptr);
    for (size_t i = 0; data && i < header.sh_size / header.sh_entsize; ++i) {
      GElf_Sym symbol;
      if (!gelf_getsym(data, static_cast<int>(i), &symbol)) break;
      const char* text = elf_strptr(elf.get(), header.sh_link, symbol.st_name);
      Elf_Scn* home = text && name == text ? elf_getscn(elf.get(), symbol.st_shndx) : nullptr;
      if (home) return SymbolPlace{sectionName(elf.get(), home), symbol.st_value, symbol.st_size};
    }
  }
  return std::nullopt;
}

}  // namespace lsmpc::runtime
