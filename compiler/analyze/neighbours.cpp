#include "compiler/analyze/neighbours.h"

#include <algorithm>
#include <numeric>

namespace lsmpc::analyze {

Neighbours::Neighbours(const std::vector<std::vector<Need>>& needs) : needs_(needs) {
  std::map<std::string, std::vector<bool>> has;
  for (size_t place = 0; place < needs.size(); ++place)
    for (const Need& need : needs[place]) {
      std::vector<bool>& known = has.try_emplace(need.key, needs.size()).first->second;
      if (!known[place]) add(need, place);  // one of several patterns for one text is enough
      known[place] = true;
    }
  for (auto& [name, key] : keys_) close(key, has[name]);
}

void Neighbours::add(const Need& need, size_t place) {
  Key& key = keys_[need.key];
  for (const Need::Form& form : need.forms) key.beginnings.push_back({form.beginning, place});
  for (const Range& range : need.ranges) (range.low == range.high ? key.points : key.wide).push_back({range, place});
}

void Neighbours::close(Key& key, const std::vector<bool>& has) {
  std::stable_sort(key.beginnings.begin(), key.beginnings.end(),
                   [](const Beginning& one, const Beginning& other) { return one.text < other.text; });
  std::stable_sort(key.points.begin(), key.points.end(),
                   [](const Bounded& one, const Bounded& other) { return one.range.low < other.range.low; });
  for (size_t i = 0; i < key.beginnings.size(); ++i) {
    auto [run, added] = key.equal.try_emplace(key.beginnings[i].text, i, i);
    run->second.second = i + 1;
    if (added) key.lengths.push_back(key.beginnings[i].text.size());
  }
  std::sort(key.lengths.begin(), key.lengths.end());
  key.lengths.erase(std::unique(key.lengths.begin(), key.lengths.end()), key.lengths.end());
  for (size_t place = 0; place < has.size(); ++place)
    if (!has[place]) key.others.push_back(place);
}

// Two texts can be one only where the beginning of one begins that of the other.
std::vector<Neighbours::Run> Neighbours::runsOf(const Key& key, const std::string& beginning) const {
  std::vector<Run> runs;
  for (size_t length : key.lengths) {
    if (length >= beginning.size()) break;
    auto shorter = key.equal.find(beginning.substr(0, length));
    if (shorter != key.equal.end()) runs.push_back({shorter->second.first, shorter->second.second});
  }
  auto first = std::lower_bound(key.beginnings.begin(), key.beginnings.end(), beginning,
                                [](const Beginning& one, const std::string& text) { return one.text < text; });
  auto last = std::partition_point(first, key.beginnings.end(), [&](const Beginning& one) { return one.text.starts_with(beginning); });
  runs.push_back({static_cast<size_t>(first - key.beginnings.begin()), static_cast<size_t>(last - key.beginnings.begin())});
  return runs;
}

size_t Neighbours::countOf(const Key& key, const Need& need) const {
  size_t count = key.others.size() + (need.ranges.empty() ? 0 : key.wide.size());
  for (const Need::Form& form : need.forms)
    for (const Run& run : runsOf(key, form.beginning)) count += run.end - run.begin;
  return count;
}

Neighbours::Places Neighbours::placesOf(const Key& key, const Need& need) const {
  Places places = key.others;
  for (const Need::Form& form : need.forms)
    for (const Run& run : runsOf(key, form.beginning))
      for (size_t i = run.begin; i < run.end; ++i) places.push_back(key.beginnings[i].place);
  for (const Range& range : need.ranges) {
    auto first = std::lower_bound(key.points.begin(), key.points.end(), range.low,
                                  [](const Bounded& one, Bound low) { return one.range.low < low; });
    for (; first != key.points.end() && first->range.low <= range.high; ++first) places.push_back(first->place);
    for (const Bounded& one : key.wide)
      if (one.range.low <= range.high && range.low <= one.range.high) places.push_back(one.place);
  }
  return places;
}

std::vector<size_t> Neighbours::before(size_t end, const std::vector<Need>& needs) const {
  const Key* key = nullptr;
  const Need* best = nullptr;
  size_t fewest = end;
  for (const Need& need : needs)
    if (auto known = keys_.find(need.key); known != keys_.end())
      if (size_t count = countOf(known->second, need); count < fewest) fewest = count, key = &known->second, best = &need;
  Places places(key ? 0 : end);
  if (key)
    places = placesOf(*key, *best);
  else
    std::iota(places.begin(), places.end(), size_t{0});
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  std::erase_if(places, [&](size_t place) { return place >= end || disjoint(needs_[place], needs); });
  return places;
}

}  // namespace lsmpc::analyze
