#include "runtime/columns.h"

#include <algorithm>

#include "runtime/utf8.h"

namespace lsmpc::runtime {

std::string columnsText(const std::vector<Row>& rows, const std::string& indent) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    text += indent + row[0];
    if (row.size() > 1) text.append(widths[0] - row[0].size(), ' ');
    for (size_t i = 1; i < row.size(); ++i) text += "  " + std::string(widths[i] - row[i].size(), ' ') + row[i];
    text += "\n";
  }
  return text;
}

std::string firstColumns(std::string_view line, size_t columns) {
  std::string text;
  while (!line.empty()) {
    Utf8Character character = firstCharacter(line);
    bool shown = character.valid && character.code >= ' ' && character.code != 0x7f;
    size_t width = shown && character.code > 0x7f ? 2 : 1;
    if (width > columns) break;
    columns -= width;
    text += shown ? std::string(line.substr(0, character.bytes)) : "?";
    line.remove_prefix(character.bytes);
  }
  return text;
}

}  // namespace lsmpc::runtime
