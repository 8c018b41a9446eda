#include "compiler/emit/machine.h"

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Triple.h>

extern "C" {
void LLVMInitializeBPFTargetInfo();
void LLVMInitializeBPFTarget();
void LLVMInitializeBPFTargetMC();
void LLVMInitializeBPFAsmPrinter();
void LLVMInitializeBPFAsmParser();
}

namespace lsmpc::emit {
namespace {

using namespace llvm;

constexpr const char* kCpu = "v3";  // what 5.10 knows

struct Handler : DiagnosticHandler {
  explicit Handler(std::string& text) : text_(text) {}
  bool handleDiagnostics(const DiagnosticInfo& info) override {
    if (info.getSeverity() != DS_Error || !text_.empty()) return true;
    raw_string_ostream stream(text_);
    DiagnosticPrinterRawOStream printer(stream);
    info.print(printer);
    return true;
  }
  std::string& text_;
};

// LLVM looks at one function and names no number; stack.h looks at all that are at work at once.
void leaveStackToUs() {
  auto option = cl::getRegisteredOptions().find("bpf-stack-size");
  if (option != cl::getRegisteredOptions().end()) option->second->addOccurrence(0, "bpf-stack-size", "16384");
}

}  // namespace

std::unique_ptr<TargetMachine> bpfMachine() {
  leaveStackToUs();
  LLVMInitializeBPFTargetInfo();
  LLVMInitializeBPFTarget();
  LLVMInitializeBPFTargetMC();
  LLVMInitializeBPFAsmPrinter();
  LLVMInitializeBPFAsmParser();  // inline assembly
  std::string error;
  const Target* target = TargetRegistry::lookupTarget("bpfel", error);
  if (!target) return nullptr;
  TargetOptions options;
  return std::unique_ptr<TargetMachine>(
      target->createTargetMachine("bpfel", kCpu, "", options, Reloc::Static, std::nullopt, CodeGenOptLevel::Default));
}

std::optional<std::string> generate(Module& module, TargetMachine& machine, bool assembly, std::string& wrong) {
  module.getContext().setDiagnosticHandler(std::make_unique<Handler>(wrong));
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  auto kind = assembly ? CodeGenFileType::AssemblyFile : CodeGenFileType::ObjectFile;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, kind)) {
    wrong = "LLVM cannot write BPF objects";
    return std::nullopt;
  }
  passes.run(module);
  if (!wrong.empty()) return std::nullopt;
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace lsmpc::emit
