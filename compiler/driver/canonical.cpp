#include "compiler/driver/canonical.h"

#include <iostream>

#include "compiler/diag/render.h"
#include "compiler/driver/terminal.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace {

// Nothing that the file says may get lost, whatever fmt does wrong.
bool saysTheSame(base::SourceSet& sources, base::FileId before, const parse::TokenRanges& ranges, const std::string& path,
                 const std::string& text) {
  base::FileId after = sources.add(path, text);
  parse::TokenRanges made = parse::tokenRanges(sources, after);
  return format::sameContent({sources.file(before).text(), ranges.tokens, ranges.comments},
                             {sources.file(after).text(), made.tokens, made.comments});
}

}  // namespace

Formatted canonical(const std::string& path, std::string text) {
  base::SourceSet sources;
  base::FileId id = sources.add(path, std::move(text));
  diag::Emitter emitter;
  auto file = parse::parseFile(sources, id, emitter);
  if (!file || emitter.hasErrors()) {
    std::cerr << diag::renderText(emitter.sorted(), sources, wantsColour());
    return {kPolicyAtFault, ""};
  }
  parse::TokenRanges ranges = parse::tokenRanges(sources, id);
  std::string made = format::formatFile({sources.file(id).text(), ranges.tokens, ranges.comments}, *file);
  if (made.size() > parse::kMaxFileBytes) {
    std::cerr << "lsmpc: the canonical form of `" << path << "` is larger than " << (parse::kMaxFileBytes >> 20)
              << " MiB, the limit for a policy file; the file stays as it is\n";
    return {kPolicyAtFault, ""};
  }
  if (!saysTheSame(sources, id, ranges, path, made)) {
    std::cerr << "lsmpc: the canonical form of `" << path << "` does not say what the file says; the file stays as it is\n"
              << "lsmpc: this is a fault of lsmpc, not of the policy; please report it with the policy\n";
    return {kOurBug, ""};
  }
  return {kDone, std::move(made)};
}

}  // namespace lsmpc::driver
