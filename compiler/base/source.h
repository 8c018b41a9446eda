// Source text and places in it. Every range in the compiler is a half-open byte range of one file of a SourceSet.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::base {

using FileId = uint32_t;

struct Range {
  FileId file = 0;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool operator==(const Range&) const = default;
};

// From the start of `a` to the end of `b`; both are in one file.
inline Range join(Range a, Range b) { return {a.file, a.begin, b.end}; }

// 1-based; `column` counts bytes.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  const std::string& path() const { return path_; }                        // as the user named it: what messages show
  std::string name() const { return path_.substr(path_.rfind('/') + 1); }  // the same wherever the file lies: what objects hold
  std::string_view text() const { return text_; }
  Position position(uint32_t offset) const;
  std::string_view line(uint32_t line) const;  // without its newline
  uint32_t lineStart(uint32_t line) const { return line_starts_[line - 1]; }

 private:
  std::string path_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

class SourceSet {
 public:
  FileId add(std::string path, std::string text);
  const SourceFile& file(FileId id) const { return files_[id]; }
  std::string_view text(Range range) const;
  size_t size() const { return files_.size(); }

 private:
  std::deque<SourceFile> files_;  // a deque: references stay good while files are added
};

}  // namespace lsmpc::base
