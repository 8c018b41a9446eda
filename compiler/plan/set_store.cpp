#include "compiler/plan/set_store.h"

#include <algorithm>

#include "compiler/match/string_table.h"

namespace lsmpc::plan {
namespace {

using Kind = decision::Set::Kind;
using match::Span;
using match::Wide;

bool same(const Span& a, const Span& b) { return a.low == b.low && a.high == b.high; }

// As 64 bits; signed ones in order of size.
Wide wordOf(policy::Int number, bool is_signed) { return static_cast<uint64_t>(number) ^ (is_signed ? uint64_t{1} << 63 : 0); }

std::string textOf(const ast::Cidr& cidr) { return ast::print(ast::Expr{{}, cidr}); }

// The old numbers of what tests ask for, in the order of the new ones.
std::vector<uint32_t> numberAnew(std::vector<decision::Program>& programs, decision::TestOp op, size_t count) {
  std::vector<uint32_t> old, number(count, ~0u);
  for (decision::Program& program : programs)
    for (decision::Test& test : program.tests) {
      if (test.op != op) continue;
      if (number[test.set] == ~0u) {
        number[test.set] = static_cast<uint32_t>(old.size());
        old.push_back(test.set);
      }
      test.set = number[test.set];
    }
  return old;
}

}  // namespace

std::vector<Span> spansOf(const std::vector<ast::Cidr>& cidrs) {
  std::vector<Span> spans;
  for (const ast::Cidr& cidr : cidrs) {
    Wide address = 0;
    for (uint8_t byte : cidr.address.bytes) address = address << 8 | byte;
    unsigned prefix = cidr.prefix + (cidr.address.v4 ? 96 : 0);
    Wide host = prefix == 0 ? ~Wide{0} : (Wide{1} << (128 - prefix)) - 1;
    spans.push_back({address & ~host, address | host});
  }
  return match::joined(std::move(spans));
}

std::vector<Span> spansOf(const std::vector<policy::Interval>& intervals, bool is_signed) {
  const policy::Int lowest = is_signed ? policy::Int{INT64_MIN} : 0;
  const policy::Int highest = is_signed ? policy::Int{INT64_MAX} : policy::Int{UINT64_MAX};
  std::vector<Span> spans;
  for (const policy::Interval& interval : intervals) {
    policy::Int low = std::max(interval.low, lowest), high = std::min(interval.high, highest);
    if (low <= high) spans.push_back({wordOf(low, is_signed), wordOf(high, is_signed)});
  }
  return match::joined(std::move(spans));
}

uint32_t SetStore::strings(std::vector<std::string> elements) {
  std::sort(elements.begin(), elements.end());
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  std::string ends = policy::quoted(elements.front()) + " … " + policy::quoted(elements.back());
  return add({Kind::Strings, std::move(elements), {}, std::move(ends)});
}

uint32_t SetStore::numbers(const std::vector<policy::Interval>& intervals, bool is_signed) {
  std::string ends = policy::decimal(intervals.front().low) + " … " + policy::decimal(intervals.back().high);
  return add({Kind::Numbers, {}, plan::spansOf(intervals, is_signed), std::move(ends)});
}

uint32_t SetStore::networks(const std::vector<ast::Cidr>& cidrs) {
  return add({Kind::Networks, {}, plan::spansOf(cidrs), textOf(cidrs.front()) + " … " + textOf(cidrs.back())});
}

uint32_t SetStore::add(Entry entry) {
  auto equal = [&](const Entry& other) {
    return other.kind == entry.kind && other.strings == entry.strings &&
           std::equal(other.spans.begin(), other.spans.end(), entry.spans.begin(), entry.spans.end(), same);
  };
  auto found = std::find_if(entries_.begin(), entries_.end(), equal);
  auto number = static_cast<uint32_t>(found - entries_.begin());
  if (found == entries_.end()) entries_.push_back(std::move(entry));
  return number;
}

decision::Set SetStore::tableOf(const Entry& entry) {
  decision::Set set{entry.kind, static_cast<uint32_t>(entry.strings.size() + entry.spans.size()), entry.ends, {}};
  switch (entry.kind) {
    case Kind::Strings: set.words = match::stringTable(entry.strings); break;
    case Kind::Numbers: set.words = match::numberTable(entry.spans); break;
    case Kind::Networks: set.words = match::networkTable(entry.spans); break;
  }
  return set;
}

std::optional<uint32_t> SetStore::dynamic(const policy::DynamicSet& set, Kind kind, uint32_t rule) {
  auto equal = [&](const decision::Map& other) { return other.set.name == set.name; };
  auto found = std::find_if(maps_.begin(), maps_.end(), equal);
  auto number = static_cast<uint32_t>(found - maps_.begin());
  if (found == maps_.end()) maps_.push_back({kind, set, rule});
  if (maps_[number].set != set) return std::nullopt;
  return number;
}

std::vector<decision::Set> SetStore::build(std::vector<decision::Program>& programs) const {
  std::vector<decision::Set> sets;
  for (uint32_t entry : numberAnew(programs, decision::TestOp::Listed, entries_.size())) sets.push_back(tableOf(entries_[entry]));
  return sets;
}

std::vector<decision::Map> SetStore::buildMaps(std::vector<decision::Program>& programs) const {
  std::vector<decision::Map> maps;
  for (uint32_t entry : numberAnew(programs, decision::TestOp::InMap, maps_.size())) maps.push_back(maps_[entry]);
  return maps;
}

}  // namespace lsmpc::plan
