#include "compiler/simulate/arithmetic.h"

#include <linux/bpf.h>

namespace lsmpc::simulate {
namespace {

template <typename Word, typename Signed>
std::optional<Word> compute(uint8_t operation, Word left, Word right) {
  constexpr Word kShift = sizeof(Word) * 8 - 1;
  switch (operation) {
    case BPF_ADD: return left + right;
    case BPF_SUB: return left - right;
    case BPF_MUL: return left * right;
    case BPF_DIV: return right ? left / right : 0;
    case BPF_MOD: return right ? left % right : left;
    case BPF_OR: return left | right;
    case BPF_AND: return left & right;
    case BPF_XOR: return left ^ right;
    case BPF_LSH: return left << (right & kShift);
    case BPF_RSH: return left >> (right & kShift);
    case BPF_ARSH: return static_cast<Word>(static_cast<Signed>(left) >> (right & kShift));
    case BPF_MOV: return right;
    case BPF_NEG: return Word{0} - left;
    default: return std::nullopt;
  }
}

template <typename Word, typename Signed>
std::optional<bool> compare(uint8_t operation, Word left, Word right) {
  switch (operation) {
    case BPF_JEQ: return left == right;
    case BPF_JNE: return left != right;
    case BPF_JGT: return left > right;
    case BPF_JGE: return left >= right;
    case BPF_JLT: return left < right;
    case BPF_JLE: return left <= right;
    case BPF_JSET: return (left & right) != 0;
    case BPF_JSGT: return static_cast<Signed>(left) > static_cast<Signed>(right);
    case BPF_JSGE: return static_cast<Signed>(left) >= static_cast<Signed>(right);
    case BPF_JSLT: return static_cast<Signed>(left) < static_cast<Signed>(right);
    case BPF_JSLE: return static_cast<Signed>(left) <= static_cast<Signed>(right);
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<uint64_t> arithmetic(uint8_t operation, uint64_t left, uint64_t right, bool wide) {
  if (wide) return compute<uint64_t, int64_t>(operation, left, right);
  return compute<uint32_t, int32_t>(operation, static_cast<uint32_t>(left), static_cast<uint32_t>(right));
}

std::optional<uint64_t> endian(uint64_t value, int32_t bits, bool to_big) {
  switch (bits) {
    case 16: return to_big ? __builtin_bswap16(static_cast<uint16_t>(value)) : static_cast<uint16_t>(value);
    case 32: return to_big ? __builtin_bswap32(static_cast<uint32_t>(value)) : static_cast<uint32_t>(value);
    case 64: return to_big ? __builtin_bswap64(value) : value;
    default: return std::nullopt;
  }
}

std::optional<bool> jumps(uint8_t operation, uint64_t left, uint64_t right, bool wide) {
  if (wide) return compare<uint64_t, int64_t>(operation, left, right);
  return compare<uint32_t, int32_t>(operation, static_cast<uint32_t>(left), static_cast<uint32_t>(right));
}

}  // namespace lsmpc::simulate
