// ~ !~ under, and the strings behind char pointers.
#include <algorithm>

#include "compiler/check/definition.h"
#include "compiler/check/expression.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using ast::BinaryOp;
using match::Pattern;
using policy::TypeKind;

namespace {

constexpr uint32_t kTextBytes = 255;  // stdlib/bpf/lsmp.h, lsmp_text
constexpr uint32_t kPathBytes = 4095;
constexpr uint32_t kTaskNameBytes = 15;  // TASK_COMM_LEN of include/linux/sched.h, less its NUL

uint32_t capacityOf(const Type& type) {
  if (type.kind == TypeKind::Path) return kPathBytes;
  return type.capacity ? type.capacity : kTextBytes;
}

// The first wildcard of a text that stands where only whole paths do. `[` alone is a program's name.
std::string wildcardOf(const std::string& text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*' || text[i] == '?') return text.substr(i, text.substr(i, 2) == "**" ? 2 : 1);
    size_t end = text[i] == '['                                             ? text.find(']', i + 2)
                 : text[i] == '{' && text.find(',', i) != std::string::npos ? text.find('}', i)
                                                                            : std::string::npos;
    if (end != std::string::npos) return text.substr(i, end + 1 - i);
  }
  return "";
}

}  // namespace

ExprPtr ExpressionChecker::text(ExprPtr value) {
  if (!value || (value->type.kind != TypeKind::Pointer && value->type.kind != TypeKind::Record)) return value;
  const btf::Type* bytes = &targets_.type(value->type.btf);
  Type type{.kind = TypeKind::String, .capacity = kTextBytes};
  if (bytes->shape == btf::Shape::Array) {
    if (bytes->count) type.capacity = std::min(bytes->count, kTextBytes);
    bytes = &targets_.type(bytes->target);
  }
  if (bytes->shape != btf::Shape::Int || bytes->size != 1) return value;
  ast::Range range = value->range;
  return make(type, range, policy::BuiltinCall{policy::Builtin::Text, {std::move(value)}});
}

ExprPtr ExpressionChecker::matches(const ast::Binary& binary, ast::Range range) {
  ExprPtr left = text(value(*binary.left));
  if (!left) return nullptr;
  if (!isText(left->type)) {
    emitter_.report(Kind::BadOperand, left->range, ast::spelling(binary.op), describe(left))
        .hint("`~` and `under` compare paths and strings");
    return nullptr;
  }
  bool under = binary.op == BinaryOp::Under;
  if (under && left->type.kind != TypeKind::Path) {
    emitter_.report(Kind::BadOperand, left->range, "under", describe(left)).hint("`under` is for paths; use `~`");
    return nullptr;
  }
  std::vector<Pattern> found;
  if (!patterns(*binary.right, under ? Pattern::Kind::Under : Pattern::Kind::Glob, left->type, found)) return nullptr;
  ExprPtr result = make({.kind = TypeKind::Bool}, range, policy::Matches{left, std::move(found)});
  return negate(result, binary.op == BinaryOp::NotMatch, range);
}

bool ExpressionChecker::patterns(const ast::Expr& expr, Pattern::Kind kind, const Type& type, std::vector<Pattern>& result) {
  const ast::SetDeclaration* set = nullptr;
  const ast::Expr& target = resolved(expr, &set);
  if (set && set->max) {
    emitter_.report(Kind::DynamicPattern, expr.range, set->name.text).note(set->name.range, "declared here");
    return false;
  }
  if (set && set->element_type.text != "glob" && set->element_type.text != "path" && set->element_type.text != "string") {
    emitter_.report(Kind::WrongElement, expr.range, "a pattern", set->element_type.text).note(set->name.range, "declared here");
    return false;
  }
  if (set && kind == Pattern::Kind::Glob && set->element_type.text != "glob") kind = Pattern::Kind::Literal;
  auto* literal = std::get_if<ast::SetLiteral>(&target.node);
  if (!literal) return patternElement(expr, kind, type, result);
  bool good = true;
  const std::string hint = constantHint(kind == Pattern::Kind::Glob ? "glob" : "path");
  for (const ast::ExprPtr& element : literal->elements)
    good &= constantOnly(*element, hint) && patternElement(*element, kind, type, result);
  return good;
}

