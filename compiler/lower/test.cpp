// Tests on values, in Kleene logic: an absent value fails its test, an unresolved one leaves it open.
#include "compiler/lower/dynamic_maps.h"
#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"
#include "stdlib/bpf/same.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::TestOp;
using decision::ValueId;

namespace {

constexpr size_t kFewSets = 4;       // up to here accept sets are compared one by one
constexpr uint32_t kNoAccept = ~0u;  // of lsmp_match

}  // namespace

Truth ProgramLowering::judged(Value* state, Value* holds) {
  Value* present = comparison_.same(state, i32(LSMP_PRESENT));
  Value* absent = comparison_.same(state, i32(LSMP_ABSENT));
  return {builder_.CreateAnd(present, holds), builder_.CreateOr(absent, builder_.CreateAnd(present, builder_.CreateNot(holds)))};
}

Truth ProgramLowering::test(decision::TestId id) {
  const decision::Test& test = program_.tests[id];
  if (test.op == TestOp::Class) return classTest(test);
  if (test.op == TestOp::Listed || test.op == TestOp::InMap) return listed(id);
  Loaded left = value(test.left);
  const policy::Type& type = program_.values[test.left].type;
  switch (test.op) {
    case TestOp::Truth: return judged(left.state, comparison_.different(left.words[0], i64(0)));
    case TestOp::Null: return judged(left.state, isNull(left.words[0]));
    case TestOp::Intervals: return judged(left.state, intervals(test, left.words[0], type));
    case TestOp::Cidrs: return judged(left.state, cidrs(test, left.words));
    case TestOp::Mask: {
      Value* bits = builder_.CreateAnd(left.words[0], i64(test.mask));
      return judged(left.state, test.any ? comparison_.different(bits, i64(0)) : comparison_.same(bits, i64(test.mask)));
    }
    default: break;
  }
  if (isText(type)) return sameText(test.left, test.right);
  Loaded right = value(test.right);
  Value* holds = type.kind == policy::TypeKind::Ip
                     ? builder_.CreateAnd(comparison_.same(left.words[0], right.words[0]), comparison_.same(left.words[1], right.words[1]))
                     : compare(test.op, test.left, test.right);
  return judged(worse(left.state, right.state), holds);
}

Truth ProgramLowering::sameText(ValueId left, ValueId right) {
  Value* state = worse(value(left).state, value(right).state);
  Loaded found = guarded(comparison_.same(state, i32(LSMP_PRESENT)), i32(LSMP_DIFFERENT), {}, [&]() -> Loaded {
    return {callLibrary(builder_, "lsmp_same", builder_.getInt32Ty(), {i32(slots_.of.at(left)), i32(slots_.of.at(right))}), {}};
  });
  return answered(state, found.state);
}

// What the library says of a value in `state`: enum lsmp_sameness, or that it cannot tell.
Truth ProgramLowering::answered(Value* state, Value* sameness) {
  Value* known = comparison_.notAbove(sameness, i32(LSMP_SAME));
  return judged(comparison_.choose(known, state, i32(LSMP_IS_UNRESOLVED)), comparison_.same(sameness, i32(LSMP_SAME)));
}

Truth ProgramLowering::listed(decision::TestId id) {
  const decision::Test& test = program_.tests[id];
  auto known = listed_cells_.find(id);
  if (known == listed_cells_.end()) known = listed_cells_.emplace(id, memo_.add({builder_.getInt32Ty()}, "listed")).first;
  Value* state = value(test.left).state;
  Value* found = memo_.get(known->second, [&]() -> Memo::Words {
    Value* present = comparison_.same(state, i32(LSMP_PRESENT));
    return {guarded(present, i32(LSMP_DIFFERENT), {}, [&]() -> Loaded {
              return test.op == TestOp::InMap ? lookInMap(test) : look(test);
            }).state};
  })[0];
  return answered(state, found);
}

Loaded ProgramLowering::lookInMap(const decision::Test& test) {
  const decision::Map& map = decision_.maps[test.set];
  Value* variable = function_->getParent()->getGlobalVariable(LSMP_DYNAMIC_PREFIX + std::to_string(test.set));
  Type* result = builder_.getInt32Ty();
  if (map.kind == decision::Set::Kind::Strings)
    return {callLibrary(builder_, lookOf(test.set).c_str(), result, {i32(slots_.of.at(test.left))}), {}};
  std::vector<Value*> words = value(test.left).words;
  words.insert(words.begin(), variable);
  return {callLibrary(builder_, map.kind == decision::Set::Kind::Networks ? "lsmp_among_networks" : "lsmp_among_numbers", result, words),
          {}};
}

