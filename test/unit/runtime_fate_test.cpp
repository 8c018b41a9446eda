// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/digest.h"
#include "runtime/fate.h"

using namespace lsmpc::runtime;

namespace {

const Origin kFolder{"/etc/lsmp/policies"};

FolderObject object(const std::string& name, const std::string& digest) {
  return {name, "enforce", digest, {kFolder.folder + "/" + name + ".bpf.o", "bytes"}};
}

LoadedPolicy inForce(const std::string& name, const std::string& digest, std::optional<Origin> origin = kFolder) {
  LoadedPolicy policy{name, 3};
  policy.manifest.mode = "enforce";
  policy.sha256 = digest;
  policy.origin = std::move(origin);
  return policy;
}

// NAME:FATE, a word each.
std::string planned(FolderContent content, const std::vector<LoadedPolicy>& loaded, const Wanted& wanted = {kFolder, false, {}}) {
  std::vector<PolicyFate> fates = planFates(std::move(content), loaded, wanted);
  keepWhereFailed(fates);
  std::string text;
  for (const PolicyFate& one : fates) text += (text.empty() ? "" : " ") + one.name + ":" + wordOf(one.fate);
  return text;
}

TEST(Fate, WhatComesChangesStaysAndGoes) {
  std::vector<LoadedPolicy> loaded{inForce("changes", "1"), inForce("goes", "1"), inForce("stays", "1")};
  EXPECT_EQ(planned({{object("changes", "2"), object("comes", "1"), object("stays", "1")}, {}}, loaded),
            "changes:replaced comes:loaded stays:unchanged goes:unloaded");
}

TEST(Fate, WhatAnOlderLoaderLoadedIsByHand) {
  EXPECT_EQ(originOf(nlohmann::json::object()), Origin{});
  EXPECT_EQ(originOf(originJson(kFolder)), kFolder);
  std::vector<LoadedPolicy> loaded{inForce("old", "", Origin{})};
  EXPECT_EQ(planned({{object("old", "1")}, {}}, loaded), "old:conflict");
  EXPECT_EQ(planned({}, loaded), "");
}

TEST(Fate, WhatIsAnothersIsLeftAlone) {
  std::vector<LoadedPolicy> loaded{inForce("two", "1", Origin{"/elsewhere"})};
  EXPECT_EQ(planned({{object("two", "2")}, {}}, loaded), "two:conflict");
  EXPECT_EQ(planned({}, loaded), "");
}

TEST(Fate, WhatMayBeTheFoldersIsToldAndKept) {
  std::vector<LoadedPolicy> loaded{inForce("goes", "1"), inForce("one", "1", std::nullopt)};
  loaded.back().faults.push_back("it cannot be read");
  EXPECT_EQ(planned({{object("goes", "1"), object("one", "1")}, {}}, loaded), "goes:unchanged one:conflict");
  EXPECT_EQ(planned({}, loaded), "goes:unloaded one:kept");
  std::vector<Problem> problems = planFates({}, loaded, {kFolder, false, {}}).back().problems;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(textOf(problems.front()),
            "`one` is in force, but where it came from cannot be read (it cannot be read): it stays, though the folder `" + kFolder.folder +
                "` has no object of it");
}

TEST(Fate, NothingGoesWhereSomethingFailed) {
  std::vector<LoadedPolicy> loaded{inForce("goes", "1")};
  EXPECT_EQ(planned({{object("one", "1")}, {{"half", {{Message::NotAnObject, {"half", ""}, {}}}}}}, loaded),
            ":failed one:loaded goes:kept");
  EXPECT_EQ(planned({{object("one", "1"), object("one", "2")}, {}}, loaded), "one:failed goes:kept");
  EXPECT_EQ(planned({{object("goes", "1"), object("goes", "2")}, {}}, loaded), "goes:failed");
}

TEST(Fate, DamageAndModeAreDifferences) {
  std::vector<LoadedPolicy> loaded{inForce("one", "1")};
  EXPECT_EQ(planned({{object("one", "1")}, {}}, loaded, {kFolder, true, {}}), "one:replaced");
  loaded.front().faults.push_back("a pin is gone");
  EXPECT_EQ(planned({{object("one", "1")}, {}}, loaded), "one:replaced");
}

TEST(Fate, WhatAnEarlierPassLeftWasUnloadedBySomebody) {
  EXPECT_EQ(planFates({{object("one", "1")}, {}}, {}, {kFolder, false, {"one"}}).front().why, "somebody had unloaded it");
  EXPECT_EQ(planFates({{object("one", "1")}, {}}, {}, {kFolder, false, {}}).front().why, "");
}

TEST(Digest, IsSha256) { EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); }

}  // namespace
