// Where the boxes and arrows of a graph stand: one box a layer, in the order of their asking, so that it is as wide as a telephone's screen. What an
// answer skips runs beside them: on the left to what comes after a rule, on the right within it.
#pragma once

#include <string>
#include <vector>

#include "compiler/drawing/graph.h"

namespace lsmpc::drawing {

// Units are CSS pixels at the natural size.
struct Point {
  int x = 0, y = 0;
};

struct PlacedBox {
  int x = 0, y = 0, width = 0, height = 0;
  std::vector<std::string> lines;
};

struct PlacedArrow {
  std::vector<Point> points;  // from the box to the box, horizontally and down
  std::string label;          // "yes", "no or unresolved"; ""
  Point label_at;             // where it begins, on its base line; where it ends where `label_ends`
  bool label_ends = false;
};

struct Layout {
  int width = 0, height = 0;
  std::vector<PlacedBox> boxes;     // of Graph::boxes
  std::vector<PlacedArrow> arrows;  // of Graph::arrows
};

constexpr int kLineHeight = 17, kBaseLine = 13, kPadding = 8;

Layout layOut(const Graph& graph);

}  // namespace lsmpc::drawing
