// `# lint: allow CODE reason`: beside a statement, or on lines of its own right above it. Above or beside the policy's header it
// holds for the whole file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::lint {

struct Allowance {
  base::Range range;  // the comment
  std::string code;
  uint32_t line = 0;  // of the statement it is for; 0: none
  bool used = false;
};

class Allowances {
 public:
  // `header`: the line of the policy's header in `file`; 0: none.
  Allowances(const base::SourceSet& sources, base::FileId file, uint32_t header, diag::Emitter& emitter);
  // Whether one of them covers the code at these places, which uses it.
  bool cover(std::string_view code, base::Range place, base::Range rule);
  const std::vector<Allowance>& all() const { return all_; }
  // Says which were of no use.
  void reportUnused(diag::Emitter& emitter) const;

 private:
  void read(uint32_t line, size_t comment, bool alone, diag::Emitter& emitter);
  bool holds(const Allowance& allowance, base::Range range) const;

  const base::SourceFile& file_;
  base::FileId id_;
  uint32_t header_;
  std::vector<Allowance> all_;
};

}  // namespace lsmpc::lint