Loaded ProgramLowering::look(const decision::Test& test) {
  Value* place = i32(places_.sets[test.set]);
  Type* result = builder_.getInt32Ty();
  const decision::Set& set = decision_.sets[test.set];
  if (set.kind == decision::Set::Kind::Strings)
    return {callLibrary(builder_, "lsmp_in_strings", result, {i32(slots_.of.at(test.left)), place}), {}};
  std::vector<Value*> words = value(test.left).words;
  if (set.kind == decision::Set::Kind::Networks)
    return {callLibrary(builder_, "lsmp_in_networks", result, {place, words[0], words[1]}), {}};
  return {callLibrary(builder_, "lsmp_in_numbers", result, {place, inOrder(words[0], program_.values[test.left].type)}), {}};
}

// The order of signed numbers is that of unsigned ones with the sign bit turned over.
Value* ProgramLowering::inOrder(Value* word, const policy::Type& type) {
  return type.is_signed ? builder_.CreateXor(word, i64(uint64_t{1} << 63)) : word;
}

Value* ProgramLowering::ordered(TestOp op, Value* left, Value* right, bool is_signed) {
  if (is_signed) {  // the order of signed numbers is that of unsigned ones with the sign bit turned over
    left = builder_.CreateXor(left, i64(uint64_t{1} << 63));
    right = builder_.CreateXor(right, i64(uint64_t{1} << 63));
  }
  switch (op) {
    case TestOp::Less: return comparison_.below(left, right);
    case TestOp::LessEqual: return comparison_.notAbove(left, right);
    case TestOp::Greater: return comparison_.below(right, left);
    case TestOp::GreaterEqual: return comparison_.notAbove(right, left);
    default: return comparison_.same(left, right);
  }
}

// Both sides as 64 bits; where just one is signed, a negative number is smaller than any of the other side.
Value* ProgramLowering::compare(TestOp op, ValueId left_id, ValueId right_id) {
  const decision::Value &l = program_.values[left_id], &r = program_.values[right_id];
  bool l_signed = l.type.is_signed, r_signed = r.type.is_signed;
  if (l.op == decision::ValueOp::Const && l.constant >= 0 && l.constant <= INT64_MAX) l_signed = r_signed;
  if (r.op == decision::ValueOp::Const && r.constant >= 0 && r.constant <= INT64_MAX) r_signed = l_signed;
  auto number = [&](ValueId id) { return program_.values[id].type.kind == policy::TypeKind::Pointer ? asNumber(id) : value(id).words[0]; };
  Value *left = number(left_id), *right = number(right_id);
  Value* result = ordered(op, left, right, l_signed && r_signed);
  if (l_signed == r_signed) return result;
  Value* negative = comparison_.notAbove(i64(uint64_t{1} << 63), l_signed ? left : right);
  bool smaller_holds = op == TestOp::Less || op == TestOp::LessEqual;
  bool greater_holds = op == TestOp::Greater || op == TestOp::GreaterEqual;
  return builder_.CreateSelect(negative, builder_.getInt1(l_signed ? smaller_holds : greater_holds), result);
}

Value* ProgramLowering::intervals(const decision::Test& test, Value* word, const policy::Type& type) {
  const policy::Int lowest = type.is_signed ? policy::Int{INT64_MIN} : 0;
  const policy::Int highest = type.is_signed ? policy::Int{INT64_MAX} : policy::Int{UINT64_MAX};
  Value* inside = builder_.getFalse();
  for (const policy::Interval& interval : test.intervals) {
    policy::Int low = std::max(interval.low, lowest), high = std::min(interval.high, highest);
    if (low > high) continue;
    Value* distance = builder_.CreateSub(word, i64(static_cast<uint64_t>(low)));
    inside = builder_.CreateOr(inside, comparison_.notAbove(distance, i64(static_cast<uint64_t>(high - low))));
  }
  return inside;
}

Value* ProgramLowering::cidrs(const decision::Test& test, const std::vector<Value*>& words) {
  Value* inside = builder_.getFalse();
  for (const ast::Cidr& cidr : test.cidrs) {
    uint64_t half[2] = {0, 0};
    for (size_t i = 0; i < 16; ++i) half[i / 8] = half[i / 8] << 8 | cidr.address.bytes[i];
    unsigned prefix = cidr.prefix + (cidr.address.v4 ? 96 : 0);
    Value* same = builder_.getTrue();
    for (unsigned h = 0; h < 2; ++h) {
      unsigned bits = std::min(64u, prefix - std::min(prefix, h * 64));
      if (bits == 0) continue;
      uint64_t mask = bits == 64 ? ~uint64_t{0} : ~(~uint64_t{0} >> bits);
      same = builder_.CreateAnd(same, comparison_.same(builder_.CreateAnd(words[h], i64(mask)), i64(half[h] & mask)));
    }
    inside = builder_.CreateOr(inside, same);
  }
  return inside;
}

