// LIBS: lsmpc_btf
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "compiler/btf/hook_catalogue.h"
#include "compiler/btf/target_set.h"

namespace lsmpc::btf {
namespace {

std::string kernelsDir() {
  const char* dir = std::getenv("LSMPC_KERNELS_DIR");
  return dir ? dir : "";
}

std::unique_ptr<TargetSet> open(const std::vector<std::string>& specs) {
  OpenError error;
  auto targets = TargetSet::open(specs, kernelsDir(), error);
  EXPECT_TRUE(targets) << error.text;
  return targets;
}

const std::vector<std::string> kAll = {"5.10", "6.1", "6.12", "7.3"};

// Follows member names from a record; the last one's path.
FieldPath follow(TargetSet& targets, TypeId at, const std::vector<std::string>& names) {
  FieldPath path;
  for (const std::string& name : names) {
    while (targets.type(at).shape == Shape::Pointer) at = targets.type(at).target;
    auto found = targets.member(at, name);
    EXPECT_TRUE(found) << name;
    if (!found) return path;
    path = *found;
    at = path.type;
  }
  return path;
}

// The counts of hooks that each kernel's BTF shows: union members with a bpf_lsm_ function.
TEST(TargetSet, HasEveryHookOfEachKernel) {
  const std::pair<const char*, size_t> counts[] = {{"5.10", 233}, {"6.1", 243}, {"6.12", 269}, {"7.3", 275}};
  for (auto [version, count] : counts) EXPECT_EQ(open({version})->hooks().size(), count) << version;
  auto all = open(kAll);
  EXPECT_EQ(all->hooks().size(), 289u);
  EXPECT_EQ(all->hook("file_open")->present, 0b1111u);
  EXPECT_EQ(all->hook("path_post_mknod")->present, 0b1100u);
  EXPECT_EQ(all->hook("init"), nullptr);
  EXPECT_EQ(all->names(0b0101), "5.10, 6.12");
}

TEST(TargetSet, ArgumentsCarryNamesAndTypes) {
  auto targets = open(kAll);
  const Hook* rename = targets->hook("path_rename");
  ASSERT_EQ(rename->arguments.size(), 5u);
  EXPECT_EQ(rename->arguments[4].name, "flags");
  EXPECT_EQ(rename->arguments[4].present, 0b1110u);
  const Type& dir = targets->type(rename->arguments[0].type);
  EXPECT_EQ(dir.shape, Shape::Pointer);
  EXPECT_EQ(targets->type(dir.target).name, "path");
  EXPECT_EQ(targets->hook("mmap_file")->arguments[0].name, "file");  // 7.3 says file__nullable
}

// For every hook that a program may attach to, the variant that its markers pick on a kernel has the kernel's own arguments
// at their own places.
TEST(TargetSet, MarkersPickTheOrderOfEachKernel) {
  auto targets = open(kAll);
  size_t checked = 0;
  for (const std::string& version : kAll) {
    std::string error;
    auto kernel = KernelTypes::open(version, kernelsDir() + "/" + version + ".btf", error);
    auto own = open({version});
    for (const Hook& hook : own->hooks()) {
      const Hook* merged = targets->hook(hook.name);
      if (merged->use == HookUse::Refused) continue;
      const auto& picked = variantOn(*merged, *kernel).arguments;
      const std::vector<std::string> places = hook.variants.empty() ? std::vector<std::string>() : hook.variants[0].arguments;
      for (size_t i = 0; i < places.size(); ++i) {
        const std::string& name = places[i];
        if (name.empty()) continue;
        // A place may have another name elsewhere (mnt_userns, idmap), but no name may stand at another place.
        for (size_t k = 0; k < picked.size(); ++k) EXPECT_TRUE(picked[k] != name || k == i) << hook.name << " on " << version;
        ++checked;
      }
    }
  }
  EXPECT_GT(checked, 2000u);
}

// kuid_t fits a place, sockptr_t takes two; Linux before 6.1 attaches no program to either hook.
TEST(TargetSet, RecordsByValueTakeTheirPlaces) {
  auto targets = open({"6.12"});
  EXPECT_EQ(targets->hook("path_chown")->variants[0].arguments, (std::vector<std::string>{"path", "uid", "gid"}));
  EXPECT_EQ(targets->hook("socket_getpeersec_stream")->variants[0].arguments,
            (std::vector<std::string>{"sock", "optval", "", "optlen", "", "len"}));
  auto old = open({"5.10"});
  EXPECT_EQ(old->hook("path_chown")->use, HookUse::Refused);
  EXPECT_EQ(open(kAll)->hook("path_chown")->present, 0b1110u);
}

// What no marker tells apart keeps the leading arguments that are the same everywhere.
TEST(TargetSet, OrdersThatNothingTellsApartKeepTheirCommonStart) {
  auto targets = open(kAll);
  const Hook* hook = targets->hook("inode_init_security");
  EXPECT_EQ(hook->use, HookUse::Deny);
  ASSERT_EQ(hook->variants.size(), 1u);
  EXPECT_EQ(hook->variants[0].arguments, (std::vector<std::string>{"inode", "dir", "qstr"}));
  EXPECT_EQ(hook->arguments.size(), 3u);
}

TEST(TargetSet, EveryHookOfTheShippedKernelsIsReviewed) {
  auto targets = open(kAll);
  for (const Hook& hook : targets->hooks()) EXPECT_EQ(hook.reason.find("not been reviewed"), std::string::npos) << hook.name;
}

TEST(TargetSet, MembersAreFoundThroughAnonymousRecordsAndPointers) {
  auto targets = open(kAll);
  TypeId file = *targets->record("file");
  FieldPath dentry = follow(*targets, file, {"f_path", "dentry"});
  EXPECT_EQ(dentry.present, 0b1111u);
  EXPECT_EQ(targets->type(targets->type(dentry.type).target).name, "dentry");
  FieldPath uid = follow(*targets, *targets->record("task_struct"), {"cred", "uid", "val"});
  EXPECT_EQ(targets->type(uid.type).size, 4u);
  EXPECT_FALSE(targets->type(uid.type).is_signed);
  EXPECT_FALSE(targets->member(file, "no_such_member"));
}

TEST(TargetSet, AFieldSaysWhichTargetsHaveIt) {
  auto targets = open(kAll);
  EXPECT_EQ(targets->member(*targets->record("vfsmount"), "mnt_userns")->present, 0b0010u);
  EXPECT_EQ(targets->member(*targets->record("vfsmount"), "mnt_idmap")->present, 0b1100u);
}

TEST(TargetSet, BitFieldsHaveTheirWidth) {
  auto targets = open({"6.1"});
  FieldPath path = follow(*targets, *targets->record("task_struct"), {"in_execve"});
  ASSERT_EQ(path.steps.size(), 1u);
  EXPECT_EQ(path.steps[0].bit_size, 1u);
}

TEST(TargetSet, EnumeratorsHaveTheirValue) {
  auto targets = open(kAll);
  auto value = targets->enumerator("BPF_FUNC_get_current_task_btf");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->value, 158);
  EXPECT_EQ(value->present, 0b1110u);
  EXPECT_TRUE(value->same_everywhere);
  EXPECT_FALSE(targets->enumerator("NO_SUCH_ENUMERATOR"));
}

TEST(TargetSet, WhatCannotBeOpenedSaysWhy) {
  OpenError error;
  EXPECT_FALSE(TargetSet::open({"4.4"}, kernelsDir(), error));
  EXPECT_NE(error.text.find("no target `4.4`"), std::string::npos) << error.text;
  EXPECT_FALSE(TargetSet::open({"/no/such/file"}, kernelsDir(), error));
  EXPECT_NE(error.text.find("no such file"), std::string::npos) << error.text;
  EXPECT_FALSE(TargetSet::open({}, kernelsDir(), error));
}

// Every truncation and a sample of single-byte changes: an error or a set, never a crash.
TEST(TargetSet, BrokenFilesAreRefusedOrRead) {
  std::ifstream in(kernelsDir() + "/6.1.btf", std::ios::binary);
  std::string whole((std::istreambuf_iterator<char>(in)), {});
  ASSERT_GT(whole.size(), 100'000u);
  std::string path = testing::TempDir() + "broken.btf";
  size_t refused = 0;
  for (size_t i = 0; i < 40; ++i) {
    std::string broken = i < 20 ? whole.substr(0, whole.size() * i / 20) : whole;
    if (i >= 20) broken[(i * 7919 * 131) % (i < 30 ? 200 : broken.size())] ^= 0x5a;
    std::ofstream(path, std::ios::binary) << broken;
    OpenError error;
    if (!TargetSet::open({path}, kernelsDir(), error)) {
      EXPECT_FALSE(error.text.empty());
      ++refused;
    }
  }
  EXPECT_GE(refused, 20u);
}

}  // namespace
}  // namespace lsmpc::btf