bool ExpressionChecker::patternElement(const ast::Expr& expr, Pattern::Kind kind, const Type& type, std::vector<Pattern>& result) {
  const ast::SetDeclaration* set = nullptr;
  const ast::Expr& target = resolved(expr, &set);
  if (auto* string = std::get_if<ast::String>(&target.node)) return pattern(*string, target.range, kind, type, result);
  if (std::holds_alternative<ast::Poison>(target.node)) return false;
  ExprPtr other = value(set ? expr : target);
  if (other) emitter_.report(Kind::NotPattern, expr.range, describe(other));
  return false;
}

bool ExpressionChecker::glob(const ast::String& string, ast::Range range, const Type& type, std::vector<Pattern>& result) {
  auto alphabet = type.kind == TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
  if (auto fault = match::checkGlob(string.pattern, alphabet)) {
    // The text stands one byte after its opening quote; in a set's file it has none.
    size_t quote = range.end - range.begin == string.pattern.size() ? 0 : 1;
    auto begin = static_cast<uint32_t>(std::min<size_t>(range.begin + quote + fault->offset, range.end));
    auto end = static_cast<uint32_t>(std::min<size_t>(begin + std::max<size_t>(fault->length, 1), range.end));
    auto message = emitter_.report(Kind::BadPattern, {range.file, begin, end}, fault->text);
    if (string.pattern.empty())
      message.hint("what has no path, such as a pipe, is `== \"\"`");
    else if (string.pattern.ends_with("/"))
      message.hint("`*` after it is what lies in that directory, `**` all below");
    return false;
  }
  size_t shortest = match::shortestMatch(string.pattern, alphabet);
  if (shortest > capacityOf(type)) {
    emitter_.report(Kind::ImpossibleString, range, std::to_string(shortest), "this string", std::to_string(capacityOf(type)));
    return false;
  }
  result.push_back({Pattern::Kind::Glob, string.pattern});
  return true;
}

bool ExpressionChecker::pattern(const ast::String& string, ast::Range range, Pattern::Kind kind, const Type& type,
                                std::vector<Pattern>& result) {
  bool is_path = type.kind == TypeKind::Path;
  if (kind == Pattern::Kind::Glob) return glob(string, range, type, result);
  bool under = kind == Pattern::Kind::Under;
  if (std::string wildcard = is_path ? wildcardOf(string.value) : ""; !wildcard.empty()) {
    emitter_.report(Kind::WildcardInPath, range, wildcard)
        .hint("patterns stand after `~`, or in a set declared as `glob`; `\\` before it there means the character itself");
    return false;
  }
  if (is_path)
    if (auto fault = under && string.value.empty() ? std::optional(match::PatternError{0, 0, "it is empty"})
                                                   : match::checkPathLiteral(string.value)) {
      emitter_.report(Kind::BadPath, range, fault->text)
          .hint(under ? "`under` takes a directory, such as \"/etc\"" : "a path is absolute, such as \"/etc/passwd\"");
      return false;
    }
  if (string.value.size() > capacityOf(type)) {
    auto message = emitter_.report(Kind::ImpossibleString, range, std::to_string(string.value.size()), is_path ? "a path" : "this string",
                                   std::to_string(capacityOf(type)));
    if (type.capacity == kTaskNameBytes)
      message.hint("the kernel cuts a task's name: write \"" + string.value.substr(0, kTaskNameBytes) + "\"");
    return false;
  }
  result.push_back({kind, string.value});
  return true;
}

}  // namespace lsmpc::check
