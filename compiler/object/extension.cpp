#include "compiler/object/extension.h"

#include <algorithm>
#include <cstring>

namespace lsmpc::object {
namespace {

// struct btf_ext_header; the last two came with CO-RE.
struct Header {
  uint16_t magic;
  uint8_t version, flags;
  uint32_t length, functions_at, functions_size, lines_at, lines_size, relocations_at, relocations_size;
};
constexpr uint16_t kMagic = 0xeb9f;

// struct bpf_line_info and struct bpf_core_relo, with a byte offset where the kernel has an instruction's number.
struct LineRecord {
  uint32_t at, file, text, place;
};
struct RelocationRecord {
  uint32_t at, type, access, kind;
};
static_assert(sizeof(Header) == 32 && sizeof(LineRecord) == 16 && sizeof(RelocationRecord) == 16);

class Extension {
 public:
  Extension(const std::string& bytes, const ::btf& types, const std::vector<uint64_t>& starts, std::vector<Function>& functions)
      : bytes_(bytes),
        types_(types),
        starts_(starts),
        functions_(functions) {}

  bool read() {
    Header header{};
    if (!copy(0, header) || header.magic != kMagic || header.length < sizeof(Header)) return false;
    return records<LineRecord>(uint64_t{header.length} + header.lines_at, header.lines_size) &&
           records<RelocationRecord>(uint64_t{header.length} + header.relocations_at, header.relocations_size);
  }

 private:
  template <typename Record>
  bool copy(uint64_t at, Record& record) const {
    if (at > bytes_.size() || bytes_.size() - at < sizeof record) return false;
    memcpy(&record, bytes_.data() + at, sizeof record);
    return true;
  }

  // The size of a record, then for each section its name, how many, and these.
  template <typename Record>
  bool records(uint64_t at, uint64_t size) {
    if (!size) return true;
    uint32_t stride = 0;
    uint64_t end = at + size;
    if (end > bytes_.size() || !copy(at, stride) || stride < sizeof(Record)) return false;
    for (at += sizeof stride; at < end;) {
      uint32_t head[2];
      if (!copy(at, head)) return false;
      const char* section = btf__str_by_offset(&types_, head[0]);
      if (!section || head[1] > (end - at) / stride) return false;
      at += sizeof head;
      for (uint32_t i = 0; i < head[1]; ++i, at += stride) {
        Record record;
        if (!copy(at, record) || !add(section, record)) return false;
      }
    }
    return true;
  }

  Function* at(const char* section, uint32_t byte, uint32_t& instruction) {
    for (size_t i = 0; i < functions_.size(); ++i) {
      Function& function = functions_[i];
      if (function.section != section || byte < starts_[i] || byte - starts_[i] >= function.code.size() * sizeof(bpf_insn)) continue;
      instruction = static_cast<uint32_t>((byte - starts_[i]) / sizeof(bpf_insn));
      return byte % sizeof(bpf_insn) ? nullptr : &function;
    }
    return nullptr;
  }

  bool add(const char* section, const LineRecord& record) {
    SourceLine line{.line = record.place >> 10, .column = record.place & 1023};
    Function* function = at(section, record.at, line.instruction);
    const char* file = btf__str_by_offset(&types_, record.file);
    const char* text = btf__str_by_offset(&types_, record.text);
    if (!function || !file || !text) return false;
    line.file = file;
    line.text = text;
    function->lines.push_back(std::move(line));
    return true;
  }

  bool add(const char* section, const RelocationRecord& record) {
    CoreRelocation relocation{.type = record.type, .kind = record.kind};
    Function* function = at(section, record.at, relocation.instruction);
    const char* access = btf__str_by_offset(&types_, record.access);
    if (!function || !access || !btf__type_by_id(&types_, record.type)) return false;
    relocation.access = access;
    function->relocations.push_back(std::move(relocation));
    return true;
  }

  const std::string& bytes_;
  const ::btf& types_;
  const std::vector<uint64_t>& starts_;
  std::vector<Function>& functions_;
};

}  // namespace

bool readExtension(const std::string& bytes, const ::btf& types, const std::vector<uint64_t>& starts, std::vector<Function>& functions,
                   std::string& wrong) {
  if (!Extension(bytes, types, starts, functions).read()) return wrong = "section .BTF.ext is damaged", false;
  auto earlier = [](const auto& left, const auto& right) { return left.instruction < right.instruction; };
  for (Function& function : functions) {
    std::stable_sort(function.lines.begin(), function.lines.end(), earlier);
    std::stable_sort(function.relocations.begin(), function.relocations.end(), earlier);
  }
  return true;
}

}  // namespace lsmpc::object
