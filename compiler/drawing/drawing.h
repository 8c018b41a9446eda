// A graph as text: SVG with a layout of our own, or the language of Graphviz for another one.
#pragma once

#include <string>

#include "compiler/drawing/graph.h"

namespace lsmpc::drawing {

// Where an SVG stands: a file by itself, or an element of a page that has its style sheets.
struct Standing {
  bool alone = true;
  std::string id = "graph";  // prefix of its ids
  std::string link;          // prefix of the addresses of rules, which their ids end; "": no links
};

std::string svgOf(const Graph& graph, const Standing& standing = {});
std::string dotOf(const Graph& graph);

}  // namespace lsmpc::drawing
