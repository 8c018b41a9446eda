#include "compiler/lower/set_words.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/GlobalVariable.h>

#include <algorithm>

#include "runtime/abi/path_layout.h"

namespace lsmpc::lower {

using namespace llvm;

namespace {

uint64_t wordOf(const decision::TableRow& row) { return row.rule | uint64_t{row.action} << 32 | uint64_t{row.condition} << 40; }

std::vector<uint64_t> allWords(const decision::Decision& decision, const WordPlaces& places) {
  std::vector<uint64_t> words(places.words);
  for (size_t i = 0; i < decision.sets.size(); ++i)
    std::copy(decision.sets[i].words.begin(), decision.sets[i].words.end(), words.begin() + places.sets[i]);
  for (size_t p = 0; p < decision.programs.size(); ++p)
    for (size_t t = 0; t < places.tables[p].size(); ++t) {
      const decision::Table& table = decision.programs[p].tables[t];
      TablePlace place = places.tables[p][t];
      std::copy(table.words.begin(), table.words.end(), words.begin() + place.table);
      std::transform(table.rows.begin(), table.rows.end(), words.begin() + place.rows, wordOf);
    }
  return words;
}

}  // namespace

WordPlaces placeWords(const decision::Decision& decision) {
  WordPlaces places;
  auto take = [&](size_t count) {
    auto place = static_cast<uint32_t>(places.words);
    places.words += count;
    return place;
  };
  for (const decision::Set& set : decision.sets) places.sets.push_back(take(set.words.size()));
  for (const decision::Program& program : decision.programs) {
    std::vector<TablePlace>& tables = places.tables.emplace_back();
    for (const decision::Table& table : program.tables) {
      if (table.kind == decision::Table::Kind::Paths) places.words = (places.words + LSMP_PATH_PAGE - 1) / LSMP_PATH_PAGE * LSMP_PATH_PAGE;
      uint32_t place = take(table.words.size());
      tables.push_back({place, take(table.rows.size())});
    }
  }
  return places;
}

Shards defineShards(Module& module, const decision::Decision& decision) {
  std::vector<uint64_t> words = allWords(decision, placeWords(decision));
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
