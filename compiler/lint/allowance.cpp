#include "compiler/lint/allowance.h"

#include <algorithm>

namespace lsmpc::lint {
namespace {

constexpr std::string_view kMark = "lint:";

// Where the comment of a line begins; npos without one. A `#` in a string is none.
size_t commentOf(std::string_view line) {
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (quoted && line[i] == '\\') ++i;
    else if (line[i] == '"') quoted = !quoted;
    else if (line[i] == '#' && !quoted) return i;
  }
  return std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

std::string_view firstWord(std::string_view text) { return text.substr(0, text.find_first_of(" \t")); }

uint32_t linesOf(const base::SourceFile& file) { return file.position(static_cast<uint32_t>(file.text().size())).line; }

}  // namespace

Allowances::Allowances(const base::SourceSet& sources, base::FileId file, uint32_t header, diag::Emitter& emitter)
    : file_(sources.file(file)),
      id_(file),
      header_(header) {
  uint32_t last = linesOf(file_);
  size_t waiting = 0;  // from here on they are for the next statement
  for (uint32_t line = 1; line <= last; ++line) {
    std::string_view text = file_.line(line);
    size_t comment = commentOf(text);
    bool has_code = !trimmed(text.substr(0, std::min(comment, text.size()))).empty(), has_comment = comment != std::string_view::npos;
    if (has_comment) read(line, comment, !has_code, emitter);
    if (has_code)
      for (; waiting < all_.size(); ++waiting)
        if (all_[waiting].line == 0) all_[waiting].line = line;
    if (!has_comment) waiting = all_.size();
  }
}

void Allowances::read(uint32_t line, size_t comment, bool alone, diag::Emitter& emitter) {
  std::string_view text = trimmed(file_.line(line).substr(comment + 1));
  if (!text.starts_with(kMark)) return;
  auto begin = static_cast<uint32_t>(file_.lineStart(line) + comment);
  base::Range range{id_, begin, static_cast<uint32_t>(file_.lineStart(line) + file_.line(line).size())};
  std::string_view words = trimmed(text.substr(kMark.size()));
  std::string_view verb = firstWord(words), rest = trimmed(words.substr(verb.size()));
  std::string code(firstWord(rest));
  bool known = false;
  for (diag::Kind kind : diag::allKinds()) known = known || (diag::info(kind).code == code && code.starts_with("W08"));
  if (verb != "allow" || !known || trimmed(rest.substr(code.size())).empty()) {
    emitter.report(diag::Kind::BadAllowance, range).hint("write `# lint: allow CODE reason`, such as `# lint: allow W0801 nobody may mount here`");
    return;
  }
  all_.push_back({range, code, alone ? 0 : line});
}

bool Allowances::holds(const Allowance& allowance, base::Range range) const {
  if (range.file != id_ || allowance.line == 0) return false;
  uint32_t first = file_.position(range.begin).line, last = file_.position(range.end).line;
  return allowance.line == header_ || (first <= allowance.line && allowance.line <= last);
}

bool Allowances::cover(std::string_view code, base::Range place, base::Range rule) {
  bool covered = false;
  for (Allowance& allowance : all_) {
    if (allowance.code != code || !(holds(allowance, place) || holds(allowance, rule))) continue;
    allowance.used = covered = true;
  }
  return covered;
}

void Allowances::reportUnused(diag::Emitter& emitter) const {
  for (const Allowance& allowance : all_)
    if (!allowance.used) emitter.report(diag::Kind::UnusedAllowance, allowance.range, allowance.code);
}

}  // namespace lsmpc::lint
