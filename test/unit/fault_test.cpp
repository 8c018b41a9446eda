// LIBS: lsmpc_emit lsmpc_decision lsmpc_diag lsmpc_base
// Faults of our own are found before an object leaves the house, and are never shown as the author's.
#include <gtest/gtest.h>

#include "compiler/decision/decision.h"
#include "compiler/diag/render.h"
#include "compiler/emit/object.h"

namespace lsmpc {
namespace {

using diag::Kind;

// One rule on file_open whose condition is `arg.n == 1`.
decision::Decision sound() {
  decision::Decision decision;
  decision.policy.rules.emplace_back();
  decision::Program program;
  program.hook.name = "file_open";
  program.values.push_back({.op = decision::ValueOp::Argument, .type = {.kind = policy::TypeKind::Int}, .argument = "n"});
  program.values.push_back({.op = decision::ValueOp::Const, .type = {.kind = policy::TypeKind::Int}, .constant = 1});
  program.tests.push_back({.op = decision::TestOp::Equal, .left = 0, .right = 1});
  program.nodes.push_back({decision::NodeOp::Test, 0, {}});
  program.steps.push_back({0, 0});
  decision.programs.push_back(std::move(program));
  return decision;
}

std::string broken(void (*change)(decision::Program&)) {
  decision::Decision decision = sound();
  change(decision.programs[0]);
  return decision::verify(decision);
}

std::string shown(Kind kind, const std::string& text) {
  base::SourceSet sources;
  diag::Emitter emitter;
  emitter.report(kind, {sources.add("p.lsmp", "on file_open deny\n"), 0, 2}, text);
  EXPECT_TRUE(emitter.hasFaults());
  EXPECT_FALSE(emitter.hasErrors());  // not the author's
  std::string report = diag::renderText(emitter.sorted(), sources, false);
  return report.substr(0, report.find('\n'));
}

TEST(Fault, ASoundDecisionHasNone) { EXPECT_EQ(decision::verify(sound()), ""); }

TEST(Fault, ADecisionByHandIsFoundBroken) {
  using P = decision::Program;
  EXPECT_EQ(broken([](P& p) { p.steps[0].rule = 7; }), "program file_open: a step names a rule that is not there");
  EXPECT_EQ(broken([](P& p) { p.steps[0].condition = 7; }), "program file_open: a step names a node that is not there");
  EXPECT_EQ(broken([](P& p) { p.tests[0].right = 7; }), "program file_open: test 0 names no right value");
  EXPECT_EQ(broken([](P& p) { p.nodes[0].test = 7; }), "program file_open: node 0 names no test");
  EXPECT_EQ(broken([](P& p) { p.nodes[0] = {decision::NodeOp::And, 0, {0}}; }),
            "program file_open: node 0 has a child that comes after it");
  EXPECT_EQ(broken([](P& p) { p.values[0].argument.clear(); }), "program file_open: value 0 names no argument");
  EXPECT_EQ(broken([](P& p) { p.values[1].type.kind = policy::TypeKind::Path; }),
            "program file_open: test 0 compares a string with a number");
}

TEST(Fault, IsReportedAsOurs) {
  EXPECT_EQ(
      shown(Kind::DecisionFault, broken([](decision::Program& p) { p.steps[0].rule = 7; })),
      "p.lsmp:1:1: internal fault E0902: the planned decision is inconsistent: program file_open: a step names a rule that is not there");
  EXPECT_EQ(shown(Kind::LibraryFault, "nothing is called `x`"),
            "p.lsmp:1:1: internal fault E0901: the standard library does not compile: nothing is called `x`");
}

TEST(Fault, WhatIsNoObjectBecomesNone) {
  std::string wrong;
  EXPECT_EQ(emit::finishObject("these bytes are no ELF file", "{}", "", wrong), "");
  EXPECT_NE(wrong, "");
  EXPECT_EQ(shown(Kind::CodeFault, wrong), "p.lsmp:1:1: internal fault E0903: the generated code is invalid: " + wrong);
  EXPECT_EQ(shown(Kind::ObjectFault, wrong), "p.lsmp:1:1: internal fault E0907: the object cannot be read: " + wrong);
}

}  // namespace
}  // namespace lsmpc
