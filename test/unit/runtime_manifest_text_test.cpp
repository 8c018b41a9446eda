// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/abi/layout.h"
#include "runtime/manifest_text.h"
#include "runtime/message.h"

using namespace lsmpc::runtime;

namespace {

std::string longText() {
  std::string text;
  while (text.size() <= LSMP_PLAIN_MANIFEST) text += "{\"line\":" + std::to_string(text.size()) + "}";
  return text;
}

}  // namespace

TEST(ManifestText, OnlyLongOnesAreCompressed) {
  std::string plain(LSMP_PLAIN_MANIFEST, '{'), text = longText(), packed = packManifest(text);
  EXPECT_EQ(packManifest(plain), plain);
  EXPECT_EQ(unpackManifest(plain, "it"), plain);
  EXPECT_LT(packed.size(), text.size() / 2);
  EXPECT_EQ(unpackManifest(packed, "it"), text);
}

TEST(ManifestText, DamageIsAnError) {
  std::string packed = packManifest(longText());
  EXPECT_THROW(unpackManifest(packed.substr(0, packed.size() / 2), "it"), Failure);
  EXPECT_THROW(unpackManifest(packed.substr(0, 5), "it"), Failure);
  std::string other = packed;
  other[other.size() / 2] ^= 0x55;
  try {
    EXPECT_NE(unpackManifest(other, "it"), longText());
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problems()[0].message, Message::BadManifest);
  }
}
