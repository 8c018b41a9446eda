// LIBS: lsmpc_drawing
// A drawing leads where the decision does, and nothing in it stands over anything else.
#include "compiler/drawing/drawing.h"

#include <gtest/gtest.h>

#include <random>

#include "compiler/base/markup.h"
#include "compiler/drawing/layout.h"
#include "compiler/drawing/wrap.h"

namespace {

using namespace lsmpc;
using decision::NodeOp;
using drawing::Answer;
using drawing::Arrow;
using drawing::Box;
using drawing::Graph;
using drawing::Look;

enum class Truth { False, Unresolved, True };  // in Kleene's order

constexpr uint32_t kTests = 5;

// A hook with some rules, over conditions of random shape.
struct Hook {
  decision::Decision decision;
  std::mt19937 random;

  explicit Hook(uint32_t seed) : random(seed) {
    decision.policy.name = "p";
    decision::Program program;
    program.hook.name = "file_open";
    for (uint32_t i = 0; i < kTests; ++i) {
      program.values.push_back({.op = decision::ValueOp::Field, .name = std::to_string(i)});
      program.tests.push_back({.op = decision::TestOp::Truth, .left = i});
    }
    size_t rules = 1 + random() % 4;
    for (uint32_t rule = 0; rule < rules; ++rule) {
      policy::Rule one{.id = "id" + std::to_string(rule), .line = rule + 1};
      one.verdict = std::array{policy::Verdict::None, policy::Verdict::Allow, policy::Verdict::Deny}[random() % 3];
      program.steps.push_back({rule, condition(program, 3), one.verdict == policy::Verdict::Allow});
      decision.policy.rules.push_back(std::move(one));
    }
    decision.programs.push_back(std::move(program));
  }

  const decision::Program& program() const { return decision.programs[0]; }

  decision::NodeId condition(decision::Program& program, int depth) {
    decision::Node node{.op = NodeOp::Test};
    size_t kind = depth == 3 && random() % 8 == 0 ? 4 : depth == 0 ? 0 : random() % 4;
    if (kind == 0) node.test = random() % kTests;
    if (kind == 1) node = {NodeOp::Not, 0, {condition(program, depth - 1)}};
    if (kind == 2 || kind == 3) {
      node.op = kind == 2 ? NodeOp::And : NodeOp::Or;
      for (size_t i = 2 + random() % 2; i-- > 0;) node.children.push_back(condition(program, depth - 1));
    }
    if (kind == 4) node.op = random() % 2 ? NodeOp::True : NodeOp::False;
    program.nodes.push_back(node);
    return static_cast<decision::NodeId>(program.nodes.size() - 1);
  }

  Truth judge(decision::NodeId id, const std::vector<Truth>& answers) const {
    const decision::Node& node = program().nodes[id];
    auto turned = [](Truth truth) { return static_cast<Truth>(2 - static_cast<int>(truth)); };
    if (node.op == NodeOp::True || node.op == NodeOp::False) return node.op == NodeOp::True ? Truth::True : Truth::False;
    if (node.op == NodeOp::Test) return answers[node.test];
    if (node.op == NodeOp::Not) return turned(judge(node.children[0], answers));
    Truth truth = judge(node.children[0], answers);
    for (decision::NodeId child : node.children)
      truth = node.op == NodeOp::And ? std::min(truth, judge(child, answers)) : std::max(truth, judge(child, answers));
    return truth;
  }

  // Ids of the rules that record, and of the one that decides.
  std::string decided(const std::vector<Truth>& answers) const {
    std::string done;
    for (const decision::Step& step : program().steps) {
      Truth truth = judge(step.condition, answers);
      if (step.certain ? truth != Truth::True : truth == Truth::False) continue;
      const policy::Rule& rule = decision.policy.rules[step.rule];
      done += rule.id + " ";
      if (rule.verdict != policy::Verdict::None) return done;
    }
    return done;
  }
};

// The same by the drawing: from the first box along the arrows.
std::string followed(const Graph& graph, const std::vector<Truth>& answers) {
  std::string done;
  for (size_t at = 0;;) {
    const Box& box = graph.boxes[at];
    if (!box.rule.empty()) done += box.rule + " ";
    std::vector<const Arrow*> ways;
    for (const Arrow& arrow : graph.arrows)
      if (arrow.from == at) ways.push_back(&arrow);
    if (ways.empty()) return done;
    bool asks = ways.size() == 2;
    Truth truth = asks ? answers[std::stoul(box.texts[0])] : Truth::True;
    auto fits = [&](const Arrow* arrow) {
      if (!asks) return true;
      return truth == Truth::Unresolved ? arrow->unresolved : (arrow->answer == Answer::Yes) == (truth == Truth::True);
    };
    auto way = std::find_if(ways.begin(), ways.end(), fits);
    if (way == ways.end()) return done + "no way on";
    at = (*way)->to;
  }
}

TEST(Drawing, LeadsWhereTheDecisionDoes) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Hook hook(seed);
    Graph graph = drawing::graphOf(hook.decision, hook.program(), {.most_tests = 100});
    for (uint32_t event = 0; event < 243; ++event) {  // 3 to the power of kTests
      std::vector<Truth> answers;
      for (uint32_t i = 0, rest = event; i < kTests; ++i, rest /= 3) answers.push_back(static_cast<Truth>(rest % 3));
      ASSERT_EQ(followed(graph, answers), hook.decided(answers)) << "seed " << seed << " event " << event;
    }
  }
}

