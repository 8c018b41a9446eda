#include "compiler/match/path_segments.h"

#include <algorithm>

#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr size_t kMaxSplits = 1024;  // also where they lead to no sequence

struct Part {
  std::optional<Component> component;  // none: any number of components, also none
};
using Parts = std::vector<Part>;
using Segment = std::vector<const GlobItem*>;

bool isRun(const GlobItem* item) { return item->kind == GlobItem::Kind::Run; }

// What stands between the slashes; of runs that touch, a long one takes all. The first segment stands before the first slash.
std::vector<Segment> segmentsOf(const Alternative& items) {
  std::vector<Segment> segments(1);
  for (const GlobItem* item : items) {
    Segment& last = segments.back();
    if (item->isByte('/')) {
      segments.emplace_back();
    } else if (isRun(item) && !last.empty() && isRun(last.back())) {
      if (item->isLongRun()) last.back() = item;
    } else {
      last.push_back(item);
    }
  }
  return segments;
}

// None: no name matches. Every run is one within the component here.
std::optional<Component> componentOf(const Segment& items, ByteSets& sets) {
  size_t bytes = 0, single = 0;
  for (const GlobItem* item : items) {
    bytes += !isRun(item);
    single += !isRun(item) && item->set.count() == 1;
  }
  if (items.empty() || bytes > LSMP_PATH_NAME) return std::nullopt;
  if (bytes == 0) return Component{Component::Kind::Any, {}, {}};
  Component result{single == items.size() ? Component::Kind::Literal : Component::Kind::Wild, {}, {}};
  for (const GlobItem* item : items) {
    if (result.kind == Component::Kind::Literal)
      result.name.push_back(static_cast<char>(item->set._Find_first()));
    else if (!isRun(item))
      result.tokens.push_back(sets.token(item->set));
    else if (result.tokens.empty() || result.tokens.back() != kRun)
      result.tokens.push_back(kRun);
  }
  return result;
}

class Sequencer {
 public:
  Sequencer(std::vector<Segment> segments, ByteSets& sets, size_t most, std::vector<ComponentSequence>& out)
      : segments_(std::move(segments)),
        sets_(sets),
        most_(most),
        out_(out) {}

  bool run() {
    const Segment& head = segments_[0];
    if (!head.empty() && !head[0]->isLongRun()) return true;  // no path begins like this
    if (head.size() != 1) return from(head.empty() ? 1 : 0, 0, {}, {});
    if (segments_.size() > 1) return from(1, 0, {Part{}}, {});
    return from(0, 0, {}, {});
  }

 private:
  // Goes on at an item of a segment, of which `open` is already taken.
  bool from(size_t segment, size_t item, Parts parts, Segment open) {
    for (; segment < segments_.size(); ++segment, item = 0) {
      const Segment& items = segments_[segment];
      if (item == 0 && items.size() == 1 && items[0]->isLongRun()) {
        parts.push_back({Component{Component::Kind::Many, {}, {}}});
        continue;
      }
      for (; item < items.size(); ++item) {
        if (items[item]->isLongRun() && !split(segment, item, parts, open)) return false;
        open.push_back(items[item]);
      }
      if (!close(parts, open)) return true;
    }
    return finish(parts);
  }

  // The long run reaches over a slash: before it a component that ends in a run, behind it one that begins with a run.
  bool split(size_t segment, size_t item, Parts parts, Segment open) {
    const GlobItem* run = segments_[segment][item];
    if (++splits_ > kMaxSplits) return false;
    open.push_back(run);
    if (!close(parts, open)) return true;
    parts.push_back(Part{});
    return from(segment, item + 1, std::move(parts), {run});
  }

  bool close(Parts& parts, Segment& open) {
    std::optional<Component> component = componentOf(open, sets_);
    open.clear();
    if (!component) return false;
    parts.push_back({std::move(component)});
    return true;
  }

  // Parts that any name fits, as long as they touch, are a least number of components and whether there may be more.
  bool finish(const Parts& parts) {
    std::vector<ComponentSequence> all(1);
    for (size_t i = 0; i < parts.size();) {
      size_t least = 0, begin = i;
      bool more = false;
      for (; i < parts.size() && isBlank(parts[i]); ++i) {
        least += parts[i].component.has_value();
        more |= !parts[i].component || parts[i].component->kind == Component::Kind::Many;
      }
      if (i > begin) addBlank(least, more, all);
      if (i < parts.size()) push(*parts[i++].component, all);
    }
    for (ComponentSequence& one : all) out_.push_back(std::move(one));
    return out_.size() <= most_;
  }

  static bool isBlank(const Part& part) {
    return !part.component || part.component->kind == Component::Kind::Any || part.component->kind == Component::Kind::Many;
  }

  static void push(const Component& component, std::vector<ComponentSequence>& all) {
    for (ComponentSequence& one : all) one.components.push_back(component);
  }

  void addBlank(size_t least, bool more, std::vector<ComponentSequence>& all) {
    size_t without = least == 0 && all.size() <= most_ ? all.size() : 0;  // "also none": each sequence without it, too
    std::vector<ComponentSequence> copies(all.begin(), all.begin() + static_cast<ptrdiff_t>(without));
    for (size_t i = more ? 1 : 0; i < least; ++i) push({Component::Kind::Any, {}, {}}, all);
    if (more) push({Component::Kind::Many, {}, {}}, all);
    all.insert(all.end(), copies.begin(), copies.end());
  }

  std::vector<Segment> segments_;
  ByteSets& sets_;
  size_t most_, splits_ = 0;
  std::vector<ComponentSequence>& out_;
};

}  // namespace

bool sequencesOf(const Alternative& items, ByteSets& sets, size_t most, std::vector<ComponentSequence>& out) {
  return Sequencer(segmentsOf(items), sets, most, out).run();
}

}  // namespace lsmpc::match
