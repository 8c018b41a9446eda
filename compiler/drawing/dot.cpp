#include <sstream>

#include "compiler/base/markup.h"
#include "compiler/drawing/drawing.h"
#include "compiler/drawing/layout.h"

namespace lsmpc::drawing {
namespace {

constexpr std::string_view kLooks[] = {"shape=oval",
                                       "shape=box",
                                       "shape=box style=\"filled,rounded\" fillcolor=\"#fde8e8\"",
                                       "shape=box style=\"filled,rounded\" fillcolor=\"#e2f4e6\"",
                                       "shape=box style=\"filled,rounded\" fillcolor=\"#fff2d1\"",
                                       "shape=box style=dashed",
                                       "shape=oval"};

// Within quotes, where `\l` ends a line.
std::string quoted(std::string_view text) {
  std::string out;
  for (char c : base::visible(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\t' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string dotOf(const Graph& graph) {
  std::ostringstream out;
  Layout layout = layOut(graph);
  out << "digraph \"" << quoted(graph.policy + " " + graph.hook)
      << "\" {\n  node [fontname=monospace fontsize=11]\n  edge [fontname=sans fontsize=9]\n";
  for (size_t i = 0; i < graph.boxes.size(); ++i) {
    out << "  b" << i << " [" << kLooks[static_cast<size_t>(graph.boxes[i].look)] << " label=\"";
    for (const std::string& line : layout.boxes[i].lines) out << quoted(line) << "\\l";
    out << "\"]\n";
  }
  for (size_t i = 0; i < graph.arrows.size(); ++i)
    out << "  b" << graph.arrows[i].from << " -> b" << graph.arrows[i].to << " [label=\"" << layout.arrows[i].label << "\"]\n";
  out << "}\n";
  return out.str();
}

}  // namespace lsmpc::drawing
