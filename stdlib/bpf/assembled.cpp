#include "stdlib/bpf/assembled.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/Utils/Cloning.h>

#include <vector>

namespace lsmpc::stdlib {
namespace {

using namespace llvm;

constexpr StringRef kLabel = "LBB";  // as the code generator begins each, with no other meaning in BPF assembly

// A number that the policy gives: an immediate of an instruction, which the text can name.
bool isNumber(const GlobalVariable& variable) { return variable.isDeclaration() && variable.isConstant() && variable.getValueType()->isIntegerTy(); }

// What a kernel's structures look like is found at load time, by places of instructions that text cannot name.
bool isRelocated(const GlobalVariable& variable) { return variable.hasAttribute("btf_ama") || variable.hasAttribute("btf_type_id"); }

void collect(const Value* value, SetVector<GlobalValue*>& found) {
  if (auto* global = dyn_cast<GlobalValue>(value))
    found.insert(const_cast<GlobalValue*>(global));
  else if (auto* constant = dyn_cast<Constant>(value))
    for (const Use& operand : constant->operands()) collect(operand, found);
}

SetVector<GlobalValue*> globalsOf(const Function& function) {
  SetVector<GlobalValue*> found;
  for (const Instruction& instruction : instructions(function))
    for (const Use& operand : instruction.operands()) collect(operand, found);
  return found;
}

// Only loads of a number can become a piece of text.
bool isLoaded(const GlobalVariable& number) {
  return all_of(number.users(), [](const User* user) { return isa<LoadInst>(user); });
}

bool canAssemble(const Function& function) {
  if (function.isDeclaration() || !function.hasFnAttribute(Attribute::NoInline) || !function.getSection().empty()) return false;
  return all_of(globalsOf(function), [](const GlobalValue* global) {
    auto* variable = dyn_cast<GlobalVariable>(global);
    return !variable || (!isRelocated(*variable) && (!isNumber(*variable) || isLoaded(*variable)));
  });
}

Value* named(const GlobalVariable& number, Instruction* before) {
  IRBuilder<> builder(before);
  auto* type = FunctionType::get(builder.getInt64Ty(), false);
  return builder.CreateCall(InlineAsm::get(type, ("$0 = " + number.getName()).str(), "=r", false));
}

// A number is its own name in the text that comes out. It is not negative, so nothing is to be done to make a word of it.
void nameNumber(const GlobalVariable& number, LoadInst* load) {
  Value* word = named(number, load);
  for (User* user : make_early_inc_range(load->users()))
    if (auto* wider = dyn_cast<ZExtInst>(user); wider && wider->getType() == word->getType()) {
      wider->replaceAllUsesWith(word);
      wider->eraseFromParent();
    }
  if (!load->use_empty()) load->replaceAllUsesWith(IRBuilder<>(load).CreateTrunc(word, load->getType()));
  load->eraseFromParent();
}

void nameNumbers(Module& module) {
  for (GlobalVariable& variable : module.globals())
    if (isNumber(variable))
      for (User* user : make_early_inc_range(variable.users()))
        if (auto* load = dyn_cast<LoadInst>(user)) nameNumber(variable, load);
}

// The text of all that `wanted` names, nothing else of the module.
std::string generate(const Module& library, const StringSet<>& wanted, TargetMachine& machine) {
  std::unique_ptr<Module> module = CloneModule(library);
  StripDebugInfo(*module);
  for (Function& function : *module)
    if (!function.isDeclaration() && !wanted.contains(function.getName())) function.deleteBody();
  nameNumbers(*module);
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  machine.Options.MCOptions.AsmVerbose = false;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, CodeGenFileType::AssemblyFile)) return "";
  passes.run(*module);
  return std::string(bytes.begin(), bytes.end());
}

// The code generator writes a move of 32 bits so where 64 are read of it later; the parser does not know it.
std::string parsed(StringRef line) {
  auto [to, from] = line.split(" = ");
  return to.starts_with("r") && from.starts_with("w") ? ("w" + to.drop_front() + " = " + from).str() : line.str();
}

