// LIBS: lsmpc_verify
// What a verifier comes to, and limits. Whole objects: test/driver/verify.test.
#include "compiler/verify/verify.h"

#include <gtest/gtest.h>
#include <linux/bpf.h>

#include "compiler/verify/limits.h"
#include "compiler/verify/reach.h"
#include "runtime/abi/layout.h"

using namespace lsmpc;
using lsmpc::runtime::Message;
using Code = std::vector<bpf_insn>;

namespace {

bpf_insn instruction(uint8_t code, uint8_t to, uint8_t from, int16_t offset, int32_t value) {
  bpf_insn made{};
  made.code = code;
  made.dst_reg = to;
  made.src_reg = from;
  made.off = offset;
  made.imm = value;
  return made;
}
bpf_insn set(uint8_t to, int32_t value) { return instruction(BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value); }
bpf_insn jumpIfZero(uint8_t of, int16_t offset) { return instruction(BPF_JMP | BPF_JEQ | BPF_K, of, 0, offset, 0); }
bpf_insn jump(int16_t offset) { return instruction(BPF_JMP | BPF_JA, 0, 0, offset, 0); }
bpf_insn call(int32_t helper) { return instruction(BPF_JMP | BPF_CALL, 0, 0, 0, helper); }
bpf_insn end() { return instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0); }

std::string reached(const Code& code, const std::vector<object::Reference>& references = {}) {
  auto found = verify::reachedIn(code, references);
  if (!found) return "none";
  std::string text;
  for (bool one : *found) text += one ? 'x' : '.';
  return text;
}

constexpr uint8_t kR1 = BPF_REG_1, kR2 = BPF_REG_2, kR6 = BPF_REG_6;

}  // namespace

TEST(Reach, AConstantTakesABranchOneWay) {
  EXPECT_EQ(reached({set(kR1, 0), jumpIfZero(kR1, 1), call(156), end()}), "xx.x");
  EXPECT_EQ(reached({set(kR1, 1), jumpIfZero(kR1, 1), call(156), end()}), "xxxx");
  EXPECT_EQ(reached({jumpIfZero(kR1, 1), call(156), end()}), "xxx");  // an argument
}

TEST(Reach, ArithmeticOfConstantsIsOne) {
  EXPECT_EQ(reached({set(kR1, 3), instruction(BPF_ALU | BPF_AND | BPF_K, kR1, 0, 0, 4), jumpIfZero(kR1, 1), call(156), end()}), "xxx.x");
  EXPECT_EQ(reached({set(kR1, -1), set(kR2, -1), instruction(BPF_JMP32 | BPF_JEQ | BPF_X, kR1, kR2, 1, 0), call(156), end()}), "xxx.x");
}

TEST(Reach, WhereWaysMeetOnlyWhatIsTheSameIsKnown) {
  // r2 is 0 or 1 by an argument: what it decides goes both ways. r6 is 0 on both.
  EXPECT_EQ(reached({set(kR2, 0), set(kR6, 0), jumpIfZero(kR1, 1), set(kR2, 1), jumpIfZero(kR2, 1), call(156), jumpIfZero(kR6, 1),
                     call(157), end()}),
            "xxxxxxx.x");
}

TEST(Reach, AWayThatNobodyTakesTellsNothing) {
  // Only the way past `r2 = 1` is taken, so r2 is 0 behind it.
  EXPECT_EQ(reached({set(kR2, 0), set(kR1, 0), jumpIfZero(kR1, 1), set(kR2, 1), jumpIfZero(kR2, 1), call(156), end()}), "xxx.x.x");
}

TEST(Reach, CallsAndMemoryAreNotKnown) {
  EXPECT_EQ(reached({set(kR1, 0), call(5), jumpIfZero(kR1, 1), call(156), end()}), "xxxxx");
  EXPECT_EQ(reached({set(kR6, 0), call(5), jumpIfZero(kR6, 1), call(156), end()}), "xxx.x");
  EXPECT_EQ(reached({set(kR1, 0), instruction(BPF_LDX | BPF_MEM | BPF_DW, kR1, BPF_REG_10, -8, 0), jumpIfZero(kR1, 1), call(156), end()}),
            "xxxxx");
  bpf_insn exchange = instruction(BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_10, kR1, -8, BPF_XCHG);
  EXPECT_EQ(reached({set(kR1, 0), exchange, jumpIfZero(kR1, 1), call(156), end()}), "xxxxx");
}

