// From left to right through the pattern, with all places of the subject that it can have come to: no tree, no automaton.
#include "compiler/judge/glob.h"

#include <algorithm>
#include <bitset>
#include <vector>

namespace lsmpc::judge {
namespace {

using Places = std::vector<bool>;  // by how many of the subject's bytes are taken

class Walk {
 public:
  Walk(std::string_view glob, bool path, std::string_view subject) : glob_(glob), path_(path), subject_(subject) {}

  bool fits() {
    Places places(subject_.size() + 1);
    places[0] = true;
    places = sequence(std::move(places), false);
    return at_ == glob_.size() && places.back();
  }

 private:
  bool done() const { return at_ == glob_.size(); }
  // A wildcard takes it.
  bool isWild(char byte) const { return !path_ || byte != '/'; }

  // To the end, or of a choice to the `,` or `}` behind it.
  Places sequence(Places places, bool chosen) {
    while (!done() && !(chosen && (glob_[at_] == ',' || glob_[at_] == '}'))) places = item(std::move(places));
    return places;
  }

  Places item(Places places) {
    switch (glob_[at_++]) {
      case '*': return run(std::move(places));
      case '?': return one(places, [&](char byte) { return isWild(byte); });
      case '[': return listed(places);
      case '{': return choice(places);
      default: --at_;
    }
    char wanted = written();
    return one(places, [&](char byte) { return byte == wanted; });
  }

  template <typename Takes>
  Places one(const Places& places, Takes takes) const {
    Places after(places.size());
    for (size_t i = 0; i < subject_.size(); ++i) after[i + 1] = places[i] && takes(subject_[i]);
    return after;
  }

  // Of none, too; but no name in a folder is empty, and behind the `/` of the root itself there would be such a one.
  Places run(Places places) {
    size_t stars = 1;
    for (; !done() && glob_[at_] == '*'; ++at_) ++stars;
    if (path_ && subject_ == "/") places[1] = false;
    for (size_t i = 0; i < subject_.size(); ++i)
      if (places[i] && (stars > 1 || isWild(subject_[i]))) places[i + 1] = true;
    return places;
  }

  Places choice(const Places& places) {
    Places after(places.size());
    do {
      Places way = sequence(places, true);
      std::transform(way.begin(), way.end(), after.begin(), after.begin(), [](bool here, bool there) { return here || there; });
    } while (!done() && glob_[at_++] == ',');
    return after;
  }

  Places listed(const Places& places) {
    std::bitset<256> bytes;
    bool others = !done() && glob_[at_] == '^';
    if (others) ++at_;
    while (!done() && glob_[at_] != ']') {
      size_t low = static_cast<unsigned char>(written()), high = low;
      if (at_ + 1 < glob_.size() && glob_[at_] == '-' && glob_[at_ + 1] != ']') {
        ++at_;
        high = static_cast<unsigned char>(written());
      }
      for (; low <= high; ++low) bytes.set(low);
    }
    if (!done()) ++at_;
    return one(places, [&](char byte) { return isWild(byte) && bytes.test(static_cast<unsigned char>(byte)) != others; });
  }

  // The byte that stands here, behind `\` whatever it is.
  char written() {
    if (glob_[at_] == '\\' && at_ + 1 < glob_.size()) ++at_;
    return glob_[at_++];
  }

  std::string_view glob_;
  bool path_;
  std::string_view subject_;
  size_t at_ = 0;
};

bool isUnder(std::string_view folder, std::string_view path) {
  if (!path.starts_with(folder)) return false;
  return folder.ends_with('/') || path.size() == folder.size() || path[folder.size()] == '/';
}

}  // namespace

bool fits(const match::Pattern& pattern, bool path, std::string_view subject) {
  switch (pattern.kind) {
    case match::Pattern::Kind::Literal: return pattern.text == subject;
    case match::Pattern::Kind::Under: return isUnder(pattern.text, subject);
    case match::Pattern::Kind::Glob: break;
  }
  return !(path && subject.empty()) && Walk(pattern.text, path, subject).fits();
}

}  // namespace lsmpc::judge
