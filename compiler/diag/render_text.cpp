#include <algorithm>
#include <sstream>

#include "compiler/diag/render.h"

namespace lsmpc::diag {
namespace {

constexpr size_t kWidth = 160;  // bytes of a source line that are shown

struct Colours {
  std::string_view error, warning, place, off;
};

constexpr Colours kPlain{"", "", "", ""};
constexpr Colours kColoured{"\033[1;31m", "\033[1;33m", "\033[1;34m", "\033[0m"};

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Fault: return "internal fault";
  }
  return "error";
}

// One line of source with carets under the range, clipped around them. Tabs become one space, so that carets stand right.
void showLine(std::ostream& out, const base::SourceFile& file, base::Range range, const Colours& colours) {
  base::Position start = file.position(range.begin);
  std::string line(file.line(start.line));
  size_t from = start.column - 1;
  size_t length = std::max<size_t>(1, std::min<size_t>(range.end - range.begin, line.size() > from ? line.size() - from : 0));
  size_t clipped = 0;
  if (line.size() > kWidth) {
    clipped = from > kWidth / 2 ? from - kWidth / 2 : 0;
    while (clipped && (static_cast<unsigned char>(line[clipped]) & 0xc0) == 0x80) --clipped;  // not inside a character
    line = line.substr(clipped, kWidth);
    length = std::min(length, kWidth - (from - clipped));
  }
  std::string carets;
  for (size_t i = 0; i < from - clipped && i < line.size(); ++i)
    if ((static_cast<unsigned char>(line[i]) & 0xc0) != 0x80) carets += ' ';
  carets += '^';
  for (size_t i = from - clipped + 1; i < from - clipped + length && i < line.size(); ++i)
    if ((static_cast<unsigned char>(line[i]) & 0xc0) != 0x80) carets += '~';
  for (char& c : line)
    if (c == '\t' || c == '\r') c = ' ';
  std::string number = std::to_string(start.line);
  out << colours.place << " " << number << " |" << colours.off << " " << (clipped ? "…" : "") << line << "\n";
  out << colours.place << std::string(number.size() + 2, ' ') << "|" << colours.off << " " << (clipped ? " " : "") << carets << "\n";
}

std::string place(const base::SourceFile& file, base::Range range) {
  base::Position start = file.position(range.begin);
  return file.path() + ":" + std::to_string(start.line) + ":" + std::to_string(start.column) + ": ";
}

}  // namespace

std::string renderText(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources, bool colour) {
  const Colours& colours = colour ? kColoured : kPlain;
  std::ostringstream out;
  for (const Diagnostic& d : diagnostics) {
    const KindInfo& kind = info(d.kind);
    const base::SourceFile& file = sources.file(d.range.file);
    out << place(file, d.range) << (kind.severity == Severity::Warning ? colours.warning : colours.error) << word(kind.severity) << " "
        << kind.code << colours.off << ": " << d.text << "\n";
    if (!file.text().empty()) showLine(out, file, d.range, colours);
    for (const Label& label : d.labels) {
      const base::SourceFile& other = sources.file(label.range.file);
      out << place(other, label.range) << "note: " << label.text << "\n";
      showLine(out, other, label.range, colours);
    }
    if (!d.hint.empty()) out << "  hint: " << d.hint << "\n";
  }
  return out.str();
}

}  // namespace lsmpc::diag
