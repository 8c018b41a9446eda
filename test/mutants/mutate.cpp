#include "test/mutants/mutate.h"

#include <elf.h>
#include <linux/bpf.h>
#include <linux/btf.h>

#include <cstddef>
#include <cstring>
#include <functional>
#include <vector>

#include "runtime/abi/layout.h"

namespace lsmpc::mutants {
namespace {

struct Section {
  std::string name;
  Elf64_Shdr header;
  size_t at;  // of its header
};

template <class T>
T read(const std::string& bytes, size_t at) {
  T value;
  memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

// Of a whole object: mutants are not parsed again.
std::vector<Section> sectionsOf(const std::string& object) {
  auto header = read<Elf64_Ehdr>(object, 0);
  std::vector<Section> sections;
  auto headerAt = [&](size_t i) { return header.e_shoff + i * sizeof(Elf64_Shdr); };
  auto names = read<Elf64_Shdr>(object, headerAt(header.e_shstrndx));
  for (size_t i = 1; i < header.e_shnum; ++i) {
    auto section = read<Elf64_Shdr>(object, headerAt(i));
    sections.push_back({object.data() + names.sh_offset + section.sh_name, section, headerAt(i)});
  }
  return sections;
}

struct Mutant {
  std::string bytes;
  std::vector<Section> sections;
};

void change(Mutant& mutant, size_t at, size_t size, Random& random) {
  if (at + size > mutant.bytes.size()) return;
  uint32_t value = 0;
  memcpy(&value, mutant.bytes.data() + at, size);
  value = random.word(value);
  memcpy(mutant.bytes.data() + at, &value, size);
}

using Fits = std::function<bool(const Section&)>;

Fits named(const std::string& name) {
  return [name](const Section& section) { return section.name == name; };
}

Fits typed(uint32_t type) {
  return [type](const Section& section) { return section.header.sh_type == type; };
}

bool isCode(const Section& section) { return section.header.sh_flags & SHF_EXECINSTR && section.header.sh_type == SHT_PROGBITS; }
bool isData(const Section& section) {
  return section.header.sh_type == SHT_PROGBITS && section.header.sh_flags & SHF_ALLOC && !isCode(section) && section.name != ".maps";
}

struct Field {
  size_t at, size;
};

// A field of one entry of a section that fits; the fields of an entry lie `size` bytes apart from those of the next.
void changeEntry(Mutant& mutant, const Fits& fits, size_t size, const std::vector<Field>& fields, Random& random) {
  std::vector<Section> fitting;
  for (const Section& section : mutant.sections)
    if (fits(section) && section.header.sh_size >= size) fitting.push_back(section);
  if (fitting.empty()) return;
  const Elf64_Shdr& header = random.of(fitting).header;
  const Field& field = random.of(fields);
  change(mutant, header.sh_offset + random.below(header.sh_size / size) * size + field.at, field.size, random);
}

const std::vector<Field> kWord = {{0, 4}}, kByte = {{0, 1}};

void fileHeader(Mutant& mutant, Random& random) {
  const std::vector<Field> fields = {{4, 1}, {16, 2}, {18, 2}, {40, 4}, {48, 4}, {52, 2}, {58, 2}, {60, 2}, {62, 2}};
  const Field& field = random.of(fields);
  change(mutant, field.at, field.size, random);
}

void sectionHeader(Mutant& mutant, Random& random) {
  change(mutant, random.of(mutant.sections).at + random.below(sizeof(Elf64_Shdr) / 4) * 4, 4, random);
}

void sectionName(Mutant& mutant, Random& random) {
  memcpy(mutant.bytes.data() + random.of(mutant.sections).at, &random.of(mutant.sections).header.sh_name, sizeof(Elf64_Word));
}

void symbol(Mutant& mutant, Random& random) {
  changeEntry(mutant, typed(SHT_SYMTAB), sizeof(Elf64_Sym), {{0, 4}, {4, 1}, {5, 1}, {6, 2}, {8, 4}, {16, 4}}, random);
}

void relocation(Mutant& mutant, Random& random) {
  changeEntry(mutant, typed(SHT_REL), sizeof(Elf64_Rel), {{0, 4}, {8, 4}, {12, 4}}, random);
}

void instruction(Mutant& mutant, Random& random) {
  changeEntry(mutant, isCode, sizeof(bpf_insn), {{0, 1}, {1, 1}, {2, 2}, {4, 4}}, random);
}

void type(Mutant& mutant, Random& random) { changeEntry(mutant, named(".BTF"), 4, kWord, random); }

void fieldRecord(Mutant& mutant, Random& random) { changeEntry(mutant, named(".BTF.ext"), 4, kWord, random); }

void data(Mutant& mutant, Random& random) { changeEntry(mutant, isData, 1, kByte, random); }

void text(Mutant& mutant, Random& random) { changeEntry(mutant, named(LSMP_MANIFEST_SECTION), 1, kByte, random); }

void cut(Mutant& mutant, Random& random) { mutant.bytes.resize(random.below(mutant.bytes.size()) + 1); }

// The numbers of a map's definition are lengths of arrays in its types.
void map(Mutant& mutant, Random& random) {
  for (const Section& section : mutant.sections) {
    if (section.name != ".BTF") continue;
    auto header = read<btf_header>(mutant.bytes, section.header.sh_offset);
    std::vector<size_t> arrays;
    size_t first = section.header.sh_offset + header.hdr_len + header.type_off;
    for (size_t at = first; at + sizeof(btf_type) + sizeof(btf_array) <= first + header.type_len && at + 24 < mutant.bytes.size();
         at += 4) {
      auto one = read<btf_type>(mutant.bytes, at);
      if (BTF_INFO_KIND(one.info) == BTF_KIND_ARRAY && !one.name_off && !one.size) arrays.push_back(at);
    }
    if (!arrays.empty()) change(mutant, random.of(arrays) + sizeof(btf_type) + offsetof(btf_array, nelems), 4, random);
  }
}

// Those that get further than the first look are more.
constexpr void (*kChanges[])(Mutant&, Random&) = {fileHeader, sectionHeader, sectionName, symbol,      symbol,      relocation,
                                                  relocation, relocation,    instruction, instruction, instruction, type,
                                                  type,       fieldRecord,   fieldRecord, fieldRecord, data,        data,
                                                  text,       cut,           map,         map,         map};

}  // namespace

std::string mutate(const std::string& object, Random& random) {
  Mutant mutant{object, sectionsOf(object)};
  for (uint32_t left = 1 + random.below(3); left; --left) random.of(kChanges)(mutant, random);
  return mutant.bytes;
}

std::string withManifest(const std::string& object, const std::string& manifest) {
  std::string bytes = object;
  for (Section& section : sectionsOf(object)) {
    if (section.name != LSMP_MANIFEST_SECTION) continue;
    section.header.sh_offset = bytes.size();
    section.header.sh_size = manifest.size();
    memcpy(bytes.data() + section.at, &section.header, sizeof section.header);
    bytes += manifest;
  }
  return bytes;
}

}  // namespace lsmpc::mutants
