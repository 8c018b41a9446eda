#include "compiler/object/elf.h"

#include <memory>

namespace lsmpc::object {
namespace {

struct ElfEnd {
  void operator()(::Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<::Elf, ElfEnd>;

bool isBpf(::Elf* elf) {
  GElf_Ehdr header;
  return elf && elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &header) && header.e_machine == EM_BPF && header.e_type == ET_REL &&
         header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == ELFDATA2LSB;
}

bool readSection(::Elf* elf, size_t names, Elf_Scn* from, Section& section) {
  if (!gelf_getshdr(from, &section.header)) return false;
  if (const char* name = elf_strptr(elf, names, section.header.sh_name)) section.name = name;
  if (section.header.sh_type == SHT_NOBITS || !section.header.sh_size) return true;
  Elf_Data* data = elf_rawdata(from, nullptr);
  if (!data || !data->d_buf || data->d_size != section.header.sh_size) return false;
  section.bytes.assign(static_cast<const char*>(data->d_buf), data->d_size);
  return true;
}

bool readSymbols(::Elf* elf, Elf_Scn* from, const GElf_Shdr& header, std::vector<Symbol>& symbols) {
  Elf_Data* data = elf_getdata(from, nullptr);
  if (!data || header.sh_entsize != sizeof(Elf64_Sym)) return false;
  for (size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
    Symbol symbol;
    if (!gelf_getsym(data, static_cast<int>(i), &symbol.entry)) return false;
    const char* name = elf_strptr(elf, header.sh_link, symbol.entry.st_name);
    if (!name) return false;
    symbol.name = name;
    symbols.push_back(std::move(symbol));
  }
  return true;
}

}  // namespace

const Section* Elf::section(const std::string& name) const {
  for (const Section& one : sections)
    if (one.name == name) return &one;
  return nullptr;
}

std::optional<Elf> readElf(const std::string& bytes) {
  elf_version(EV_CURRENT);
  ElfHandle elf(elf_memory(const_cast<char*>(bytes.data()), bytes.size()));  // which writes nothing unless asked to
  size_t names = 0;
  if (!isBpf(elf.get()) || elf_getshdrstrndx(elf.get(), &names)) return std::nullopt;
  Elf read;
  read.sections.emplace_back();
  for (Elf_Scn* from = nullptr; (from = elf_nextscn(elf.get(), from));) {
    Section section;
    if (!readSection(elf.get(), names, from, section)) return std::nullopt;
    if (section.header.sh_type == SHT_SYMTAB && !readSymbols(elf.get(), from, section.header, read.symbols)) return std::nullopt;
    read.sections.push_back(std::move(section));
  }
  return read;
}

}  // namespace lsmpc::object
