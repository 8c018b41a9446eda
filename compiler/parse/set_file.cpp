// A set's file: one value a line, as text or in the words that literals have in a policy.
#include "compiler/parse/parse.h"
#include "compiler/parse/scan.h"
#include "compiler/parse/syntax.h"
#include "runtime/abi/set_line.h"

namespace lsmpc::parse {
namespace {

using diag::Kind;

bool isNumber(std::string_view text) {
  bool hex = text.starts_with("0x"), octal = text.starts_with("0o");
  std::string_view digits = hex || octal ? text.substr(2) : text;
  std::string_view known = hex ? "0123456789abcdefABCDEF" : octal ? "01234567" : "0123456789";
  return !digits.empty() && digits.find_first_not_of(known) == std::string_view::npos;
}

class LineParser {
 public:
  LineParser(base::FileId file, std::string_view type, diag::Emitter& emitter) : file_(file), type_(type), emitter_(emitter) {}

  ast::ExprPtr element(std::string_view value, uint32_t begin) const {
    base::Range range{file_, begin, begin + static_cast<uint32_t>(value.size())};
    if (type_ == "path" || type_ == "string" || type_ == "glob") return make(range, ast::String{std::string(value), std::string(value)});
    if (type_ == "ip" || type_ == "cidr") return addressLiteral(std::string(value), range, emitter_);
    size_t dots = value.find("..");
    if (dots == std::string_view::npos) return number(value, begin);
    auto high = static_cast<uint32_t>(begin + dots + 2);
    return make(range, ast::SpanExpr{number(value.substr(0, dots), begin), number(value.substr(dots + 2), high)});
  }

 private:
  ast::ExprPtr number(std::string_view text, uint32_t begin) const {
    base::Range range{file_, begin, begin + static_cast<uint32_t>(text.size())};
    bool negative = text.starts_with("-");
    std::string digits(text.substr(negative));
    if (isNumber(digits)) return integerLiteral(digits, negative, range, emitter_);
    emitter_.report(Kind::BadNumber, range, std::string(text)).hint("numbers are 42, 0x2a or 0o52, ranges 1..9: one a line");
    return make(range, ast::Poison{});
  }

  base::FileId file_;
  std::string_view type_;
  diag::Emitter& emitter_;
};

}  // namespace

ast::ExprPtr parseSetFile(const base::SourceSet& sources, base::FileId file, const ast::Name& element_type, diag::Emitter& emitter) {
  std::string_view text = sources.file(file).text();
  base::Range whole{file, 0, static_cast<uint32_t>(std::min<size_t>(text.size(), 1))};
  ast::SetLiteral set;
  if (text.size() > kMaxSetFileBytes) {
    emitter.report(Kind::SetFileTooLarge, whole, std::to_string(kMaxSetFileBytes >> 20) + " MiB");
    return make(whole, std::move(set));
  }
  if (!isText(file, text, emitter)) return make(whole, std::move(set));
  LineParser lines(file, element_type.text, emitter);
  size_t count = 0;
  for (size_t begin = 0; begin < text.size(); ++count) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view value = runtime::valueOfLine(text.substr(begin, end - begin));
    if (count == kMaxSetLines) {
      emitter.report(Kind::SetFileTooLarge, {file, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin)},
                     std::to_string(kMaxSetLines) + " lines");
      break;
    }
    if (!value.empty()) set.elements.push_back(lines.element(value, static_cast<uint32_t>(value.data() - text.data())));
    begin = end + 1;
  }
  return make(whole, std::move(set));
}

}  // namespace lsmpc::parse
