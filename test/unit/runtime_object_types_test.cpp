// LIBS: lsmpc_runtime bpf
#include <bpf/btf.h>
#include <gtest/gtest.h>

#include <memory>

#include "runtime/object_types.h"

using namespace lsmpc::runtime;

namespace {

constexpr int kNowhere = 0x5a0ac61d;

// The bytes of types that `add` makes after 1, an integer.
template <class Add>
std::string bytesOf(Add add) {
  std::unique_ptr<btf, decltype(&btf__free)> types(btf__new_empty(), btf__free);
  btf__add_int(types.get(), "int", 4, BTF_INT_SIGNED);
  add(types.get());
  uint32_t size = 0;
  const void* raw = btf__raw_data(types.get(), &size);
  return std::string(static_cast<const char*>(raw), size);
}

std::string named(uint32_t name) {
  std::string bytes = bytesOf([](btf*) {});
  reinterpret_cast<btf_type*>(bytes.data() + sizeof(btf_header))->name_off = name;
  return bytes;
}

}  // namespace

TEST(ObjectTypes, SoundOnesHaveNoFault) {
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) {
              btf__add_typedef(types, "number", 1);
              btf__add_struct(types, "pair", 8);
              btf__add_field(types, "first", 2, 0, 0);
              btf__add_array(types, 1, 3, 7);
            })),
            "");
}

TEST(ObjectTypes, ANameOutsideTheStringsIsNoName) {
  EXPECT_EQ(faultOfTypes(named(0x17ff02bd)), "type 1 of its `.BTF` has a name outside the section's strings");
}

// libbpf read what is at address 7 for them.
TEST(ObjectTypes, APartThatIsNotThere) {
  const char* fault = "type 2 of its `.BTF` is made of one that is not there";
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) { btf__add_ptr(types, kNowhere); })), fault);
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) { btf__add_array(types, 1, kNowhere, 7); })), fault);
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) {
              btf__add_struct(types, "map", 8);
              btf__add_field(types, "type", kNowhere, 0, 0);
            })),
            fault);
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) {
              btf__add_func_proto(types, 1);
              btf__add_func_param(types, "context", kNowhere);
            })),
            fault);
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) {
              btf__add_datasec(types, ".maps", 8);
              btf__add_datasec_var_info(types, kNowhere, 0, 8);
            })),
            fault);
}

TEST(ObjectTypes, AFunctionIsMadeOfAPrototype) {
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) { btf__add_func(types, "main", BTF_FUNC_GLOBAL, 1); })),
            "type 2 of its `.BTF` is made of one that it cannot be made of");
}

// libbpf looked for what it is for ever.
TEST(ObjectTypes, ANameForItself) {
  EXPECT_EQ(faultOfTypes(bytesOf([](btf* types) {
              btf__add_typedef(types, "a", 3);
              btf__add_typedef(types, "b", 2);
            })),
            "type 2 of its `.BTF` is another name for itself");
}

TEST(ObjectTypes, WhatIsNoBtfIsLeftToLibbpf) { EXPECT_EQ(faultOfTypes("no BTF"), ""); }
