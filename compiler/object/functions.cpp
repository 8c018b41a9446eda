#include "compiler/object/functions.h"

#include <algorithm>
#include <cstring>

namespace lsmpc::object {
namespace {

// Documentation/bpf/llvm_reloc.rst of the kernel.
constexpr uint32_t kToWord = 1, kToCall = 10;  // R_BPF_64_64, R_BPF_64_32
constexpr const char* kMaps = ".maps";

bool isCode(const Section& section) { return section.header.sh_type == SHT_PROGBITS && section.header.sh_flags & SHF_EXECINSTR; }

class Reader {
 public:
  Reader(const Elf& elf, const std::vector<Map>& maps) : elf_(elf), maps_(maps) {}

  std::optional<Functions> read(std::string& wrong) {
    for (const Symbol& symbol : elf_.symbols)
      if (GELF_ST_TYPE(symbol.entry.st_info) == STT_FUNC && !addFunction(symbol))
        return wrong = "function `" + symbol.name + "` is not whole", std::nullopt;
    for (const Section& section : elf_.sections)
      if (section.header.sh_type == SHT_REL && !addReferences(section))
        return wrong = "section `" + section.name + "` is damaged", std::nullopt;
    for (Function& function : read_.functions)
      std::sort(function.references.begin(), function.references.end(),
                [](const Reference& left, const Reference& right) { return left.instruction < right.instruction; });
    return std::move(read_);
  }

 private:
  bool addFunction(const Symbol& symbol) {
    const Section* section = elf_.section(symbol.entry.st_shndx);
    uint64_t at = symbol.entry.st_value, size = symbol.entry.st_size;
    if (!section || !isCode(*section) || !size || size % sizeof(bpf_insn) || at % sizeof(bpf_insn)) return false;
    if (at > section->bytes.size() || section->bytes.size() - at < size) return false;
    Function function{.name = symbol.name, .section = section->name};
    function.code.resize(size / sizeof(bpf_insn));
    memcpy(function.code.data(), section->bytes.data() + at, size);
    read_.functions.push_back(std::move(function));
    read_.starts.push_back(at);
    return true;
  }

  std::optional<size_t> functionAt(const std::string& section, uint64_t byte) const {
    for (size_t i = 0; i < read_.functions.size(); ++i)
      if (read_.functions[i].section == section && byte >= read_.starts[i] &&
          byte - read_.starts[i] < read_.functions[i].code.size() * sizeof(bpf_insn))
        return i;
    return std::nullopt;
  }

  std::optional<uint32_t> mapNamed(const std::string& name, bool is_data) const {
    for (size_t i = 0; i < maps_.size(); ++i)
      if (maps_[i].is_data == is_data && maps_[i].name == name) return static_cast<uint32_t>(i);
    return std::nullopt;
  }

  bool addReferences(const Section& relocations) {
    const Section* of = elf_.section(relocations.header.sh_info);
    if (!of || !isCode(*of)) return of != nullptr;
    if (relocations.bytes.size() % sizeof(Elf64_Rel)) return false;
    for (size_t at = 0; at < relocations.bytes.size(); at += sizeof(Elf64_Rel)) {
      Elf64_Rel relocation;
      memcpy(&relocation, relocations.bytes.data() + at, sizeof relocation);
      auto function = functionAt(of->name, relocation.r_offset);
      size_t symbol = ELF64_R_SYM(relocation.r_info);
      if (!function || symbol >= elf_.symbols.size()) return false;
      uint64_t byte = relocation.r_offset - read_.starts[*function];
      if (byte % sizeof(bpf_insn)) return false;
      Reference reference{.instruction = static_cast<uint32_t>(byte / sizeof(bpf_insn))};
      const std::vector<bpf_insn>& code = read_.functions[*function].code;
      uint32_t type = ELF64_R_TYPE(relocation.r_info);
      bool known = type == kToCall ? toCall(elf_.symbols[symbol], code[reference.instruction], reference)
                                   : type == kToWord && reference.instruction + 1 < code.size() &&
                                         toWord(elf_.symbols[symbol], code[reference.instruction], reference);
      if (!known) return false;
      read_.functions[*function].references.push_back(std::move(reference));
    }
    return true;
  }

  // Of a static function the symbol is its section's, and the instruction says how far in.
  bool toCall(const Symbol& symbol, const bpf_insn& instruction, Reference& reference) const {
    const Section* section = elf_.section(symbol.entry.st_shndx);
    bool whole = GELF_ST_TYPE(symbol.entry.st_info) == STT_SECTION;
    uint64_t byte = symbol.entry.st_value + (whole ? (int64_t{instruction.imm} + 1) * int64_t{sizeof(bpf_insn)} : 0);
    auto callee = section ? functionAt(section->name, byte) : std::nullopt;
    if (!callee || read_.starts[*callee] != byte) return false;
    reference.kind = Reference::Kind::Function;
    reference.index = static_cast<uint32_t>(*callee);
    return true;
  }

  bool toWord(const Symbol& symbol, const bpf_insn& instruction, Reference& reference) const {
    if (instruction.code != (BPF_LD | BPF_IMM | BPF_DW)) return false;
    if (symbol.entry.st_shndx == SHN_UNDEF) {
      reference.kind = Reference::Kind::Symbol;
      reference.symbol = symbol.name;
      return true;
    }
    const Section* section = elf_.section(symbol.entry.st_shndx);
    if (!section) return false;
    bool is_data = section->name != kMaps;
    auto map = mapNamed(is_data ? section->name : symbol.name, is_data);
    if (!map) return false;
    reference.kind = is_data ? Reference::Kind::Data : Reference::Kind::Map;
    reference.index = *map;
    reference.offset = is_data ? symbol.entry.st_value + static_cast<uint32_t>(instruction.imm) : 0;
    return !is_data || reference.offset <= maps_[*map].value_size;
  }

  const Elf& elf_;
  const std::vector<Map>& maps_;
  Functions read_;
};

}  // namespace

std::optional<Functions> readFunctions(const Elf& elf, const std::vector<Map>& maps, std::string& wrong) {
  return Reader(elf, maps).read(wrong);
}

}  // namespace lsmpc::object
