#include "runtime/columns.h"

#include <algorithm>

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

}  // namespace lsmpc::runtime
