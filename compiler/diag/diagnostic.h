// One message to the user, and the emitter that phases report to. A phase never prints.
//
// Use:  emitter.report(Kind::UnknownHook, range, name).note(other, "declared here").hint("did you mean `file_open`");
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"

namespace lsmpc::diag {

enum class Severity : uint8_t { Error, Warning, Fault };  // Fault: our own bug, exit 70

enum class Kind : uint16_t {
#define LSMPC_DIAGNOSTIC(code, name, severity, text) name,
#include "compiler/diag/kinds.def"
  kCount
};

struct KindInfo {
  std::string_view code;
  std::string_view name;
  Severity severity;
  std::string_view text;
};

const KindInfo& info(Kind kind);
std::vector<Kind> allKinds();

struct Label {
  base::Range range;
  std::string text;
};

struct Fix {
  base::Range range;
  std::string replacement;
};

struct Diagnostic {
  Kind kind;
  base::Range range;
  base::Range origin;  // where it was found: `range`, but for what is shown at a place of use
  std::string text;
  std::vector<Label> labels;
  std::string hint;  // empty: none
  std::vector<Fix> fixes;
};

class Emitter {
 private:
  enum class Shown : uint8_t { NoteAt, MoveTo };
  struct Surrounding {
    Shown shown;
    base::Range range;
    base::Range own;
    std::string note;
  };

 public:
  class Builder {
   public:
    explicit Builder(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
    Builder& note(base::Range range, std::string text);
    Builder& hint(std::string text);
    Builder& fix(base::Range range, std::string replacement);

   private:
    Diagnostic& diagnostic_;
  };

  template <typename... Args>
  Builder report(Kind kind, base::Range range, const Args&... args) {
    return add(kind, range, {std::string(args)...});
  }

  // While it lives, each report has a note more; or stands at `range`, the use of a definition that lies elsewhere, with the
  // note at the place in the definition.
  class Within {
   public:
    using Shown = Emitter::Shown;
    Within(Emitter& emitter, Shown shown, base::Range range, std::string note) : Within(emitter, shown, range, std::move(note), range) {}
    // `own`: the text around the use, reports on which stay where they are.
    Within(Emitter& emitter, Shown shown, base::Range range, std::string note, base::Range own) : emitter_(emitter) {
      emitter.surroundings_.push_back({shown, range, own, std::move(note)});
    }
    ~Within() { emitter_.surroundings_.pop_back(); }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

   private:
    Emitter& emitter_;
  };

  // While it lives, what is reported is shown where it is: for what lies outside of the uses that are open.
  class Apart {
   public:
    explicit Apart(Emitter& emitter) : emitter_(emitter) { std::swap(emitter_.surroundings_, kept_); }
    ~Apart() { std::swap(emitter_.surroundings_, kept_); }
    Apart(const Apart&) = delete;
    Apart& operator=(const Apart&) = delete;

   private:
    friend class Emitter;
    Emitter& emitter_;
    std::vector<Surrounding> kept_;
  };

  void adoptErrors(const Emitter& other);  // without its warnings

  bool hasErrors() const { return errors_ != 0; }
  bool hasFaults() const { return faults_ != 0; }
  size_t errorCount() const { return errors_; }
  // In source order; of several with one place and kind only the first stays.
  std::vector<Diagnostic> sorted() const;

 private:
  Builder add(Kind kind, base::Range range, std::vector<std::string> args);

  std::vector<Surrounding> surroundings_;
  std::vector<std::unique_ptr<Diagnostic>> diagnostics_;
  size_t errors_ = 0;
  size_t faults_ = 0;
};

}  // namespace lsmpc::diag
