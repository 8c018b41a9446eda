// Where the reader of a policy's buffer writes what it reads, noted beside the lock that it has: for those who ask for events meanwhile.
#pragma once

#include <string>

namespace lsmpc::runtime {

// `folder` is the generation's, of which the caller has the lock; an empty `file`: nowhere that others could read. Where a policy forbids the note there is none.
void noteReader(const std::string& folder, const std::string& file);
// Empty where nothing is noted.
std::string notedReader(const std::string& folder);

}  // namespace lsmpc::runtime