// Any graph that leads on, not only those of conditions.
Graph randomGraph(uint32_t seed) {
  std::mt19937 random(seed);
  Graph graph{"p", "h", {}, {}};
  size_t count = 2 + random() % 40;
  for (size_t i = 0; i < count; ++i) {
    graph.boxes.push_back({static_cast<Look>(random() % 7), {std::string(1 + random() % 90, 'x')}, ""});
    if (i + 1 < count) graph.arrows.push_back({i, i + 1, Answer::Yes, random() % 2 == 0});
    if (i + 2 < count) graph.arrows.push_back({i, i + 2 + random() % (count - i - 2), Answer::No, false});
  }
  return graph;
}

TEST(Drawing, NothingStandsOverAnything) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Graph graph = randomGraph(seed);
    drawing::Layout layout = drawing::layOut(graph);
    ASSERT_EQ(layout.boxes.size(), graph.boxes.size());
    ASSERT_EQ(layout.arrows.size(), graph.arrows.size());
    int y = 0;
    for (const drawing::PlacedBox& box : layout.boxes) {
      ASSERT_GT(box.y, y) << "seed " << seed;  // each below the one before
      y = box.y + box.height;
      ASSERT_TRUE(box.x > 0 && box.x + box.width < layout.width && y < layout.height) << "seed " << seed;
    }
    // Vertical lines beside the boxes: where they lead to, by how far out they are.
    std::map<int, std::vector<std::pair<std::pair<int, int>, size_t>>> lines;
    for (size_t i = 0; i < layout.arrows.size(); ++i) {
      const std::vector<drawing::Point>& points = layout.arrows[i].points;
      for (size_t p = 1; p < points.size(); ++p) ASSERT_GE(points[p].y, points[p - 1].y) << "seed " << seed;
      ASSERT_LT(points.front().y, points.back().y);
      if (points.size() < 4) continue;
      const drawing::PlacedBox& first = layout.boxes[0];
      bool beside = points[1].x < std::min(points[0].x, points[3].x) || points[1].x > std::max(points[0].x, points[3].x);
      ASSERT_TRUE(beside && points[1].x > 0 && points[1].x < layout.width) << "seed " << seed << " " << first.x;
      for (const auto& [span, to] : lines[points[1].x])
        ASSERT_TRUE(to == graph.arrows[i].to || span.second <= points[1].y || points[2].y <= span.first) << "seed " << seed;
      lines[points[1].x].push_back({{points[1].y, points[2].y}, graph.arrows[i].to});
    }
  }
}

TEST(Drawing, FoldsWhatIsMuch) {
  Hook hook(1);
  while (hook.program().steps.size() < 90) hook.decision.programs[0].steps.push_back(hook.program().steps[0]);
  Graph graph = drawing::graphOf(hook.decision, hook.program(), {.most_rules = 5, .most_tests = 0});
  EXPECT_LT(graph.boxes.size(), 20u);
  EXPECT_NE(drawing::dotOf(graph).find("85 more rules"), std::string::npos);
  EXPECT_NE(drawing::dotOf(graph).find("more than 0 tests"), std::string::npos);
}

TEST(Wrapped, BreaksAtSpacesAndInLongWords) {
  using drawing::wrapped;
  EXPECT_EQ(wrapped("one two three", 9, 9), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("~ abcdefghijkl", 9, 9), (std::vector<std::string>{"~ abcdefg", "hijkl"}));
  EXPECT_EQ(wrapped("éééé", 3, 9), (std::vector<std::string>{"ééé", "é"}));
  EXPECT_EQ(wrapped("a b c d", 1, 2), (std::vector<std::string>{"a", "b …"}));
  EXPECT_TRUE(wrapped("", 9, 9).empty());
}

TEST(Markup, IsTextAndNothingElse) {
  EXPECT_EQ(base::escaped("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
  EXPECT_EQ(base::escaped("a\tb\nc"), "a\tb\nc");
  EXPECT_EQ(base::escaped(std::string_view("\0\x1b\x7f", 3)), "⟨U+0000⟩⟨U+001B⟩⟨U+007F⟩");
  EXPECT_EQ(base::escaped("ad\u202emin\u200b\ufeff"), "ad⟨U+202E⟩min⟨U+200B⟩⟨U+FEFF⟩");
  EXPECT_EQ(base::escaped("\xff\xc0\xafé\xe2\x82"), "⟨FF⟩⟨C0⟩⟨AF⟩é⟨E2⟩⟨82⟩");
  EXPECT_EQ(base::escaped("\xed\xa0\x80\xf4\x90\x80\x80"), "⟨ED⟩⟨A0⟩⟨80⟩⟨F4⟩⟨90⟩⟨80⟩⟨80⟩");
  EXPECT_EQ(base::escaped("日本\U0001F600"), "日本\U0001F600");
}

}  // namespace
