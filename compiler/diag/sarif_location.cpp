#include "compiler/diag/sarif_location.h"

#include <filesystem>
#include <nlohmann/json.hpp>

namespace lsmpc::diag {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

// RFC 3986: what is no unreserved character or slash is written as its bytes.
std::string percentEncoded(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri;
  for (char c : path) {
    auto byte = static_cast<unsigned char>(c);
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain)
      uri += c;
    else
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return uri;
}

// The standard library's module in `<std.NAME>`; "" for a file.
std::string_view moduleIn(std::string_view path) {
  constexpr std::string_view kHead = "<std.";
  return path.starts_with(kHead) && path.ends_with('>') ? path.substr(kHead.size(), path.size() - kHead.size() - 1) : "";
}

// A character outside of the basic plane, four bytes of UTF-8, is two units. Bytes that are no UTF-8 count as one each or none.
uint32_t utf16Units(std::string_view text) {
  uint32_t units = 0;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

uint32_t columnOf(const base::SourceFile& file, base::Position position) {
  return 1 + utf16Units(file.line(position.line).substr(0, position.column - 1));
}

}  // namespace

json sarifFile(std::string_view path, const std::string& folder) {
  if (std::string_view module = moduleIn(path); !module.empty())
    return {{"uri", "std/" + percentEncoded(module) + ".lsmp"}, {"uriBaseId", kLibraryBase}};
  fs::path whole = (fs::path(folder) / fs::path(path)).lexically_normal();
  fs::path inside = whole.lexically_relative(folder);
  if (inside.empty() || *inside.begin() == "..") return {{"uri", "file://" + percentEncoded(whole.string())}};
  return {{"uri", percentEncoded(inside.string())}, {"uriBaseId", kFolderBase}};
}

json sarifRegion(const base::SourceFile& file, base::Range range) {
  base::Position start = file.position(range.begin), end = file.position(range.end);
  return {{"startLine", start.line}, {"startColumn", columnOf(file, start)}, {"endLine", end.line}, {"endColumn", columnOf(file, end)}};
}

json sarifPlace(const base::SourceSet& sources, base::Range range, const std::string& folder) {
  const base::SourceFile& file = sources.file(range.file);
  return {{"artifactLocation", sarifFile(file.path(), folder)}, {"region", sarifRegion(file, range)}};
}

}  // namespace lsmpc::diag
