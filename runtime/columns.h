// Rows of words, for people: the first column stands left, numbers stand right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::runtime {

using Row = std::vector<std::string>;

// A line for each row, `indent` before it. Words are one byte a column.
std::string columnsText(const std::vector<Row>& rows, const std::string& indent);

// As much of a line of UTF-8 as `columns` of a terminal hold for sure: what is not ASCII may be two wide. No character is torn; `?` stands for what is none.
std::string firstColumns(std::string_view line, size_t columns);

}  // namespace lsmpc::runtime