TEST(Reach, AWordIsKnownUnlessItRefersToSomething) {
  Code code{instruction(BPF_LD | BPF_IMM | BPF_DW, kR1, 0, 0, 0), instruction(0, 0, 0, 0, 0), jumpIfZero(kR1, 1), call(156), end()};
  EXPECT_EQ(reached(code), "x.x.x");
  EXPECT_EQ(reached(code, {{object::Reference::Kind::Symbol, 0, 0, 0, "rename_lock"}}), "x.xxx");
}

TEST(Reach, ALoopEnds) {
  bpf_insn more = instruction(BPF_ALU64 | BPF_ADD | BPF_K, kR1, 0, 0, 1);
  EXPECT_EQ(reached({set(kR1, 0), more, instruction(BPF_JMP | BPF_JLT | BPF_K, kR1, 0, -2, 9), call(156), end()}), "xxxxx");
}

TEST(Reach, CodeThatIsNotWholeIsNone) {
  EXPECT_EQ(reached({jump(1), end()}), "none");
  EXPECT_EQ(reached({jump(-2), end()}), "none");
  EXPECT_EQ(reached({set(kR1, 0)}), "none");
  EXPECT_EQ(reached({}), "none");
}

namespace {

std::vector<Message> messages(const std::vector<runtime::Problem>& problems) {
  std::vector<Message> found;
  for (const runtime::Problem& problem : problems) found.push_back(problem.message);
  return found;
}
using Messages = std::vector<Message>;

}  // namespace

