// Entries in buckets of four with two choices each: a lookup reads one or two lines of memory, whatever is asked for.
#pragma once

#include <cstdint>
#include <vector>

namespace lsmpc::match {

struct BucketEntry {
  uint64_t spread;      // lsmp_path_spread of what is looked up
  uint64_t key, value;  // value is not 0
};

// Whole buckets, as words (runtime/abi/path_layout.h); none for no entries. The same entries give the same words.
std::vector<uint64_t> bucketTable(const std::vector<BucketEntry>& entries);

}  // namespace lsmpc::match
