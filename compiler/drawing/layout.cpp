#include "compiler/drawing/layout.h"

#include <algorithm>
#include <map>

#include "compiler/base/markup.h"
#include "compiler/drawing/wrap.h"

namespace lsmpc::drawing {
namespace {

constexpr size_t kWidth = 35, kMostLines = 7;  // of a paragraph, in characters and lines
constexpr int kCharacter = 8;                  // at least as wide as one of a monospace font of 13 pixels
constexpr int kBoxWidth = static_cast<int>(kWidth) * kCharacter + 2 * kPadding;
constexpr int kGap = 26, kMargin = 6, kLane = 12, kIndent = 28;
constexpr int kArrives = 11;  // below a box's top: where an arrow comes in from the side

// Boxes of what is decided stand in from the way of the questions.
bool isDecided(Look look) { return look == Look::Refuse || look == Look::Permit || look == Look::Record; }

// A line beside the boxes, which all arrows of a side to one box share.
struct Lane {
  size_t first, last;  // boxes
  size_t place = 0;    // 0: nearest to the boxes
};

class Placer {
 public:
  explicit Placer(const Graph& graph) : graph_(graph) {}

  Layout place() {
    findLanes();
    left_ = kMargin + kLane * static_cast<int>(setApart(lanes_[0]) + 1);
    int right = kMargin + kLane * static_cast<int>(setApart(lanes_[1]) + 1);
    placeBoxes();
    layout_.width = left_ + kBoxWidth + right;
    for (const Arrow& arrow : graph_.arrows) layout_.arrows.push_back(isNext(arrow) ? straight(arrow) : round(arrow));
    return std::move(layout_);
  }

 private:
  static bool isNext(const Arrow& arrow) { return arrow.to == arrow.from + 1; }

  // Into what a rule does on the right; on the left what passes that by.
  size_t sideOf(const Arrow& arrow) const {
    auto decided = [](const Box& box) { return isDecided(box.look) || box.look == Look::Folded; };
    auto first = graph_.boxes.begin() + static_cast<ptrdiff_t>(arrow.from), last = graph_.boxes.begin() + static_cast<ptrdiff_t>(arrow.to);
    return std::any_of(first, last, decided) ? 0 : 1;
  }

  void findLanes() {
    for (const Arrow& arrow : graph_.arrows) {
      if (isNext(arrow)) continue;
      Lane& lane = lanes_[sideOf(arrow)].try_emplace(arrow.to, Lane{arrow.from, arrow.to}).first->second;
      lane.first = std::min(lane.first, arrow.from);
    }
  }

  // Lanes side by side where they would run over each other, short ones nearest. Returns how many there are.
  static size_t setApart(std::map<size_t, Lane>& lanes) {
    std::vector<Lane*> order;
    for (auto& [to, lane] : lanes) order.push_back(&lane);
    std::stable_sort(order.begin(), order.end(), [](const Lane* a, const Lane* b) { return a->last - a->first < b->last - b->first; });
    size_t most = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      auto taken = [&](const Lane* other) {
        return other->place == order[i]->place && other->first < order[i]->last && order[i]->first < other->last;
      };
      while (std::any_of(order.begin(), order.begin() + static_cast<ptrdiff_t>(i), taken)) ++order[i]->place;
      most = std::max(most, order[i]->place + 1);
    }
    return most;
  }

  void placeBoxes() {
    int y = kMargin;
    for (const Box& box : graph_.boxes) {
      PlacedBox placed{left_, y, kBoxWidth, 0, {}};
      if (isDecided(box.look)) placed.x += kIndent, placed.width -= kIndent;
      size_t width = static_cast<size_t>((placed.width - 2 * kPadding) / kCharacter);
      for (const std::string& text : box.texts)
        for (std::string& line : wrapped(base::visible(text), width, kMostLines)) placed.lines.push_back(std::move(line));
      placed.height = static_cast<int>(placed.lines.size()) * kLineHeight + 2 * kPadding;
      y += placed.height + kGap;
      layout_.boxes.push_back(std::move(placed));
    }
    layout_.height = y - kGap + kMargin;
  }

  static std::string labelOf(const Arrow& arrow) {
    std::string text = arrow.answer == Answer::Yes ? "yes" : arrow.answer == Answer::No ? "no" : "";
    return arrow.unresolved ? text + " or unresolved" : text;
  }

  // From the middle of one box down to the next.
  PlacedArrow straight(const Arrow& arrow) const {
    const PlacedBox &from = layout_.boxes[arrow.from], &to = layout_.boxes[arrow.to];
    int x = left_ + kBoxWidth / 2 - kPadding, bottom = from.y + from.height;
    return {{{x, bottom}, {x, to.y}}, labelOf(arrow), {x + 6, bottom + kGap - 9}, false};
  }

  // From the side of a box, along its lane, into the side of the other.
  PlacedArrow round(const Arrow& arrow) const {
    const PlacedBox &from = layout_.boxes[arrow.from], &to = layout_.boxes[arrow.to];
    size_t side = sideOf(arrow);
    int out = kLane * static_cast<int>(lanes_[side].at(arrow.to).place + 1);
    bool left = side == 0;
    int begin = left ? from.x : from.x + from.width, end = left ? to.x : to.x + to.width;
    int lane = left ? left_ - out : left_ + kBoxWidth + out;
    int leaves = from.y + from.height - kPadding, comes = to.y + kArrives;
    Point label{left ? left_ + 2 : left_ + kBoxWidth - 2, from.y + from.height + kGap - 9};
    return {{{begin, leaves}, {lane, leaves}, {lane, comes}, {end, comes}}, labelOf(arrow), label, !left};
  }

  const Graph& graph_;
  std::map<size_t, Lane> lanes_[2];  // left and right, by the box that they lead to
  int left_ = 0;
  Layout layout_;
};

}  // namespace

Layout layOut(const Graph& graph) { return Placer(graph).place(); }

}  // namespace lsmpc::drawing
