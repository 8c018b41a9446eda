// LIBS: lsmpc_runtime
#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "runtime/elf_image.h"

using namespace lsmpc::runtime;

namespace {

// A BPF object without content: empty sections of these names.
std::string objectOf(const std::vector<std::string>& names) {
  std::string strings(1, '\0');
  std::vector<Elf64_Shdr> sections(1);
  for (const std::string& name : names) {
    sections.push_back({.sh_name = static_cast<Elf64_Word>(strings.size()), .sh_type = SHT_PROGBITS, .sh_offset = sizeof(Elf64_Ehdr)});
    strings += name + '\0';
  }
  sections.push_back({.sh_type = SHT_STRTAB, .sh_offset = sizeof(Elf64_Ehdr), .sh_size = strings.size()});
  Elf64_Ehdr header{};
  memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_REL;
  header.e_machine = EM_BPF;
  header.e_version = EV_CURRENT;
  header.e_ehsize = sizeof header;
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = static_cast<Elf64_Half>(sections.size());
  header.e_shstrndx = static_cast<Elf64_Half>(sections.size() - 1);
  strings.resize((strings.size() + 7) / 8 * 8);
  header.e_shoff = sizeof header + strings.size();
  std::string object(reinterpret_cast<const char*>(&header), sizeof header);
  object += strings;
  return object.append(reinterpret_cast<const char*>(sections.data()), sections.size() * sizeof(Elf64_Shdr));
}

}  // namespace

// Of two `.BTF` libbpf followed the one that nobody had looked at.
TEST(ElfImage, NoTwoSectionsOfOneName) {
  std::string reason;
  EXPECT_TRUE(isBpfElf(objectOf({".BTF", ".BTF.ext"}), reason)) << reason;
  EXPECT_FALSE(isBpfElf(objectOf({".BTF", ".text", ".BTF"}), reason));
  EXPECT_EQ(reason, "it has two sections `.BTF`");
}
