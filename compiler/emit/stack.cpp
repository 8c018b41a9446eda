#include "compiler/emit/stack.h"

#include <linux/bpf.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>
#include <bitset>
#include <cstring>
#include <map>

namespace lsmpc::emit {
namespace {

using namespace llvm;
using object::ELF64LEObjectFile;

constexpr unsigned kFrameStep = 32;
constexpr StringRef kPrograms = "lsm/";

struct Function {
  unsigned bytes = 0;
  std::vector<std::string> calls;
  bool is_program = false;
};
using Functions = std::map<std::string, Function>;

// Follows, from instruction to instruction, which registers hold the frame's address.
class Frame {
 public:
  void pass(const bpf_insn& instruction) {
    unsigned kind = BPF_CLASS(instruction.code);
    if (kind == BPF_LDX && instruction.src_reg == BPF_REG_10) reach(instruction.off);
    if ((kind == BPF_ST || kind == BPF_STX) && instruction.dst_reg == BPF_REG_10) reach(instruction.off);
    if (instruction.code == (BPF_ALU64 | BPF_ADD | BPF_K) && holds_[instruction.dst_reg]) reach(instruction.imm);
    if (kind == BPF_ALU64 || kind == BPF_ALU || kind == BPF_LDX || kind == BPF_LD)
      holds_[instruction.dst_reg] = instruction.code == (BPF_ALU64 | BPF_MOV | BPF_X) && instruction.src_reg == BPF_REG_10;
  }
  unsigned bytes() const { return bytes_; }

 private:
  void reach(int offset) { bytes_ = std::max(bytes_, static_cast<unsigned>(std::max(0, -offset))); }

  std::bitset<16> holds_;
  unsigned bytes_ = 0;
};

unsigned frameOf(StringRef code) {
  Frame frame;
  for (size_t at = 0; at + sizeof(bpf_insn) <= code.size(); at += sizeof(bpf_insn)) {
    bpf_insn instruction;
    memcpy(&instruction, code.data() + at, sizeof instruction);
    frame.pass(instruction);
  }
  return (std::max(frame.bytes(), 1u) + kFrameStep - 1) / kFrameStep * kFrameStep;
}

bool isCall(StringRef code, uint64_t at) {
  return at + sizeof(bpf_insn) <= code.size() && static_cast<uint8_t>(code[at]) == (BPF_JMP | BPF_CALL);
}

// By place in the section: name of the function that is called there.
Expected<std::map<uint64_t, std::string>> callsIn(const ELF64LEObjectFile& file, const object::SectionRef& section, StringRef code) {
  std::map<uint64_t, std::string> calls;
  for (const object::SectionRef& relocations : file.sections()) {
    auto target = relocations.getRelocatedSection();
    if (!target) return target.takeError();
    if (*target == file.section_end() || **target != section) continue;
    for (const object::RelocationRef& relocation : relocations.relocations()) {
      if (!isCall(code, relocation.getOffset()) || relocation.getSymbol() == file.symbol_end()) continue;
      auto name = relocation.getSymbol()->getName();
      if (!name) return name.takeError();
      calls[relocation.getOffset()] = name->str();
    }
  }
  return calls;
}

Error addFunctions(const ELF64LEObjectFile& file, const object::SectionRef& section, Functions& functions) {
  auto code = section.getContents();
  auto title = section.getName();
  if (!code) return code.takeError();
  if (!title) return title.takeError();
  auto calls = callsIn(file, section, *code);
  if (!calls) return calls.takeError();
  for (const object::ELFSymbolRef symbol : file.symbols()) {
    auto place = symbol.getSection();
    auto begin = symbol.getValue();
    auto name = symbol.getName();
    if (!place || !begin || !name) return joinErrors(place.takeError(), joinErrors(begin.takeError(), name.takeError()));
    if (symbol.getELFType() != ELF::STT_FUNC || *place == file.section_end() || **place != section) continue;
    Function& function = functions[name->str()];
    function.bytes = frameOf(code->substr(*begin, symbol.getSize()));
    function.is_program = title->starts_with(kPrograms);
    for (auto call = calls->lower_bound(*begin); call != calls->end() && call->first < *begin + symbol.getSize(); ++call)
      function.calls.push_back(call->second);
  }
  return Error::success();
}

// No function of the library comes to itself.
CallDepth depthOf(const Functions& functions, const std::string& name, std::map<std::string, CallDepth>& known) {
  if (auto found = known.find(name); found != known.end()) return found->second;
  auto function = functions.find(name);
  CallDepth depth{name, 0, 0};
  if (function == functions.end()) return depth;
  for (const std::string& called : function->second.calls) {
    CallDepth below = depthOf(functions, called, known);
    depth.bytes = std::max(depth.bytes, below.bytes);
    depth.frames = std::max(depth.frames, below.frames);
  }
  depth.bytes += function->second.bytes;
  ++depth.frames;
  return known[name] = depth;
}

}  // namespace

std::optional<std::vector<CallDepth>> callDepths(const std::string& object) {
  auto parsed = object::ObjectFile::createELFObjectFile(MemoryBufferRef(object, "object"));
  if (!parsed) return consumeError(parsed.takeError()), std::nullopt;
  auto* file = dyn_cast<ELF64LEObjectFile>(parsed->get());
  if (!file) return std::nullopt;
  Functions functions;
  for (const object::SectionRef& section : file->sections())
    if (section.isText())
      if (Error error = addFunctions(*file, section, functions)) return consumeError(std::move(error)), std::nullopt;
  std::map<std::string, CallDepth> known;
  std::vector<CallDepth> depths;
  for (const auto& [name, function] : functions)
    if (function.is_program) depths.push_back(depthOf(functions, name, known));
  return depths;
}

}  // namespace lsmpc::emit
