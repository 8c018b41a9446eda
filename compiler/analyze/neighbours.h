// The rules that can have to do with one, without a look at each pair: rules by how the texts begin that they need, and by the numbers.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/analyze/overlap.h"

namespace lsmpc::analyze {

class Neighbours {
 public:
  // What the rules of a hook need, one by one; outlives it.
  explicit Neighbours(const std::vector<std::vector<Need>>& needs);

  // The rules before the one in place `end` that are not disjoint from one of these needs, ascending.
  std::vector<size_t> before(size_t end, const std::vector<Need>& needs) const;

 private:
  using Places = std::vector<size_t>;
  struct Beginning {
    std::string text;
    size_t place;
  };
  struct Bounded {
    Range range;
    size_t place;
  };
  // Of one value: rules that need it, by what they need of it, and the others.
  struct Key {
    std::vector<Beginning> beginnings;                                 // ascending
    std::unordered_map<std::string, std::pair<size_t, size_t>> equal;  // of these those of one text
    std::vector<size_t> lengths;                                       // of the texts, each once
    std::vector<Bounded> points, wide;                                 // points ascending
    Places others;
  };
  struct Run {
    size_t begin, end;  // in Key::beginnings
  };

  void add(const Need& need, size_t place);
  void close(Key& key, const std::vector<bool>& has);
  std::vector<Run> runsOf(const Key& key, const std::string& beginning) const;
  size_t countOf(const Key& key, const Need& need) const;
  Places placesOf(const Key& key, const Need& need) const;

  const std::vector<std::vector<Need>>& needs_;
  std::map<std::string, Key> keys_;
};

}  // namespace lsmpc::analyze
