#include <algorithm>
#include <sstream>

#include "compiler/base/markup.h"
#include "compiler/drawing/drawing.h"
#include "compiler/drawing/layout.h"
#include "compiler/drawing/sheets.h"

namespace lsmpc::drawing {
namespace {

using base::escaped;

constexpr std::string_view kClasses[] = {"begin", "question", "refuse", "permit", "record", "folded", "end"};
constexpr double kAdvance = 7.8;  // of a character of ASCII, 13 pixels high

size_t charactersIn(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

// Fonts differ in how wide other characters are: they are told, so that all fits into its box.
std::string widthOf(const std::string& line) {
  size_t count = charactersIn(line);
  if (count == line.size()) return "";
  std::ostringstream out;
  out << " textLength=\"" << static_cast<double>(count) * kAdvance << "\" lengthAdjust=\"spacingAndGlyphs\"";
  return out.str();
}

std::string headOf(const PlacedArrow& arrow) {
  Point tip = arrow.points.back(), before = arrow.points[arrow.points.size() - 2];
  std::string at = std::to_string(tip.x) + " " + std::to_string(tip.y);
  if (before.x == tip.x) return "M" + at + "l-4-7h8z";
  return "M" + at + (before.x < tip.x ? "l-7-4v8z" : "l7-4v8z");
}

void writeArrow(const PlacedArrow& arrow, std::ostream& out) {
  out << "<path class=\"arrow\" d=\"";
  for (size_t i = 0; i < arrow.points.size(); ++i) out << (i == 0 ? "M" : "L") << arrow.points[i].x << " " << arrow.points[i].y;
  out << "\"/><path class=\"head\" d=\"" << headOf(arrow) << "\"/>";
  if (!arrow.label.empty())
    out << "<text class=\"says\" x=\"" << arrow.label_at.x << "\" y=\"" << arrow.label_at.y << "\""
        << (arrow.label_ends ? " text-anchor=\"end\"" : "") << ">" << arrow.label << "</text>";
  out << "\n";
}

void writeBox(const Box& box, const PlacedBox& placed, const Standing& standing, std::ostream& out) {
  bool round = box.look == Look::Begin || box.look == Look::End, links = !box.rule.empty() && !standing.link.empty();
  out << "<g class=\"" << kClasses[static_cast<size_t>(box.look)] << "\">";
  if (links) out << "<a href=\"" << escaped(standing.link + box.rule) << "\">";
  out << "<title>";
  for (const std::string& text : box.texts) out << (&text == &box.texts.front() ? "" : "; ") << escaped(text);
  out << "</title><rect x=\"" << placed.x << "\" y=\"" << placed.y << "\" width=\"" << placed.width << "\" height=\"" << placed.height
      << "\" rx=\"" << (round ? 14 : 3) << "\"/>";
  int y = placed.y + kPadding + kBaseLine;
  for (const std::string& line : placed.lines) {
    out << "<text x=\"" << placed.x + kPadding << "\" y=\"" << y << "\"" << widthOf(line) << ">" << escaped(line) << "</text>";
    y += kLineHeight;
  }
  out << (links ? "</a>" : "") << "</g>\n";
}

std::string descriptionOf(const Graph& graph) {
  auto questions = std::count_if(graph.boxes.begin(), graph.boxes.end(), [](const Box& box) { return box.look == Look::Question; });
  return std::to_string(questions) + (questions == 1 ? " question" : " questions") +
         ", from above in the order in which they are asked. What is asked is followed down to what a rule does.";
}

}  // namespace

std::string styleOf(std::span<const Sheet> sheets) {
  std::string text;
  for (const Sheet& sheet : sheets) text += sheet.text;
  return text;
}

std::string svgOf(const Graph& graph, const Standing& standing) {
  Layout layout = layOut(graph);
  std::ostringstream out;
  std::string title = standing.id + "-title", text = standing.id + "-text";
  out << "<svg class=\"graph\"" << (standing.alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "") << " width=\"" << layout.width
      << "\" height=\"" << layout.height << "\" viewBox=\"0 0 " << layout.width << " " << layout.height
      << "\" role=\"group\" aria-labelledby=\"" << escaped(title + " " + text) << "\">\n<title id=\"" << escaped(title) << "\">What "
      << escaped(graph.policy) << " decides on " << escaped(graph.hook) << "</title>\n<desc id=\"" << escaped(text) << "\">"
      << descriptionOf(graph) << "</desc>\n";
  if (standing.alone) out << "<style>\n" << styleOf(sheets()) << "</style>\n";
  for (const PlacedArrow& arrow : layout.arrows) writeArrow(arrow, out);
  for (size_t i = 0; i < graph.boxes.size(); ++i) writeBox(graph.boxes[i], layout.boxes[i], standing, out);
  out << "</svg>\n";
  return out.str();
}

}  // namespace lsmpc::drawing