Value* ProgramLowering::matched(uint32_t matcher, ValueId id) {
  Value* present = comparison_.same(value(id).state, i32(LSMP_PRESENT));
  return guarded(present, i32(kNoAccept), {}, [&]() -> Loaded { return {callMatch(automata_[matcher], id), {}}; }).state;
}

// Of a string that is there.
Value* ProgramLowering::callMatch(uint32_t automaton, ValueId id) {
  std::vector<Value*> arguments = {i32(slots_.of.at(id)), i32(automaton)};
  if (!isCached(id)) return callLibrary(builder_, "lsmp_match", builder_.getInt32Ty(), arguments);
  arguments.push_back(cache_seen_);
  return callLibrary(builder_, "lsmp_match_since", builder_.getInt32Ty(), arguments);
}

// The string's accept set in its matcher, found once for all rules; ~0 for a string that is not there.
Value* ProgramLowering::acceptSet(uint32_t matcher, ValueId id) {
  auto key = std::pair(matcher, id);
  auto known = accept_cells_.find(key);
  if (known == accept_cells_.end()) known = accept_cells_.emplace(key, memo_.add({builder_.getInt32Ty()}, "accept")).first;
  return memo_.get(known->second, [&]() -> Memo::Words {
    if (!automata_.contains(matcher)) automata_[matcher] = tables_.automaton(program_.matchers[matcher].dfa);
    return {unlessFar(matcher, id, [&] { return cached(id, automata_[matcher] * 2, i64(0), [&] { return matched(matcher, id); }); })};
  })[0];
}

Truth ProgramLowering::classTest(const decision::Test& test) {
  const decision::Matcher& matcher = program_.matchers[test.matcher];
  const auto& sets = matcher.dfa.accept_sets;
  Value* set = acceptSet(test.matcher, test.left);
  Value* in_range = comparison_.below(set, i32(static_cast<uint32_t>(sets.size())));
  std::vector<uint32_t> holding;
  for (uint32_t i = 0; i < sets.size(); ++i)
    if (std::binary_search(sets[i].begin(), sets[i].end(), test.predicate)) holding.push_back(i);
  Value* holds = builder_.getFalse();
  if (holding.size() <= kFewSets)
    for (uint32_t i : holding) holds = builder_.CreateOr(holds, comparison_.same(set, i32(i)));
  else
    holds = acceptBit(test, set);
  // A string that was not matched is unresolved, or absent where what it is read from can be.
  Value* no = builder_.CreateAnd(in_range, builder_.CreateNot(holds));
  if (mayBeAbsent(test.left)) no = builder_.CreateOr(no, comparison_.same(value(test.left).state, i32(LSMP_ABSENT)));
  return {holds, no};
}

Value* ProgramLowering::acceptBit(const decision::Test& test, Value* set) {
  const decision::Matcher& matcher = program_.matchers[test.matcher];
  auto predicates = static_cast<uint32_t>(matcher.predicates.size());
  auto sets = static_cast<uint32_t>(matcher.dfa.accept_sets.size());
  if (!accept_rows_.contains(test.matcher)) accept_rows_[test.matcher] = tables_.acceptRows(matcher.dfa, predicates);
  Value* inside = comparison_.below(set, i32(sets));
  Value* row = builder_.CreateSelect(inside, set, i32(0));
  // Opaque: the verifier must see the very register that was checked.
  Value* word =
      opaque(builder_, builder_.CreateZExt(row, builder_.getInt64Ty()), ("if $0 < " + std::to_string(sets) + " goto +1\n\t$0 = 0").c_str());
  Value* index = builder_.CreateAdd(builder_.CreateMul(word, i64(Tables::rowWords(predicates))),
                                    i64(accept_rows_[test.matcher] + test.predicate / 32));
  Module* module = function_->getParent();
  Value* base = module->getOrInsertGlobal("lsmp_tables", ArrayType::get(builder_.getInt32Ty(), 0));
  Value* bits = builder_.CreateLoad(builder_.getInt32Ty(), builder_.CreateGEP(builder_.getInt32Ty(), base, index));
  return comparison_.different(builder_.CreateAnd(bits, i32(1u << test.predicate % 32)), i32(0));
}

}  // namespace lsmpc::lower
