// What is said of a message at length: docs/errors/CODE.md, embedded. `lsmpc explain CODE` prints a page; SARIF's rules quote it.
#pragma once

#include <span>
#include <string_view>

namespace lsmpc::diag {

struct Page {
  std::string_view code;
  std::string_view text;  // Markdown
};

std::span<const Page> pages();              // by code
const Page* pageOf(std::string_view code);  // null: none, which a test forbids

std::string_view titleOf(const Page& page);    // one sentence without a full stop
std::string_view meaningOf(const Page& page);  // the paragraphs between the message and the examples

}  // namespace lsmpc::diag
