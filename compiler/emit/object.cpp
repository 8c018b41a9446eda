#include "compiler/emit/object.h"

#include <llvm/ObjCopy/CommonConfig.h>
#include <llvm/ObjCopy/ConfigManager.h>
#include <llvm/ObjCopy/ObjCopy.h>
#include <llvm/Object/Binary.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>

#include "runtime/abi/layout.h"

namespace lsmpc::emit {

using namespace llvm;

std::string finishObject(const std::string& object, const std::string& manifest, const std::string& first_elements, std::string& wrong) {
  auto binary = object::createBinary(MemoryBufferRef(object, "object"));
  if (!binary) return wrong = toString(binary.takeError()), "";
  objcopy::ConfigManager config;
  config.Common.InputFilename = config.Common.OutputFilename = "object";
  config.Common.StripDebug = true;
  auto fail = [](Error error) { return error; };
  // libbpf finds these places by the symbols: their relocations are dead weight. So are labels.
  for (const char* name : {".rel.BTF", ".rel.BTF.ext"})
    cantFail(config.Common.ToRemove.addMatcher(objcopy::NameOrPattern::create(name, objcopy::MatchStyle::Literal, fail)));
  cantFail(config.Common.SymbolsToRemove.addMatcher(objcopy::NameOrPattern::create("LBB*", objcopy::MatchStyle::Wildcard, fail)));
  config.Common.AddSection.emplace_back(LSMP_MANIFEST_SECTION, MemoryBuffer::getMemBuffer(manifest, "", false));
  if (!first_elements.empty()) config.Common.AddSection.emplace_back(LSMP_FIRST_SECTION, MemoryBuffer::getMemBuffer(first_elements, "", false));
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  if (Error error = objcopy::executeObjcopyOnBinary(config, **binary, stream)) return wrong = toString(std::move(error)), "";
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace lsmpc::emit
