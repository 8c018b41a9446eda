#include "compiler/lower/set_words.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/GlobalVariable.h>

#include "runtime/abi/set_layout.h"

namespace lsmpc::lower {

using namespace llvm;

std::vector<uint32_t> setPlaces(const std::vector<decision::Set>& sets) {
  std::vector<uint32_t> places;
  uint32_t next = 0;
  for (const decision::Set& set : sets) {
    places.push_back(next);
    next += static_cast<uint32_t>(set.words.size());
  }
  return places;
}

uint64_t setWords(const std::vector<decision::Set>& sets) {
  uint64_t words = 0;
  for (const decision::Set& set : sets) words += set.words.size();
  return words;
}

Shards defineShards(Module& module, const std::vector<decision::Set>& sets) {
  std::vector<uint64_t> words;
  for (const decision::Set& set : sets) words.insert(words.end(), set.words.begin(), set.words.end());
  Shards shards;
  for (size_t begin = 0; begin < words.size(); begin += LSMP_SHARD_WORDS) {
    shards.rest = static_cast<uint32_t>(std::min<size_t>(words.size() - begin, LSMP_SHARD_WORDS));
    Constant* data = ConstantDataArray::get(module.getContext(), ArrayRef(words).slice(begin, shards.rest));
    std::string number = std::to_string(shards.count++);
    auto* shard = new GlobalVariable(module, data->getType(), true, GlobalValue::ExternalLinkage, data, "lsmp_set_" + number);
    shard->setSection(".rodata.set" + number);
    shard->setAlignment(Align(8));
    shard->setDSOLocal(true);
  }
  return shards;
}

}  // namespace lsmpc::lower
