#include "compiler/diag/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace lsmpc::diag {
namespace {

constexpr KindInfo kKinds[] = {
#define LSMPC_DIAGNOSTIC(code, name, severity, text) {#code, #name, Severity::severity, text},
#include "compiler/diag/kinds.def"
    {"", "", Severity::Fault, ""}};

// Replaces {0} … {9} by the arguments.
std::string format(std::string_view text, const std::vector<std::string>& args) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool placeholder = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!placeholder) {
      out += text[i];
      continue;
    }
    size_t index = static_cast<size_t>(text[i + 1] - '0');
    if (index < args.size()) out += args[index];
    i += 2;
  }
  return out;
}

// Of a set's file each line can be wrong.
constexpr size_t kMostShown = 100;

void shorten(std::vector<Diagnostic>& all) {
  if (all.size() <= kMostShown) return;
  base::Range next = all[kMostShown].range;
  std::string count = std::to_string(all.size() - kMostShown);
  all.erase(all.begin() + kMostShown, all.end());
  all.push_back({Kind::MoreMessages, next, next, format(info(Kind::MoreMessages).text, {count}), {}, {}, {}});
}

auto sortKey(const Diagnostic& d) {
  return std::tuple(d.range.file, d.range.begin, d.range.end, d.kind, d.origin.file, d.origin.begin, d.origin.end);
}

bool contains(base::Range outer, base::Range inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

}  // namespace

const KindInfo& info(Kind kind) { return kKinds[static_cast<size_t>(kind)]; }

std::vector<Kind> allKinds() {
  std::vector<Kind> kinds;
  for (size_t i = 0; i < static_cast<size_t>(Kind::kCount); ++i) kinds.push_back(static_cast<Kind>(i));
  return kinds;
}

Emitter::Builder& Emitter::Builder::note(base::Range range, std::string text) {
  diagnostic_.labels.push_back({range, std::move(text)});
  return *this;
}

Emitter::Builder& Emitter::Builder::hint(std::string text) {
  diagnostic_.hint = std::move(text);
  return *this;
}

Emitter::Builder& Emitter::Builder::fix(base::Range range, std::string replacement) {
  diagnostic_.fixes.push_back({range, std::move(replacement)});
  return *this;
}

Emitter::Builder Emitter::add(Kind kind, base::Range range, std::vector<std::string> args) {
  if (info(kind).severity == Severity::Error) ++errors_;
  if (info(kind).severity == Severity::Fault) ++faults_;
  diagnostics_.push_back(std::make_unique<Diagnostic>(Diagnostic{kind, range, range, format(info(kind).text, args), {}, {}, {}}));
  Diagnostic& added = *diagnostics_.back();
  for (auto around = surroundings_.rbegin(); around != surroundings_.rend(); ++around) {
    if (around->shown == Within::Shown::NoteAt) {
      added.labels.push_back({around->range, around->note});
    } else if (!contains(around->own, added.range)) {
      added.labels.push_back({added.range, around->note});
      added.range = around->range;
    }
  }
  return Builder(*diagnostics_.back());
}

void Emitter::adoptErrors(const Emitter& other) {
  for (const auto& one : other.diagnostics_) {
    if (info(one->kind).severity == Severity::Warning) continue;
    ++(info(one->kind).severity == Severity::Error ? errors_ : faults_);
    diagnostics_.push_back(std::make_unique<Diagnostic>(*one));
  }
}

std::vector<Diagnostic> Emitter::sorted() const {
  std::vector<Diagnostic> result;
  for (const auto& d : diagnostics_) result.push_back(*d);
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) { return sortKey(a) < sortKey(b); });
  auto same = [](const Diagnostic& a, const Diagnostic& b) { return sortKey(a) == sortKey(b); };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  shorten(result);
  return result;
}

}  // namespace lsmpc::diag
