// LIBS: lsmpc_runtime bpf
#include <bpf/btf.h>
#include <gtest/gtest.h>

#include "runtime/object_types.h"

using namespace lsmpc::runtime;

namespace {

// One integer, named from `name` in the strings on; none: as libbpf wrote it.
std::string oneType(uint32_t name = 0) {
  btf* types = btf__new_empty();
  btf__add_int(types, "int", 4, BTF_INT_SIGNED);
  uint32_t size = 0;
  const void* raw = btf__raw_data(types, &size);
  std::string bytes(static_cast<const char*>(raw), size);
  btf__free(types);
  if (name) reinterpret_cast<btf_type*>(bytes.data() + sizeof(btf_header))->name_off = name;
  return bytes;
}

}  // namespace

TEST(ObjectTypes, ANameOutsideTheStringsIsNoName) {
  EXPECT_TRUE(typesHaveNames(oneType()));
  EXPECT_FALSE(typesHaveNames(oneType(0x17ff02bd)));
}

TEST(ObjectTypes, WhatIsNoBtfIsLeftToLibbpf) { EXPECT_TRUE(typesHaveNames("no BTF")); }
