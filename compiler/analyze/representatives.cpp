#include "compiler/analyze/representatives.h"

#include <algorithm>
#include <string_view>

namespace lsmpc::analyze {
namespace {

constexpr std::string_view kReadable = "xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:@+=~";

// The most readable byte of each class, and the classes in that order.
struct Bytes {
  std::vector<int> of_class;
  std::vector<uint32_t> order;

  explicit Bytes(const match::Dfa& dfa) : of_class(dfa.classes, -1) {
    auto take = [&](unsigned char byte) {
      uint32_t cls = dfa.byte_class[byte];
      if (of_class[cls] >= 0) return;
      of_class[cls] = byte;
      order.push_back(cls);
    };
    for (char byte : kReadable) take(static_cast<unsigned char>(byte));
    for (int byte = 0x20; byte < 0x7f; ++byte) take(static_cast<unsigned char>(byte));
    for (int byte = 1; byte < 256; ++byte) take(static_cast<unsigned char>(byte));
  }
};

struct Node {
  uint32_t state;
  uint32_t before;
  unsigned char byte;
  uint32_t length;
};

std::string textOf(const std::vector<Node>& nodes, uint32_t node) {
  std::string text;
  for (; nodes[node].length > 0; node = nodes[node].before) text += static_cast<char>(nodes[node].byte);
  std::reverse(text.begin(), text.end());
  return text;
}

}  // namespace

// Breadth first; who comes to a state for the (most + 1)st time brings no kind of text that others have not brought.
std::vector<Representative> representativesOf(const match::Dfa& dfa, size_t most, size_t length) {
  Bytes bytes(dfa);
  std::vector<Node> nodes{{1, 0, 0, 0}};
  std::vector<size_t> visits(dfa.states()), found(dfa.accept_sets.size());
  std::vector<Representative> result;
  visits[1] = 1;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    Node node = nodes[i];
    uint32_t set = dfa.accept[node.state];
    if (set != 0 && found[set] < most) ++found[set], result.push_back({textOf(nodes, i), set});
    if (node.state == 0 || node.length == length) continue;
    for (uint32_t cls : bytes.order) {
      uint32_t next = dfa.transitions[node.state * dfa.classes + cls];
      if (next == 0 || visits[next] == most) continue;
      ++visits[next];
      nodes.push_back({next, i, static_cast<unsigned char>(bytes.of_class[cls]), node.length + 1});
    }
  }
  return result;
}

}  // namespace lsmpc::analyze
