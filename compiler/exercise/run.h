// One run of a test: its steps, on a host of its own.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/exercise/calls.h"
#include "compiler/exercise/came.h"
#include "compiler/exercise/exercise.h"
#include "compiler/judge/said.h"
#include "compiler/materialise/scene.h"

namespace lsmpc::exercise {

class Run {
 public:
  // `row`: of the test's cases; null: it has none. All outlive the run.
  Run(const policy::Policy& policy, const Target& target, const policy::Test& test, const policy::Case* row,
      std::unique_ptr<simulate::Loaded> host);

  // Stops at the first step that is not as expected.
  std::vector<Failure> failures(Hits& hits, Conditions& conditions);

 private:
  bool step(const policy::Step& step, bool last, Hits& hits, Conditions& conditions);
  bool give(const policy::Step& step, const policy::Case* row, materialise::Scene& scene, judge::Said& said);
  std::optional<simulate::Outcome> act(const policy::Step& step, materialise::Scene& scene, simulate::Acting& acting);
  void remember(const policy::Step& step, const judge::Said& said, const Came& came);
  bool sufficient(const policy::Step& step, const std::vector<Call>& calls, const simulate::Acting& acting, const Came& came,
                  Conditions& conditions);
  bool check(const policy::Step& step, const policy::Expectation* expected, const std::vector<Call>& calls, const Came& came);
  std::string answerOf(const Came& came) const;
  Failure explained(Failure failure, const Came& came, const std::vector<Call>& calls) const;
  bool fail(Failure failure);

  const policy::Policy& policy_;
  const Target& target_;
  const policy::Test& test_;
  const policy::Case* row_;
  std::unique_ptr<simulate::Loaded> host_;
  std::vector<simulate::Task> tasks_;
  std::vector<judge::Said> said_;  // of each task what its later steps keep
  std::vector<Failure> failures_;
};

}  // namespace lsmpc::exercise