// Labels are the function's own, so that all functions can stand in one module.
std::string ownLabels(StringRef line, StringRef function) {
  size_t at = line.find(kLabel);
  if (at == StringRef::npos) return line.str();
  StringRef label = line.substr(at).take_while([](char c) { return isAlnum(c) || c == '_'; });
  return (line.take_front(at) + kLabel + "_" + function + "_" + label.substr(label.rfind('_') + 1) + line.substr(at + label.size())).str();
}

// Name → instructions and labels, a line each.
StringMap<std::vector<std::string>> split(StringRef text, const StringSet<>& wanted) {
  StringMap<std::vector<std::string>> functions;
  std::vector<std::string>* now = nullptr;
  StringRef name;
  for (StringRef line : llvm::split(text, '\n')) {
    line = line.trim();
    if (line.ends_with(":") && wanted.contains(line.drop_back())) {
      name = line.drop_back();
      now = &functions[name];
    } else if (line.starts_with(".Lfunc_end")) {
      now = nullptr;
    } else if (now && !line.empty() && !line.starts_with("#") && !line.starts_with(".")) {
      now->push_back(ownLabels(parsed(line), name));
    }
  }
  return functions;
}

// `$N` where the text names the number.
std::string withOperands(const std::vector<std::string>& lines, const std::vector<GlobalVariable*>& numbers) {
  std::string text;
  for (StringRef line : lines) {
    for (size_t i = 0; i < numbers.size(); ++i)
      if (line.ends_with((" = " + numbers[i]->getName()).str())) {
        text += line.drop_back(numbers[i]->getName().size()).str() + "$" + std::to_string(i) + "\n";
        line = "";
      }
    if (!line.empty()) text += line.str() + "\n";
  }
  return text;
}

// What the text names stays with the function: the linker brings along what a function uses.
void becomeText(Function& function, const std::vector<std::string>& lines) {
  std::vector<GlobalVariable*> numbers;
  std::vector<Value*> operands;
  SetVector<GlobalValue*> globals = globalsOf(function);
  DISubprogram* subprogram = function.getSubprogram();
  function.deleteBody();
  function.setSubprogram(subprogram);
  IRBuilder<> builder(BasicBlock::Create(function.getContext(), "", &function));
  if (subprogram) builder.SetCurrentDebugLocation(DILocation::get(function.getContext(), 0, 0, subprogram));
  for (GlobalValue* global : globals)
    if (auto* variable = dyn_cast<GlobalVariable>(global); variable && isNumber(*variable)) {
      numbers.push_back(variable);
      operands.push_back(builder.CreateLoad(variable->getValueType(), variable));
    }
  for (GlobalValue* global : globals)
    if (!is_contained(numbers, global) && !global->getName().starts_with("llvm.")) operands.push_back(global);
  std::vector<Type*> types;
  for (Value* operand : operands) types.push_back(operand->getType());
  std::string constraints = join(std::vector<std::string>(operands.size(), "i"), ",");
  auto* type = FunctionType::get(builder.getVoidTy(), types, false);
  builder.CreateCall(InlineAsm::get(type, withOperands(lines, numbers), constraints, true), operands);
  builder.CreateUnreachable();
  function.addFnAttr(Attribute::Naked);
}

}  // namespace

std::string assemble(Module& library, TargetMachine& machine) {
  StringSet<> wanted;
  for (const Function& function : library)
    if (canAssemble(function)) wanted.insert(function.getName());
  StringMap<std::vector<std::string>> texts = split(generate(library, wanted, machine), wanted);
  for (const auto& name : wanted.keys())
    if (texts[name].empty()) return (name + " has no code").str();
  for (const auto& [name, lines] : texts) becomeText(*library.getFunction(name), lines);
  return "";
}

}  // namespace lsmpc::stdlib
