// LIBS: lsmpc_parse lsmpc_ast lsmpc_diag lsmpc_base lsmpc_stdlib
#include <gtest/gtest.h>

#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "stdlib/library.h"

namespace lsmpc {
namespace {

TEST(Stdlib, EveryModuleParses) {
  ASSERT_FALSE(stdlib::modules().empty());
  for (const stdlib::Module& module : stdlib::modules()) {
    base::SourceSet sources;
    diag::Emitter emitter;
    auto file = parse::parseFile(sources, sources.add(std::string(module.name), std::string(module.text)), emitter);
    EXPECT_EQ(diag::renderText(emitter.sorted(), sources, false), "");
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->statements.empty());
  }
}

}  // namespace
}  // namespace lsmpc
