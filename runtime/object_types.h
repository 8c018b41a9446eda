// What libbpf takes for granted of an object's own types (.BTF) and does not look at.
#pragma once

#include <string>

namespace lsmpc::runtime {

// Whether each type in a .BTF section's bytes has a name inside its strings: libbpf 1.1 compares the names while it looks for maps,
// and one outside is a null pointer there. Bytes that are no BTF at all are libbpf's to refuse, and true here.
bool typesHaveNames(const std::string& btf);

}  // namespace lsmpc::runtime
