// ~ !~ under, and the strings behind char pointers.
#include "compiler/check/expression.h"
#include "compiler/check/types.h"

namespace lsmpc::check {

using ast::BinaryOp;
using match::Pattern;
using policy::TypeKind;

namespace {

constexpr uint32_t kTextBytes = 255;    // stdlib/bpf/lsmp.h, lsmp_text
constexpr uint32_t kPathBytes = 4095;

uint32_t capacityOf(const Type& type) {
  if (type.kind == TypeKind::Path) return kPathBytes;
  return type.capacity ? type.capacity : kTextBytes;
}

}  // namespace

ExprPtr ExpressionChecker::text(ExprPtr value) {
  if (!value || (value->type.kind != TypeKind::Pointer && value->type.kind != TypeKind::Record)) return value;
  const btf::Type* bytes = &targets_.type(value->type.btf);
  if (bytes->shape == btf::Shape::Array) bytes = &targets_.type(bytes->target);
  if (bytes->shape != btf::Shape::Int || bytes->size != 1) return value;
  Type type{.kind = TypeKind::String};
  type.capacity = kTextBytes;
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
  if (set && set->element_type.text != "glob" && set->element_type.text != "path" && set->element_type.text != "string") {
    emitter_.report(Kind::WrongElement, expr.range, "a pattern", set->element_type.text).note(set->name.range, "declared here");
    return false;
  }
  if (set && kind == Pattern::Kind::Glob && set->element_type.text != "glob") kind = Pattern::Kind::Literal;
  if (auto* literal = std::get_if<ast::SetLiteral>(&target.node)) {
    bool good = true;
    for (const ast::ExprPtr& element : literal->elements) good &= patterns(*element, kind, type, result);
    return good;
  }
  if (auto* string = std::get_if<ast::String>(&target.node)) return pattern(*string, target.range, kind, type, result);
  if (std::holds_alternative<ast::Poison>(target.node)) return false;
  ExprPtr other = value(target);
  if (other) emitter_.report(Kind::NotConstant, expr.range, describe(other)).hint("a pattern is a string between quotes");
  return false;
}

bool ExpressionChecker::pattern(const ast::String& string, ast::Range range, Pattern::Kind kind, const Type& type,
                                std::vector<Pattern>& result) {
  bool is_path = type.kind == TypeKind::Path;
  if (kind == Pattern::Kind::Glob) {
    if (auto fault = match::checkGlob(string.pattern, is_path ? match::Alphabet::Path : match::Alphabet::String)) {
      // The text stands one byte after its opening quote.
      auto begin = static_cast<uint32_t>(std::min<size_t>(range.begin + 1 + fault->offset, range.end));
      auto end = static_cast<uint32_t>(std::min<size_t>(begin + std::max<size_t>(fault->length, 1), range.end));
      emitter_.report(Kind::BadPattern, {range.file, begin, end}, fault->text);
      return false;
    }
    result.push_back({kind, string.pattern});
    return true;
  }
  if (is_path)
    if (auto fault = match::checkPathLiteral(string.value)) {
      emitter_.report(Kind::BadPath, range, fault->text).hint(kind == Pattern::Kind::Under ? "" : "patterns stand after `~`");
      return false;
    }
  if (string.value.size() > capacityOf(type)) {
    emitter_.report(Kind::ImpossibleString, range, std::to_string(string.value.size()), is_path ? "path" : "this string",
                    std::to_string(capacityOf(type)));
    return false;
  }
  result.push_back({kind, string.value});
  return true;
}

}  // namespace lsmpc::check
