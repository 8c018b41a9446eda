// Memory for builds.
#pragma once

#include <string>
#include <vector>

namespace lsmpc::driver {

// Before the files are compiled: the heap grows at once to what they will take, in huge pages where the system has them, and keeps it to the
// end. A page fault for each 4 KiB, and again for each piece given back, is a sixth of the time that one rule takes and a quarter of that of
// 100,000 (docs/performance.md). Takes no memory by itself: pages come when they are written. Does nothing where the C library is not glibc's.
void reserveHeap(const std::vector<std::string>& files);

}  // namespace lsmpc::driver