TEST(Limits, OfPrograms) {
  object::Object object;
  object.functions = {{.name = "p", .section = "lsm/file_open"}, {.name = "f", .section = ".text"}, {.name = "g", .section = ".text"}};
  for (object::Function& function : object.functions) function.code.resize(400'000);
  object.functions[0].references = {{object::Reference::Kind::Function, 0, 1, 0, ""}, {object::Reference::Kind::Function, 1, 1, 0, ""}};
  verify::Size twice = verify::sizeOf(object, 0, {{"p", 512, 8}});
  EXPECT_GT(twice.instructions, 800'000u);  // once, however often it is called; and the loader's
  EXPECT_LT(twice.instructions, 800'500u);
  EXPECT_EQ(messages(verify::overLimits(object.functions[0], twice)), Messages{});
  object.functions[1].references = {{object::Reference::Kind::Function, 0, 2, 0, ""}};
  EXPECT_EQ(messages(verify::overLimits(object.functions[0], verify::sizeOf(object, 0, {{"p", 544, 8}}))),
            (Messages{Message::ProgramTooLong, Message::StackTooLarge}));
  EXPECT_EQ(messages(verify::overLimits(object.functions[0], verify::Size{1, 512, 9})), Messages{Message::StackTooLarge});
}

TEST(Limits, OfMaps) {
  EXPECT_EQ(
      messages(verify::overLimits({.name = "m", .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 0x400000, .max_entries = 1})),
      Messages{});
  EXPECT_EQ(
      messages(verify::overLimits({.name = "m", .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 0x400001, .max_entries = 1})),
      Messages{Message::MapTooLarge});
  EXPECT_EQ(messages(verify::overLimits({.name = "m", .type = BPF_MAP_TYPE_HASH, .key_size = 513, .value_size = 8, .max_entries = 1})),
            Messages{Message::MapTooLarge});
  EXPECT_EQ(messages(verify::overLimits(
                {.name = "m", .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 0x100000, .max_entries = 0x10000})),
            Messages{Message::MapTooLarge});
}

namespace {

// A kernel with one record of four bytes, whose BTF has a map type and helpers of its own, and an object of one program for it.
class OfTypes : public testing::Test {
 protected:
  OfTypes() : kernel_(btf__new_empty()), local_(btf__new_empty()) {
    int word = btf__add_int(kernel_.get(), "unsigned int", 4, 0);
    for (int i = 0; i < 2; ++i) {  // two of that name, and not the same
      btf__add_struct(kernel_.get(), "twins", 8);
      btf__add_field(kernel_.get(), "at", word, static_cast<uint32_t>(32 * i), 0);
    }
    btf__add_enum(kernel_.get(), "bpf_map_type", 4);
    btf__add_enum_value(kernel_.get(), "BPF_MAP_TYPE_ARRAY", BPF_MAP_TYPE_ARRAY);
    btf__add_enum(kernel_.get(), "bpf_func_id", 4);
    btf__add_enum_value(kernel_.get(), "BPF_FUNC_map_lookup_elem", 1);
    btf__add_enum_value(kernel_.get(), "__BPF_FUNC_MAX_ID", 2);
    word = btf__add_int(local_.get(), "unsigned int", 4, 0);
    twins_ = static_cast<uint32_t>(btf__add_struct(local_.get(), "twins___ours", 4));
    btf__add_field(local_.get(), "at", word, 0, 0);
    object_.functions = {{.name = "p", .section = "lsm/file_open", .code = {set(0, 0), call(1), call(2), set(0, 0), end()}}};
    object_.maps = {{.name = "arrays", .type = BPF_MAP_TYPE_ARRAY}, {.name = "hashes", .type = BPF_MAP_TYPE_HASH}};
    manifest_.hooks = {{.name = "file_open", .program = "p"}};
  }

  void addHook() {
    btf__add_func(kernel_.get(), "bpf_lsm_file_open", BTF_FUNC_STATIC, btf__add_func_proto(kernel_.get(), 1));
    manifest_.hooks.front().variants = {{}};
  }

  std::vector<Message> verdict() {
    object_.types = std::move(local_);
    std::vector<emit::CallDepth> depths;
    std::vector<Message> found;
    for (const verify::Finding& finding : verify::verifyOn({"o", object_, manifest_, depths}, {"k", *kernel_}).findings)
      found.push_back(finding.problem.message);
    return found;
  }

  object::Types kernel_, local_;
  object::Object object_;
  runtime::Manifest manifest_;
  uint32_t twins_ = 0;
};

}  // namespace

TEST_F(OfTypes, HelpersAndMapsAreThoseThatTheTypesName) {
  addHook();
  EXPECT_EQ(verdict(), (Messages{Message::MapTypeAbsent, Message::HelperAbsent}));
}

TEST_F(OfTypes, OfAHookThatMayBeMissingNothingIsLookedAt) {
  manifest_.hooks.front().if_present = true;
  EXPECT_EQ(verdict(), Messages{Message::MapTypeAbsent});
}

TEST_F(OfTypes, HooksThatAreMissing) { EXPECT_EQ(verdict(), (Messages{Message::HookAbsent, Message::MapTypeAbsent})); }

TEST_F(OfTypes, TypesThatDisagree) {
  object_.functions[0].relocations = {{.instruction = 0, .type = twins_, .access = "0:0", .kind = BPF_CORE_FIELD_BYTE_OFFSET}};
  EXPECT_EQ(verdict(), (Messages{Message::HookAbsent, Message::MapTypeAbsent, Message::TypesDisagree}));
}

TEST_F(OfTypes, MapsThatALoaderLeavesOut) {
  addHook();
  object_.maps.push_back(
      {.name = LSMP_MAP_FACTS, .type = BPF_MAP_TYPE_TASK_STORAGE});  // for kernels with task storage, which this one lacks
  Code word{instruction(BPF_LD | BPF_IMM | BPF_DW, kR1, 0, 0, 0), instruction(0, 0, 0, 0, 0)};
  object_.functions[0].code = {word[0], word[1], end()};
  object_.functions[0].references = {{object::Reference::Kind::Map, 0, 2, 0, ""}};
  EXPECT_EQ(verdict(), (Messages{Message::MapTypeAbsent, Message::ProgramMismatch}));
}
