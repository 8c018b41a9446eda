// Rows of words, for people: the first column stands left, numbers stand right.
#pragma once

#include <string>
#include <vector>

namespace lsmpc::runtime {

using Row = std::vector<std::string>;

// A line for each row, `indent` before it. Words are one byte a column.
std::string columnsText(const std::vector<Row>& rows, const std::string& indent);

}  // namespace lsmpc::runtime
