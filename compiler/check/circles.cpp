#include "compiler/check/circles.h"

namespace lsmpc::check {
namespace {

constexpr size_t kMaxDepth = 200;

struct Collector {
  std::vector<const ast::Name*>& names;

  template <typename Leaf>
  void operator()(const Leaf&) const {}
  void operator()(const ast::Path& e) const {
    if (e.names.size() == 1) names.push_back(&e.names[0]);
  }
  void operator()(const ast::Index& e) const { collectNames(*e.base, names); }
  void operator()(const ast::Member& e) const { collectNames(*e.base, names); }
  void operator()(const ast::Not& e) const { collectNames(*e.operand, names); }
  void operator()(const ast::Call& e) const {
    for (const ast::ExprPtr& argument : e.arguments) collectNames(*argument, names);
  }
  void operator()(const ast::SetLiteral& e) const {
    for (const ast::ExprPtr& element : e.elements) collectNames(*element, names);
  }
  void operator()(const ast::Binary& e) const {
    collectNames(*e.left, names);
    collectNames(*e.right, names);
  }
  void operator()(const ast::SpanExpr& e) const {
    collectNames(*e.low, names);
    collectNames(*e.high, names);
  }
};

class Walk {
 public:
  Walk(const Declarations& values, const std::map<std::string, ast::Range>& places, diag::Emitter& emitter)
      : values_(values),
        places_(places),
        emitter_(emitter) {}

  std::set<std::string, std::less<>> run() {
    for (const auto& [name, value] : values_) depthOf(name, 0);
    return std::move(bad_);
  }

 private:
  // Levels of other declarations under this one; `level` bounds the recursion itself.
  size_t depthOf(const std::string& name, size_t level) {
    auto found = values_.find(name);
    if (found == values_.end() || bad_.contains(name)) return 0;
    if (auto known = depths_.find(name); known != depths_.end()) return known->second;
    if (!open_.insert(name).second) return refuse(diag::Kind::CircularName, name, name);
    size_t depth = 0;
    std::vector<const ast::Name*> names;
    collectNames(*found->second, names);
    for (const ast::Name* next : names) {
      if (level < kMaxDepth) depth = std::max(depth, 1 + depthOf(next->text, level + 1));
      if (bad_.contains(next->text)) bad_.insert(name);
    }
    open_.erase(name);
    if ((depth >= kMaxDepth || level >= kMaxDepth) && !bad_.contains(name)) refuse(diag::Kind::TooDeep, name, std::to_string(kMaxDepth));
    return depths_[name] = depth;
  }

  size_t refuse(diag::Kind kind, const std::string& name, const std::string& argument) {
    emitter_.report(kind, places_.at(name), argument);
    bad_.insert(name);
    return 0;
  }

  const Declarations& values_;
  const std::map<std::string, ast::Range>& places_;
  diag::Emitter& emitter_;
  std::map<std::string, size_t> depths_;
  std::set<std::string> open_;
  std::set<std::string, std::less<>> bad_;
};

}  // namespace

void collectNames(const ast::Expr& expr, std::vector<const ast::Name*>& names) { std::visit(Collector{names}, expr.node); }

std::set<std::string, std::less<>> circularNames(const Declarations& values, const std::map<std::string, ast::Range>& places,
                                                 diag::Emitter& emitter) {
  return Walk(values, places, emitter).run();
}

}  // namespace lsmpc::check
