// The arithmetic of BPF instructions (Documentation/bpf/standardization/instruction-set.rst of the kernel).
#pragma once

#include <cstdint>
#include <optional>

namespace lsmpc::simulate {

// Of class BPF_ALU64, or of BPF_ALU (`wide` false), whose results are 32 bits. Nothing: there is no such operation.
std::optional<uint64_t> arithmetic(uint8_t operation, uint64_t left, uint64_t right, bool wide);
// BPF_END: of the lower `bits` bits; `to_big`: their bytes in the other order, for this machine's is little-endian.
std::optional<uint64_t> endian(uint64_t value, int32_t bits, bool to_big);
// Whether a conditional jump of class BPF_JMP, or of BPF_JMP32 (`wide` false), is taken.
std::optional<bool> jumps(uint8_t operation, uint64_t left, uint64_t right, bool wide);

}  // namespace lsmpc::simulate
